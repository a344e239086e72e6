"""A conference to be reminded of, put straight into the database: what people answer there has tests of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import conferences, reminders
from storage.database import Database
from storage.records.conferences import Agm, ConferenceDetails, ConferenceState, Entitled, Planned
from storage.records.durations import HOUR_US, SECOND_US
from storage.records.reminders import Anchor, Audience, Rung
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import OWNER, running, shown
from tests.records import center, person

ZONE = "Africa/Nairobi"
"""Three hours before UTC, all the year."""
UPDATE = "UPDATE participations SET {} WHERE delegate IN (SELECT id FROM delegates WHERE person_id IN (?, ?))"
"""Sets something in the answers of two people; the number of the second may be 0."""
MOVED_S = 2
"""By so much, a clock has to be moved for the bot to look again at once."""


def begin(clock: MovableClock) -> int:
    """Move the clock to the first of January of the next year, noon UTC; the year."""
    year = clock.now().year + 1
    clock.set(datetime(year, 1, 1, 12, tzinfo=UTC))
    return year


def to(clock: MovableClock, year: int, *then: int) -> None:
    """Move the clock to a month, day, hour and minute where the conference is, and half a minute more."""
    month, day, hour, minute = (*then, 0)[:4]
    clock.set(datetime(year, month, day, hour - 3, minute, 30, tzinfo=UTC))


def details(year: int) -> ConferenceDetails:
    """From Monday in the middle of June, with all deadlines."""
    return ConferenceDetails(
        "KE", date(year, 6, 14), date(year, 6, 17), ZONE, city="Nairobi",
        register_by=date(year, 5, 10), papers_by=date(year, 4, 10), visa_by=date(year, 5, 1),
        hotel_by=date(year, 5, 20),
    )  # fmt: skip


async def conference(database: Database, year: int, **changed: Any) -> int:
    """The conference of a year; its number."""

    async def work(tx: Transaction) -> int:
        return await conferences.add(tx, replace(details(year), **changed), by=OWNER, now=0)

    return await database.write(work)


async def agm(database: Database, number: int, starts: datetime, entitled: Entitled = Entitled.DELEGATES) -> None:
    """Its AGM, of an hour, with three weeks of notice."""
    at = int(starts.timestamp()) * SECOND_US
    meeting = Agm(number, Planned.PLANNED, at, at + HOUR_US, "Hall A", None, 21, entitled, 0, 0)

    async def work(tx: Transaction) -> None:
        if not await conferences.add_agm(tx, meeting, 0):
            now = await conferences.agm(tx, number)
            assert now is not None
            assert await conferences.change_agm(tx, replace(meeting, edition=now.edition), 0)

    await database.write(work)


async def change(database: Database, number: int, **changed: Any) -> None:
    """Something about the conference is set anew."""

    async def work(tx: Transaction) -> None:
        now = await conferences.by_id(tx, number)
        assert now is not None
        assert await conferences.change(tx, now, replace(now.details, **changed), 0)

    await database.write(work)


async def cancel(database: Database, number: int) -> None:
    """The conference does not take place."""

    async def work(tx: Transaction) -> None:
        assert await conferences.set_state(tx, number, ConferenceState.CANCELLED, 0)

    await database.write(work)


async def insert(database: Database, table: str, **columns: object) -> int:
    """A row; its number."""

    async def work(tx: Transaction) -> int:
        names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
        cursor = await tx._conn.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names of tests
            tuple(columns.values()),
        )
        return int(cursor.lastrowid or 0)

    return await database.write(work)


async def execute(database: Database, statement: str, *values: object) -> None:
    """Anything else that happens."""

    async def work(tx: Transaction) -> None:
        await tx._conn.execute(statement, values)

    await database.write(work)


async def answered(database: Database, number: int, delegate: int, state: str = "registered", **more: object) -> None:
    """Somebody has answered to the conference."""
    columns = {"attendance": "in_person", "answered_at": 0, "changed_at": 0, **more}
    await insert(database, "participations", conference=number, delegate=delegate, state=state, **columns)


async def began(database: Database, number: int, person_id: int, *, at_us: int) -> None:
    """Somebody has begun to fill the form in, and left it."""
    json = dict.fromkeys(("answers", "given", "context", "only_fields", "picked", "messages"), "{}")
    await insert(
        database, "drafts", person_id=person_id, form="participation", subject=str(number), version=1,
        state="paused", mode="asking", step="attendance", touched_at=at_us, **json,
    )  # fmt: skip


async def session(database: Database, number: int, title: str, starts: datetime) -> int:
    """A session of an hour; its number."""
    at = int(starts.timestamp()) * SECOND_US
    return await insert(
        database, "agenda_sessions", conference=number, uid=title, segment="plenary", title=title, room="Room A",
        starts_at=at, ends_at=at + HOUR_US, changed_at=0,
    )  # fmt: skip


async def star(database: Database, session_id: int, person_id: int) -> None:
    """Somebody has starred a session."""
    await insert(database, "session_stars", session=session_id, person_id=person_id, starred_at=0)


async def states(database: Database, person_id: int) -> list[tuple[str, str]]:
    """What somebody was to be reminded of, and what became of it, in order."""
    rows = await database.reader._conn.execute_fetchall(
        "SELECT reminder_rungs.anchor || ' ' || reminder_rungs.days AS what, reminders.state FROM reminders "
        "JOIN reminder_rungs ON reminder_rungs.id = reminders.rung WHERE person_id = ? ORDER BY reminders.id",
        (person_id,),
    )
    return [(row["what"], row["state"]) for row in rows]


async def reminded(phone: Phone, words: str) -> Json:
    """The first reminder that has these words."""

    def has(message: Json) -> bool:
        text = message.get("text", "")
        return bool(message["from"]["is_bot"]) and "reminders:show" in buttons(message).values() and words in text

    return await shown(phone, has)


async def reminders_of(phone: Phone) -> list[str]:
    """All reminders that somebody has."""
    messages = [one for one in await phone.messages() if one["from"]["is_bot"]]
    return [one["text"] for one in messages if "reminders:show" in buttons(one).values()]


async def how_many(phone: Phone, words: str) -> int:
    """How many of somebody's reminders have these words."""
    return sum(words in text for text in await reminders_of(phone))


