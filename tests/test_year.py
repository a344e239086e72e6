"""A whole year of a conference in the sandbox, its clock moved from moment to moment, the bot killed at random.

Everybody gets exactly the reminders that are for them, at the right time where they are, each once but for sends that
were in flight at a kill. When that is, is worked out here anew, from the calendar.
"""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from storage.database import Database, open_database
from storage.records.durations import SECOND_US
from tests import reminding
from tests.chat import People, Phone, buttons, until
from tests.processes import PATIENCE_S, BotProcess, bot_process

PROGRAM = ("tests.clocked_bot",)
STARTED = "Ctrl-C stops it."
KILLS = 6
IN_FLIGHT = 5
SEED = 20270412
THERE = "Europe/Zurich"
"""Where clocks are put forward two weeks before the conference."""
ZONES = (
    "Pacific/Pago_Pago", "America/Los_Angeles", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Kathmandu",
    "Australia/Sydney", "Pacific/Kiritimati",
)  # fmt: skip
MUTED = "conference agm papers hotel session feedback registration visa"
CONFERENCE, PAPERS, HOTEL, NOTICE, AGM, SESSION, FEEDBACK, REGISTRATION = (
    "It begins on", "Papers and sessions", "Hotel rooms", "Notice of", "The Annual General", "A session",
    "Thank you", "Registration ends",
)  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """What the conference of a year has when."""

    starts: date
    agm: datetime
    session: datetime

    @property
    def ends(self) -> date:
        return self.starts + timedelta(days=3)

    @property
    def register_by(self) -> date:
        return self.starts - timedelta(days=45)

    @property
    def papers_by(self) -> date:
        return self.starts - timedelta(days=70)

    @property
    def hotel_by(self) -> date:
        return self.starts - timedelta(days=20)


@dataclass(frozen=True)
class Somebody:
    """Who is to get what."""

    phone: Phone
    zone: str | None
    state: str

    def expected(self, dates: Dates) -> set[tuple[datetime, str]]:
        """When they are to be reminded of what."""
        notice = {(self._morning(dates, dates.agm.date(), 21), NOTICE)}
        agm = {(self._morning(dates, dates.agm.date(), days), AGM) for days in (7, 1)}
        agm.add((self._awake(dates, dates.agm - timedelta(hours=2), dates.agm), AGM))
        if self.state in {"declined", "muted"}:
            return notice
        if self.state == "leads":
            return {(self._morning(dates, dates.register_by, days), REGISTRATION) for days in (30, 14, 7, 1)}
        if self.state == "unfinished":
            return notice | agm | {(self._morning(dates, dates.register_by, days), REGISTRATION) for days in (7, 1)}
        conference = {(self._morning(dates, dates.starts, days), CONFERENCE) for days in (30, 7, 1)}
        return (
            notice
            | agm
            | conference
            | {
                (self._morning(dates, dates.papers_by, 14), PAPERS),
                (self._morning(dates, dates.hotel_by, 14), HOTEL),
                (self._awake(dates, dates.session - timedelta(minutes=15), dates.session), SESSION),
                (
                    self._awake(dates, datetime.combine(dates.ends + timedelta(days=1), time(10), ZoneInfo(THERE))),
                    FEEDBACK,
                ),
            }
        )

    def _morning(self, dates: Dates, day: date, days: int) -> datetime:
        return self._awake(dates, datetime.combine(day - timedelta(days=days), time(9), ZoneInfo(THERE)))

    def _awake(self, dates: Dates, at: datetime, begins: datetime | None = None) -> datetime:
        is_there = self.state == "registered" and dates.starts <= at.astimezone(ZoneInfo(THERE)).date() <= dates.ends
        here = at.astimezone(ZoneInfo(THERE if is_there else self.zone or THERE))
        if 7 <= here.hour < 22:
            return at.astimezone(UTC)
        day = here.date() + timedelta(days=here.hour >= 22)
        morning = datetime.combine(day, time(7), here.tzinfo)
        return (at if begins is not None and morning >= begins else morning).astimezone(UTC)


def dates_after(clock: MovableClock) -> Dates:
    """The conference begins on a Monday in the middle of April of the next year."""
    middle = date(clock.now().year + 1, 4, 12)
    starts = middle - timedelta(days=middle.weekday())
    second = starts + timedelta(days=1)
    return Dates(
        starts,
        datetime.combine(second, time(14), ZoneInfo(THERE)),
        datetime.combine(second, time(10), ZoneInfo(THERE)),
    )


async def somebody(
    database: Database, phone: Phone, zone: str | None, state: str, *, number: int, planned: int, begun_at: int
) -> Somebody:
    """Known to the bot, and standing so to the conference."""
    name = {"first_name": "Delegate", "language": "en", "first_seen_at": 0}
    await reminding.insert(database, "people", id=phone.id, **name)
    kept = {"registered_at": 0, "changed_at": 0}
    center = await reminding.insert(database, "centers", state="approved", name="Center", sort_name="center", **kept)
    if state == "leads":
        role = {"role": "focal_point", "scope": str(center), "given_by": 1, "given_at": 0}
        await reminding.insert(database, "roles", person_id=phone.id, **role)
        return Somebody(phone, None, state)
    names = {"given_name": "Delegate", "family_name": "A", "sort_name": "a", "time_zone": zone, **kept}
    delegate = await reminding.insert(database, "delegates", person_id=phone.id, center=center, state="active", **names)
    await reminding.star(database, planned, phone.id)
    if state == "unfinished":
        await reminding.began(database, number, phone.id, at_us=begun_at)
        await reminding.execute(database, "DELETE FROM session_stars WHERE person_id = ?", phone.id)
    else:
        answer = "declined" if state == "declined" else "registered"
        await reminding.answered(database, number, delegate, answer)
    if state in {"muted", "declined"}:
        await reminding.insert(database, "reminder_wishes", person_id=phone.id, muted=MUTED)
    return Somebody(phone, zone, state)


