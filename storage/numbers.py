"""Numbers that are never given twice: they stand in buttons, and old buttons live for ever."""

from __future__ import annotations

from typing import Literal

from storage.session import Transaction


async def new(tx: Transaction, what: Literal["drafts", "requests"]) -> int:
    """The next number of a table."""
    number: int = await tx.value(tx.sql.numbers.next, what=what)
    return number
