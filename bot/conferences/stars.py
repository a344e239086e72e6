"""Sessions that somebody has starred: their programme."""

from __future__ import annotations

from bot.conferences import agenda
from storage import agenda as kept
from storage.session import Transaction


async def star(tx: Transaction, session_id: int, person_id: int, now: int) -> bool:
    """Star a session; False if it was so already. Raises NoSuchSessionError."""
    await agenda.find(tx, session_id)
    return await kept.star(tx, session_id, person_id, now)


async def unstar(tx: Transaction, session_id: int, person_id: int) -> bool:
    """Take the star away; False if there was none. Raises NoSuchSessionError."""
    await agenda.find(tx, session_id)
    return await kept.unstar(tx, session_id, person_id)
