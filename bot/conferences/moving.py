"""A conference has other days, or another time zone: its AGM and its sessions go with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conferences import changes, moments
from bot.conferences.opening import StaleConferenceError
from bot.conferences.participation_form import NEAR
from storage import agenda, announcements, conferences, participations
from storage.records.conferences import AgendaSession, Agm, Conference, ConferenceDetails, Deadline
from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class Outside:
    """What is planned on other days than those of the conference."""

    has_agm: bool
    sessions: int


@dataclass(frozen=True, slots=True)
class Stays:
    """What has not moved with a conference, and may not fit any more.

    Attributes:
        deadlines: its last days for this and that.
        people: how many want to arrive or leave on days that do not go with it; they are asked to change that.
        announcements: how many are still to go out, whatever they say.
        places_taken: how many have a place in person, where there are to be fewer; else 0.
    """

    deadlines: tuple[Deadline, ...] = ()
    people: int = 0
    announcements: int = 0
    places_taken: int = 0


NOTHING_STAYS = Stays()
WHEN = frozenset({"starts_on", "ends_on"})
WHEN_AND_WHERE = WHEN | {"time_zone", "host_country", "city", "venue", Deadline.REGISTER}
"""Of a conference, what is likely told in announcements."""


async def stays(session: Session, conference: Conference, changed: Collection[str]) -> Stays:
    """What is as before though this of a conference was `changed`."""
    if not conference.is_on:
        return NOTHING_STAYS
    found, details, of_it = NOTHING_STAYS, conference.details, conference.id
    if WHEN_AND_WHERE & set(changed):
        found = replace(found, announcements=await announcements.count_planned(session))
    if WHEN & set(changed):
        days = details.starts_on, details.ends_on
        set_before = tuple(one for one in Deadline if one not in changed and details.deadline(one) is not None)
        misfits = await participations.count_misfits(session, of_it, *days, near=NEAR)
        found = replace(found, deadlines=set_before, people=misfits)
    if "capacity" in changed and details.capacity is not None:
        taken = await participations.count_places_taken(session, of_it)
        found = replace(found, places_taken=taken if taken > details.capacity else 0)
    return found


async def take_along(tx: Transaction, before: Conference, after: ConferenceDetails, now: int) -> bool:
    """Put the AGM and the sessions where they are once the conference is so; False if they stay where they are.

    The time of day that clocks show where the conference is remains. The days move if all of the conference does; if
    it is made longer or shorter, nobody knows but those who plan it. Raises StaleConferenceError.
    """
    shift = _shift(before.details, after)
    if not shift and before.details.time_zone == after.time_zone:
        return False
    zones = before.details.time_zone, after.time_zone
    agm = await conferences.agm(tx, before.id)
    if agm is not None:
        await _move_agm(tx, agm, shift, zones, now)
    sessions = await agenda.of_conference(tx, before.id)
    for one in sessions:
        await _move_session(tx, one, shift, zones, now)
    return agm is not None or bool(sessions)


async def outside(session: Session, conference: Conference) -> Outside:
    """What is planned on other days, and was not cancelled."""
    agm, details = await conferences.agm(session, conference.id), conference.details
    planned = [one for one in await agenda.of_conference(session, conference.id) if one.is_on]
    return Outside(
        has_agm=agm is not None and agm.is_on and not moments.is_within(details, agm.starts_at),
        sessions=sum(not moments.is_within(details, one.starts_at) for one in planned),
    )


def _shift(before: ConferenceDetails, after: ConferenceDetails) -> timedelta:
    """By how many days all of the conference moves."""
    as_long = after.ends_on - after.starts_on == before.ends_on - before.starts_on
    elsewhere = after.starts_on > before.ends_on or after.ends_on < before.starts_on
    return after.starts_on - before.starts_on if as_long or elsewhere else timedelta()


async def _move_agm(tx: Transaction, agm: Agm, shift: timedelta, zones: tuple[str, str], now: int) -> None:
    starts_at = _moved(agm.starts_at, shift, zones)
    moved = replace(agm, starts_at=starts_at, ends_at=starts_at + agm.ends_at - agm.starts_at)
    if not await conferences.change_agm(tx, moved, now):
        raise StaleConferenceError
    await changes.agm_changed(tx, agm, now)


async def _move_session(
    tx: Transaction, one: AgendaSession, shift: timedelta, zones: tuple[str, str], now: int
) -> None:
    starts_at = _moved(one.starts_at, shift, zones)
    moved = replace(one.details, starts_at=starts_at, ends_at=starts_at + one.ends_at - one.starts_at)
    if not await agenda.change(tx, one, moved, now):
        raise StaleConferenceError
    await changes.session_changed(tx, one, now)


def _moved(at_us: int, shift: timedelta, zones: tuple[str, str]) -> int:
    """The same time of day, so many days later, in the second of the zones."""
    shown = moments.local(at_us, zones[0])
    return moments.moment_us(shown.date() + shift, shown.time(), zones[1])
