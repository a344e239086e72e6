"""Which conference is meant, where nobody says which."""

from __future__ import annotations

from datetime import timedelta

from bot.conferences import moments
from bot.conferences.participating import is_in_time
from storage import conferences
from storage.records.conferences import Conference
from storage.session import Session

ANY_ZONE = timedelta(days=1)
"""By so much, days differ around the world."""


async def upcoming(session: Session, now: int) -> list[Conference]:
    """The conferences that are under way or to come, the next first, and not those that were cancelled."""
    return [conference for conference in await _not_over(session, now) if conference.is_on]


async def next_conference(session: Session, now: int) -> Conference | None:
    """The one that is under way or comes next."""
    return next(iter(await upcoming(session, now)), None)


async def open_to_register(session: Session, now: int) -> Conference | None:
    """The next conference, if one can register for it."""
    conference = await next_conference(session, now)
    return conference if conference is not None and is_in_time(conference, now) else None


async def next_or_cancelled(session: Session, now: int) -> Conference | None:
    """The one that is under way or comes next; where none does, the one that would and was cancelled."""
    found = await _not_over(session, now)
    return next((conference for conference in found if conference.is_on), next(iter(found), None))


async def _not_over(session: Session, now: int) -> list[Conference]:
    """Those that are under way or to come by their days, the next first."""
    earliest = moments.today("UTC", now) - ANY_ZONE
    found = await conferences.ending_from(session, earliest)
    return [conference for conference in found if not moments.is_over(conference, now)]
