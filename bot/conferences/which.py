"""Which conference is meant: the one that a question names, or where nobody says which, the next."""

from __future__ import annotations

from datetime import timedelta

from bot.conferences import moments
from bot.conferences.asking import Asked
from bot.conferences.occasions import Order
from bot.conferences.own_answer import is_in_time
from storage import conferences
from storage.records.conferences import Conference
from storage.session import Session

ANY_ZONE = timedelta(days=1)
"""By so much, days differ around the world."""
LATEST_AT_MOST = 100
"""So many of the latest conferences are looked through where a past one is sought: there is one a year."""


async def meant(session: Session, asked: Asked, now: int) -> Conference | None:
    """The conference that a question means: of the year, or in the place among all, that it names, or else the next.

    That of a year, and the next, may be one that was cancelled, where none takes place. None where none is known:
    whether the first that is entered was the first of all, nobody knows.
    """
    if asked.year is not None:
        return await _of_year(session, asked.year)
    match asked.order:
        case Order.FIRST:
            return None
        case Order.LAST:
            return next((one for one in await _over(session, now) if one.is_on), None)
        case Order.AFTER_NEXT:
            return next(iter((await upcoming(session, now))[1:]), None)
        case None:
            return await next_or_cancelled(session, now)


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


async def past(session: Session, now: int, *, at_most: int) -> list[Conference]:
    """The latest conferences that are over, also those that were cancelled, the latest first."""
    return (await _over(session, now))[:at_most]


async def ended_since(session: Session, at: int, now: int) -> bool:
    """Whether a conference, also one that was cancelled, has ended after `at`; both are microseconds in UTC."""
    over = [one.details for one in await _over(session, now)]
    return any(moments.end_of_day_us(one.ends_on, one.time_zone) > at for one in over)


async def _of_year(session: Session, year: int) -> Conference | None:
    known = [one for one in await conferences.latest(session, at_most=LATEST_AT_MOST) if one.year == year]
    return next((one for one in known if one.is_on), next(iter(known), None))


async def _over(session: Session, now: int) -> list[Conference]:
    """Those that are over by their days, the latest first."""
    latest = await conferences.latest(session, at_most=LATEST_AT_MOST)
    return [one for one in latest if moments.is_over(one, now)]


async def _not_over(session: Session, now: int) -> list[Conference]:
    """Those that are under way or to come by their days, the next first."""
    earliest = moments.today("UTC", now) - ANY_ZONE
    found = await conferences.ending_from(session, earliest)
    return [conference for conference in found if not moments.is_over(conference, now)]
