"""Backups: whole while a bot writes, refused when damaged, and rotated; what a restore leaves to a human."""

# ruff: noqa: ASYNC240 - small files on a local disk

from __future__ import annotations

import asyncio
import signal
import sqlite3
import stat
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import structlog

from bot.announcements import sending
from bot.announcements.content import Content
from bot.cli import main
from bot.doctor import examine
from bot.members.privacy import BACKUPS_DAYS
from bot.runtime.backup_file import BackupError, make_backup
from bot.runtime.backups import KEPT_AT_MOST, BackupRules, backup_watch, backups_in, daily_backup
from bot.runtime.clock import MovableClock
from bot.runtime.metrics import Metrics
from bot.runtime.restoring import NUMBERS_LEFT_OUT, Queued, restore
from bot.runtime.spool import Spool, spool_folder
from bot.sandbox.server import Sandbox
from bot.settings import BackupsPart
from storage import audit, outbox
from storage import people as known_people
from storage.audit import AuditFilter
from storage.before_migrating import copy_of, forget_copies
from storage.database import Database, connect, open_database
from storage.errors import StorageLockedError
from storage.lock import held
from storage.migrate import known_migrations, migrate
from storage.records import Call, MessageClass, NewMessage, NewUpdate, Upload
from storage.records.announcements import AnnouncementState, Outcome
from storage.session import Transaction
from tests.announcements import RIGHTS, composed, found
from tests.chat import People, until
from tests.conftest import StartBot, settings_for
from tests.desk import OWNER
from tests.inbox import take_in
from tests.processes import ROOT, bot_process
from tests.test_kill_announcement import by_outcome, copies, is_settled, killed_at, settled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


async def said(database: Database, text: str, *, now: int = 1, upload: Upload | None = None) -> None:
    call = Call("sendDocument" if upload else "sendMessage", {"text": text}, upload)
    message = NewMessage(chat_id=5, message_class=MessageClass.REPLY, content=call)

    async def work(tx: Transaction) -> None:
        outbox.add(tx, message, now)

    await database.write(work)


def command(*arguments: str) -> int:
    return main(arguments)


async def test_a_backup_holds_what_was_committed_and_the_files_that_wait(
    path: Path, target: Path, clock: MovableClock
) -> None:
    spool = Spool(spool_folder(path), clock)
    async with open_database(path, now_us=1) as database:
        await said(database, "Here it is", upload=await spool.keep(b"what waits", "list.txt"))
        await spool.keep(b"of nobody", "other.txt")
        made = await make_backup(path, target)
    assert (made.files, stat.S_IMODE(target.stat().st_mode)) == (1, 0o600)
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []
    with pytest.raises(BackupError, match="written over"):
        await make_backup(path, target)
    await restore(target, path, clock, Queued.SEND)
    [kept] = spool_folder(path).iterdir()
    assert kept.read_bytes() == b"what waits"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_a_backup_while_much_is_written_is_one_moment(path: Path, target: Path, clock: MovableClock) -> None:
    """Each transaction writes two rows; a copy that had one alone would be torn."""
    async with open_database(path, now_us=1) as database:

        async def two(tx: Transaction) -> None:
            for person in (1, 2):
                content = Call("sendMessage", {})
                outbox.add(tx, NewMessage(chat_id=person, message_class=MessageClass.REPLY, content=content), 1)

        async def write() -> int:
            written = 0
            while not target.exists():
                await database.write(two)
                written += 1
            return written

        for _ in range(100):
            await database.write(two)
        written, _made = await asyncio.gather(write(), make_backup(path, target))
        assert written > 1
        # Another program that comes and goes still finds this one's locks, and leaves the log where it is.
        look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM inbox'); c.close()"
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", look, str(path))
        assert await process.wait() == 0
        assert path.with_name("bot.db-wal").exists()
        await database.write(two)
    await restore(target, path, clock, Queued.SEND)
    with closing(sqlite3.connect(path)) as conn:
        rows = [number for (number,) in conn.execute("SELECT count(*) FROM outbox GROUP BY chat_id")]
    assert len(rows) == 2
    assert rows[0] == rows[1]


