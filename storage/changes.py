"""What was changed of a conference and is yet to be told."""

from __future__ import annotations

from sqlite3 import Row

from storage.records.conferences import ChangeAbout, UntoldChange
from storage.session import Session, Transaction


async def note(
    tx: Transaction, conference_id: int, about: ChangeAbout, before: str, *, now: int, session: int | None = None
) -> None:
    """Note that something was changed. What it was when it was told last is kept from the first change since then."""
    await tx.run(tx.sql.changes.note, conference=conference_id, about=about, session=session, before=before, now=now)


async def settled(session: Session, until: int) -> list[int]:
    """The conferences of which something is untold and nothing was changed after this moment."""
    return [row["conference"] for row in await session.all(session.sql.changes.settled, until=until)]


async def untold(session: Session, conference_id: int) -> list[UntoldChange]:
    """What is yet to be told of a conference, in the order in which it was changed first."""
    return [_change(row) for row in await session.all(session.sql.changes.untold, conference=conference_id)]


async def told(tx: Transaction, change: UntoldChange, now: int) -> bool:
    """It is told from now on; False if it was before."""
    return await tx.run(tx.sql.changes.told, id=change.id, now=now) == 1


def _change(row: Row) -> UntoldChange:
    return UntoldChange(**{**dict(row), "about": ChangeAbout(row["about"])})
