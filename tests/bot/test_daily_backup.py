"""The bot backs itself up once a day, keeps some of the backups, and tells when it could not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import structlog

from bot.doctor import examine
from bot.members.privacy import BACKUPS_DAYS
from bot.runtime.backups import KEPT_AT_MOST, BackupRules, backup_watch, backups_in, daily_backup
from bot.runtime.clock import MovableClock
from bot.runtime.metrics import Metrics
from bot.sandbox.server import Sandbox
from bot.settings import BackupsPart
from storage.database import open_database
from tests.chat import People, until
from tests.conftest import StartBot, settings_for


def rules(folder: Path) -> BackupRules:
    return BackupRules(folder, time(3), keep_daily=3, keep_weekly=2)


async def test_one_a_day_is_made_and_old_ones_go(path: Path, tmp_path: Path, clock: MovableClock) -> None:
    spring = datetime(clock.now().year + 1, 3, 1, 2, 0, tzinfo=UTC)
    monday = spring + timedelta(days=-spring.weekday() % 7)
    clock.set(monday)
    folder, metrics = tmp_path / "kept", Metrics()
    async with open_database(path, now_us=1):
        look = daily_backup(path, rules(folder), clock, metrics)
        (tmp_path / "kept").mkdir()
        (folder / ".unigo-20270101T000000Z.zip.1.part").touch()
        (folder / "of somebody else.zip").touch()
        for _ in range(2 * 12):  # every twelve hours; half of them have nothing to do
            await look()
            clock.advance(12 * 3600)
    days = [(at.date() - monday.date()).days for at in sorted(backups_in(folder))]
    assert days == [6, 9, 10, 11]  # the Sunday of the week before, and the last three
    assert min(file.name for file in folder.iterdir()) == "of somebody else.zip"
    assert f"unigo_backup_last_success_timestamp_seconds {max(backups_in(folder)).timestamp()}" in _page(metrics)
    assert "unigo_backup_failures_total 0.0" in _page(metrics)


def _page(metrics: Metrics) -> str:
    lines = metrics.page().decode().splitlines()
    return "\n".join(f"{line.split()[0]} {float(line.split()[1])}" for line in lines if line.startswith("unigo_backup"))


def test_none_is_kept_for_longer_than_people_are_told() -> None:
    assert timedelta(days=BACKUPS_DAYS) == KEPT_AT_MOST
    now = datetime(2027, 6, 1, 3, tzinfo=UTC)
    made = [now - timedelta(days=days) for days in (0, 1, 29, 31)]
    assert BackupRules(Path(), time(3), 30, 4).outlived(made, now) == {made[3]}


def test_a_clock_that_runs_far_ahead_leaves_the_newest() -> None:
    now = datetime(2027, 6, 1, 3, tzinfo=UTC)
    made = [now - timedelta(days=days) for days in (0, 40, 41, 42, 43)]
    assert BackupRules(Path(), time(3), 7, 4).outlived(made, now) == set(made[3:])
    newer = [*made, now + timedelta(days=1), now + timedelta(days=2)]
    assert BackupRules(Path(), time(3), 7, 4).outlived(newer, now + timedelta(days=2)) == set(made[1:])


async def test_a_clock_that_runs_behind_costs_no_backup(path: Path, tmp_path: Path, clock: MovableClock) -> None:
    folder, behind = tmp_path / "kept", MovableClock()
    clock.advance(10 * 86_400)
    async with open_database(path, now_us=1):
        look = daily_backup(path, rules(folder), clock, Metrics())
        for _ in range(3):
            await look()
            clock.advance(86_400)
        good = set(folder.iterdir())
        with structlog.testing.capture_logs() as logged:
            await daily_backup(path, rules(folder), behind, Metrics())()
    assert len(good) == 3
    assert good < set(folder.iterdir())
    assert [event["files"] for event in logged if event["event"] == "backups_ahead"] == [3]


async def test_a_backup_of_a_clock_that_was_ahead_counts_for_nothing(
    path: Path, tmp_path: Path, clock: MovableClock
) -> None:
    folder = tmp_path / "daily"
    folder.mkdir()
    ahead = folder / f"unigo-{clock.now() + timedelta(days=400):%Y%m%dT%H%M%S}Z.zip"
    nonsense = folder / "unigo-20260230T120000Z.zip"
    for file in (ahead, nonsense):
        file.write_bytes(b"")
    async with open_database(path, now_us=1):
        pass
    watch = backup_watch(rules(folder), clock)
    clock.advance(3 * 86_400)
    assert not (await watch()).is_well
    before = clock.now().replace(microsecond=0)  # to the second, as a backup's name is
    await daily_backup(path, rules(folder), clock, Metrics())()
    made = min(backups_in(folder))
    assert before <= made <= clock.now()
    assert ahead.exists()
    assert (await watch()).is_well


class Hanging(type(Path())):  # type: ignore[misc]
    """A folder on a network that does not answer."""

    answers = threading.Event()
    asked = 0

    def iterdir(self) -> Iterator[Path]:
        Hanging.asked += 1
        Hanging.answers.wait(30)
        return iter(())

    def exists(self, **_: object) -> bool:
        return True


async def test_a_folder_that_hangs_holds_up_one_look_alone(tmp_path: Path, clock: MovableClock) -> None:
    watch = backup_watch(replace(rules(tmp_path), folder=Hanging(tmp_path)), clock, within_s=0.02)
    for _ in range(3):
        assert "does not answer" in str((await watch()).faults["backups"])
    assert Hanging.asked == 1
    Hanging.answers.set()

    async def is_well() -> bool:
        return (await watch()).is_well

    await until(is_well)


async def test_a_failure_is_counted_and_tried_again_after_an_hour(
    path: Path, tmp_path: Path, clock: MovableClock
) -> None:
    folder, metrics = tmp_path / "kept", Metrics()
    folder.touch()  # no folder
    async with open_database(path, now_us=1):
        look = daily_backup(path, rules(folder), clock, metrics)
        for _ in range(3):
            await look()
        assert "unigo_backup_failures_total 1.0" in _page(metrics)
        folder.unlink()
        await look()
        assert backups_in(folder) == {}
        clock.advance(3600)
        await look()
        assert len(backups_in(folder)) == 1


async def test_check_tells_of_the_last_backup(sandbox: Sandbox, people: People, path: Path) -> None:
    async def finding() -> tuple[bool, str]:
        settings = settings_for(sandbox, path, backups=BackupsPart())
        found = {finding.what: finding async for finding in examine(settings, Path("none"))}
        return found["backups"].is_ok, found["backups"].told

    folder = path.with_name("bot.db.backups")
    assert await finding() == (True, f"the bot makes one each day in {folder}; none is there yet")
    folder.mkdir()
    (folder / "unigo-20200101T030000Z.zip").touch()
    is_ok, told = await finding()
    assert (is_ok, told.split(". ")[0]) == (False, f"the last one in {folder} is of 01 January 2020, 03:00 UTC")
    (folder / "unigo-29990101T030000Z.zip").touch()
    is_ok, told = await finding()
    assert (is_ok, told.split(". ")) == (
        False,
        [
            f"these in {folder} are dated in the future: unigo-29990101T030000Z.zip",
            "If `date` is wrong, set the clock right",
            "If it is right, delete them: the bot never does.",
        ],
    )


async def test_the_running_bot_makes_one_by_itself(start_bot: StartBot, path: Path) -> None:
    async with start_bot(backups=BackupsPart()):

        async def is_made() -> bool:
            return len(backups_in(path.with_name("bot.db.backups"))) == 1

        await until(is_made)