async def test_what_a_restore_leaves_to_a_human(path: Path, target: Path, clock: MovableClock) -> None:
    async with open_database(path, now_us=1) as database:
        await said(database, "Good morning", now=clock.now_us())
        await database.write(lambda tx: take_in(tx, [NewUpdate(1, 5, "{}")], 1))
        due = await composed(database, {"en": Content("Later")}, state=AnnouncementState.SCHEDULED, send_at=5)
        given = await composed(database, {"en": Content("Made before the backup")})
        await make_backup(path, target)
        await said(database, "After the backup")
    with pytest.raises(BackupError, match=r"1 messages wait to be sent, the oldest since .* --drop-queued"):
        await restore(target, path, clock, None)
    restored = await restore(target, path, clock, Queued.DROP)
    assert (restored.settled.messages, restored.settled.updates) == (1, 1)
    assert restored.settled.unscheduled == (due,)
    async with open_database(path, now_us=1) as database:
        assert await outbox.waiting(database.reader) == (0, None)
        assert (await found(database, due)).state == AnnouncementState.DRAFT
        assert await composed(database, {"en": Content("Made after it")}) > given + NUMBERS_LEFT_OUT
    assert restored.former is not None
    async with open_database(restored.former, now_us=1) as former:
        assert (await outbox.counts(former.reader))[0] == 2


async def test_a_restore_can_be_undone_with_the_files_that_waited(
    path: Path, target: Path, clock: MovableClock
) -> None:
    spool = Spool(spool_folder(path), clock)
    async with open_database(path, now_us=1) as database:
        await make_backup(path, target)
        upload = await spool.keep(b"a list", "list.txt")
        await said(database, "Your list", upload=upload)
    former = (await restore(target, path, clock, None)).former
    assert former is not None
    assert list(spool_folder(path).iterdir()) == []
    clock.advance(1)
    undone = await restore(former, path, clock, Queued.SEND)
    assert undone.settled.messages == 1
    assert (spool_folder(path) / upload.spooled).read_bytes() == b"a list"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert former.exists()


async def test_the_copy_from_before_an_upgrade_can_be_put_back(path: Path, target: Path, clock: MovableClock) -> None:
    spool = Spool(spool_folder(path), clock)
    former = known_migrations()[:-1]
    async with connect(path) as conn:
        await migrate(conn, 1, former)
    async with open_database(path, now_us=1) as database:
        upload = await spool.keep(b"waits", "list.txt")
        await said(database, "After the upgrade", upload=upload)
    copy = copy_of(path, len(former) + 1)
    before = copy.read_bytes()
    await restore(copy, path, clock, None)
    assert copy.read_bytes() == before
    assert (spool_folder(path) / upload.spooled).read_bytes() == b"waits"
    async with open_database(path, now_us=1) as database:
        assert await outbox.waiting(database.reader) == (0, None)


async def test_what_is_no_backup_is_refused(path: Path, target: Path, clock: MovableClock) -> None:
    async with open_database(path, now_us=1):
        pass
    with pytest.raises(BackupError, match="is the database itself"):
        await restore(path, path, clock, None)
    target.mkdir()
    with pytest.raises(BackupError, match=r"backup\.zip cannot be read \(Is a directory\)"):
        await restore(target, path, clock, None)
    target.rmdir()
    with pytest.raises(BackupError, match="There is no file"):
        await restore(target, path, clock, None)


async def test_the_former_database_and_its_files_are_deleted_after_their_time(
    path: Path, target: Path, clock: MovableClock
) -> None:
    async with open_database(path, now_us=1):
        await make_backup(path, target)
    await Spool(spool_folder(path), clock).prepare()
    former = (await restore(target, path, clock, Queued.SEND)).former
    assert former is not None
    assert spool_folder(former).is_dir()
    assert forget_copies(path, made_before=former.stat().st_mtime - 1) == 0
    assert former.exists()
    assert spool_folder(former).is_dir()
    assert forget_copies(path, made_before=former.stat().st_mtime + 1) == 1
    assert [file.name for file in path.parent.iterdir() if "before" in file.name] == []
    assert path.exists()
    assert spool_folder(path).is_dir()


async def test_a_restore_is_refused_while_a_bot_runs(path: Path, target: Path, clock: MovableClock) -> None:
    async with open_database(path, now_us=1):
        await make_backup(path, target)
    with held(path), pytest.raises(StorageLockedError, match="Stop that one first"):
        await restore(target, path, clock, None)


