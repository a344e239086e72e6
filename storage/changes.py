"""What was changed of a conference: what is yet to be told, and what was told when, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Any

from storage import plain_json
from storage.records.conferences import ChangeAbout, NotedChange
from storage.session import Session, Transaction

RENDERER = "conference_changes"


@dataclass(frozen=True, slots=True)
class Telling:
    """Changes of a conference that are told together. A wide telling also goes to those who have not said they come."""

    conference: int
    told_at: int
    is_wide: bool

    def as_args(self) -> str:
        """As the messages of it carry it."""
        return plain_json.written(asdict(self))

    @classmethod
    def of_args(cls, args: Mapping[str, Any]) -> Telling:
        """What `as_args` has written."""
        return cls(args["conference"], args["told_at"], args["is_wide"])


async def note(
    tx: Transaction, conference_id: int, about: ChangeAbout, before: str, *, now: int, session: int | None = None
) -> None:
    """Note that something was changed. What it was when it was told last is kept from the first change since then."""
    await tx.run(tx.sql.changes.note, conference=conference_id, about=about, session=session, before=before, now=now)


async def note_sessions(tx: Transaction, conference_id: int, before: Mapping[int, str], now: int) -> None:
    """As `note`, for many sessions, by their ids."""
    rows = (
        {"conference": conference_id, "about": ChangeAbout.SESSION, "session": number, "before": text, "now": now}
        for number, text in before.items()
    )
    await tx.run_many(tx.sql.changes.note_many, rows)


async def settled(session: Session, now: int, *, after_us: int) -> list[int]:
    """The conferences of which something is untold and nothing was changed for so long."""
    rows = await session.all(session.sql.changes.settled, until=now - after_us, ahead=now + after_us)
    return [row["conference"] for row in rows]


async def untold(session: Session, conference_id: int) -> list[NotedChange]:
    """What is yet to be told of a conference, in the order in which it was changed first."""
    return [_change(row) for row in await session.all(session.sql.changes.untold, conference=conference_id)]


async def told(tx: Transaction, change: NotedChange, after: str, now: int) -> bool:
    """It is told from now on, as it is now; False if it was told before."""
    return await tx.run(tx.sql.changes.told, id=change.id, after=after, now=now) == 1


async def forget(tx: Transaction, change: NotedChange) -> None:
    """There is nothing to tell of it: it was undone, or is over."""
    await tx.run(tx.sql.changes.forget, id=change.id)


async def forget_told(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` changes that were told before a time; returns how many."""
    return await tx.run(tx.sql.changes.forget_told, before=before, at_most=at_most)


async def queue(tx: Transaction, telling: Telling) -> int:
    """Queue a message for everybody whom the changes concern that are told so; how many."""
    return await tx.run(
        tx.sql.changes.queue,
        conference=telling.conference, told_at=telling.told_at, is_wide=int(telling.is_wide),
        renderer=RENDERER, args=telling.as_args(),
    )  # fmt: skip


async def told_to(session: Session, telling: Telling, person_id: int) -> list[NotedChange]:
    """The changes told so that concern somebody, as things stand."""
    rows = await session.all(
        session.sql.changes.told_to,
        conference=telling.conference, told_at=telling.told_at, is_wide=int(telling.is_wide), person=person_id,
    )  # fmt: skip
    return [_change(row) for row in rows]


def _change(row: Row) -> NotedChange:
    return NotedChange(**{**dict(row), "about": ChangeAbout(row["about"])})
