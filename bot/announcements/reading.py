"""What is pressed under an announcement: "I have read it", noted once."""

from __future__ import annotations

from enum import Enum

from storage import announcement_readings
from storage.session import Transaction


class Read(Enum):
    """What became of a press."""

    NOTED = 1
    KNOWN = 2
    NOT_THEIRS = 3


async def read(tx: Transaction, announcement: int, person_id: int, now: int) -> Read:
    """Note that somebody has read it."""
    if await announcement_readings.read(tx, announcement, person_id, now):
        return Read.NOTED
    is_theirs = await announcement_readings.is_recipient(tx, announcement, person_id)
    return Read.KNOWN if is_theirs else Read.NOT_THEIRS
