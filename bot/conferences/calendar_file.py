"""A conference as a calendar file (RFC 5545), which calendars update from when they are given it again.

What is in it keeps its UID, and has a higher SEQUENCE when it has changed, also where only what belongs to the whole
conference has: its venue, its time zone, or that it is cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.conferences.moments import local
from storage import agenda, conferences
from storage.records.conferences import AgendaSession, Agm, Conference, Planned
from storage.session import Session

if TYPE_CHECKING:
    from icalendar import Event

MADE_BY = "-//UNIGO//Annual Conference//EN"
_WHOLE = re.compile(r"(?:conference|agm)-[0-9]+@[A-Za-z0-9_]+")
ZONE_TOLD_AROUND = timedelta(days=400)
"""So long before it and after it, the file tells when clocks change where it takes place: more than a year."""


@dataclass(frozen=True, slots=True)
class Planner:
    """What goes into a calendar: a conference, its AGM, and what somebody has starred. `bot_name` makes UIDs unique."""

    conference: Conference
    agm: Agm | None
    starred: Sequence[AgendaSession]
    bot_name: str


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What is called how in the file, in the language of whoever gets it; and where the conference takes place."""

    conference: str
    agm: str
    place: str


async def planner(session: Session, conference: Conference, *, stars_of: int | None, bot_name: str) -> Planner:
    """What there is for a calendar; with the programme of somebody, which nobody else gets."""
    starred = [] if stars_of is None else await agenda.starred_by(session, stars_of, conference.id)
    return Planner(conference, await conferences.agm(session, conference.id), starred, bot_name)


def uid_of(session: AgendaSession, bot_name: str) -> str:
    """What a session is called in calendars."""
    is_named = "@" in session.uid  # by the file that it was read in from
    return session.uid if is_named else f"{session.uid}-{session.conference}@{bot_name}"


def is_whole(uid: str) -> bool:
    """Whether this is what a conference or its AGM is called in calendars."""
    return _WHOLE.fullmatch(uid) is not None


def as_ics(plan: Planner, words: CalendarWords) -> bytes:
    """The file. It takes a while: not for the event loop."""
    from icalendar import Calendar  # noqa: PLC0415 - needed once in a while, and slow to load

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add_component(_conference(plan, words))
    if plan.agm is not None:
        calendar.add_component(_agm(plan, plan.agm, words))
    for session in plan.starred:
        calendar.add_component(_session(plan, session))
    details = plan.conference.details
    calendar.add_missing_timezones(details.starts_on - ZONE_TOLD_AROUND, details.ends_on + ZONE_TOLD_AROUND)
    file: bytes = calendar.to_ical()
    return file


def _conference(plan: Planner, words: CalendarWords) -> Event:
    details = plan.conference.details
    event = _event(plan, f"conference-{plan.conference.id}@{plan.bot_name}", words.conference)
    _takes(event, details.starts_on, details.ends_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy all day because of it
    _tell(event, _together(details.venue, words.place), [details.theme, details.online_link])
    return event


def _agm(plan: Planner, agm: Agm, words: CalendarWords) -> Event:
    event = _event(plan, f"agm-{agm.conference}@{plan.bot_name}", f"{words.agm} · {words.conference}", agm)
    _takes(event, _local(plan, agm.starts_at), _local(plan, agm.ends_at))
    _tell(event, _together(agm.place, plan.conference.details.venue), [agm.online_link])
    return event


def _session(plan: Planner, session: AgendaSession) -> Event:
    event = _event(plan, uid_of(session, plan.bot_name), session.title, session)
    _takes(event, _local(plan, session.starts_at), _local(plan, session.ends_at))
    about = [session.description, session.speakers, session.chair]
    _tell(event, _together(session.room, plan.conference.details.venue), about)
    return event


def _event(plan: Planner, uid: str, summary: str, part: Agm | AgendaSession | None = None) -> Event:
    """An event of the conference itself, or of a part of it."""
    from icalendar import Event  # noqa: PLC0415 - as above

    conference = plan.conference
    is_on = conference.is_on and (part is None or part.state == Planned.PLANNED)
    changed_at = max(conference.changed_at, part.changed_at if part else 0)
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("sequence", conference.edition + (part.edition if part else 0))
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    event.add("dtstamp", local(changed_at, "UTC").replace(microsecond=0))
    event.add("last-modified", local(changed_at, "UTC").replace(microsecond=0))
    return event


def _takes(event: Event, starts: date, ends: date) -> None:
    event.add("dtstart", starts)
    event.add("dtend", ends)


def _tell(event: Event, location: str, about: Sequence[str | None]) -> None:
    if location:
        event.add("location", location)
    told = "\n".join(filter(None, about))
    if told:
        event.add("description", told)


def _local(plan: Planner, at_us: int) -> datetime:
    return local(at_us, plan.conference.details.time_zone)


def _together(*places: str | None) -> str:
    return ", ".join(filter(None, places))