async def _spoilt(target: Path, path: Path, how: str) -> str:
    """Spoil a good backup in a way; what is said of it."""
    async with open_database(path, now_us=1):
        await make_backup(path, target)
    if how == "cut":
        target.write_bytes(target.read_bytes()[:-500])
        return "damaged, or not a backup"
    if how == "flipped":
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 0xFF
        target.write_bytes(content)
        return "damaged, or not a backup"
    if how == "another":
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("../unigo.db", b"")
        return "is not a backup of this bot"
    copy = target.with_name("copy.db")
    with zipfile.ZipFile(target) as archive:
        copy.write_bytes(archive.read("unigo.db"))
    if how == "newer":
        with closing(sqlite3.connect(copy)) as conn, conn:
            conn.execute("INSERT INTO schema_migrations VALUES (9999, 'of tomorrow', '-', 1)")
    else:
        content = bytearray(copy.read_bytes())
        content[8192:40_960] = b"\x00" * (40_960 - 8192)
        copy.write_bytes(content)
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(copy, "unigo.db")
    copy.unlink()
    return "newer version of the bot" if how == "newer" else "damaged"


@pytest.mark.parametrize("how", ["cut", "flipped", "another", "newer", "zeroed"])
async def test_a_backup_that_cannot_be_used_is_told_and_changes_nothing(
    how: str, path: Path, target: Path, clock: MovableClock
) -> None:
    sentence = await _spoilt(target, path, how)
    before = path.read_bytes(), sorted(file.name for file in path.parent.iterdir())
    with pytest.raises(BackupError, match=sentence):
        await restore(target, path, clock, Queued.SEND)
    after = sorted(file.name for file in path.parent.iterdir() if file.name != "bot.db.lock")
    assert (path.read_bytes(), after) == before


async def test_a_folder_that_cannot_be_used_is_told(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_database(path, now_us=1):
        pass
    (tmp_path / "a file").touch()
    with pytest.raises(BackupError, match=r"cannot be used for backups \(Not a directory\)"):
        await make_backup(path, tmp_path / "a file" / "backup.zip")
    with pytest.raises(BackupError, match=r"cannot be used for backups"):
        await make_backup(path, Path("/dev/full") / "backup.zip")
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(tmp_path / "none.db"))
    assert await asyncio.to_thread(command, "backup", str(tmp_path / "new.zip")) == 1
    assert capsys.readouterr().err == f"unigo-bot: There is no database at {tmp_path / 'none.db'}.\n"
    assert not (tmp_path / "none.db").exists()


async def test_a_running_bot_is_backed_up_by_the_command(
    start_bot: StartBot, path: Path, target: Path, people: People
) -> None:
    async with start_bot():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "backup", str(target),
            env={"PATH": "", "PYTHONPATH": str(ROOT), "UNIGO_DATABASE__PATH": str(path)}, cwd=path.parent,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, _ = await process.communicate()
        assert process.returncode == 0
        assert printed.decode().startswith(f"{target}: 0.")
        assert path.with_name("bot.db-wal").exists()
        await (await people.person("Delegate A")).start()  # which waits for the reply


async def test_the_export_is_the_secretariats_and_is_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(path))
    file = tmp_path / "participants.xlsx"
    async with open_database(path, now_us=1) as database:
        assert await asyncio.to_thread(command, "export", str(file)) == 0
        [line] = await audit.search(database.reader, AuditFilter(), at_most=5)
    assert (line.entry.act, line.entry.actor_id) == ("database.export", 0)
    assert openpyxl.load_workbook(file).sheetnames == ["Centers", "Delegates and guests", "About this file"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await asyncio.to_thread(command, "export", str(file)) == 1
    assert "is there already" in capsys.readouterr().err


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


async def test_a_restore_after_a_kill_in_the_middle_of_an_announcement(
    sandbox: Sandbox, people: People, path: Path, target: Path, clock: MovableClock
) -> None:
    """Whoever got it after the backup may get it once more, and nobody else; it waits for a human before."""
    async with open_database(path, now_us=1) as database:
        members = [(await people.person(f"Member {number}", started=True)).id for number in range(300)]

        async def meet(tx: Transaction) -> None:
            for number in members:
                await known_people.meet(
                    tx, known_people.meeting(tx.sql, number, language="en", guessed=False, reachable=True, now=1)
                )

        await database.write(meet)
        number = await composed(database, {"en": Content("On Friday")})
        assert await database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
        paced = {"UNIGO_DELIVERY__PER_SECOND": "100"}
        async with bot_process(sandbox.base_url, path.parent, **paced) as process:

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
        assert 50 <= recorded < 300
        assert await database.write(lambda tx: sending.resume(tx, RIGHTS, OWNER, number, clock.now_us()))
        async with bot_process(sandbox.base_url, path.parent) as process:
            await is_settled(database, number)
            assert await process.stop(signal.SIGTERM) == 0
    got = await copies(people)
    assert set(got) == set(members)
    assert max(Counter(got).values()) <= 2
    assert got.total() - len(members) == before - recorded
