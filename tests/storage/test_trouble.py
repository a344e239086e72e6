"""A full disk, a locked file, a folder that cannot be written, a file that is no database: told, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage import about, inbox
from storage.database import Database, open_database
from storage.errors import (
    ForeignDatabaseError,
    NotADatabaseError,
    StorageFullError,
    StorageLockedError,
    StorageReadOnlyError,
)
from storage.records import NewUpdate
from storage.session import Transaction
from tests.disks import full_disk
from tests.inbox import take_in

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's rights, to which no folder is closed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder to which anybody can come: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


async def keep(database: Database, *numbers: int) -> int:
    async def work(tx: Transaction) -> int:
        return await take_in(tx, [NewUpdate(number, 1, "x" * 3000) for number in numbers], 1)

    return await database.write(work)


async def kept(database: Database) -> list[int]:
    return [row.update_id for row in await inbox.waiting(database.reader, after=0, at_most=10_000)]


async def test_a_full_disk_refuses_and_keeps_what_was_acknowledged(database: Database) -> None:
    acknowledged: list[int] = []

    async def until_refused() -> None:
        for number in range(10_000):
            await keep(database, number)
            acknowledged.append(number)

    async with full_disk(database):
        with pytest.raises(StorageFullError, match=r"^The disk is full\. Free some space"):
            await until_refused()
    assert await kept(database) == acknowledged
    await keep(database, 20_000, 20_001)
    assert await kept(database) == [*acknowledged, 20_000, 20_001]
    with closing(sqlite3.connect(database.path)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_full_disk_refuses_a_group_as_a_whole_or_keeps_it(database: Database) -> None:
    async with full_disk(database):
        outcomes = await asyncio.gather(
            *(keep(database, *range(number * 100, number * 100 + 20)) for number in range(20)), return_exceptions=True
        )
    assert {type(outcome) for outcome in outcomes} == {StorageFullError}
    assert await kept(database) == []
    assert await keep(database, 1) == 1


async def test_a_locked_database_is_told_and_goes_on_when_it_is_free(database: Database) -> None:
    await database.writer._conn.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageLockedError, match=r"^Another program holds the database\."):
            await keep(database, 1)
        async with asyncio.timeout(1):
            assert await kept(database) == []  # reading goes on
        other.execute("ROLLBACK")
    assert await keep(database, 1) == 1


async def test_a_short_lock_is_waited_out(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        keeping = asyncio.ensure_future(keep(database, 1))
        await asyncio.to_thread(other.execute, "ROLLBACK")
        assert await keeping == 1


async def test_a_folder_that_cannot_be_written_is_told(open_folder: Path) -> None:
    folder = open_folder / "closed"
    folder.mkdir(mode=0o555)
    with as_nobody(), pytest.raises(StorageReadOnlyError, match=r"bot's user must be able to write there\."):
        async with open_database(folder / "new.db", now_us=1):
            pass
    with as_nobody(), pytest.raises(StorageReadOnlyError, match=r"^The folder .*deeper cannot be made"):
        async with open_database(folder / "deeper" / "new.db", now_us=1):
            pass
    assert list(folder.iterdir()) == []


async def test_a_file_that_cannot_be_written_is_told(open_folder: Path) -> None:
    path = open_folder / "closed.db"
    async with open_database(path, now_us=1) as database:
        await keep(database, 1)
    path.chmod(0o444)
    with as_nobody(), pytest.raises(StorageReadOnlyError, match=r"^The database cannot be"):
        async with open_database(path, now_us=1):
            pass
    path.chmod(0o644)
    async with open_database(path, now_us=1) as database:
        assert await kept(database) == [1]


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    content = b"not a database at all, but a letter\n" * 100
    path.write_bytes(content)
    with pytest.raises(NotADatabaseError, match=r"^The file is not a database of this bot\. Check `database\.path`\."):
        async with open_database(path, now_us=1):
            pass
    assert path.read_bytes() == content


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageReadOnlyError, match=r"^The database cannot be opened\."):
        async with open_database(tmp_path, now_us=1):
            pass


async def test_a_failed_opening_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = threading.active_count()
    for _ in range(50):
        with pytest.raises(StorageReadOnlyError):
            async with open_database(tmp_path, now_us=1):
                pass
        # A thread that outlives its event loop complains on standard error, after the sentence.
        assert [thread.name for thread in threading.enumerate() if "worker_thread" in thread.name] == []
    assert threading.active_count() <= before + 8  # those of `asyncio.to_thread` stay


async def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageReadOnlyError, match=r"^The folder .*file cannot be made"):
        async with open_database(tmp_path / "file" / "new.db", now_us=1):
            pass


async def test_a_database_belongs_to_one_bot(database: Database) -> None:
    assert await about.owner(database.reader) is None
    await database.write(lambda tx: about.belong_to(tx, 7, "first_bot"))
    await database.write(lambda tx: about.belong_to(tx, 7, "renamed_bot"))
    with pytest.raises(ForeignDatabaseError) as raised:
        await database.write(lambda tx: about.belong_to(tx, 8, "second_bot"))
    assert str(raised.value) == (
        "This database belongs to @renamed_bot, but the token is @second_bot's. "
        "Set `database.path` to another file, or use the token of that bot."
    )
    assert await about.owner(database.reader) == (7, "renamed_bot")
