"""Numbers are given once: they stand in buttons, and old buttons live for ever. The database sees to it."""

from __future__ import annotations

from storage.session import Transaction


async def skip(tx: Transaction, how_many: int) -> None:
    """Leave out numbers of every table, which may have been given by a database that is not there any more."""
    await tx.run(tx.sql.numbers.begin)
    await tx.run(tx.sql.numbers.skip, how_many=how_many)
