"""The file of a backup: a .zip with the database as it was at one moment, and the files that waited to be sent.

Any computer can open it. What the bot itself keeps beside the database before it changes, or when another is put in its
place, is a plain database with its folder of files; that can be taken out just so. See `docs/backup.md`.
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
from typing import IO

from bot.runtime.spool import spool_folder
from storage import outbox
from storage.backup import check_copy, settle, sync, take_copy
from storage.database import connect
from storage.errors import StorageError, StorageFullError, StorageReadOnlyError
from storage.session import Session, load_sql

DATABASE = "unigo.db"
FILES = "files/"
PART = ".part"
_SQLITE = b"SQLite format 3\0"
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


async def unpack_backup(file: Path, folder: Path, *, spool: Path) -> Path:
    """Take a backup, or a copy of the database, out into a folder that is there, beside the database, and check it.

    The files that waited to be sent are where they belong to the database whose path is returned. Those of a copy are
    taken from its own folder beside it, or from `spool` if it has none.

    Raises:
        BackupError: it is no backup, damaged, of a newer version, or there is no room.
    """
    with _explained(folder.parent):
        if await asyncio.to_thread(_is_database, file):
            database = await asyncio.to_thread(_copy, file, folder, spool)
            await settle(database)
        else:
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
                with archive.open(name) as packed:
                    _write(packed, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BackupError(f"{file} is damaged, or not a backup of this bot. Use another one.") from None
    return database


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except OSError as error:
        raise BackupError(f"{file} cannot be read ({error.strerror}).") from None


def _copy(file: Path, folder: Path, spool: Path) -> Path:
    """A copy of a database that is not in use, with what SQLite may have left beside it, and its files."""
    database = folder / DATABASE
    _copy_file(file, database)
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        _copy_file(log, database.with_name(f"{database.name}-wal"))
    files = spool_folder(file) if spool_folder(file).exists() else spool
    spool_folder(database).mkdir(mode=0o700)
    for kept in files.iterdir() if files.exists() else ():
        if kept.is_file() and _is_ours(FILES + kept.name):
            _copy_file(kept, spool_folder(database) / kept.name)
    return database


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as content:
        _write(content, target)


def _write(content: IO[bytes], target: Path) -> None:
    """Write a file that nobody else may read; returns once it would survive a power cut."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
        shutil.copyfileobj(content, out)
        out.flush()
        os.fsync(out.fileno())


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
        told = f"{folder} cannot be used for backups ({error.strerror}). Choose another folder"
        if error.errno == errno.EROFS:  # so is what a service of systemd was not allowed
            told += ", or allow the service this one: docs/backup.md tells how"
        raise BackupError(f"{told}.") from None
