"""A backup is put back, or refused when it is damaged; what that leaves to a human, and how it is undone."""

# ruff: noqa: ASYNC240 - small files on a local disk

from __future__ import annotations

import sqlite3
import stat
import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.announcements.content import Content
from bot.runtime.backup_file import BackupError, make_backup
from bot.runtime.clock import MovableClock
from bot.runtime.restoring import NUMBERS_LEFT_OUT, Queued, restore
from bot.runtime.spool import Spool, spool_folder
from storage import outbox
from storage.announcement_readings import Chase, set_chase
from storage.before_migrating import copy_of, forget_copies
from storage.database import connect, open_database
from storage.errors import StorageLockedError
from storage.lock import held
from storage.migrate import known_migrations, migrate
from storage.records import NewUpdate
from storage.records.announcements import AnnouncementState
from storage.records.durations import DAY_US
from tests.announcements import composed, found
from tests.backups import queued
from tests.desk import OWNER
from tests.inbox import take_in


async def test_what_a_restore_leaves_to_a_human(path: Path, target: Path, clock: MovableClock) -> None:
    async with open_database(path, now_us=1) as database:
        await queued(database, "Good morning", now=clock.now_us())
        await database.write(lambda tx: take_in(tx, [NewUpdate(1, 5, "{}")], 1))
        due = await composed(database, {"en": Content("Later")}, state=AnnouncementState.SCHEDULED, send_at=5)
        given = await composed(database, {"en": Content("Made before the backup")})
        await make_backup(path, target)
        await queued(database, "After the backup")
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


async def test_who_was_to_be_asked_again_meanwhile_is_asked_the_next_time(
    path: Path, target: Path, clock: MovableClock
) -> None:
    now = clock.now_us()
    async with open_database(path, now_us=1) as database:
        numbers = [
            await composed(database, {"en": Content("Read me")}, state=AnnouncementState.ENDED) for _when in range(2)
        ]
        for number, at in zip(numbers, (now - 5 * DAY_US - 1, now + DAY_US), strict=True):
            chase = Chase(at, 2, OWNER, only_centers=False)
            await database.write(partial(set_chase, announcement=number, chase=chase, was=None))
        await make_backup(path, target)
    await restore(target, path, clock, Queued.DROP)
    async with open_database(path, now_us=1) as database:
        first, second = [(await found(database, number)).chase_at for number in numbers]
    assert first == now - 5 * DAY_US - 1 + 6 * DAY_US
    assert second == now + DAY_US


async def test_a_restore_can_be_undone_with_the_files_that_waited(
    path: Path, target: Path, clock: MovableClock
) -> None:
    spool = Spool(spool_folder(path), clock)
    async with open_database(path, now_us=1) as database:
        await make_backup(path, target)
        upload = await spool.keep(b"a list", "list.txt")
        await queued(database, "Your list", upload=upload)
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
        await queued(database, "After the upgrade", upload=upload)
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
