"""A year's conference is opened by the Secretariat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.conferences import moments
from bot.conferences.conference_form import DayFault, last_day_fault
from bot.members.roles import Rights
from storage import audit, conferences
from storage.records.conferences import DAYS, Conference, ConferenceDetails, Deadline
from storage.session import Session, Transaction


class NoSuchConferenceError(Exception):
    """There is no such conference."""


class StaleConferenceError(Exception):
    """Somebody else has changed the same since."""


class DayError(Exception):
    """A day cannot be so; `field` says which."""

    def __init__(self, field: str, fault: DayFault) -> None:
        super().__init__(field, fault)
        self.field = field
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conference, and those that are on some of the same days."""

    conference: Conference
    beside: tuple[Conference, ...]


async def open_conference(tx: Transaction, rights: Rights, details: ConferenceDetails, *, by: int, now: int) -> Opened:
    """Open a conference; one that has begun or is over is entered for the association's history.

    Raises:
        NotAllowedError: only the Secretariat opens one.
        DayError: its days cannot be so.
    """
    await rights.need_staff(tx, by)
    check_days(details, DAYS, now)
    number = await conferences.add(tx, details, by=by, now=now)
    conference = await found(tx, number)
    after = {name: str(getattr(details, name)) for name in ("host_country", "starts_on", "ends_on", "time_zone")}
    await audit.add(tx, by, "conference.open", f"conference:{number}", now=now, after=after)
    return Opened(conference, await beside(tx, conference))


async def found(session: Session, conference_id: int) -> Conference:
    """A conference by its id. Raises NoSuchConferenceError."""
    conference = await conferences.by_id(session, conference_id)
    if conference is None:
        raise NoSuchConferenceError(conference_id)
    return conference


async def beside(session: Session, conference: Conference) -> tuple[Conference, ...]:
    """The other conferences that are on some of the same days, and not those that were cancelled."""
    first, last = conference.details.starts_on, conference.details.ends_on
    later = await conferences.ending_from(session, first)
    return tuple(one for one in later if one.id != conference.id and one.is_on and one.details.starts_on <= last)


def check_days(
    details: ConferenceDetails, changed: Collection[str], now: int, *, before: ConferenceDetails | None = None
) -> None:
    """Raises DayError where one of the days that are `changed` does not fit to the others, or is past.

    Of a conference that has begun, or had `before` the change, any day may be past.
    """
    fault = last_day_fault(details.starts_on, details.ends_on)
    if fault == DayFault.BEFORE_THE_FIRST:
        raise DayError("ends_on", fault)
    for what in Deadline:
        day = details.deadline(what)
        if day is not None and day > details.ends_on:
            raise DayError(what, DayFault.AFTER_THE_LAST)
    _check_past(details, changed, now, before or details)
    if fault is not None and {"starts_on", "ends_on"} & set(changed):
        raise DayError("ends_on", fault)


def _check_past(details: ConferenceDetails, changed: Collection[str], now: int, before: ConferenceDetails) -> None:
    today = moments.today(details.time_zone, now)
    if before.starts_on <= today:
        return
    for name in DAYS:
        chosen: date | None = getattr(details, name)
        if name in changed and chosen is not None and chosen < today:
            raise DayError(name, DayFault.PAST)
