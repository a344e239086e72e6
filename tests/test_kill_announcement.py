"""An announcement to 2,000 people, paused, killed three times, resumed, corrected, recalled: a copy each.

But for at most the sends that were in flight at a kill, whose results nobody could record any more.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from bot.announcements import correcting, recalling, sending
from bot.announcements.audience import Audience
from bot.announcements.content import Content
from bot.runtime.clock import Clock
from bot.sandbox.server import Sandbox
from storage import announcements, outbox
from storage import people as known_people
from storage.database import Database, open_database
from storage.records.announcements import AnnouncementState, Outcome
from storage.session import Transaction
from tests.announcements import RIGHTS, composed, found
from tests.chat import People, until
from tests.desk import OWNER
from tests.processes import PATIENCE_S, BotProcess, bot_process

MEMBERS = 2_000
LEFT_OUT = 50
"""Members who read another language: they are not of the segment."""
KILLS = 3
IN_FLIGHT = 10
SEED = 20261126
PACED = {"UNIGO_DELIVERY__PER_SECOND": "250", "UNIGO_DELIVERY__IN_FLIGHT": str(IN_FLIGHT)}


async def members(people: People, database: Database) -> list[int]:
    """People who have started the bot; the last few read French."""
    numbers = [(await people.person(f"Member {number}", started=True)).id for number in range(MEMBERS)]

    async def work(tx: Transaction) -> None:
        for place, number in enumerate(numbers):
            language = "en" if place < MEMBERS - LEFT_OUT else "fr"
            await known_people.meet(
                tx, known_people.meeting(tx.sql, number, language=language, guessed=False, reachable=True, now=1)
            )

    await database.write(work)
    return numbers


async def copies(people: People) -> Counter[int]:
    """How many messages were sent to whom, also where the answer came to nobody any more."""
    return Counter(int(call["chat_id"]) for call in await people.calls("sendMessage") if call["done"])


async def settled(people: People) -> int:
    """How many were sent, once the sandbox has seen the last of what a killed process had sent."""
    counts: list[int] = []
    while len(counts) < 5 or len(set(counts[-5:])) > 1:
        counts.append((await copies(people)).total())
        await asyncio.sleep(0.02)
    return counts[-1]


async def by_outcome(database: Database, number: int) -> dict[Outcome, int]:
    return dict((await announcements.tally(database.reader, number)).by_outcome)


async def killed_at(process: BotProcess, database: Database, number: int, sent: int) -> None:
    """Killed once so many are recorded as sent."""

    async def so_many() -> bool:
        return (await by_outcome(database, number)).get(Outcome.SENT, 0) >= sent

    await until(so_many, within_s=PATIENCE_S)
    await process.stop(signal.SIGKILL)


async def is_settled(database: Database, number: int) -> None:
    async def nothing_left() -> bool:
        return (await announcements.tally(database.reader, number)).left == 0

    await until(nothing_left, within_s=60)


@pytest.mark.timeout(300)
async def test_kills_while_an_announcement_runs(
    sandbox: Sandbox, people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, clock = random.Random(SEED), Clock()
    in_flight: list[int] = []
    async with open_database(tmp_path / "bot.db", now_us=1) as database:

        async def killed(process: BotProcess, sent: int) -> None:
            await killed_at(process, database, number, sent)
            recorded = (await by_outcome(database, number))[Outcome.SENT]
            in_flight.append(await settled(people) - sum(in_flight) - recorded)

        numbers = await members(people, database)
        meant = numbers[: MEMBERS - LEFT_OUT]
        number = await composed(database, {"en": Content("On Friday")}, audience=Audience(language=("en",)))
        assert await database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await killed(process, chance.randint(200, 500))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await killed(process, chance.randint(700, 1_000))
            assert await database.write(lambda tx: sending.pause(tx, RIGHTS, OWNER, number, clock.now_us()))
        before = await settled(people)
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await until(lambda: is_empty(database), within_s=PATIENCE_S)
            assert await settled(people) == before
            assert (await found(database, number)).state == AnnouncementState.PAUSED
            assert await database.write(lambda tx: sending.resume(tx, RIGHTS, OWNER, number, clock.now_us()))
            await killed(process, chance.randint(1_300, 1_700))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await is_settled(database, number)
            assert await by_outcome(database, number) == {Outcome.SENT: len(meant)}
            got = await copies(people)
            assert set(got) == set(meant)

            async def correct(tx: Transaction) -> int:
                await announcements.set_text(tx, number, "en", Content("On Monday").as_json())
                return await correcting.begin(tx, RIGHTS, OWNER, number, "en", now=clock.now_us())

            assert await database.write(correct) == len(meant)
            await is_settled(database, number)
            edited = Counter(int(call["chat_id"]) for call in await people.calls("editMessageText") if call["done"])
            assert edited == dict.fromkeys(meant, 1)
            assert await database.write(lambda tx: recalling.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
            await is_settled(database, number)
            assert await by_outcome(database, number) == {Outcome.RECALLED: len(meant)}
            assert await process.stop() == 0
    repeated = got.total() - len(meant)
    with capsys.disabled():
        print(f"\n{len(meant)} recipients, in flight at each of {KILLS} kills {in_flight}, sent twice {repeated}")
    assert repeated <= sum(in_flight)
    assert max(in_flight) <= IN_FLIGHT


async def is_empty(database: Database) -> bool:
    """Nothing waits in the outbox."""
    return (await outbox.counts(database.reader))[0] == 0
