"""The commands of `unigo-bot` that carry the database elsewhere and back: backup, restore, export."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.runtime.backup_file import BackupError, make_backup
from bot.runtime.clock import Clock
from bot.runtime.restoring import Queued, Restored, restore
from bot.settings import load_settings
from storage.database import is_there, open_database, pending_migrations
from storage.errors import StorageError

BYTES_A_MEGABYTE = 1_000_000

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
"""Adds a command: its name, what runs it, what it is for."""


def add_commands(command: Command, with_config: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add these commands to the others."""
    backup = command("backup", _backup, "Write a backup of the database, while the bot runs or not.")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file, such as unigo-backup.zip")
    restoring = command("restore", _restore, "Put a backup in the place of the database; the former one is kept.")
    restoring.add_argument(
        "file", type=Path, metavar="FILE", help="what backup has written, or a kept copy of the database"
    )
    waiting = restoring.add_mutually_exclusive_group()
    for queued, told in (
        (Queued.DROP, "leave out the messages that waited to be sent when the backup was made"),
        (Queued.SEND, "send them, though most were sent since"),
    ):
        waiting.add_argument(f"--{queued}-queued", dest="queued", action="store_const", const=queued, help=told)
    export = command("export", _export, "Write the Centers and people in the database into a spreadsheet.")
    export.add_argument("file", type=Path, metavar="FILE", help="a new file, such as participants.xlsx")
    for sub in (backup, restoring, export):
        with_config(sub)


def _backup(options: argparse.Namespace) -> int:
    path = load_settings(options.config).database.path
    made = asyncio.run(make_backup(path, options.file.absolute()))
    print(f"{made.path}: {made.size / BYTES_A_MEGABYTE:.1f} MB, checked; files that wait to be sent: {made.files}.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    path = load_settings(options.config).database.path
    restored = asyncio.run(restore(options.file, path, Clock(), options.queued))
    for line in _told(restored, path, options.file, options.queued):
        print(line)
    return 0


def _told(restored: Restored, path: Path, file: Path, queued: Queued | None) -> list[str]:
    settled, told = restored.settled, [f"{path} is now the database that {file} holds."]
    if restored.former is not None:
        told.append(f"The former database is {restored.former}. Delete it when you no longer need it.")
    if settled.messages:
        what = "are left out" if queued == Queued.DROP else "go out at the next start"
        told.append(f"Messages that waited to be sent: {settled.messages}. They {what}.")
    if settled.updates:
        told.append(f"Messages of people that wait: {settled.updates}. They are handled at the next start, once more.")
    if settled.paused:
        told.append(f"Announcements that ran, now paused: {_listed(settled.paused)}. See /announcements.")
    if settled.unscheduled:
        told.append(f"Announcements whose time has come, now drafts: {_listed(settled.unscheduled)}.")
    told.append("What people wrote after it was made is gone from the bot: Telegram does not send it again.")
    return told


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _export(options: argparse.Namespace) -> int:
    from bot.forms.places import load_places  # noqa: PLC0415 - what only one command needs is loaded by it alone
    from bot.locales.catalogues import load_catalogues  # noqa: PLC0415
    from bot.members import export  # noqa: PLC0415
    from bot.members.export_choice import ExportChoice  # noqa: PLC0415
    from bot.members.roles import Rights  # noqa: PLC0415
    from bot.members.tables import FileForm  # noqa: PLC0415
    from handlers.views.export_words import export_words  # noqa: PLC0415
    from storage.records.audit import THE_BOT  # noqa: PLC0415

    file: Path = options.file.absolute()
    path = load_settings(options.config).database.path
    if file.suffix.lower() != ".xlsx":
        raise BackupError(f"{file} must end with .xlsx: a spreadsheet is written.")
    if not is_there(path):
        raise StorageError(f"There is no database at {path}.")
    rights, choice = Rights((THE_BOT,)), ExportChoice()  # whoever can read the file can read all that is in it
    countries, now = load_places().countries, Clock().now_us()
    words = export_words(load_catalogues().translator("en"), choice, countries)

    async def run(folder: Path) -> export.Made:
        if await pending_migrations(path):
            raise StorageError(f"{path} is not up to date; start the bot first.")
        async with open_database(path, now_us=now) as database:
            made = await export.export(
                database.reader, rights, THE_BOT, choice.wanted,
                words=words, countries=countries, form=FileForm.XLSX, folder=folder, now=now,
            )  # fmt: skip
            await asyncio.to_thread(shutil.copyfile, made.paths[0], file)
            await database.write(lambda tx: export.note(tx, rights, THE_BOT, choice.wanted, made, now=now))
            return made

    with _new(file), tempfile.TemporaryDirectory() as folder:  # only this user can look into it
        made = asyncio.run(run(Path(folder)))
    print(f"{file}: {made.centers} Centers, {made.delegates} delegates and guests. Keep it safe: it names people.")
    return 0


@contextmanager
def _new(file: Path) -> Iterator[None]:
    """A file that is to be written: empty, and nobody else's to read; gone if it comes to nothing.

    Raises:
        BackupError: it is there already, or cannot be made.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BackupError(f"{file} is there already. Name another file; nothing is written over.") from None
    except OSError as error:
        raise BackupError(f"{file} cannot be made ({error.strerror}). Name a file in another folder.") from None
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise
