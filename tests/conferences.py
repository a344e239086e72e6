"""An example conference to test with, in Nairobi, with its AGM and an agenda; kept without typing it.

Its days follow the clock: the first is `FIRST_DAY_IN` days from now, or as a test wants it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.conferences import moments
from storage import conferences
from storage.database import Database
from storage.records.conferences import Agm, Conference, ConferenceDetails, Entitled, Planned, Segment
from storage.records.durations import HOUR_US
from storage.session import Transaction

ZONE = "Africa/Nairobi"
FIRST_DAY_IN = 120
LASTS_DAYS = 3


def details_at(now: int, **changes: Any) -> ConferenceDetails:
    """What is set for the example conference, seen from now."""
    first = moments.today(ZONE, now) + timedelta(days=FIRST_DAY_IN)
    details = ConferenceDetails(
        host_country="KE",
        starts_on=first,
        ends_on=first + timedelta(days=LASTS_DAYS - 1),
        time_zone=ZONE,
        edition_number=12,
        theme="Example theme",
        host_organization="Organization A",
        city="Nairobi",
        venue="Example Hall",
        register_by=first - timedelta(days=30),
        papers_by=first - timedelta(days=60),
        visa_by=first - timedelta(days=45),
        hotel_by=first - timedelta(days=40),
        languages=("en", "fr"),
        capacity=200,
        online_link="https://online.example",
        contact="conference@example.org",
    )
    return replace(details, **changes)


async def opened(database: Database, now: int, *, by: int = 1, **changes: Any) -> Conference:
    """The example conference; `changes` are of its details."""

    async def work(tx: Transaction) -> Conference:
        number = await conferences.add(tx, details_at(now, **changes), by=by, now=now)
        kept = await conferences.by_id(tx, number)
        assert kept is not None
        return kept

    return await database.write(work)


async def with_agm(database: Database, conference: Conference, now: int, **changes: Any) -> Agm:
    """Its AGM: on the second day from 14:00 to 16:00, where it takes place."""
    day = conference.details.starts_on + timedelta(days=1)
    meeting = Agm(
        conference=conference.id,
        state=Planned.PLANNED,
        starts_at=at(conference, day, 14),
        ends_at=at(conference, day, 16),
        place="Room 1",
        online_link="https://agm.example",
        notice_days=30,
        entitled=Entitled.DELEGATES,
        changed_at=now,
        edition=0,
    )

    async def work(tx: Transaction) -> Agm:
        assert await conferences.add_agm(tx, replace(meeting, **changes), now)
        kept = await conferences.agm(tx, conference.id)
        assert kept is not None
        return kept

    return await database.write(work)


async def with_session(
    database: Database,
    conference: Conference,
    now: int,
    title: str = "Session A",
    *,
    day: int = 0,
    hour: int = 9,
    lasts_hours: int = 1,
    **more: Any,
) -> int:
    """A session on its first day, or so many days later, at this hour where it takes place; the session's id."""
    begins = at(conference, conference.details.starts_on + timedelta(days=day), hour)
    values = {
        "conference": conference.id,
        "uid": f"{title}@conference.example",
        "segment": Segment.PLENARY,
        "title": title,
        "description": None,
        "speakers": None,
        "chair": None,
        "room": "Room 1",
        "starts_at": begins,
        "ends_at": begins + lasts_hours * HOUR_US,
        "language": "en",
    }

    async def work(tx: Transaction) -> int:
        number: int = await tx.value(tx.sql.agenda.add, now=now, **{**values, **more})
        return number

    return await database.write(work)


async def with_agenda(database: Database, conference: Conference, now: int) -> list[int]:
    """A small agenda: an opening, three parallel segments on the second day, and a closing; the sessions' ids."""
    return [
        await with_session(database, conference, now, "Opening", chair="Chair A"),
        await with_session(database, conference, now, "Military session", day=1, segment=Segment.MILITARY),
        await with_session(database, conference, now, "Civilian session", day=1, segment=Segment.CIVILIAN, room="R 2"),
        await with_session(database, conference, now, "Police session", day=1, segment=Segment.POLICE, room="Room 3"),
        await with_session(database, conference, now, "Closing", day=2, hour=16),
    ]


def at(conference: Conference, day: date, hour: int, minute: int = 0) -> int:
    """When it is this time on this day where the conference takes place."""
    return moments.moment_us(day, time(hour, minute), conference.details.time_zone)
