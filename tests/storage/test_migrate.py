"""Migrations: each once, whole or not at all, and never on a database that is not this program's."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest

from bot.members import reasons, words
from bot.members.reasons import AwaitedReason
from bot.members.words import AwaitedWords, Purpose
from storage import plain_json, requests
from storage.database import connect, open_database, pending_migrations
from storage.errors import NotADatabaseError, SchemaChangedError, SchemaTooNewError, StatementError
from storage.migrate import Migration, known_migrations, migrate, pending
from storage.records.members import Awaited

FIRST = Migration(1, "the first", "CREATE TABLE one (id INTEGER PRIMARY KEY);")
SECOND = Migration(2, "the second", "CREATE TABLE two (id INTEGER PRIMARY KEY);\nINSERT INTO two VALUES (1);")
HALF_WRONG = Migration(2, "half wrong", "CREATE TABLE two (id INTEGER PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);")

MIGRATE_IN_A_PROCESS = """
import asyncio, sys
from pathlib import Path
from storage.database import connect
from storage.migrate import migrate
async def run():
    async with connect(Path(sys.argv[1])) as conn:
        print(len(await migrate(conn, 1)))
sys.stdin.readline()
asyncio.run(run())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
async def conn(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with connect(path) as opened:
        yield opened


def content_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


async def tables(conn: aiosqlite.Connection) -> set[str]:
    rows = await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row[0] for row in rows}


async def test_a_new_database_gets_every_migration_and_then_no_more(conn: aiosqlite.Connection) -> None:
    assert await migrate(conn, 1) == known_migrations()
    assert {"inbox", "outbox", "people", "groups", "open_questions", "about"} <= await tables(conn)
    assert await migrate(conn, 2) == ()
    rows = await conn.execute_fetchall("SELECT version, applied_at FROM schema_migrations")
    assert [tuple(row) for row in rows] == [(step.version, 1) for step in known_migrations()]


async def test_only_what_is_missing_is_applied(conn: aiosqlite.Connection) -> None:
    assert await migrate(conn, 1, (FIRST,)) == (FIRST,)
    assert await pending(conn, (FIRST, SECOND)) == (SECOND,)
    assert await migrate(conn, 2, (FIRST, SECOND)) == (SECOND,)
    assert await tables(conn) == {"schema_migrations", "one", "two"}


async def test_two_connections_that_start_together_apply_each_migration_once(path: Path) -> None:
    async def apply() -> tuple[Migration, ...]:
        async with connect(path) as conn:
            return await migrate(conn, 1)

    applied = await asyncio.gather(*(apply() for _ in range(4)))
    assert sorted(step.version for steps in applied for step in steps) == [s.version for s in known_migrations()]


async def test_two_processes_that_start_together_apply_each_migration_once(path: Path) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE_IN_A_PROCESS, str(path), stdin=-1, stdout=-1, stderr=-1
        )
        for _ in range(2)
    ]
    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert sum(int(told) for told, _ in outputs) == len(known_migrations())


async def test_a_newer_database_is_refused_with_a_sentence_and_left_alone(path: Path) -> None:
    async with open_database(path, now_us=1):
        pass
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO schema_migrations VALUES (9999, 'of the future', 'x', 1)")
    other.close()
    before = content_of(path)
    known = len(known_migrations())
    with pytest.raises(SchemaTooNewError) as raised:
        async with open_database(path, now_us=2):
            pass
    assert str(raised.value) == (
        f"The database is at version {known + 1}, but this program knows only {known}. "
        "It was used by a newer version of the bot: install that version again."
    )
    assert content_of(path) == before


async def test_a_changed_migration_is_refused_with_a_sentence(conn: aiosqlite.Connection) -> None:
    await migrate(conn, 1, (FIRST,))
    changed = Migration(1, "the first", FIRST.sql + " -- changed")
    with pytest.raises(SchemaChangedError, match=r"^Step 1 of the database \(the first\) is not the one"):
        await migrate(conn, 2, (changed, SECOND))
    assert await tables(conn) == {"schema_migrations", "one"}


async def test_a_failing_migration_leaves_nothing_of_itself(conn: aiosqlite.Connection) -> None:
    with pytest.raises(StatementError, match="nowhere"):
        await migrate(conn, 1, (FIRST, HALF_WRONG))
    assert not conn.in_transaction
    assert await tables(conn) == {"schema_migrations", "one"}
    assert await migrate(conn, 2, (FIRST, SECOND)) == (SECOND,)