async def everybody(people: People, folder: Path, clock: MovableClock, dates: Dates) -> list[Somebody]:
    """A database with a conference, and people in all states around the world."""
    states = [*((zone, "registered") for zone in ZONES), (THERE, "muted"), (THERE, "declined"), (None, "registered")]
    states += [("Asia/Kathmandu", "unfinished"), (None, "leads"), ("Pacific/Kiritimati", "declined")]
    async with open_database(folder / "bot.db", now_us=clock.now_us()) as database:
        number = await reminding.conference(
            database, dates.starts.year, starts_on=dates.starts, ends_on=dates.ends, time_zone=THERE,
            register_by=dates.register_by, papers_by=dates.papers_by, hotel_by=dates.hotel_by, visa_by=None,
        )  # fmt: skip
        await reminding.agm(database, number, dates.agm)
        begun_at = int(dates.agm.timestamp() - 100 * 24 * 3600) * SECOND_US
        planned = await reminding.session(database, number, "Session A", dates.session)
        return [
            await somebody(
                database,
                await people.person(started=True),
                zone,
                state,
                number=number,
                planned=planned,
                begun_at=begun_at,
            )
            for zone, state in states
        ]


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "bot.db", isolation_level=None)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def move(folder: Path, clock: MovableClock, moment: datetime) -> None:
    """Move the clock to half a minute after a moment, here and in the bot's process."""
    if clock.now() < moment:  # after a kill, it has been already
        clock.set(moment + timedelta(seconds=30))
    (folder / "ahead.new").write_text(str(clock.offset_s))
    (folder / "ahead.new").rename(folder / "ahead")


async def quiet(folder: Path, moment: datetime) -> None:
    """All that was due at a moment is queued and out."""
    at_us = int(moment.timestamp()) * SECOND_US

    def done() -> bool:
        looked = rows(folder, "SELECT value FROM about WHERE name = 'reminders_looked_until'")
        return bool(looked and int(looked[0][0]) >= at_us) and not rows(
            folder, "SELECT 1 FROM outbox WHERE state = 'queued'"
        )

    await until(done, within_s=PATIENCE_S)


async def live(sandbox: Sandbox, folder: Path, clock: MovableClock, moments: list[datetime]) -> tuple[int, int]:
    """Go through the moments, killing the bot at some of them while it sends; how many kills, how many restarts."""
    chance, kills = random.Random(SEED), 0
    deadly = set(chance.sample(moments, KILLS))
    left = list(moments)
    move(folder, clock, left[0])
    while left:
        async with bot_process(sandbox.base_url, folder, PROGRAM, UNIGO_DELIVERY__IN_FLIGHT=str(IN_FLIGHT)) as process:
            await process.until_said(STARTED)
            while left:
                move(folder, clock, left[0])
                if left[0] in deadly:
                    deadly.discard(left[0])
                    await killed(sandbox, process, chance.randint(1, 4))
                    kills += 1
                    break
                await quiet(folder, left[0])
                left.pop(0)
    return kills, len(moments)


async def killed(sandbox: Sandbox, process: BotProcess, calls: int) -> None:
    """Kill the bot after it has called so often, or has had the time to."""
    log = sandbox.world.log
    after = log.last_seq + calls
    with contextlib.suppress(TimeoutError):
        await until(lambda: log.last_seq >= after, within_s=1)
    await process.stop(signal.SIGKILL)


async def got(one: Somebody, moments: list[datetime]) -> Counter[tuple[datetime, str]]:
    """What somebody was sent, by the moment behind which it came."""
    found: Counter[tuple[datetime, str]] = Counter()
    for message in await one.phone.messages():
        if "reminders:show" in buttons(message).values():
            at = datetime.fromtimestamp(message["date"], UTC)
            moment = max(known for known in moments if known <= at)
            found[moment, message["text"].split("\n\n")[1]] += 1
    return found


@pytest.mark.timeout(300)
async def test_a_year_of_reminders_with_kills(
    sandbox: Sandbox, people: People, clock: MovableClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dates = dates_after(clock)
    here = await everybody(people, tmp_path, clock, dates)
    first = datetime.combine(dates.starts - timedelta(days=100), time(12), UTC)
    due = {moment for one in here for moment, _what in one.expected(dates)}
    moments = [first, *sorted(due), max(due) + timedelta(days=200)]
    kills, steps = await live(sandbox, tmp_path, clock, moments)
    sent, repeated = 0, 0
    for one in here:
        found, expected = await got(one, moments), one.expected(dates)
        assert {(moment, next(key for key in KEYS if text.startswith(key))) for moment, text in found} == expected, one
        sent += len(expected)
        repeated += sum(found.values()) - len(expected)
    ended = dict(rows(tmp_path, "SELECT state, count(*) FROM reminders GROUP BY state"))
    with capsys.disabled():
        print(f"\n{len(here)} people, {steps} moments, {kills} kills: {sent} reminders, {repeated} repeated; {ended}")
    assert kills == KILLS
    assert ended == {"sent": sent}
    assert repeated <= kills * IN_FLIGHT


KEYS = (CONFERENCE, PAPERS, HOTEL, NOTICE, AGM, SESSION, FEEDBACK, REGISTRATION)
