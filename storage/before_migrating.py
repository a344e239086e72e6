"""Copies of the database from before its schema changed, to go back to with the former version of the bot."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import aiosqlite

from storage.errors import StorageFullError, explained

RESTORING = ".restoring-"
"""How the folders begin in which a restore works."""


def copy_of(database: Path, version: int) -> Path:
    """Where the copy is that was made before step `version` of the schema was applied."""
    return database.with_name(f"{database.name}.before-{version:04}")


async def keep_copy(conn: aiosqlite.Connection, version: int) -> None:
    """Copy the database as it is now; nothing if it is in memory.

    Raises:
        StorageError: there is no room for the copy, or it cannot be written. Nothing was changed then.
    """
    with explained():
        listed = await conn.execute_fetchall("PRAGMA database_list")
    name = next(row[2] for row in listed if row[1] == "main")
    if not name:
        return
    copy = copy_of(Path(name), version)
    try:
        beside = await asyncio.to_thread(_new_file, copy)
        try:
            with explained():
                await conn.execute("VACUUM INTO ?", (str(beside),))
            await asyncio.to_thread(_finish, beside, copy, version)
        finally:
            await asyncio.to_thread(beside.unlink, missing_ok=True)
    except OSError as error:
        raise StorageFullError(
            f"The copy {copy}, which is made before the database changes, cannot be written ({error.strerror}). "
            "Free some space, or give the bot's user the right to write there."
        ) from None


def forget_copies(database: Path, *, made_before: float) -> int:
    """Delete copies from before a time, in seconds since 1970, also those that a restore left; returns how many.

    They hold what people have had erased since. The folder of files beside one goes with it, and so does what a restore
    that was killed has left.
    """
    kept = list(database.parent.glob(f"{database.name}.before-*"))
    old = [copy for copy in kept if copy.is_file() and copy.stat().st_mtime < made_before]
    for copy in old:
        copy.unlink(missing_ok=True)
    for folder in database.parent.glob(f"{RESTORING}*"):
        if folder.stat().st_mtime < made_before:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in kept:
        if folder.is_dir() and not folder.with_suffix("").exists():
            shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _new_file(copy: Path) -> Path:
    """An empty file beside the copy, which nobody else can read."""
    handle, name = tempfile.mkstemp(prefix=f"{copy.name}.", suffix=".new", dir=copy.parent)
    os.close(handle)
    return Path(name)


def _finish(beside: Path, copy: Path, version: int) -> None:
    with explained(), closing(sqlite3.connect(beside)) as conn:
        [at] = conn.execute("SELECT max(version) FROM schema_migrations").fetchone()
    if at >= version:  # another program was quicker, and has made its copy
        return
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(copy)
