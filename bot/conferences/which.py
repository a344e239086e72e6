"""Which conference is meant, where nobody says which."""

from __future__ import annotations

from datetime import timedelta

from bot.conferences import moments
from storage import conferences
from storage.records.conferences import Conference
from storage.session import Session

ANY_ZONE = timedelta(days=1)
"""By so much, days differ around the world."""


async def upcoming(session: Session, now: int) -> list[Conference]:
    """The conferences that are under way or to come, the next first, and not those that were cancelled."""
    earliest = moments.today("UTC", now) - ANY_ZONE
    found = await conferences.ending_from(session, earliest)
    return [conference for conference in found if conference.is_on and not moments.is_over(conference, now)]


async def next_conference(session: Session, now: int) -> Conference | None:
    """The one that is under way or comes next."""
    return next(iter(await upcoming(session, now)), None)
