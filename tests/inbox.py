"""Updates in the inbox, also without having come over the network."""

from __future__ import annotations

from collections.abc import Sequence

from storage import inbox
from storage.database import Database
from storage.records import NewUpdate
from storage.session import Transaction


async def take_in(tx: Transaction, updates: Sequence[NewUpdate], now: int) -> int:
    """Keep updates in the order given and return how many are new, as `bot.runtime.intake` does."""
    known = await inbox.known(tx, [one.update_id for one in updates])
    new = [one for one in updates if one.update_id not in known]
    for one in new:
        inbox.add(tx, one, now)
    return len(new)


async def kept(database: Database) -> list[int]:
    """The ids of the updates that wait to be handled."""
    return [row.update_id for row in await inbox.waiting(database.reader, after=0, at_most=1000)]
