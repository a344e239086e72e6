"""Owners are told when no daily backup is made, which nobody would notice before it is needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.runtime.backups import BackupRules, backup_watch
from handlers.owners import to_owners
from handlers.turn import Desk
from handlers.views import backups as views
from storage import about, outbox
from storage.database import Database
from storage.records.durations import DAY_US
from storage.session import Transaction

LOOK_EVERY_S = 600.0
AGAIN_AFTER_US = 7 * DAY_US


def watching_backups(
    database: Database, desk: Desk, rules: BackupRules, wake: Callable[[], None]
) -> Callable[[], Awaitable[None]]:
    """A job that tells owners that no backup is made, again each week, and that it is over.

    It counts when it was so at two looks: a folder on a network may be away for a moment.
    """
    look = backup_watch(rules, desk.clock)
    was_well: bool | None = None

    async def watch() -> None:
        nonlocal was_well
        is_well = (await look()).is_well
        if is_well == was_well and await database.write(lambda tx: _tell(tx, desk, is_well=is_well)):
            wake()
        was_well = is_well

    return watch


async def _tell(tx: Transaction, desk: Desk, *, is_well: bool) -> bool:
    now, told_at = desk.clock.now_us(), await about.backups_told_at(tx)
    if told_at is None if is_well else told_at is not None and now < told_at + AGAIN_AFTER_US:
        return False
    messages = await to_owners(tx, desk, views.made_again if is_well else views.missing)
    for message in messages:
        outbox.add(tx, message, now)
    if messages:  # whoever has never written to the bot cannot be told; somebody may later
        await about.note_backups_told(tx, None if is_well else now)
    return bool(messages)
