"""Numbers that are never given twice: they stand in buttons, and old buttons live for ever."""

from __future__ import annotations

from typing import Literal

from storage.session import Transaction


async def new(tx: Transaction, what: Literal["drafts", "requests", "announcements"]) -> int:
    """The next number of a table."""
    number: int = await tx.value(tx.sql.numbers.next, what=what)
    return number


async def skip(tx: Transaction, how_many: int) -> None:
    """Leave out numbers of every table, which may have been given by a database that is not there any more."""
    await tx.run(tx.sql.numbers.skip, how_many=how_many)
