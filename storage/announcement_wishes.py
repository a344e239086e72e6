"""Who wants official announcements only."""

from __future__ import annotations

from storage.session import Session, Transaction


async def wants_official_only(session: Session, person_id: int) -> bool:
    """Whether somebody wants official announcements only."""
    return await session.value(session.sql.announcement_wishes.find, person_id=person_id) is not None


async def want_official(tx: Transaction, person_id: int, now: int) -> None:
    """Only official ones from now on."""
    await tx.run(tx.sql.announcement_wishes.want_official, person_id=person_id, now=now)


async def want_all(tx: Transaction, person_id: int) -> None:
    """All of them again."""
    await tx.run(tx.sql.announcement_wishes.want_all, person_id=person_id)
