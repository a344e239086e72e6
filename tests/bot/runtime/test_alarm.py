"""The owners are told once when the bot is not well, again while it lasts, and once when it is over; never a storm."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.app import Running
from bot.runtime.alarm import Alarm, AlarmRules, alarm_file
from bot.runtime.backups import BackupRules, backup_watch, backups_in, daily_backup
from bot.runtime.clock import MovableClock
from bot.runtime.health import Health, Verdict
from bot.runtime.metrics import Metrics
from bot.settings import BackupsPart
from storage.database import Database
from tests.chat import People, Phone, until
from tests.conftest import TOKEN, StartBot
from tests.mail_server import MailBox, alarm_part, mail_server

RULES = AlarmRules(after_s=600, again_after_s=6 * 3600)
DEAF_S = 180


@pytest.fixture
async def box() -> AsyncIterator[MailBox]:
    async with mail_server() as running:
        yield running


class Watchman:
    """An alarm that is started, looks when it is told to, and is started again, on a clock that is moved."""

    def __init__(self, database: Database, clock: MovableClock, box: MailBox) -> None:
        self._database = database
        self._clock = clock
        self._box = box
        self.metrics = Metrics()
        self.start()

    def start(self) -> None:
        self.health = Health(self._database, self._clock, self.metrics, deaf_after_s=DEAF_S, mute_after_s=120)
        self.watch(self.health.look, "")

    def watch(self, judge: Callable[[], Awaitable[Verdict]], of: str) -> None:
        """Look at something else."""
        server = alarm_part(self._box).server()
        assert server is not None
        self.alarm = Alarm(
            judge, server, self._clock, self.metrics,
            rules=RULES, state=alarm_file(self._database.path, of=of), machine="the machine",
        )  # fmt: skip
        self.alarm.recall()

    async def pass_time(self, seconds: float, *, hears: bool = False) -> None:
        """Look every minute."""
        for _ in range(int(seconds // 60)):
            self._clock.advance(60)
            if hears:
                self.health.heard()
            await self.alarm.look()


@pytest.fixture
def watchman(database: Database, clock: MovableClock, box: MailBox) -> Watchman:
    return Watchman(database, clock, box)


async def test_one_mail_when_it_is_bad_reminders_while_it_lasts_and_one_when_it_is_over(
    watchman: Watchman, box: MailBox, database: Database
) -> None:
    await watchman.pass_time(DEAF_S + 480)
    assert box.mails == []
    await watchman.pass_time(240)
    assert box.subjects() == ["UNIGO bot: not well"]
    assert "The UNIGO bot on the machine has not been well since " in box.text()
    assert "No updates could be fetched for " in box.text()
    assert "Try first: See whether the machine can reach the internet" in box.text()
    await watchman.pass_time(5 * 3600)
    assert len(box.mails) == 1
    await watchman.pass_time(8 * 3600)
    assert box.subjects()[1:] == ["UNIGO bot: still not well"] * 2
    await watchman.pass_time(600, hears=True)
    assert len(box.mails) == 3
    await watchman.pass_time(3600, hears=True)
    assert box.subjects()[3:] == ["UNIGO bot: well again"]
    assert not alarm_file(database.path).exists()


async def test_a_short_trouble_is_not_told(watchman: Watchman, box: MailBox) -> None:
    for _ in range(5):
        await watchman.pass_time(DEAF_S + 300)
        await watchman.pass_time(900, hears=True)
    assert box.mails == []


async def test_a_trouble_that_comes_and_goes_is_one_trouble(watchman: Watchman, box: MailBox) -> None:
    for _ in range(10):
        await watchman.pass_time(DEAF_S + 300)
        await watchman.pass_time(120, hears=True)
    assert box.subjects() == ["UNIGO bot: not well"]


async def test_a_bot_that_is_started_again_and_again_tells_it_once(watchman: Watchman, box: MailBox) -> None:
    for _ in range(20):  # each time it is well for three minutes, as it has just begun to listen
        await watchman.pass_time(DEAF_S + 240)
        watchman.start()
    assert box.subjects() == ["UNIGO bot: not well"]


async def test_it_stops_although_an_answer_comes_while_it_is_cancelled(watchman: Watchman) -> None:
    asked, verdict = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def judge() -> Verdict:
        asked.set()
        return await asyncio.wait_for(verdict, 60)

    watchman.watch(judge, "")
    watching = asyncio.create_task(watchman.alarm.run())
    await asked.wait()
    verdict.set_result(Verdict({}))
    watching.cancel()
    await asyncio.wait([watching], timeout=5)
    assert watching.cancelled()


async def test_a_mail_that_does_not_go_out_is_tried_again_later_and_later(watchman: Watchman, box: MailBox) -> None:
    box.refusal = "451 try later"
    await watchman.pass_time(DEAF_S + 600 + 4 * 3600)
    assert 5 <= box.tries / 2 <= 10  # two recipients each time
    box.refusal = None
    await watchman.pass_time(3600)
    assert box.subjects() == ["UNIGO bot: not well"]


async def test_a_state_that_cannot_be_written_does_not_silence_the_alarm(
    watchman: Watchman, box: MailBox, database: Database
) -> None:
    alarm_file(database.path).with_name(f"{alarm_file(database.path).name}.new").mkdir()
    await watchman.pass_time(DEAF_S + 3600)
    assert box.subjects() == ["UNIGO bot: not well"]


@pytest.mark.parametrize("noted", ["", "nonsense", '{"since": "long ago"}', "[]", '{"since": 1e12}'])
async def test_a_state_that_makes_no_sense_is_as_none(
    watchman: Watchman, box: MailBox, database: Database, noted: str
) -> None:
    alarm_file(database.path).write_text(noted, encoding="utf-8")
    watchman.start()
    await watchman.pass_time(DEAF_S + 3600)
    assert box.subjects() == ["UNIGO bot: not well"]


async def test_a_database_that_fails_is_told(watchman: Watchman, box: MailBox, database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("DROP TABLE inbox")
    await watchman.pass_time(900, hears=True)
    assert box.subjects() == ["UNIGO bot: not well"]
    assert "See whether the disk is full" in box.text()


@pytest.fixture
def rules(tmp_path: Path) -> BackupRules:
    return BackupsPart(folder=tmp_path / "disk" / "backups").rules(tmp_path / "bot.db")


async def test_backups_that_fail_are_told_after_two_days_and_when_there_is_one_again(
    watchman: Watchman, box: MailBox, database: Database, clock: MovableClock, rules: BackupRules
) -> None:
    disk = rules.folder.parent
    disk.write_text("A file stands where the folder should be.", encoding="utf-8")
    job = daily_backup(database.path, rules, clock, watchman.metrics)
    watchman.watch(backup_watch(rules, clock), "backups")
    for _ in range(48):
        await job()
        await watchman.pass_time(3600)
    assert box.mails == []
    await watchman.pass_time(900)
    assert box.subjects() == ["UNIGO bot: not well"]
    assert "The daily backup cannot be made. There is none." in box.text()
    assert "`sudo unigo-bot check` says so" in box.text()
    disk.unlink()
    clock.advance(3600)
    await job()
    await watchman.pass_time(900)
    assert box.subjects()[1:] == ["UNIGO bot: well again"]
    last = max(backups_in(rules.folder))
    clock.advance(3 * 86_400)
    await watchman.pass_time(900)
    assert f"The last one is of {last:%d %B %Y, %H:%M} UTC." in box.text()


async def test_a_running_bot_that_can_make_no_backups_writes_to_its_owners(
    start_bot: StartBot, people: People, clock: MovableClock, box: MailBox, tmp_path: Path
) -> None:
    (tmp_path / "disk").write_text("A file stands where the folder should be.", encoding="utf-8")
    backups = BackupsPart(folder=tmp_path / "disk" / "backups")
    async with start_bot(alarm=alarm_part(box), backups=backups):
        phone = await people.person()
        await phone.ask("/help")
        clock.advance(2 * 86_400)
        await until(lambda: _has_told(clock, box, "The daily backup cannot be made. There is none."))


async def _has_told(clock: MovableClock, box: MailBox, sentence: str) -> bool:
    """Let a minute pass. The other alarm may come too: nobody writes, and the clock is ahead of the fetch."""
    clock.advance(60)
    return any(sentence in box.text(number) for number in range(len(box.mails)))


@asynccontextmanager
async def _unreachable(people: People, method: str) -> AsyncIterator[None]:
    fault = await people.fault("drop", method=method)
    yield
    await people.delete(f"/faults/{fault}")


async def test_a_running_bot_that_telegram_does_not_reach_writes_to_its_owners(
    start_bot: StartBot, people: People, clock: MovableClock, box: MailBox
) -> None:
    async with start_bot(alarm=alarm_part(box)) as running:
        phone = await people.person()
        await phone.ask("/help")
        async with _unreachable(people, "getUpdates"):
            await phone.write("What is the AGM?")  # ends the fetch that is under way
            await until(lambda: _moved(clock, box))
        await _until_well_again(running, phone, clock, box)
    assert _told_once(box) == ["UNIGO bot: not well", "UNIGO bot: well again"]
    assert TOKEN not in box.text(0) + box.text(-1)
    assert "AGM" not in box.text(0) + box.text(-1)


async def test_a_bot_that_cannot_reach_telegram_when_it_starts_writes_too(
    start_bot: StartBot, people: People, clock: MovableClock, box: MailBox
) -> None:
    starting = start_bot(alarm=alarm_part(box))
    async with _unreachable(people, "getMe"):
        task = asyncio.ensure_future(starting.__aenter__())
        await until(lambda: _moved(clock, box))
    clock.advance(60)
    running = await task
    await _until_well_again(running, await people.person(), clock, box)
    await starting.__aexit__(None, None, None)
    assert _told_once(box) == ["UNIGO bot: not well", "UNIGO bot: well again"]


async def _moved(clock: MovableClock, box: MailBox) -> bool:
    """Let a minute pass; True once there is a mail."""
    if not box.mails:
        clock.advance(60)
    return bool(box.mails)


async def _until_well_again(running: Running, phone: Phone, clock: MovableClock, box: MailBox) -> None:
    async def is_well() -> bool:
        return (await running.health.look()).is_well

    clock.advance(60)
    while box.subjects()[-1] != "UNIGO bot: well again":
        await phone.ask("/help")  # ends the fetch that is under way
        await until(is_well)
        clock.advance(60)


def _told_once(box: MailBox) -> list[str]:
    """Without the reminders: while a mail goes out on a busy machine, the clock moves on by hours."""
    return [subject for subject in box.subjects() if subject != "UNIGO bot: still not well"]
