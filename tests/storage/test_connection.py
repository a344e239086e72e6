"""The connection: one hop to its thread for each query."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from storage import inbox, people
from storage.connection import SharedConnection
from storage.database import Database, connect
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
    person = await people.meet(
        session, people.meeting(session.sql, 3, language="fr", guessed=True, reachable=True, now=9)
    )
    assert (person.id, person.language) == (3, "fr")
    assert counted.asked == ["fetch", "fetch"]  # whether they are known, and what they are from now on


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

    async def keep(tx: Transaction) -> None:
        await tx.run(tx.sql.about.put, name="kept", value="1")

    await asyncio.gather(database.write(keep), database.write(keep))
    assert counted.asked == ["change", "change", "finish"]


async def test_what_was_put_first_and_failed_leaves_nothing_behind(database: Database) -> None:
    conn = database.writer._conn
    conn.put_first("no statement")
    with pytest.raises(sqlite3.OperationalError):
        await conn.execute("CREATE TABLE never (id INTEGER)")
    assert await conn.execute_fetchall("SELECT name FROM sqlite_master WHERE name = 'never'") == []


class Counting(SharedConnection):
    """Counts its hops."""

    hops = 0

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        self.hops += 1
        return await super()._execute(fn, *args, **kwargs)


@pytest.fixture
async def shared(database: Database) -> AsyncIterator[Counting]:
    async with connect(database.path, read_only=True, kind=Counting) as conn:
        assert isinstance(conn, Counting)
        conn.hops = 0
        yield conn


async def test_what_many_ask_at_the_same_moment_is_one_hop_and_each_has_its_own_answer(shared: Counting) -> None:
    numbers = range(20)
    found = await asyncio.gather(*(shared.fetch("SELECT :n AS n", {"n": number}) for number in numbers))
    assert [rows[0]["n"] for rows in found] == list(numbers)
    assert shared.hops == 1
    assert [row["n"] for row in await shared.fetch("SELECT 7 AS n", {})] == [7]
    assert shared.hops == 2


async def test_a_failing_query_fails_whoever_asked_it_alone(shared: Counting) -> None:
    outcomes = await asyncio.gather(
        shared.fetch("SELECT 1", {}), shared.fetch("no query", {}), shared.fetch("SELECT 2", {}), return_exceptions=True
    )
    assert isinstance(outcomes[1], sqlite3.OperationalError)
    assert [tuple(rows[0]) for rows in (outcomes[0], outcomes[2]) if not isinstance(rows, BaseException)] == [
        (1,),
        (2,),
    ]


async def test_whoever_waits_no_more_harms_nobody(shared: Counting) -> None:
    gone = asyncio.create_task(shared.fetch("SELECT 1", {}))
    stays = asyncio.create_task(shared.fetch("SELECT 2", {}))
    await asyncio.sleep(0)
    gone.cancel()
    assert [tuple(row) for row in await stays] == [(2,)]
    assert gone.cancelled()


async def test_a_closed_connection_tells_everybody_who_asks(database: Database) -> None:
    async with connect(database.path, read_only=True, kind=SharedConnection) as conn:
        pass
    outcomes = await asyncio.gather(conn.fetch("SELECT 1", {}), conn.fetch("SELECT 2", {}), return_exceptions=True)
    assert [type(one) for one in outcomes] == [ValueError, ValueError]
