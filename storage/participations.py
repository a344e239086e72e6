"""Who takes part in a conference, and who waits for a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from sqlite3 import Row
from typing import Any

from storage import plain_json
from storage.records.conferences import Segment
from storage.records.participations import (
    Attendance,
    Participation,
    ParticipationDetails,
    ParticipationState,
)
from storage.session import Session, Transaction

NEW = -1
"""The edition of an answer that is not there yet."""
_DETAILS = tuple(ParticipationDetails.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who has answered, with what they are. `country` is their Center's, ISO 3166-1 alpha-2."""

    participation: Participation
    name: str
    organization: str | None
    country: str | None
    title: str | None
    function: str | None
    nationality: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many have answered so."""

    state: ParticipationState
    attendance: Attendance | None
    segment: Segment | None
    visa_letter: bool
    number: int


async def by_id(session: Session, participation_id: int) -> Participation | None:
    """An answer, whatever came of it."""
    row = await session.one(session.sql.participations.by_id, id=participation_id)
    return None if row is None else _participation(row)


async def of_delegate(session: Session, conference_id: int, delegate_id: int) -> Participation | None:
    """What a delegate has answered to a conference."""
    row = await session.one(session.sql.participations.of_delegate, conference=conference_id, delegate=delegate_id)
    return None if row is None else _participation(row)


async def answer(
    tx: Transaction, conference_id: int, delegate_id: int, details: ParticipationDetails, *, edition: int, now: int
) -> Participation | None:
    """Keep an answer, also in the place of a former one: whoever finds no place in person waits for one.

    None if there is a newer edition of it, or the conference is cancelled.
    """
    row = await tx.one(
        tx.sql.participations.answer,
        conference=conference_id, delegate=delegate_id, edition=edition, now=now, **_columns(details),
    )  # fmt: skip
    return None if row is None else _participation(row)


async def ask(tx: Transaction, seen: Participation, details: ParticipationDetails, now: int) -> bool:
    """Note what the Secretariat is asked to change it to; False if there is a newer edition."""
    asked = plain_json.written(_columns(details))
    return await tx.run(tx.sql.participations.ask, id=seen.id, edition=seen.edition, asked=asked, now=now) == 1


async def refuse(tx: Transaction, seen: Participation, now: int) -> bool:
    """What was asked for is not done; False if there is a newer edition."""
    return await tx.run(tx.sql.participations.refuse, id=seen.id, edition=seen.edition, now=now) == 1


async def asked(session: Session, conference_id: int, *, at_most: int) -> list[Participation]:
    """Those of which the Secretariat is asked for a change, who has waited for the longest first."""
    rows = await session.all(session.sql.participations.asked, conference=conference_id, at_most=at_most)
    return [_participation(row) for row in rows]


async def count_asked(session: Session, conference_id: int) -> int:
    """How many those are."""
    number: int = await session.value(session.sql.participations.count_asked, conference=conference_id)
    return number


async def count_places_taken(session: Session, conference_id: int) -> int:
    """How many have a place in person, or are offered one."""
    number: int = await session.value(session.sql.participations.count_places_taken, conference=conference_id)
    return number


async def count_erased(session: Session, conference_id: int) -> int:
    """How many have answered who had their data erased since: they are counted, and nothing else is known."""
    number: int = await session.value(session.sql.participations.count_erased, conference=conference_id)
    return number


async def count_misfits(session: Session, conference_id: int, first: date, last: date, *, near: timedelta) -> int:
    """How many want to arrive or leave on days that do not go with these of the conference, or are not `near`."""
    days = {"earliest": first - near, "first": first, "last": last, "latest": last + near}
    number: int = await session.value(
        session.sql.participations.count_misfits,
        conference=conference_id, **{name: day.isoformat() for name, day in days.items()},
    )  # fmt: skip
    return number


async def place_in_queue(session: Session, participation_id: int) -> int:
    """Which place among those who wait; the first is 1, and 0 is none."""
    number: int = await session.value(session.sql.participations.place_in_queue, id=participation_id)
    return number


async def is_full(session: Session, conference_id: int) -> bool:
    """Whether whoever registers in person now waits for a place."""
    return bool(await session.value(session.sql.participations.is_full, conference=conference_id))


async def offer(tx: Transaction, conference_id: int, *, ends_at: int, now: int) -> Participation | None:
    """Keep a free place for whoever has waited for the longest; None if there is no place, or nobody waits."""
    row = await tx.one(tx.sql.participations.offer, conference=conference_id, ends_at=ends_at, now=now)
    return None if row is None else _participation(row)


async def take_offer(tx: Transaction, found: Participation, edition: int, *, accepts: bool, now: int) -> bool:
    """Accept an offered place, or do without it; False if it is not offered (any more).

    This is their latest word: what they had asked for before stays asked for only if it goes with it.
    """
    keeps_asked = accepts and found.asked is not None and found.asked.attendance == Attendance.IN_PERSON
    query = tx.sql.participations.take_offer
    params = {"accepts": int(accepts), "keeps_asked": int(keeps_asked)}
    return await tx.run(query, id=found.id, edition=edition, now=now, **params) == 1


async def expire(tx: Transaction, conference_id: int, now: int, *, has_begun: bool) -> list[Participation]:
    """End the offers whose time is over; whose they were.

    Once it has begun, also the waiting of those who take part online otherwise.
    """
    rows = await tx.all(tx.sql.participations.expire, conference=conference_id, now=now, has_begun=int(has_begun))
    return [_participation(row) for row in rows]


async def renew_offers(
    tx: Transaction, conference_id: int, *, soon: int, ends_at: int, now: int
) -> list[Participation]:
    """Let offers last until `ends_at` that would end by `soon`, or have; whose they are."""
    rows = await tx.all(
        tx.sql.participations.renew_offers, conference=conference_id, soon=soon, ends_at=ends_at, now=now
    )
    return [_participation(row) for row in rows]


async def withdraw_gone(tx: Transaction, conference_id: int, now: int) -> list[Participation]:
    """Withdraw what those have answered who are no delegates or guests any more."""
    rows = await tx.all(tx.sql.participations.withdraw_gone, conference=conference_id, now=now)
    return [_participation(row) for row in rows]


async def withdraw_center(tx: Transaction, conference_id: int, center_id: int, now: int) -> list[Participation]:
    """Withdraw what the delegates of a Center have answered."""
    rows = await tx.all(tx.sql.participations.withdraw_center, conference=conference_id, center=center_id, now=now)
    return [_participation(row) for row in rows]


async def move_delegate(tx: Transaction, delegate_id: int, into: int) -> None:
    """Give the answers of a record to another, where that has none."""
    await tx.run(tx.sql.participations.move_delegate, delegate=delegate_id, into=into)


async def numbers(session: Session, conference_id: int) -> list[AnswerCount]:
    """How many have answered what."""
    return [
        AnswerCount(
            ParticipationState(row["state"]), or_none(Attendance, row["attendance"]),
            or_none(Segment, row["segment"]), bool(row["visa_letter"]), row["number"],
        )
        for row in await session.all(session.sql.participations.numbers, conference=conference_id)
    ]  # fmt: skip


async def after(session: Session, conference_id: int, participation_id: int, *, at_most: int) -> list[Participant]:
    """Those who have answered with higher ids, to go through all of them."""
    rows = await session.all(
        session.sql.participations.after, conference=conference_id, after=participation_id, at_most=at_most
    )
    found = []
    for row in rows:
        values = dict(row)
        name = f"{values.pop('given_name')} {values.pop('family_name')}"
        organization, center = values.pop("organization"), values.pop("name")
        own = {one: values.pop(one) for one in ("country", "title", "function", "nationality", "email")}
        found.append(Participant(_participation(values), name, center or organization, **own))
    return found


def _columns(details: ParticipationDetails) -> dict[str, Any]:
    columns = asdict(details)
    for name in ("arrives_on", "departs_on"):
        columns[name] = None if columns[name] is None else columns[name].isoformat()
    return {**columns, "visa_letter": int(details.visa_letter)}


def _details(columns: Mapping[str, Any]) -> ParticipationDetails:
    days = {name: or_none(date.fromisoformat, columns[name]) for name in ("arrives_on", "departs_on")}
    return ParticipationDetails(
        attendance=or_none(Attendance, columns["attendance"]),
        diet=columns["diet"],
        accessibility=columns["accessibility"],
        visa_letter=bool(columns["visa_letter"]),
        segment=or_none(Segment, columns["segment"]),
        **days,
    )


def _participation(row: Row | Mapping[str, Any]) -> Participation:
    values = dict(row)
    details = {name: values.pop(name) for name in _DETAILS}
    asked = None if values["asked"] is None else _details(plain_json.read(values["asked"]))
    state = ParticipationState(values["state"])
    if state == ParticipationState.WITHDRAWN and values["offer_ends_at"] is not None:
        state = ParticipationState.LAPSED
    was_online = bool(values["was_online"])
    return Participation(
        **{**values, "state": state, "asked": asked, "was_online": was_online, "details": _details(details)}
    )


def or_none(made: Any, value: Any) -> Any:
    """What is made of a value, if there is one."""
    return None if value is None else made(value)