async def test_looking_for_pending_migrations_makes_nothing(path: Path) -> None:
    assert await pending_migrations(path) == known_migrations()
    assert content_of(path) is None
    sqlite3.connect(path).close()  # makes an empty file
    assert await pending_migrations(path) == known_migrations()
    assert content_of(path) == b""


async def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    other.close()
    with pytest.raises(NotADatabaseError, match="another program"):
        async with open_database(path, now_us=1):
            pass
    async with connect(path, read_only=True) as conn:
        assert await tables(conn) == {"recipes"}


async def test_what_was_said_before_is_emptied_and_so_are_the_drafts_of_answers(conn: aiosqlite.Connection) -> None:
    steps = known_migrations()
    number = next(step.version for step in steps if step.name == "erased is erased")
    await migrate(conn, 1, steps[: number - 1])
    await conn.executescript(
        """
        INSERT INTO outbox (chat_id, message_class, method, params, state, queued_at, upload_filename) VALUES
            (1, 0, 'sendMessage', 'said', 'sent', 1, 'said.csv'), (1, 0, 'sendMessage', 'waits', 'queued', 1, NULL);
        INSERT INTO learned_answers (id, language, state, made_by, made_at) VALUES
            (1, 'en', 'published', 1, 1), (2, 'en', 'draft', 1, 1);
        INSERT INTO audit (at, actor_id, act, object, after) VALUES
            (1, 1, 'answer.draft', 'answer:2', 'words'), (1, 1, 'answer.change', 'answer:2', 'words'),
            (1, 1, 'answer.change', 'answer:1', 'published');
        """
    )
    await migrate(conn, 1, steps)
    rows = await conn.execute_fetchall("SELECT params, upload_filename FROM outbox ORDER BY id")
    assert [tuple(row) for row in rows] == [(None, None), ("waits", None)]
    rows = await conn.execute_fetchall("SELECT after FROM audit ORDER BY id")
    assert [row[0] for row in rows] == [None, None, "published"]


async def test_what_was_awaited_is_awaited_in_the_chat_where_it_was_asked(path: Path) -> None:
    group = -1_001_234_567_890
    decision = AwaitedReason(2, 7, 1, group, 20, ("name", "city"), prompt_id=5, also=(8,))
    written = AwaitedWords(3, Purpose.ANNOUNCEMENT, is_center=False, about=9, chat_id=3, since=30, state="en:")
    suspended = AwaitedWords(4, Purpose.SUSPEND, is_center=True, about=9, chat_id=group, since=40, state="Ünion")
    remark = plain_json.written({"message_id": 5, "words": 'As in "chat_id":-5, please.'})
    steps = known_migrations()
    number = next(step.version for step in steps if step.name == "awaited where it was asked")
    async with connect(path) as conn:
        await migrate(conn, 1, steps[: number - 1])
        for person, what, about, details in (
            (1, "center", 0, None),
            (2, reasons.DECISION, 7, plain_json.written(decision.as_args())),
            (3, written.purpose, 9, plain_json.written(written.as_args())),
            (4, suspended.purpose, 9, plain_json.written(suspended.as_args())),
            (5, reasons.REMARK, 7, remark),
            (6, "audit", 0, "packed"),
        ):
            await conn.execute("INSERT INTO people (id, language, first_seen_at) VALUES (?, 'fr', 1)", (person,))
            await conn.execute(
                "INSERT INTO answers_awaited VALUES (?, ?, ?, ?, ?)", (person, what, about, details, person * 10)
            )
    async with open_database(path, now_us=2) as database:
        reader = database.reader
        assert await requests.awaited(reader, 1, 1) == Awaited(1, 1, "center", 0, None, 10)
        assert await reasons.awaited(reader, 2, group, 50) == decision
        assert await words.awaited(reader, 3, 3, 50) == written
        assert await words.awaited(reader, 4, group, 50) == suspended
        assert await requests.awaited(reader, 5, 5) == Awaited(5, 5, reasons.REMARK, 7, remark, 50)
        assert await requests.awaited(reader, 6, 6) == Awaited(6, 6, "audit", 0, "packed", 60)
        rows = await reader._conn.execute_fetchall("SELECT count(*) FROM answers_awaited")
        assert [tuple(row) for row in rows] == [(6,)], "each is awaited in one chat"
