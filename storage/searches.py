"""What the Secretariat looked for in its lists: buttons know it by its number."""

from __future__ import annotations

from storage.session import Session, Transaction


async def add(tx: Transaction, person_id: int, words: str, now: int) -> int:
    """Keep what somebody looks for; its number."""
    number: int = await tx.value(tx.sql.searches.add, person_id=person_id, words=words, now=now)
    return number


async def words(session: Session, number: int) -> str | None:
    """What was looked for; None if that is not kept any more."""
    found: str | None = await session.value(session.sql.searches.words, id=number)
    return found


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete what was looked for before a time; returns how many rows."""
    return await tx.run(tx.sql.searches.forget_old, before=before, at_most=at_most)
