"""The connection: one hop to its thread for each query."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from storage import inbox, people
from storage.database import Database
from storage.records import NewUpdate
from storage.session import Transaction, load_sql
from tests.counted import Counted


@pytest.fixture
def counted(database: Database) -> Counted:
    return Counted(database.writer._conn)


@pytest.fixture
def session(counted: Counted) -> Transaction:
    conn: Any = counted
    return Transaction(conn, load_sql(), alone=True)


UPDATE = NewUpdate(5, 1, "{}")

Ask = Callable[[Transaction], Any]


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        (lambda s: s.all(s.sql.inbox.waiting, after=0, at_most=10), []),
        (lambda s: s.one(s.sql.people.find, id=1), None),
        (lambda s: s.value(s.sql.about.get, name="none"), None),
        (lambda s: s.value(s.sql.questions.count), 0),
        (lambda s: s.run(s.sql.people.reachable, id=1), 0),
    ],
    ids=["rows", "a row", "a value that is not there", "a value", "a statement"],
)
async def test_a_query_is_one_call(session: Transaction, counted: Counted, ask: Ask, wanted: object) -> None:
    assert await ask(session) == wanted
    assert len(counted.asked) == 1


async def test_a_row_that_is_returned_is_one_call(session: Transaction, counted: Counted) -> None:
    person = await people.meet(session, 3, language="fr", guessed=True, reachable=True, now=9)
    assert (person.id, person.language) == (3, "fr")
    assert counted.asked == ["fetch"]


async def test_what_is_for_later_and_the_commit_are_one_call(database: Database) -> None:
    counted: Any = Counted(database.writer._conn)
    database.writer._conn = counted

    async def keep(tx: Transaction) -> None:
        inbox.add(tx, UPDATE, 1)
        inbox.done(tx, 7, 1)

    await database.write(keep)
    assert counted.asked == ["finish"]


async def test_what_begins_a_piece_of_work_goes_along_with_its_first_statement(database: Database) -> None:
    counted: Any = Counted(database.writer._conn)
    database.writer._conn = counted

    async def meet(tx: Transaction) -> None:
        await people.meet(tx, 3, language="fr", guessed=True, reachable=True, now=9)

    await asyncio.gather(database.write(meet), database.write(meet))
    assert counted.asked == ["fetch", "fetch", "finish"]


async def test_what_was_put_first_and_failed_leaves_nothing_behind(database: Database) -> None:
    conn = database.writer._conn
    conn.put_first("no statement")
    with pytest.raises(sqlite3.OperationalError):
        await conn.execute("CREATE TABLE never (id INTEGER)")
    assert await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE name = 'never'") == []
