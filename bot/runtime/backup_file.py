"""The file of a backup: a .zip with the database as it was at one moment, and the files that waited to be sent.

One form for every case, which any computer can open. See `docs/backup.md`.
"""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.spool import spool_folder
from storage import outbox
from storage.backup import check_copy, sync, take_copy
from storage.database import connect
from storage.errors import StorageError, StorageFullError, StorageReadOnlyError
from storage.session import Session, load_sql

DATABASE = "unigo.db"
FILES = "files/"
PART = ".part"
_QUICKLY = 1
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class BackupError(StorageError):
    """A backup could not be made, or cannot be used; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written. `size` is in bytes, `files` counts those that waited to be sent."""

    path: Path
    size: int
    files: int
    version: int


async def make_backup(database: Path, target: Path) -> Backup:
    """Write a backup of a database, whether a bot runs on it or not. It is there whole and checked, or not at all.

    A file that was sent while the backup was made is not in it; nor is it to be sent again.

    Raises:
        BackupError: there is a file of that name, or no room for it, or no right to write it.
        StorageError: the database cannot be read, or is damaged.
    """
    mark = secrets.token_hex(8)
    copy = target.with_name(f".{target.name}.{mark}.db{PART}")
    unfinished = target.with_name(f".{target.name}.{mark}{PART}")
    with _explained(target.parent):
        try:
            await asyncio.to_thread(_make_room, target)
            await take_copy(database, copy)
            version = await check_copy(copy)
            async with connect(copy, read_only=True) as conn:
                names = await outbox.queued_uploads(Session(conn, load_sql()))
            files = await asyncio.to_thread(_pack, unfinished, copy, spool_folder(database), sorted(names))
            size = await asyncio.to_thread(_put_in_place, unfinished, target)
            return Backup(target, size, files, version)
        finally:
            for file in (copy, unfinished):
                file.unlink(missing_ok=True)


async def unpack_backup(file: Path, folder: Path) -> Path:
    """Take a backup out into a folder that is there, and check it; returns where its database is.

    The files that waited to be sent are where they belong to that database.

    Raises:
        BackupError: it is no backup, damaged, of a newer version, or there is no room.
    """
    with _explained(folder):
        database = await asyncio.to_thread(_unpack, file, folder)
    try:
        await check_copy(database)
    except StorageError as error:
        raise BackupError(f"{file} cannot be used: {error}") from None
    return database


def _make_room(target: Path) -> None:
    if target.exists():
        raise BackupError(f"{target} is there already. Name another file; no backup is written over.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _pack(unfinished: Path, copy: Path, spool: Path, names: list[str]) -> int:
    packed = 0
    with (
        os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICKLY, strict_timestamps=False) as archive,
    ):
        archive.write(copy, DATABASE)
        for name in names:
            with suppress(FileNotFoundError):  # it was sent meanwhile
                archive.write(spool / name, FILES + name)
                packed += 1
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    with zipfile.ZipFile(unfinished) as archive:
        if archive.testzip() is not None:
            raise BackupError("What was written cannot be read back; the disk fails.")
    return packed


def _put_in_place(unfinished: Path, target: Path) -> int:
    try:
        target.hardlink_to(unfinished)  # a rename would write over what is there
    except FileExistsError:
        raise
    except OSError:  # a file system that has no such links, as sticks have
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        unfinished.rename(target)
    sync(target.parent)
    return target.stat().st_size


def _unpack(file: Path, folder: Path) -> Path:
    database = folder / DATABASE
    spool = spool_folder(database)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if DATABASE not in names or any(not _is_ours(name) for name in names):
                raise BackupError(f"{file} is not a backup of this bot.")
            spool.mkdir(mode=0o700)
            for name in names:
                target = database if name == DATABASE else spool / name.removeprefix(FILES)
                with (
                    archive.open(name) as packed,
                    os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out,
                ):
                    shutil.copyfileobj(packed, out)
                    out.flush()
                    os.fsync(out.fileno())
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BackupError(f"{file} is damaged, or not a backup of this bot. Use another one.") from None
    return database


def _is_ours(name: str) -> bool:
    """Names are taken as they are, so nothing but a plain name in the one folder is."""
    spooled = name.removeprefix(FILES)
    return name == DATABASE or (name.startswith(FILES) and spooled.isalnum())


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise BackupError(f"{error.filename or folder} is there already. Name another file.") from None
    except (StorageFullError, StorageReadOnlyError) as error:
        raise BackupError(f"The backup could not be written to {folder}: {error}") from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise BackupError(f"There is no room for a backup in {folder}. Free some space.") from None
        raise BackupError(f"{folder} cannot be used for backups ({error.strerror}). Choose another folder.") from None
