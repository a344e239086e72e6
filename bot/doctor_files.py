"""What the doctor finds on the disk: who may read and write what, whether there is room, and the backups.

Nothing here is changed, and a place that may not be looked at is told as well as one that is not there.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.runtime.backups import LATE_AFTER, BackupRules, ahead, backups_in, latest
from bot.runtime.spool import spool_folder
from bot.setting_faults import SettingsError
from bot.setting_file import tables_in
from bot.settings import Settings
from storage.backup import BESIDE
from storage.lock import lock_file

ROOM_BYTES = 100_000_000
"""What must be left beside the copies of the database."""
BYTES_A_MEGABYTE = 1_000_000
_SECRETS = ("token", "webhook_secret", "password")
_OF_THE_CONTAINER = Path("/run/secrets")
"""Nobody else is in a container, and what its engine puts there cannot be changed."""
_AT_FIRST = "will be made at the first start"
_READ_WRITE = os.R_OK | os.W_OK


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's."""

    what: str
    is_ok: bool
    told: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.is_ok else 'MEND'}  {self.what}: {self.told}"


def configuration(file: Path) -> Finding:
    """Where the settings come from."""
    defaults = "defaults and the environment; copy config.example.toml to change them"
    return Finding("configuration", is_ok=True, told=str(file) if _is_there(file) else defaults)


def secrets(settings: Settings, file: Path) -> Finding:
    """Whether others on this machine may read the token or a password, or write another in its place."""
    exposed = [str(path) for path in _with_secrets(settings, file) if _is_open(path)]
    if exposed:
        told = f"everybody on this machine may read {' and '.join(exposed)}. Type: chmod o= {' '.join(exposed)}"
        return Finding("secrets", is_ok=False, told=told)
    return Finding("secrets", is_ok=True, told="nobody else on this machine may read them")


def _with_secrets(settings: Settings, file: Path) -> Iterator[Path]:
    telegram, alarm = settings.telegram, settings.alarm
    for path in (telegram.token_file, telegram.webhook_secret_file, alarm.password_file):
        if path is not None and _OF_THE_CONTAINER not in path.parents:
            yield path
    try:
        tables = tables_in(file)
    except SettingsError:  # there is none
        return
    if any(isinstance(table, dict) and any(table.get(key) for key in _SECRETS) for table in tables.values()):
        yield file


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False


def database(path: Path) -> Finding:
    """Whether the bot can have its database there, and what it keeps right beside it."""
    folder = _nearest(path.absolute().parent)
    told = str(path) if _is_there(path) else f"{path} {_AT_FIRST}"
    is_ok = False
    if not folder.is_dir():
        told = f"{folder} is no folder. Set database.path to a place where the bot's user may write."
    elif not _is_ours(folder):
        told = f"{folder} cannot be written. Give the bot's user the right to."
    elif others := [str(file) for file in _kept(path) if _is_there(file) and not os.access(file, _READ_WRITE)]:
        told = f"{' and '.join(others)} cannot be written. Type: sudo chown {_user()} {' '.join(others)}"
    else:
        is_ok = True
    return Finding("database", is_ok=is_ok, told=told)


def spool(path: Path) -> Finding:
    """Whether files to be sent can wait beside the database."""
    folder = spool_folder(path)
    existing = _nearest(folder)
    if not existing.is_dir():
        told = f"{existing} is no folder. Move it away; files to be sent wait there."
        return Finding("files", is_ok=False, told=told)
    if not _is_ours(existing):
        told = f"{existing} cannot be written; files to be sent wait there. Give the bot's user the right to."
        return Finding("files", is_ok=False, told=told)
    return Finding("files", is_ok=True, told=str(folder) if existing == folder else f"{folder} {_AT_FIRST}")


def backups(rules: BackupRules, now: datetime, begun: datetime | None) -> Finding:
    """Whether they are made, and whether the last one is recent. A bot whose database is new has none yet."""
    if not rules.are_made:
        return Finding("backups", is_ok=True, told="none are made: backups.keep_daily is 0")
    existing = _nearest(rules.folder)
    if not existing.is_dir() or not _is_ours(existing):
        told = f"{existing} cannot be written. Give the bot's user the right to, or set backups.folder."
        return Finding("backups", is_ok=False, told=told)
    made = backups_in(rules.folder)
    if future := ahead(made, now):
        files = ", ".join(made[at].name for at in sorted(future))
        told = f"these in {rules.folder} are dated in the future: {files}. If `date` is wrong, set the clock right."
        return Finding("backups", is_ok=False, told=f"{told} If it is right, delete them: the bot never does.")
    last = latest(made, now)
    told = f"the last one in {rules.folder} is of {last:%d %B %Y, %H:%M} UTC" if last else _none_yet(rules.folder)
    is_late = (last or begun or now) < now - LATE_AFTER
    if is_late:
        told += ". Is the bot running? Look for backup_failed in its log."
    return Finding("backups", is_ok=not is_late, told=told)


def _none_yet(folder: Path) -> str:
    return f"the bot makes one each day in {folder}; none is there yet"


def room(path: Path, rules: BackupRules) -> Finding:
    """Whether the disks have room for a copy of the database and a backup, and then for what is to come."""
    needed = ROOM_BYTES + 2 * (path.stat().st_size if _is_there(path) else 0)
    folders = {_nearest(path.absolute().parent), *([_nearest(rules.folder)] if rules.are_made else [])}
    left = {folder: shutil.disk_usage(folder).free for folder in folders}
    folder = min(left, key=left.__getitem__)
    if left[folder] < needed:
        told = f"only {_megabytes(left[folder])} are left on the disk of {folder}; {_megabytes(needed)} should be,"
        told += " for a backup and the copy before an upgrade. Free some space: `df -h` shows where."
        return Finding("disk", is_ok=False, told=told)
    return Finding("disk", is_ok=True, told=f"{_megabytes(left[folder])} are left")


def _kept(path: Path) -> tuple[Path, ...]:
    return path, lock_file(path), *(path.with_name(f"{path.name}{suffix}") for suffix in BESIDE)


def _nearest(place: Path) -> Path:
    """The place itself, or the nearest folder above it that is there."""
    return next(one for one in (place, *place.absolute().parents) if _is_there(one))


def _is_there(place: Path) -> bool:
    """Unlike `Path.exists`, it does not fail for what may not be looked at."""
    return os.access(place, os.F_OK)


def _is_ours(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # as in a container
        return str(os.geteuid())


def _megabytes(size: int) -> str:
    return f"{size // BYTES_A_MEGABYTE:,} MB"
