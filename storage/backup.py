"""Copies of the database file: taken while a bot writes, checked, and put in the place of another.

A copy is taken by SQLite on a connection of its own. No other descriptor of a database that is in use is ever opened:
closing it would drop this process's locks on the file (https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from storage.database import connect, is_there
from storage.errors import NotADatabaseError, StorageError, StorageLockedError, explained
from storage.migrate import known_migrations, pending

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open, or was not closed."""


async def take_copy(database: Path, target: Path) -> None:
    """Copy the database as it is at one moment; whoever writes meanwhile is not held up.

    The copy holds nothing of what was deleted: it is written anew, row by row. It is nobody else's to read.

    Raises:
        StorageError: there is no database, or the copy cannot be written; the text says what to do.
        FileExistsError: there is a file at `target` already.
    """
    await asyncio.to_thread(_reserve, database, target)
    async with connect(database) as conn:
        with explained():
            await conn.execute("VACUUM INTO ?", (str(target),))
    await asyncio.to_thread(sync, target)  # SQLite leaves that to the system here


async def check_copy(copy: Path) -> int:
    """Look through the whole of a copy that nobody uses; returns the version of its schema.

    Raises:
        NotADatabaseError: it is damaged, or something else.
        SchemaTooNewError: a newer version of this program made it.
        SchemaChangedError: it has a step that this program has otherwise.
    """
    async with connect(copy, read_only=True) as conn:
        with explained():
            found = [row[0] for row in await conn.execute_fetchall("PRAGMA integrity_check(1)")]
            strays = list(await conn.execute_fetchall("PRAGMA foreign_key_check"))
            tables = list(await conn.execute_fetchall("SELECT 1 FROM sqlite_master LIMIT 1"))
        if found != ["ok"] or strays or not tables:
            raise NotADatabaseError("The database in it is damaged.")
        return len(known_migrations()) - len(await pending(conn))


async def settle(database: Path) -> None:
    """Bring all that was committed to a database that no bot runs on into its one file.

    Raises:
        StorageLockedError: another program has it open.
        StorageError: it cannot be opened or written.
    """
    try:
        async with connect(database) as conn:
            with explained():
                await conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except NotADatabaseError:
        return  # it is kept as it is
    if await asyncio.to_thread(_beside(database, "-wal").exists):  # the last to leave takes it away
        raise StorageLockedError(f"Another program has {database} open. Close it and try again.")


def put_in_place(copy: Path, database: Path, former: Path) -> None:
    """Put a copy in the place of a database that was settled, which gets another name. Raises OSError."""
    for suffix in BESIDE:  # of one that is damaged; they must not be taken for the copy's
        if _beside(database, suffix).exists():
            _beside(database, suffix).rename(_beside(former, suffix))
    if database.exists():
        try:
            former.hardlink_to(database)  # so there is a database at each moment
        except OSError:  # a file system that has no such links
            database.rename(former)
    copy.replace(database)
    sync(database.parent)


def sync(path: Path) -> None:
    """Return once a file, or the names in a folder, would survive a power cut. Never for a database in use."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reserve(database: Path, target: Path) -> None:
    if not is_there(database):
        raise StorageError(f"There is no database at {database}.")
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(database.name + suffix)
