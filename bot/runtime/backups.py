"""The daily backup: made once a day at a set time, or at the next look if the bot was down; old ones are deleted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import structlog

from bot.runtime.backup_file import PART, make_backup
from bot.runtime.clock import Clock
from bot.runtime.health import Verdict
from bot.runtime.metrics import Metrics
from bot.runtime.scheduler import Scheduler
from bot.runtime.trace import trace
from storage.errors import StorageError

log = structlog.stdlib.get_logger(__name__)

LOOK_EVERY_S = 60.0
AGAIN_AFTER = timedelta(hours=1)
"""After a failure: the disk is not filled, nor the log, by trying."""
LATE_AFTER = timedelta(days=2)
AHEAD_AT_MOST = timedelta(days=1)
UNFINISHED_AFTER_S = 6 * 3600.0
"""What has been half made for so long is what a kill has left."""
LOOK_TIMEOUT_S = 10.0
KEPT_AT_MOST = timedelta(days=30)
"""The privacy notice says so (`bot.members.privacy.BACKUPS_DAYS`)."""
NEWEST_KEPT = 3
"""So many stay until there are newer ones, whatever the clock says: it may have run ahead."""
_NAME = re.compile(r"unigo-(\d{8}T\d{6})Z\.zip")
_FORM = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class BackupRules:
    """Backups of the last so many days, and of the last so many weeks one each; no days: none are made."""

    folder: Path
    at_utc: time
    keep_daily: int
    keep_weekly: int

    @property
    def are_made(self) -> bool:
        """Whether there is a daily backup at all."""
        return self.keep_daily > 0

    def last_due(self, now: datetime) -> datetime:
        """When the latest backup should have been made."""
        today = datetime.combine(now.date(), self.at_utc, UTC)
        return today if today <= now else today - timedelta(days=1)

    def outlived(self, made: Collection[datetime], now: datetime) -> set[datetime]:
        """Which backups are to be deleted. Of a day, and of a week from Monday, the last one counts.

        Of those that the clock says are of the future none is: it may be the clock that is wrong.
        """
        newest_first = sorted(set(made) - ahead(made, now), reverse=True)
        by_day = list({at.date(): at for at in reversed(newest_first)}.values())
        by_week = list({at.isocalendar()[:2]: at for at in reversed(newest_first)}.values())
        kept = {*by_day[-self.keep_daily :], *(by_week[-self.keep_weekly :] if self.keep_weekly else ())}
        too_old = {at for at in newest_first[NEWEST_KEPT:] if at < now - KEPT_AT_MOST}
        return too_old | (set(newest_first) - kept)


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The daily backups in a folder, by when they were made; other files are nobody's business."""
    found = {}
    for file in folder.iterdir() if folder.exists() else ():
        if (match := _NAME.fullmatch(file.name)) and file.is_file():
            with suppress(ValueError):  # a day that there is not
                found[datetime.strptime(match[1], _FORM).replace(tzinfo=UTC)] = file
    return found


def latest(made: Collection[datetime], now: datetime) -> datetime | None:
    """When the last one was made; one that a clock has dated far ahead counts for nothing."""
    return max(set(made) - ahead(made, now), default=None)


def ahead(made: Collection[datetime], now: datetime) -> set[datetime]:
    """Which are dated in the future: this machine's clock is wrong, or was when they were made."""
    return {at for at in made if at > now + AHEAD_AT_MOST}


def schedule_backups(scheduler: Scheduler, database: Path, rules: BackupRules, clock: Clock, metrics: Metrics) -> None:
    """Have a backup made each day, if that is wanted."""
    if rules.are_made:
        scheduler.every(LOOK_EVERY_S, "backup", daily_backup(database, rules, clock, metrics), at_once=True)


def daily_backup(database: Path, rules: BackupRules, clock: Clock, metrics: Metrics) -> Callable[[], Awaitable[None]]:
    """A job that makes a backup when one is due. It works beside the event loop and beside the writer."""
    not_before = datetime.min.replace(tzinfo=UTC)

    async def look() -> None:
        nonlocal not_before
        now = clock.now()
        if now < not_before:
            return
        try:
            made = await asyncio.to_thread(backups_in, rules.folder)
            last = latest(made, now)
            if last is None or last < rules.last_due(now):
                await asyncio.to_thread(_sweep_unfinished, rules.folder, clock.timestamp() - UNFINISHED_AFTER_S)
                backup = await make_backup(database, rules.folder / f"unigo-{now:{_FORM}}Z.zip")
                log.info("backup_made", size=backup.size, files=backup.files)
                last = now.replace(microsecond=0)
                made[last] = backup.path
                await asyncio.to_thread(_delete, [made.pop(at) for at in rules.outlived(made, now)])
                if future := ahead(made, now):
                    log.error("backups_ahead", files=len(future), advice="Is this machine's clock right? See `check`.")
            metrics.last_backup.set(last.timestamp())
        except Exception as error:  # noqa: BLE001 - whatever it is: there is no backup
            not_before = now + AGAIN_AFTER
            metrics.backup_failures.inc()
            known = isinstance(error, StorageError | OSError)
            log.error("backup_failed", reason=str(error) if known else trace(error))

    return look


def backup_watch(
    rules: BackupRules, clock: Clock, *, within_s: float = LOOK_TIMEOUT_S
) -> Callable[[], Awaitable[Verdict]]:
    """Judges whether there is a backup that is new enough; if there is none at all, it is looked for from now on.

    A folder on a network may hang: it has to answer within `within_s` seconds, and holds up one thread at most.
    """
    began = clock.now()
    looking: asyncio.Task[dict[datetime, Path]] | None = None

    async def look() -> Verdict:
        nonlocal looking
        if looking is None or looking.done():
            looking = asyncio.create_task(asyncio.to_thread(backups_in, rules.folder), name="look for backups")
        await asyncio.wait([looking], timeout=within_s)
        if not looking.done():
            return Verdict({"backups": f"{rules.folder} does not answer."})
        try:
            made = looking.result()
        except OSError as error:
            return Verdict({"backups": f"{rules.folder} cannot be read ({error.strerror})."})
        last = latest(made, clock.now())
        if clock.now() - (last or began) <= LATE_AFTER:
            return Verdict({"backups": None})
        known = f"The last one is of {last:%d %B %Y, %H:%M} UTC" if last else "There is none"
        return Verdict({"backups": f"The daily backup cannot be made. {known}."})

    return look


def _sweep_unfinished(folder: Path, made_before: float) -> None:
    """What a kill has left half made, before a time in seconds since 1970: another may be under way."""
    for file in folder.glob(f".unigo-*{PART}*"):
        if file.is_file() and file.stat().st_mtime < made_before:
            file.unlink(missing_ok=True)


def _delete(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
