"""Before the schema of a database in use changes, it is copied: that is the way back."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.before_migrating import copy_of, forget_copies
from storage.database import connect, open_database
from storage.errors import StorageError
from storage.migrate import known_migrations, migrate

FORMER = known_migrations()[:-1]
LAST = len(known_migrations())


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database of the former version, with something in it."""
    path = tmp_path / "bot.db"
    async with connect(path) as conn:
        await migrate(conn, 1, FORMER)
        await conn.execute("INSERT INTO about (name, value) VALUES ('bot_id', '7')")
    return path


def kept(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as conn:
        [version] = conn.execute("SELECT max(version) FROM schema_migrations").fetchone()
        [value] = conn.execute("SELECT value FROM about WHERE name = 'bot_id'").fetchone()
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return version, value


async def test_a_database_in_use_is_copied_before_it_changes(path: Path) -> None:
    async with open_database(path, now_us=2):
        pass
    assert kept(path) == (LAST, "7")
    assert kept(copy_of(path, LAST)) == (LAST - 1, "7")
    assert copy_of(path, LAST).stat().st_mode & 0o777 == 0o600
    async with connect(copy_of(path, LAST)) as conn:  # the former version takes it up
        assert await migrate(conn, 3, FORMER) == ()


async def test_neither_a_new_database_nor_one_that_does_not_change_is_copied(tmp_path: Path) -> None:
    for _ in range(2):
        async with open_database(tmp_path / "new.db", now_us=1):
            pass
    assert [file.name for file in tmp_path.glob("*before*")] == []  # noqa: ASYNC240


async def test_nothing_changes_where_no_copy_can_be_made(path: Path) -> None:
    copy_of(path, LAST).mkdir()
    with pytest.raises(StorageError, match="which is made before the database changes, cannot be written"):
        async with open_database(path, now_us=2):
            pass
    assert kept(path) == (LAST - 1, "7")


async def test_copies_are_deleted_after_their_time(path: Path) -> None:
    async with open_database(path, now_us=2):
        pass
    assert forget_copies(path, made_before=time.time() - 60) == 0
    assert forget_copies(path, made_before=time.time() + 60) == 1
    assert not copy_of(path, LAST).exists()
