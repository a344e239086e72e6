"""What is looked after every minute, whether anybody writes or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.runtime.backups import BackupRules
from bot.runtime.scheduler import Scheduler
from handlers.announcement_board_delivery import LOOK_EVERY_S as BOARDS_EVERY_S
from handlers.announcement_board_delivery import watching_boards
from handlers.announcement_chase import chasing_due
from handlers.announcements_delivery import FEED_EVERY_S, feeding
from handlers.backup_alarm import LOOK_EVERY_S as BACKUPS_EVERY_S
from handlers.backup_alarm import watching_backups
from handlers.desk_alarm import LOOK_EVERY_S, watching
from handlers.news_delivery import telling
from handlers.participation_delivery import settling
from handlers.reminders import finding_due
from handlers.requests_delivery import reminding
from handlers.turn import Desk
from storage.database import Database

Job = Callable[[], Awaitable[None]]


def schedule_looks(
    scheduler: Scheduler, database: Database, desk: Desk, wake: Callable[[], None], *, backups: BackupRules
) -> None:
    """Have everything looked after; `wake` is called when something was queued."""
    jobs: dict[str, Job] = {
        "desk": watching(database, desk, wake),
        "wait-lists": settling(database, desk, wake),
        "changes": telling(database, desk.clock, wake),
        "corrections": reminding(database, desk, wake),
    }
    for name, job in jobs.items():
        scheduler.every(LOOK_EVERY_S, name, job)
    scheduler.every(LOOK_EVERY_S, "chases", chasing_due(database, desk, wake))
    scheduler.every(BOARDS_EVERY_S, "boards", watching_boards(database, desk.clock, wake))
    scheduler.every(FEED_EVERY_S, "announcements", feeding(database, desk.clock, wake))
    scheduler.every(LOOK_EVERY_S, "reminders", finding_due(database, desk.clock, wake), at_once=True)
    if backups.are_made:
        scheduler.every(BACKUPS_EVERY_S, "backup-alarm", watching_backups(database, desk, backups, wake))
