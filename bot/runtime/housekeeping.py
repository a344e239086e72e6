"""Forgets what need not be kept: handled updates, and messages that were delivered or given up."""

from __future__ import annotations

from bot.runtime.clock import Clock
from storage import inbox, outbox
from storage.database import Database
from storage.session import Transaction

BATCH = 500
"""Rows that are deleted in one go, so that nobody waits for it."""
UPDATES_KEPT_DAYS = 8
"""Longer than the week after which Telegram may begin to number updates anew."""
DAY_US = 24 * 3600 * 1_000_000


async def forget_old(database: Database, clock: Clock, *, messages_kept_days: int) -> int:
    """Delete what is past its time; returns how many rows that were."""

    async def updates(tx: Transaction) -> int:
        before = clock.now_us() - UPDATES_KEPT_DAYS * DAY_US
        return await inbox.forget_done(tx, before=before, at_most=BATCH)

    async def messages(tx: Transaction) -> int:
        before = clock.now_us() - messages_kept_days * DAY_US
        return await outbox.forget_ended(tx, before=before, at_most=BATCH)

    total = 0
    for batch in (updates, messages):
        while forgotten := await database.write(batch):
            total += forgotten
    return total
