"""The spool: files to be sent wait here, in a folder beside the database, until Telegram has them.

A file is on the disk before the row of the outbox that names it is committed, so a hard kill cannot part the two.
What becomes of it afterwards is the business of `bot.runtime.uploads`.
"""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.runtime.clock import Clock
from storage.errors import StorageError, StorageFullError, StorageReadOnlyError
from storage.records import Upload, UploadKind

_WORKSHOP = ".making"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}

Content = bytes | Callable[[BinaryIO], object]
"""What a file holds, or what writes that into an open file, as a spreadsheet library does."""


class NotSpooledError(Exception):
    """A file that was to be sent is not in the spool (any more)."""


def spool_folder(database: Path) -> Path:
    """Where the files wait that go with a database."""
    return database.with_name(f"{database.name}.files")


class Spool:
    """Files under names that nobody can guess, which only the bot's user can read."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    async def prepare(self) -> None:
        """Make the folder, if it is not there, and clear away what a kill has left half made.

        Raises:
            StorageError: it cannot be made or written; the text says what to do.
        """
        await asyncio.to_thread(self._make_folder)
        await asyncio.to_thread(self._clear_workshops)

    async def keep(self, content: Content, filename: str, *, kind: UploadKind = "document") -> Upload:
        """Keep a file until it is sent; `filename` is the name that people see.

        Returns once it would survive a power cut. Where `content` writes by itself, it does so in a thread.

        Raises:
            StorageError: it could not be written; the text says what to do.
        """
        spooled = secrets.token_hex(16)
        await asyncio.to_thread(self._write, spooled, content)
        return Upload(kind, spooled, _shown(filename))

    @asynccontextmanager
    async def workshop(self) -> AsyncIterator[Path]:
        """A folder to make files in before they are kept. It is deleted when the block is left, or at the next start.

        Raises:
            StorageError: it cannot be made; the text says what to do.
        """
        folder = self._folder / f"{secrets.token_hex(16)}{_WORKSHOP}"
        await asyncio.to_thread(self._make_workshop, folder)
        try:
            yield folder
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def keep_file(self, path: Path, filename: str) -> Upload:
        """As `keep`, of a file in a workshop."""

        def copy(file: BinaryIO) -> None:
            with path.open("rb") as made:
                shutil.copyfileobj(made, file)

        return await self.keep(copy, filename)

    async def open(self, spooled: str) -> BinaryIO:
        """The file, to be read and closed.

        Raises:
            NotSpooledError: it is not there.
            StorageError: it cannot be read.
        """
        try:
            return await asyncio.to_thread((self._folder / spooled).open, "rb")
        except FileNotFoundError:
            raise NotSpooledError("The file that was to be sent is not there any more.") from None
        except OSError as error:
            raise StorageError(f"A file in {self._folder} cannot be read ({error.strerror}).") from None

    async def discard(self, spooled: str) -> None:
        """Delete a file, if it is there. Raises StorageError."""
        try:
            await asyncio.to_thread((self._folder / spooled).unlink, missing_ok=True)
        except OSError as error:
            raise StorageError(f"A file in {self._folder} cannot be deleted ({error.strerror}).") from None

    async def names(self, *, kept_before: float | None = None) -> list[str]:
        """What is there, or of that, what has been since before a time (in seconds)."""
        try:
            return await asyncio.to_thread(self._names, kept_before)
        except OSError as error:
            raise StorageError(f"The folder {self._folder} cannot be read ({error.strerror}).") from None

    def _names(self, kept_before: float | None) -> list[str]:
        found: list[str] = []
        for file in self._folder.iterdir():
            with suppress(FileNotFoundError):  # it may be sent and deleted meanwhile
                if file.suffix != _WORKSHOP and (kept_before is None or file.stat().st_mtime < kept_before):
                    found.append(file.name)
        return found

    def _make_folder(self) -> None:
        try:
            if not self._folder.exists():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sync(self._folder.parent)
            if not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            raise _explained(self._folder, error) from None

    def _make_workshop(self, folder: Path) -> None:
        try:
            self._make_folder()
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise _explained(self._folder, error) from None

    def _clear_workshops(self) -> None:
        for folder in self._folder.glob(f"*{_WORKSHOP}"):
            shutil.rmtree(folder, ignore_errors=True)

    def _write(self, spooled: str, content: Content) -> None:
        path, unfinished = self._folder / spooled, self._folder / f"{spooled}.part"
        try:
            self._make_folder()
            with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    content(file)
                file.flush()
                os.utime(file.fileno(), times=(self._clock.timestamp(),) * 2)
                os.fsync(file.fileno())
            unfinished.rename(path)
            _sync(self._folder)
        except OSError as error:
            raise _explained(self._folder, error) from None
        finally:
            with suppress(OSError):  # told already, or not there
                unfinished.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(folder: Path, error: OSError) -> StorageError:
    if error.errno in _NO_ROOM:
        return StorageFullError("The disk is full. Free some space; the bot goes on by itself.")
    return StorageReadOnlyError(
        f"The folder {folder} cannot be written ({error.strerror}). Give the bot's user the right to write there."
    )


def _shown(filename: str) -> str:
    """A name without what no app would show or save it under."""
    return "".join(char for char in filename if char.isprintable() and char not in '/\\"')
