"""The inbox: every update is here, committed, before Telegram is told that it arrived."""

from __future__ import annotations

from collections.abc import Collection

from storage.records import Backlog, NewUpdate, SetAsideUpdate, WaitingUpdate
from storage.session import Session, Transaction
from storage.texts import storable

FAILURE_AT_MOST = 2_000
"""Characters of a failure that are kept."""


async def known(session: Session, update_ids: Collection[int]) -> set[int]:
    """Which of these updates have come before, and others between the least and the most of them."""
    if not update_ids:
        return set()
    rows = await session.all(session.sql.inbox.known, least=min(update_ids), most=max(update_ids))
    return {row["update_id"] for row in rows}


def add(tx: Transaction, update: NewUpdate, now: int) -> None:
    """Keep an update, with the commit, behind those that were given before. A known one is ignored."""
    tx.run_later(
        tx.sql.inbox.add, update_id=update.update_id, lane=update.lane, payload=update.payload, received_at=now
    )


def add_unread(tx: Transaction, update_id: int, lane: int, now: int) -> None:
    """Note, with the commit, that an update came that is not read; what it says is not kept. A known one is ignored."""
    tx.run_later(tx.sql.inbox.add_unread, update_id=update_id, lane=lane, received_at=now)


async def waiting(session: Session, *, after: int, at_most: int) -> list[WaitingUpdate]:
    """The next updates to handle, in order of arrival, behind `after` (a `seq`)."""
    rows = await session.all(session.sql.inbox.waiting, after=after, at_most=at_most)
    return [WaitingUpdate(**dict(row)) for row in rows]


async def waiting_in_lane(session: Session, lane: int, *, after: int, up_to: int, at_most: int) -> list[WaitingUpdate]:
    """The next updates of one lane, behind `after` and not beyond `up_to` (both a `seq`)."""
    rows = await session.all(session.sql.inbox.waiting_in_lane, lane=lane, after=after, up_to=up_to, at_most=at_most)
    return [WaitingUpdate(**dict(row)) for row in rows]


def done(tx: Transaction, seq: int, now: int) -> None:
    """Mark an update as handled, with the commit; its payload is not kept."""
    tx.run_later(tx.sql.inbox.done, seq=seq, ended_at=now)


async def failed(tx: Transaction, seq: int, failure: str) -> None:
    """Count a failed try."""
    await tx.run(tx.sql.inbox.failed, seq=seq, failure=storable(failure[:FAILURE_AT_MOST]))


async def set_aside(tx: Transaction, seq: int, failure: str, now: int) -> None:
    """Take an update out of its lane and keep it."""
    await tx.run(tx.sql.inbox.set_aside, seq=seq, failure=storable(failure[:FAILURE_AT_MOST]), ended_at=now)


async def list_set_aside(session: Session, *, at_most: int = 100) -> list[SetAsideUpdate]:
    """The updates that were set aside, oldest first."""
    rows = await session.all(session.sql.inbox.list_set_aside, at_most=at_most)
    return [SetAsideUpdate(**{name: row[name] for name in SetAsideUpdate.__dataclass_fields__}) for row in rows]


async def retry(tx: Transaction, update_id: int) -> bool:
    """Put an update that was set aside at the end of the queue; False if there is none such."""
    return await tx.run(tx.sql.inbox.retry, update_id=update_id) == 1


async def backlog(session: Session) -> Backlog:
    """How much waits."""
    row = await session.one(session.sql.inbox.counts)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return Backlog(**dict(row))


async def forget_done(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` updates that were handled before a time; returns how many."""
    return await tx.run(tx.sql.inbox.forget_done, before=before, at_most=at_most)