async def count_of(phone: Phone, words: str, count: int) -> None:
    """Wait until so many reminders have these words."""

    async def enough() -> bool:
        return await how_many(phone, words) >= count

    await until(enough)


async def rung_of(bot: Running, number: int, anchor: Anchor, days: int) -> Rung:
    """The rung of a ladder that stands so many days before; not that of unfinished registrations."""
    ladder = await reminders.ladder(bot.database.reader, number)
    return next(
        one for one in ladder if (one.anchor, one.days) == (anchor, days) and one.audience != Audience.UNFINISHED
    )


async def registered(bot: Running, people: People, number: int) -> Phone:
    """Somebody who is registered for a conference."""
    phone = await people.person()
    await phone.ask("/start")
    await answered(bot.database, number, await person(bot, await center(bot), writes=phone))
    return phone


@dataclass(frozen=True)
class Year:
    """A conference to come; it is the first of January."""

    bot: Running
    people: People
    clock: MovableClock
    year: int
    conference: int

    async def delegate(self, zone: str | None = ZONE, state: str | None = "registered") -> Phone:
        """A delegate of a Center of their own, who has answered so."""
        phone = await self.people.person()
        await phone.ask("/start")
        number = await person(self.bot, await center(self.bot), writes=phone, time_zone=zone)
        if state:
            await answered(self.bot.database, self.conference, number, state)
        return phone

    def to(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        to(self.clock, self.year, month, day, hour, minute)

    def at(self, month: int, day: int, hour: int) -> datetime:
        return datetime(self.year, month, day, hour - 3, tzinfo=UTC)

    async def is_looked_at(self) -> None:
        """Everything that is due by now is queued and ended."""
        self.clock.advance(MOVED_S)
        reader, now = self.bot.database.reader, self.bot.now_us()

        async def done() -> bool:
            looked = await reader.value(reader.sql.reminders.looked_until)
            waiting = await reader._conn.execute_fetchall("SELECT 1 FROM outbox WHERE state = 'queued'")
            return looked is not None and int(looked) >= now and not waiting

        await until(done)


@asynccontextmanager
async def coming_year(start_bot: StartBot, people: People, clock: MovableClock) -> AsyncIterator[Year]:
    """A bot that runs, and has looked once, with a conference to come."""
    year = begin(clock)
    async with running(start_bot) as bot:
        found = Year(bot, people, clock, year, await conference(bot.database, year))
        await found.is_looked_at()
        yield found
