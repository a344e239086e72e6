"""A backup is put in the place of the database.

What happened since it was made is gone, and Telegram tells no update twice. So whatever the backup would do on its
own that may have been done since waits for a human: messages that were queued are dropped or sent by choice,
announcements that ran are paused, those whose time has come meanwhile are drafts again. Those who were to be asked
meanwhile whether they have read something are asked the next time.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.runtime.backup_file import BackupError, unpack_backup
from bot.runtime.clock import Clock
from bot.runtime.spool import spool_folder
from storage import announcements, audit, inbox, numbers, outbox
from storage.backup import put_in_place, settle
from storage.before_migrating import RESTORING
from storage.database import open_database
from storage.errors import StorageReadOnlyError
from storage.lock import held
from storage.records.audit import THE_BOT
from storage.records.durations import SECOND_US
from storage.session import Transaction

NUMBERS_LEFT_OUT = 1_000_000
"""More than can have been given since the backup was made: buttons with them must not mean something else now."""
_DROPPED = "Dropped when a backup was restored."


class Queued(StrEnum):
    """What becomes of the messages that waited when the backup was made."""

    SEND = "send"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a backup still had to do. `updates` were received before it and are handled once more."""

    messages: int
    updates: int
    paused: tuple[int, ...]
    unscheduled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done; `former` is where the former database is, if there was one."""

    former: Path | None
    settled: Settled


async def restore(file: Path, database: Path, clock: Clock, queued: Queued | None) -> Restored:
    """Put a backup in the place of a database on which no bot runs; the former stays beside it, by another name.

    What the bot keeps of former databases (`.before-…`) can be put back just so.

    Raises:
        BackupError: it cannot be used, or messages wait in it and `queued` does not say what becomes of them.
        StorageError: a bot runs, or a file cannot be written or renamed.
    """
    with held(database):
        async with _workshop(database.parent) as folder:
            if await asyncio.to_thread(_are_same, file, database):
                raise BackupError(f"{file} is the database itself. Name a backup, or a copy of it.")
            unpacked = await unpack_backup(file, folder, spool=spool_folder(database))
            settled = await _settle(unpacked, clock.now_us(), queued)
            if await asyncio.to_thread(database.exists):
                await settle(database)
            former = await asyncio.to_thread(_swap, unpacked, database, clock.now())
    return Restored(former, settled)


async def _settle(unpacked: Path, now: int, queued: Queued | None) -> Settled:
    """Bring it to this version, and leave to a human what is a human's to decide."""

    async def wait(tx: Transaction) -> tuple[tuple[int, ...], tuple[int, ...]]:
        await numbers.skip(tx, NUMBERS_LEFT_OUT)
        if queued == Queued.DROP:
            await outbox.drop_queued(tx, _DROPPED, now=now)
        paused = await announcements.pause_running(tx)
        for number in paused:
            await audit.add(tx, THE_BOT, "announcement.pause", f"announcement:{number}", now=now)
        await announcements.put_off_chases(tx, now)
        unscheduled = await announcements.unschedule_due(tx, now)
        for number in unscheduled:
            await audit.add(tx, THE_BOT, "announcement.return", f"announcement:{number}", now=now)
        return tuple(paused), tuple(unscheduled)

    async with open_database(unpacked, now_us=now) as opened:
        messages, since = await outbox.waiting(opened.reader)
        updates = (await inbox.backlog(opened.reader)).waiting
        paused, unscheduled = await opened.write(wait)
    if since is not None and queued is None:
        raise BackupError(
            f"In this backup {messages} messages wait to be sent, the oldest since {_moment(since)}. They may have "
            "been sent after it was made. Add --drop-queued to leave them out, or --send-queued to send them, "
            "some perhaps for the second time."
        )
    return Settled(messages, updates, paused, unscheduled)


def _are_same(file: Path, database: Path) -> bool:
    return file.exists() and database.exists() and file.samefile(database)


def _swap(unpacked: Path, database: Path, now: datetime) -> Path | None:
    """The former database goes aside with its files, this one comes in its place; the name of the former."""
    former = database.with_name(f"{database.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    was_there = database.exists()
    try:
        if former.exists():
            raise BackupError(f"{former} is there already. Try again in a second.")
        if spool_folder(database).exists():
            spool_folder(database).rename(spool_folder(former))
        spool_folder(unpacked).rename(spool_folder(database))
        put_in_place(unpacked, database, former)
    except OSError as error:
        raise StorageReadOnlyError(f"{database} cannot be replaced ({error.strerror}).") from None
    return former if was_there else None


@asynccontextmanager
async def _workshop(beside: Path) -> AsyncIterator[Path]:
    """A folder on the same disk, so that what is in it can be renamed; gone afterwards."""
    folder = beside / f"{RESTORING}{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise StorageReadOnlyError(f"The folder {beside} cannot be written ({error.strerror}).") from None
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at / SECOND_US, UTC):%d %B %Y, %H:%M} UTC"
