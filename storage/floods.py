"""Who writes too much: kept of those alone who come near the limits. Of what they wrote there is nothing here."""

from __future__ import annotations

from dataclasses import asdict

from storage.records.floods import Account, Kind
from storage.session import Session, Transaction

KEPT_AT_MOST = 10_000


async def kept(session: Session) -> list[Account]:
    """What is known, of those who sent something last first."""
    rows = await session.all(session.sql.floods.kept, at_most=KEPT_AT_MOST)
    return [Account(**{**dict(row), "kind": Kind(row["kind"])}) for row in rows]


def put(tx: Transaction, account: Account) -> None:
    """Keep how an account stands, with the commit."""
    tx.run_later(tx.sql.floods.put, **{**asdict(account), "kind": str(account.kind)})


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:  # noqa: ARG001 - there are only a few
    """Delete what has not mattered since a time; returns how many rows."""
    return await tx.run(tx.sql.floods.forget_old, before=before)
