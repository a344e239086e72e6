"""Offers of the role of a Center's focal point."""

from __future__ import annotations

from sqlite3 import Row

from storage.records.members import Handover
from storage.session import Session, Transaction


async def offer(
    tx: Transaction,
    center_id: int,
    *,
    from_person: int | None,
    to_person: int,
    becomes_deputy: bool,
    by: int,
    now: int,
    expires_at: int,
) -> int | None:
    """Keep an offer; its id, or None if it is offered to this person already."""
    await tx.run(tx.sql.handovers.end_expired, center=center_id, now=now)
    offered: int | None = await tx.value(
        tx.sql.handovers.offer,
        center=center_id, from_person=from_person, to_person=to_person, becomes_deputy=int(becomes_deputy),
        offered_by=by, now=now, expires_at=expires_at,
    )  # fmt: skip
    return offered


async def by_id(session: Session, handover_id: int) -> Handover | None:
    """The offer, whatever became of it."""
    return _found(await session.one(session.sql.handovers.by_id, id=handover_id))


async def of_center(session: Session, center_id: int, now: int) -> list[Handover]:
    """The offers in a Center that can still be accepted."""
    rows = await session.all(session.sql.handovers.of_center, center=center_id, now=now)
    return [_handover(row) for row in rows]


async def accept(tx: Transaction, handover_id: int, person_id: int, now: int) -> Handover | None:
    """Accept an offer; None if it cannot be accepted (any more), or not by this person."""
    return _found(await tx.one(tx.sql.handovers.accept, id=handover_id, person_id=person_id, now=now))


async def end(tx: Transaction, handover_id: int, state: str, now: int) -> bool:
    """End an offer without a new focal point; False if it has ended already."""
    return await tx.run(tx.sql.handovers.end, id=handover_id, state=state, now=now) == 1


async def end_all(tx: Transaction, center_id: int, now: int, *, person_id: int | None = None) -> None:
    """End what is offered in a Center, or only what is offered to this person there."""
    await tx.run(tx.sql.handovers.end_all, center=center_id, person_id=person_id, now=now)


def _found(row: Row | None) -> Handover | None:
    return None if row is None else _handover(row)


def _handover(row: Row) -> Handover:
    return Handover(**{**dict(row), "becomes_deputy": bool(row["becomes_deputy"])})
