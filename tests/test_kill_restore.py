"""A restore after a kill in the middle of an announcement."""

from __future__ import annotations

import signal
from pathlib import Path

from bot.announcements import sending
from bot.announcements.content import Content
from bot.runtime.backup_file import make_backup
from bot.runtime.clock import MovableClock
from bot.runtime.restoring import Queued, restore
from bot.sandbox.server import Sandbox
from storage.database import open_database
from storage.records.announcements import Outcome
from tests.announcements import RIGHTS, composed
from tests.chat import People, until
from tests.desk import OWNER
from tests.killed_announcement import by_outcome, copies, is_settled, killed_at, members, settled
from tests.processes import bot_process

MEMBERS = 300


async def test_a_restore_after_a_kill_in_the_middle_of_an_announcement(
    sandbox: Sandbox, people: People, tmp_path: Path, clock: MovableClock
) -> None:
    """Whoever got it after the backup may get it once more, and nobody else; it waits for a human before."""
    path, target = tmp_path / "bot.db", tmp_path / "backup.zip"
    async with open_database(path, now_us=1) as database:
        numbers = await members(people, database, MEMBERS)
        number = await composed(database, {"en": Content("On Friday")})
        assert await database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
        paced = {"UNIGO_DELIVERY__PER_SECOND": "100"}
        async with bot_process(sandbox.base_url, tmp_path, **paced) as process:

            async def some_were_sent() -> bool:
                return (await by_outcome(database, number)).get(Outcome.SENT, 0) >= 50

            await until(some_were_sent, within_s=40)
            await make_backup(path, target)
            await killed_at(process, database, number, 150)
        before = await settled(people)
    restored = await restore(target, path, clock, Queued.DROP)
    assert restored.settled.paused == (number,)
    async with open_database(path, now_us=1) as database:
        recorded = (await by_outcome(database, number))[Outcome.SENT]
        assert 50 <= recorded < MEMBERS
        assert await database.write(lambda tx: sending.resume(tx, RIGHTS, OWNER, number, clock.now_us()))
        async with bot_process(sandbox.base_url, tmp_path) as process:
            await is_settled(database, number)
            assert await process.stop(signal.SIGTERM) == 0
    got = await copies(people)
    assert set(got) == set(numbers)
    assert max(got.values()) <= 2
    assert got.total() - MEMBERS == before - recorded
