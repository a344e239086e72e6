"""A trial from its beginning to its end: an old database, a town of people, kills, and quiet."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from storage.database import open_database
from storage.records.conferences import Conference
from tests import conferences
from tests.chaos.acts import ACTS, ask, choose_announcements, is_about, look, send_no_text, write_to_desk
from tests.chaos.ahead import move, say_how_far_ahead
from tests.chaos.claims import UNKNOWN, Claims, became
from tests.chaos.first_schema import old_question, waiting_question, write_first_schema
from tests.chaos.lives import Lives, rows
from tests.chaos.office import Office, in_chat
from tests.chaos.plan import FAULTS, MOVED_DAYS, OWNER, Plan
from tests.chaos.residents import Act, Resident, Town
from tests.chat import People, Phone
from tests.conftest import TOKEN
from tests.crowd import Applicant, Crowd, decide, found, join, read_news, register_as_guest
from tests.desk import bound, member_of, owner_of
from tests.processes import PATIENCE_S
from tests.registrants import Registrant, Tally, text_of

TOPICS = ("about", "founding", "focus", "purpose", "secretariat")
FIRST_DAY_IN = MOVED_DAYS + 12
HOUR_S = 3600.0
TOLD_LAST = 3
OUTSIDERS_ACTS: Mapping[Act, int] = {ask: 6, write_to_desk: 2, choose_announcements: 1, look: 2, send_no_text: 1}


@dataclass
class Trial:
    """All that takes part in it."""

    plan: Plan
    sandbox: Sandbox
    people: People
    clock: MovableClock
    lives: Lives
    chance: random.Random
    tally: Tally
    town: Town
    crowd: Crowd
    office: Office
    deciders: tuple[Registrant, Registrant]
    elders: list[Phone]
    residents: list[Resident] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    """How often which fault struck."""
    status: int | None = None
    """With which the bot ended in the end."""
    took_s: float = 0.0


@asynccontextmanager
async def trial(plan: Plan, folder: Path) -> AsyncIterator[Trial]:
    """A trial that has come to its end; the sandbox is still there to be asked."""
    clock = MovableClock()
    connector = aiohttp.TCPConnector(limit=0)
    began_s = asyncio.get_running_loop().time()
    async with Sandbox(clock) as sandbox, aiohttp.ClientSession(sandbox.base_url, connector=connector) as session:
        people = People(session)
        await people.post("/bots", {"token": TOKEN, "username": "unigo_test_bot", "first_name": "UNIGO"})
        lives = Lives(sandbox, folder, plan, Tally(), began_s)
        say_how_far_ahead(folder, clock)
        elders = [await people.person(f"Elder {number}", started=True) for number in range(plan.elders)]
        await write_first_schema(lives.path, elders, clock.now_us())
        await lives.upgrade(random.Random(plan.seed))
        running = await opened(lives, people, clock, elders)
        await run(running, folder)
        running.took_s = asyncio.get_running_loop().time() - began_s
        yield running


async def opened(lives: Lives, people: People, clock: MovableClock, elders: list[Phone]) -> Trial:
    """The Secretariat, its group and a conference are there; nobody else has come."""
    plan, tally, chance = lives.plan, lives.tally, random.Random(lives.plan.seed)
    async with lives.run() as process:
        await lives.started(process)
        owner = await owner_of(people, OWNER)
        members = [await member_of(people, owner, name) for name in ("Member A", "Member B")]
        group = await bound(people, owner, *members, is_forum=True)
        titles = await told_titles(people)
        await process.stop(within_s=PATIENCE_S)
    town = Town(people, plan, titles, await held(lives.path, plan, clock))
    first, second = (in_chat(one, chance, tally, group) for one in members)
    desk = in_chat(members[0], chance, tally, group)
    writer = in_chat(members[1], chance, tally, members[1].id)
    crowd = Crowd(people, chance, tally)
    office = Office(desk, writer, town, random.Random(plan.seed + 1), crowd.moment)
    return Trial(plan, lives.sandbox, people, clock, lives, chance, tally, town, crowd, office, (first, second), elders)


async def told_titles(people: People) -> dict[str, str]:
    """The first lines of answers, by which they are told apart."""
    reader = await people.person("Reader")
    said = [await ask_topic(reader, topic) for topic in TOPICS]
    return dict(zip(said, TOPICS, strict=True))


async def ask_topic(reader: Phone, topic: str) -> str:
    asked = await reader.start(f"topic_{topic}")
    return str((await reader.reply_after(asked["message_id"]))["text"].partition("\n")[0])


async def held(path: Path, plan: Plan, clock: MovableClock) -> Conference:
    """A conference with too few places, an AGM and an agenda."""
    now = clock.now_us()
    async with open_database(path, now_us=now) as database:
        first = conferences.details_at(now).starts_on + timedelta(days=FIRST_DAY_IN - conferences.FIRST_DAY_IN)
        conference = await conferences.opened(
            database, now, by=OWNER, starts_on=first, ends_on=first + timedelta(days=conferences.LASTS_DAYS - 1),
            register_by=first - timedelta(days=5), papers_by=first - timedelta(days=25),
            visa_by=first - timedelta(days=20), hotel_by=first - timedelta(days=15),
            capacity=max(2, plan.delegates // 4),
        )  # fmt: skip
        await conferences.with_agm(database, conference, now)
        await conferences.with_agenda(database, conference, now)
    return conference


async def run(trial: Trial, folder: Path) -> None:
    """Everybody comes and acts while the bot is killed; in the end nothing is killed until it is quiet."""
    await gather(trial)
    for fault in FAULTS:
        await trial.people.post("/faults", dict(fault))
    first, second = trial.deciders
    staff = [
        asyncio.create_task(decide(first, second, random.Random(trial.plan.seed))),
        asyncio.create_task(trial.office.answer_letters()),
        asyncio.create_task(moving(trial, folder)),
        asyncio.create_task(noting(trial.lives)),
    ]
    everybody = asyncio.gather(
        trial.office.announce_now_and_then(trial.residents), *(live(trial, one) for one in trial.residents)
    )
    try:
        await trial.lives.kill_now_and_then(random.Random(trial.plan.seed))
        trial.town.over.set()
        async with trial.lives.run() as process:
            await everybody
            await end(trial, folder)
            trial.status = await process.stop(within_s=30)
    finally:
        everybody.cancel()
        for task in staff:
            task.cancel()
        await asyncio.gather(*staff, everybody, return_exceptions=True)
    trial.lives.take_note()
    await read_news(trial.crowd)


async def gather(trial: Trial) -> None:
    """Everybody has a phone; only the elders have met the bot."""
    plan, crowd = trial.plan, trial.crowd
    await crowd.gather(founders=plan.founders, delegates=plan.delegates, guests=plan.guests)
    strangers = [await trial.people.person(f"Stranger {number}") for number in range(plan.outsiders)]
    phones = [one.who for one in (*crowd.founders, *crowd.delegates, *crowd.guests)]
    phones += [Registrant(phone, trial.chance, trial.tally) for phone in (*strangers, *trial.elders)]
    trial.residents = [
        Resident(who, trial.town, random.Random(trial.plan.seed + who.phone.id), Claims(who.phone.id)) for who in phones
    ]
    elders = {one.id: one for one in trial.elders}
    for one in trial.residents:
        if elder := elders.get(one.claims.person):
            one.claims.expected.append(UNKNOWN)
            one.claims.questions += [old_question(elder), waiting_question(elder)]


async def live(trial: Trial, one: Resident) -> None:
    """Somebody comes, registers as whatever they are, and lives on; what they waited for in vain is noted."""
    plan = trial.plan
    applicant = applicants(trial.crowd).get(one.claims.person)
    try:
        async with asyncio.timeout(plan.seconds + 2 * plan.patience_s):
            await register(trial, one, applicant)
            one.can_take_part = is_delegate(applicant)
            await one.live(ACTS if one.can_take_part else OUTSIDERS_ACTS)
    except (TimeoutError, AssertionError, StopIteration, aiohttp.ClientError) as error:
        said = (await one.who.phone.from_bot())[-TOLD_LAST:]  # an announcement may come while they wait
        trial.town.troubles.append(
            f"person {one.claims.person}, act {one.claims.acts} ({one.doing}): {type(error).__name__} {error}; "
            f"told last: {said}"
        )


async def register(trial: Trial, one: Resident, applicant: Applicant | None) -> None:
    crowd, seconds = trial.crowd, trial.plan.seconds
    if applicant in crowd.founders:
        await asyncio.sleep(one.chance.uniform(0, seconds * 0.4))
        await found(crowd, applicant)
    elif applicant in crowd.delegates:
        await join(crowd, applicant)
    elif applicant in crowd.guests:
        await asyncio.sleep(one.chance.uniform(0, seconds * 0.5))
        await register_as_guest(applicant)
    else:
        await trial.town.rest(one.chance.uniform(0, seconds * 0.2))


def applicants(crowd: Crowd) -> dict[int, Applicant]:
    return {one.who.phone.id: one for one in (*crowd.founders, *crowd.delegates, *crowd.guests)}


def is_delegate(applicant: Applicant | None) -> bool:
    """Whether somebody can take part in conferences: as a delegate, or as a guest who was not declined."""
    if applicant is None or "head_name" in applicant.stored:
        return False
    return not any("has declined" in text for text in applicant.who.told)


async def moving(trial: Trial, folder: Path) -> None:
    """The clock goes on by a month, a step now and then."""
    moves = trial.plan.moves
    for _ in range(moves):
        await asyncio.sleep(trial.plan.seconds / (moves + 1))
        async with trial.crowd.moment:
            by_s = MOVED_DAYS * 24 * HOUR_S / moves
            await move(folder, trial.clock, by_s, within_s=trial.plan.patience_s)


async def noting(lives: Lives) -> None:
    while True:
        lives.take_note()
        await asyncio.sleep(1)


async def end(trial: Trial, folder: Path) -> None:
    """The network is well, the conference takes place and is over, and everything that is due goes out."""
    for fault in (await trial.people.get("/faults"))["faults"]:
        trial.faults[fault["kind"]] = trial.faults.get(fault["kind"], 0) + fault["hits"]
    await trial.people.delete("/faults")
    await quiet(trial)
    await asyncio.gather(*(look_once_more(trial, one) for one in trial.residents if one.can_take_part))
    first = trial.town.conference.details.starts_on
    for day, hours in ((0, 5.75), (1, 8.9), (conferences.LASTS_DAYS + 1, 12)):
        at = conferences.at(trial.town.conference, first, 0) / 1_000_000 + (24 * day + hours) * HOUR_S
        by_s = max(0.0, at - trial.clock.timestamp())
        await move(folder, trial.clock, by_s, within_s=trial.plan.patience_s)
        await quiet(trial)
    for one in trial.residents:
        await read_to_the_end(one)


async def look_once_more(trial: Trial, one: Resident) -> None:
    """What somebody is shown in the end of their taking part."""
    async with asyncio.timeout(trial.plan.patience_s):
        sent = await one.who.phone.write("/participate")
        card = await one.hears(lambda message: message["message_id"] > sent["message_id"] and is_about(message))
    one.notes(card)
    one.looked_at_answer = card["message_id"]


async def read_to_the_end(one: Resident) -> None:
    """What came of their answer after somebody has looked at it: places are offered until the conference has begun."""
    if one.looked_at_answer:
        for message in await one.who.phone.messages(after=one.looked_at_answer):
            if what := became(text_of(message)):
                one.claims.notes_answer(what)


async def quiet(trial: Trial) -> None:
    """Nothing is due any more, for a while. What never ends is found by the check of what is left."""
    path, clock = trial.lives.path, trial.clock
    soon_us = clock.now_us() + 60_000_000
    waits = "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + "
    waits += f"(SELECT count(*) FROM outbox WHERE state = 'queued' AND not_before <= {soon_us})"  # noqa: S608 - a number
    still = 0
    try:
        async with asyncio.timeout(trial.plan.patience_s):
            while still < 4:
                before = trial.sandbox.world.log.last_seq
                await asyncio.sleep(0.25)
                [(left,)] = rows(path, waits)
                still = still + 1 if not left and trial.sandbox.world.log.last_seq == before else 0
    except TimeoutError:
        trial.town.troubles.append("it did not become quiet in the end")
