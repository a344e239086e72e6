"""The Annual Conferences, what is good to know for them, and their AGMs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from sqlite3 import Row
from typing import Any

from storage.records.conferences import (
    DAYS,
    Agm,
    Conference,
    ConferenceDetails,
    ConferenceState,
    Entitled,
    NoteTopic,
    Planned,
)
from storage.session import Session, Transaction


async def add(tx: Transaction, details: ConferenceDetails, *, by: int, now: int) -> int:
    """Keep a new conference; its id."""
    conference_id: int = await tx.value(tx.sql.conferences.add, opened_by=by, now=now, **_columns(details))
    return conference_id


async def by_id(session: Session, conference_id: int) -> Conference | None:
    """The conference, also one that was cancelled or is over."""
    row = await session.one(session.sql.conferences.by_id, id=conference_id)
    return None if row is None else _conference(row)


async def ending_from(session: Session, day: date) -> list[Conference]:
    """The conferences that end on this day or later, also those that were cancelled, by their first day."""
    rows = await session.all(session.sql.conferences.ending_from, day=day.isoformat())
    return [_conference(row) for row in rows]


async def latest(session: Session, *, at_most: int, skipped: int = 0) -> list[Conference]:
    """All conferences, the latest first."""
    rows = await session.all(session.sql.conferences.latest, at_most=at_most, skipped=skipped)
    return [_conference(row) for row in rows]


async def count(session: Session) -> int:
    """How many conferences there are."""
    number: int = await session.value(session.sql.conferences.count)
    return number


async def change(tx: Transaction, conference: Conference, details: ConferenceDetails, now: int) -> bool:
    """Change what is set; False if it was changed since it was read."""
    touched = await tx.run(
        tx.sql.conferences.change, id=conference.id, edition=conference.edition, now=now, **_columns(details)
    )
    return touched == 1


async def set_state(tx: Transaction, conference_id: int, state: ConferenceState, now: int) -> bool:
    """Cancel a conference, or take that back; False if it was so already."""
    return await tx.run(tx.sql.conferences.set_state, id=conference_id, state=state, now=now) == 1


async def notes(session: Session, conference_id: int) -> Mapping[NoteTopic, str]:
    """What is good to know for those who come."""
    rows = await session.all(session.sql.conferences.notes, conference=conference_id)
    return {NoteTopic(row["topic"]): row["content"] for row in rows}


async def set_note(tx: Transaction, conference_id: int, topic: NoteTopic, content: str | None, now: int) -> None:
    """Write a note, or remove it with None."""
    queries = tx.sql.conferences
    if content is None:
        await tx.run(queries.remove_note, conference=conference_id, topic=topic)
    else:
        await tx.run(queries.set_note, conference=conference_id, topic=topic, content=content, now=now)


async def agm(session: Session, conference_id: int) -> Agm | None:
    """The AGM of a conference, if one was set, also one that was cancelled."""
    row = await session.one(session.sql.conferences.agm, conference=conference_id)
    if row is None:
        return None
    return Agm(**{**dict(row), "state": Planned(row["state"]), "entitled": Entitled(row["entitled"])})


async def add_agm(tx: Transaction, meeting: Agm, now: int) -> bool:
    """Keep the AGM of a conference; False if it has one."""
    return await tx.run(tx.sql.conferences.add_agm, now=now, **_agm_columns(meeting)) == 1


async def change_agm(tx: Transaction, meeting: Agm, now: int) -> bool:
    """Change the AGM to be so; False if it was changed since `meeting.edition`."""
    touched = await tx.run(
        tx.sql.conferences.change_agm,
        state=meeting.state, edition=meeting.edition, now=now, **_agm_columns(meeting),
    )  # fmt: skip
    return touched == 1


async def is_entitled(session: Session, conference_id: int, person_id: int) -> bool:
    """Whether somebody is entitled to attend the AGM of a conference, also where they will not come."""
    found: int = await session.value(session.sql.conferences.entitled, conference=conference_id, person_id=person_id)
    return found > 0


async def agm_items(session: Session, conference_id: int) -> tuple[str, ...]:
    """What is on the agenda of an AGM, in order."""
    rows = await session.all(session.sql.conferences.agm_items, conference=conference_id)
    return tuple(row["title"] for row in rows)


async def set_agm_items(tx: Transaction, conference_id: int, titles: Sequence[str]) -> None:
    """Put these on the agenda of an AGM, in the place of those that there were."""
    await tx.run(tx.sql.conferences.remove_agm_items, conference=conference_id)
    for position, title in enumerate(titles):
        await tx.run(tx.sql.conferences.add_agm_item, conference=conference_id, position=position, title=title)


def _agm_columns(meeting: Agm) -> dict[str, Any]:
    columns = asdict(meeting)
    for kept_otherwise in ("state", "changed_at", "edition"):
        del columns[kept_otherwise]
    return columns


def _columns(details: ConferenceDetails) -> dict[str, Any]:
    columns: dict[str, Any] = asdict(details)
    for name in DAYS:
        columns[name] = None if columns[name] is None else columns[name].isoformat()
    return {**columns, "languages": " ".join(details.languages) or None}


def _conference(row: Row) -> Conference:
    details = ConferenceDetails.of_texts({**dict(row), "languages": (row["languages"] or "").split()})
    others = {name: row[name] for name in ("id", "opened_by", "opened_at", "changed_at", "edition")}
    return Conference(state=ConferenceState(row["state"]), details=details, **others)
