"""Opening and closing the database: one connection that writes, and two that read beside it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

import aiosqlite

from storage.connection import Connection, SharedConnection
from storage.errors import StorageReadOnlyError, explained
from storage.migrate import Migration, migrate, pending
from storage.session import Opening, Session, load_sql
from storage.writer import Work, Writer

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
WAL_RETRY_MS = 50


class Database:
    """The association's database while it is open.

    `applied` are the steps that brought it to this program's version when it was opened. `reader` is for what replies
    wait for; `counter`, a connection of its own, for what may read everybody: queries of one connection wait for each
    other.
    """

    def __init__(
        self, path: Path, reader: Session, counter: Session, writer: Writer, applied: tuple[Migration, ...]
    ) -> None:
        self.path = path
        self.applied = applied
        self.reader = reader
        self.counter = counter
        self.writer = writer

    async def write(self, work: Work[T], *, opening: Opening | None = None, may_wait: bool = False) -> T:
        """Run `work` in a transaction; see `Writer.write`."""
        return await self.writer.write(work, opening=opening, may_wait=may_wait)


@asynccontextmanager
async def open_database(path: Path, *, now_us: int) -> AsyncIterator[Database]:
    """Open the database, brought to this program's version, and close it at the end.

    Whatever was given to write before the end is still written.

    Raises:
        StorageError: it cannot be opened, written or migrated; the text says what to do.
    """
    async with AsyncExitStack() as stack:
        writing = await stack.enter_async_context(connect(path))
        applied = await migrate(writing, now_us)
        reading = await stack.enter_async_context(connect(path, read_only=True, kind=SharedConnection))
        counting = await stack.enter_async_context(connect(path, read_only=True))
        sql = load_sql()
        writer = Writer(writing, sql)
        async with asyncio.TaskGroup() as tasks:
            work = tasks.create_task(writer.run(), name="writer")
            try:
                yield Database(path, Session(reading, sql), Session(counting, sql), writer, applied)
            finally:
                writer.close()
                await asyncio.wait([work])  # here: a group that is left with an error cancels its tasks


@asynccontextmanager
async def connect(
    path: Path, *, read_only: bool = False, kind: type[Connection] = Connection
) -> AsyncIterator[Connection]:
    """A connection in autocommit mode, in WAL mode with foreign keys, synced to the disk at each commit."""
    if not read_only:
        _check_folder(path)
    with explained():
        # First without aiosqlite: after a failure its thread may outlive the event loop, and complain of that.
        await asyncio.to_thread(_try_to_open, path)
        conn = kind(path)
        await conn
    try:
        with explained():
            conn.row_factory = sqlite3.Row
            await conn.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            if read_only:
                await conn.execute("PRAGMA query_only = ON")
            else:
                await _use_wal(conn)
                # In WAL mode anything less may lose the last commits when the power goes:
                # https://www.sqlite.org/pragma.html#pragma_synchronous
                await conn.execute("PRAGMA synchronous = FULL")
            await conn.execute("PRAGMA foreign_keys = ON")
        yield conn
    finally:
        await conn.close()


async def _use_wal(conn: aiosqlite.Connection) -> None:
    """Switch to WAL mode, which stays with the file.

    SQLite does not wait by itself where two begin to use a new file at the same time.
    """
    for left in reversed(range(BUSY_TIMEOUT_MS // WAL_RETRY_MS)):
        try:
            await conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
            await asyncio.sleep(WAL_RETRY_MS / 1000)
        else:
            return


def is_there(path: Path) -> bool:
    """Whether there is a database. Raises StorageReadOnlyError if that may not be looked at."""
    try:
        return path.exists()
    except OSError as error:
        raise StorageReadOnlyError(
            f"{path} cannot be opened ({error.strerror}). Give the bot's user the right to enter its folder."
        ) from None


async def pending_migrations(path: Path) -> tuple[Migration, ...]:
    """What `migrate` would still have to do; nothing is changed, a missing file is not made."""
    if not await asyncio.to_thread(is_there, path):
        return await _pending_of_nothing()
    async with connect(path, read_only=True) as conn:
        return await pending(conn)


async def _pending_of_nothing() -> tuple[Migration, ...]:
    async with aiosqlite.connect(":memory:", isolation_level=None) as conn:
        return await pending(conn)


def _try_to_open(path: Path) -> None:
    with suppress(OSError):  # SQLite tells better what is wrong
        # What people write is nobody else's business; SQLite gives its other files the rights of this one.
        # Only a file that is new: closing another descriptor of one in use would drop this process's locks on it
        # (https://www.sqlite.org/howtocorrupt.html, 2.2), and the next program to leave would delete the log.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    sqlite3.connect(path).close()


def _check_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageReadOnlyError(
            f"The folder {path.parent} cannot be made ({error.strerror}). "
            "Set `database.path` to a place where the bot's user may write."
        ) from error
