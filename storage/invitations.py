"""Links that lead into a Center."""

from __future__ import annotations

from sqlite3 import Row

from storage.records.members import Invitation
from storage.session import Session, Transaction


async def add(
    tx: Transaction,
    token_hash: str,
    *,
    center: int,
    kind: str,
    label: str | None = None,
    delegate: int | None = None,
    replaces: bool = False,
    made_by: int,
    now: int,
    expires_at: int,
) -> int:
    """Keep a new link; its id. A Center has one shared link at a time (StatementError)."""
    invitation_id: int = await tx.value(
        tx.sql.invitations.add,
        token_hash=token_hash, center=center, kind=kind, label=label, delegate=delegate, replaces=int(replaces),
        made_by=made_by, now=now, expires_at=expires_at,
    )  # fmt: skip
    return invitation_id


async def by_id(session: Session, invitation_id: int) -> Invitation | None:
    """The link, whatever became of it."""
    return _found(await session.one(session.sql.invitations.by_id, id=invitation_id))


async def by_hash(session: Session, token_hash: str) -> Invitation | None:
    """The link, whatever became of it."""
    return _found(await session.one(session.sql.invitations.by_hash, token_hash=token_hash))


async def of_center(session: Session, center_id: int, now: int) -> list[Invitation]:
    """The links into a Center that can still be used."""
    rows = await session.all(session.sql.invitations.of_center, center=center_id, now=now)
    return [_invitation(row) for row in rows]


async def of_delegate(session: Session, delegate_id: int) -> Invitation | None:
    """The link for a record or for its place, if nobody has used or revoked it; its time may be over."""
    return _found(await session.one(session.sql.invitations.of_delegate, delegate=delegate_id))


async def shared_of(session: Session, center_id: int) -> Invitation | None:
    """The link of a Center that may be passed on, if nobody has revoked it; its time may be over."""
    return _found(await session.one(session.sql.invitations.shared_of, center=center_id))


async def use(tx: Transaction, invitation_id: int, person_id: int, now: int) -> Invitation | None:
    """Use a link; None if it is used up, revoked or over."""
    return _found(await tx.one(tx.sql.invitations.use, id=invitation_id, person_id=person_id, now=now))


async def revoke(tx: Transaction, invitation_id: int, person_id: int, now: int) -> bool:
    """Make a link useless; False if it was so already."""
    return await tx.run(tx.sql.invitations.revoke, id=invitation_id, person_id=person_id, now=now) == 1


async def move_center(tx: Transaction, center_id: int, into: int, *, by: int, now: int) -> None:
    """Links into a Center lead into another one; where both have one to share, the other's stays."""
    theirs = await shared_of(tx, center_id)
    if theirs is not None and await shared_of(tx, into) is not None:
        await revoke(tx, theirs.id, by, now)
    await tx.run(tx.sql.invitations.move_center, center=center_id, into=into)


async def move_delegate(tx: Transaction, delegate_id: int, into: int, *, by: int, now: int) -> None:
    """Links for the record of somebody are for another one; where both have an unused link, the later one stays."""
    theirs, own = await of_delegate(tx, delegate_id), await of_delegate(tx, into)
    if theirs is not None and own is not None:
        await revoke(tx, min(theirs, own, key=lambda one: one.expires_at).id, by, now)
    await tx.run(tx.sql.invitations.move_delegate, delegate=delegate_id, into=into)


def _found(row: Row | None) -> Invitation | None:
    return None if row is None else _invitation(row)


def _invitation(row: Row) -> Invitation:
    return Invitation(**{**dict(row), "replaces": bool(row["replaces"])})
