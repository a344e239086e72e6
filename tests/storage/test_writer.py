"""The one writer: what shares a commit, what fails alone, and what is promised when `write` returns."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import storage.writer
from storage import outbox, people
from storage.database import Database, connect, open_database
from storage.errors import StatementError, StorageError
from storage.records import Call, NewMessage
from storage.session import Opening, Session, Transaction, load_sql
from storage.watch import WorkTimeoutError
from storage.writer import COMPANY


def put(name: str, value: str = "x") -> Callable[[Transaction], Awaitable[str]]:
    async def work(tx: Transaction) -> str:
        await tx.run(tx.sql.about.put, name=name, value=value)
        return name

    return work


def put_later(name: str, value: object = 1) -> Callable[[Transaction], Awaitable[str]]:
    async def work(tx: Transaction) -> str:
        tx.run_later(tx.sql.inbox.done, seq=1, ended_at=1)
        say_later(tx, name, value)
        return name

    return work


def say_later(tx: Transaction, method: str, chat_id: Any = 1) -> None:
    outbox.add(tx, NewMessage(chat_id, Call(method, {})), 1)


async def names(session: Session) -> list[str]:
    rows = await session._conn.execute_fetchall("SELECT name FROM about ORDER BY rowid")
    return [row[0] for row in rows]


async def methods(session: Session) -> list[str]:
    return [row[0] for row in await session._conn.execute_fetchall("SELECT method FROM outbox ORDER BY id")]


async def test_what_is_given_together_shares_commits_and_keeps_its_order(database: Database) -> None:
    wanted = [f"piece {number}" for number in range(50)]
    assert await asyncio.gather(*(database.write(put(name)) for name in wanted)) == wanted
    assert await names(database.reader) == wanted
    assert database.writer.groups_committed == 1


async def test_what_may_wait_finds_company_and_what_may_not_goes_before_it(database: Database) -> None:
    wanted = [f"piece {number}" for number in range(COMPANY + 1)]
    waiting = [asyncio.create_task(database.write(put(name), may_wait=True)) for name in wanted[:-2]]
    await asyncio.sleep(0)
    await database.write(put("hurry"))
    assert await names(database.reader) == ["hurry"]
    waiting += [asyncio.create_task(database.write(put(name), may_wait=True)) for name in wanted[-2:]]
    # The one that is too many for the first commit goes with no other.
    assert await asyncio.gather(*waiting) == wanted
    assert await names(database.reader) == ["hurry", *wanted]
    assert database.writer.groups_committed == 3


async def test_what_waits_for_company_is_written_at_the_end(tmp_path: Path) -> None:
    async with open_database(tmp_path / "unigo.db", now_us=1) as database:
        waiting = asyncio.create_task(database.write(put("last"), may_wait=True))
        await asyncio.sleep(0)
    assert await waiting == "last"
    async with open_database(tmp_path / "unigo.db", now_us=1) as database:
        assert await names(database.reader) == ["last"]


async def test_a_piece_that_fails_takes_back_only_its_own(database: Database) -> None:
    async def fails(tx: Transaction) -> None:
        await put("of the failing piece")(tx)
        say_later(tx, "sendMessage")
        raise LookupError("its own")

    async def breaks_a_rule(tx: Transaction) -> None:
        await put("of the rule breaker")(tx)
        await tx.run(tx.sql.about.put, name=None, value=None)

    outcomes = await asyncio.gather(
        *(database.write(work) for work in (put("before"), fails, put("between"), breaks_a_rule, put("after"))),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [str, LookupError, str, StatementError, str]
    assert await names(database.reader) == ["before", "between", "after"]
    assert await methods(database.reader) == []


@pytest.mark.parametrize("alone", [True, False])
async def test_a_failing_piece_leaves_nothing_also_when_it_is_alone(database: Database, *, alone: bool) -> None:
    async def fails(tx: Transaction) -> None:
        await put("lost")(tx)
        raise LookupError

    others = [] if alone else [database.write(put("kept"))]
    await asyncio.gather(*others, database.write(fails), return_exceptions=True)
    assert await names(database.reader) == ([] if alone else ["kept"])


@pytest.mark.parametrize("wrong", [None, 2**70, "\ud800"], ids=["against a rule", "too big a number", "not UTF-8"])
async def test_a_wrong_statement_for_later_fails_only_its_giver(database: Database, wrong: object) -> None:
    pieces = [put("a"), put_later("good"), put_later("bad", wrong), put_later("good too"), put("b")]
    outcomes = await asyncio.gather(*(database.write(work) for work in pieces), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [str, str, StatementError, str, str]
    assert await names(database.reader) == ["a", "b"]
    assert await methods(database.reader) == ["good", "good too"]
    assert await database.write(put("the writer goes on")) == "the writer goes on"


async def test_a_result_is_told_once_other_connections_see_it(database: Database) -> None:
    sql = load_sql()
    async with connect(database.path, read_only=True) as other:
        for number in range(20):
            await database.write(put("number", str(number)))
            assert await Session(other, sql).value(sql.about.get, name="number") == str(number)


async def test_readers_are_not_blocked_by_a_transaction_and_do_not_see_into_it(database: Database) -> None:
    has_written, may_end = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction) -> None:
        await put("unseen")(tx)
        has_written.set()
        await may_end.wait()

    writing = asyncio.ensure_future(database.write(slow))
    await has_written.wait()
    async with asyncio.timeout(1):
        assert await names(database.reader) == []
    may_end.set()
    await writing
    assert await names(database.reader) == ["unseen"]


async def test_a_piece_that_takes_too_long_is_taken_back_and_holds_up_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.writer, "WORK_TIMEOUT_S", 0.05)

    async def hangs(tx: Transaction) -> None:
        await put("of the hanging piece")(tx)
        await asyncio.Event().wait()

    outcomes = await asyncio.gather(
        *(database.write(work) for work in (put("a"), hangs, put("b"))), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [str, WorkTimeoutError, str]
    assert isinstance(outcomes[1], StorageError), "what comes in and what is recorded is tried again then"
    assert await names(database.reader) == ["a", "b"]


async def test_a_timeout_inside_a_piece_is_its_own_failure(database: Database) -> None:
    async def impatient(_tx: Transaction) -> None:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await database.write(impatient)


async def test_whoever_no_longer_waits_for_a_failing_piece_harms_nobody(database: Database) -> None:
    begun, may_fail = asyncio.Event(), asyncio.Event()

    async def fails(_tx: Transaction) -> None:
        begun.set()
        await may_fail.wait()
        raise LookupError

    waiting = asyncio.ensure_future(database.write(fails))
    await begun.wait()
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting
    beside = asyncio.ensure_future(database.write(put("beside")))
    may_fail.set()
    assert await beside == "beside"


async def test_a_piece_that_nobody_waits_for_before_it_begins_is_not_done(database: Database) -> None:
    waiting = asyncio.ensure_future(database.write(put("given up")))
    await asyncio.sleep(0)
    waiting.cancel()
    await database.write(put("wanted"))
    assert await names(database.reader) == ["wanted"]


@pytest.mark.parametrize("with_error", [False, True], ids=["left well", "left with an error"])
async def test_closing_finishes_what_was_given(tmp_path: Path, *, with_error: bool) -> None:
    path = tmp_path / "closing.db"
    waiting: list[asyncio.Future[str]] = []
    with contextlib.suppress(ExceptionGroup):
        async with open_database(path, now_us=1) as database:
            waiting += [asyncio.ensure_future(database.write(put(f"piece {number}"))) for number in range(5)]
            await asyncio.sleep(0)
            if with_error:
                raise LookupError
    async with asyncio.timeout(1):
        assert await asyncio.gather(*waiting) == [f"piece {number}" for number in range(5)]
    with pytest.raises(StorageError, match=r"^The database is closed\.$"):
        await database.write(put("too late"))
    async with connect(path, read_only=True) as conn:
        assert await names(Session(conn, load_sql())) == [f"piece {number}" for number in range(5)]


def has(name: str) -> Opening:
    """Asks for what is kept under a name."""
    return Opening(load_sql().about.get, {"name": name})


def tells(opening: Opening) -> Callable[[Transaction], Awaitable[Any]]:
    async def work(tx: Transaction) -> Any:
        row = await tx.open(opening)
        return row and row[0]

    return work


async def test_what_pieces_begin_with_is_asked_at_once_and_again_after_a_change(database: Database) -> None:
    await database.write(put("first", "old"))
    opening = has("first")
    asked: list[str] = []
    conn = database.writer._conn
    await conn.set_trace_callback(asked.append)
    told: list[Any] = await asyncio.gather(  # type: ignore[assignment]
        database.write(tells(opening), opening=opening),
        database.write(tells(opening), opening=opening),
        database.write(put("first", "new")),
        database.write(tells(opening), opening=opening),
        database.write(tells(has("second")), opening=has("second")),
    )
    await conn._execute(conn._conn.set_trace_callback, None)
    assert told == ["old", "old", "first", "new", None]
    statements = [one.split()[0] for one in asked]
    assert statements[:5] == ["BEGIN", "SELECT", "SELECT", "SELECT", "SELECT"], "in one go"
    assert statements[5:].count("SELECT") == 2, "those after the change ask again"


async def test_whoever_is_met_by_a_piece_that_fails_is_not_known(database: Database) -> None:
    meetings = [
        people.meeting(load_sql(), number, language="en", guessed=True, reachable=True, now=1) for number in (7, 8)
    ]

    async def fails(tx: Transaction) -> None:
        await people.meet(tx, meetings[0])
        raise LookupError

    outcomes = await asyncio.gather(
        database.write(fails, opening=meetings[0].opening),
        database.write(lambda tx: people.meet(tx, meetings[1]), opening=meetings[1].opening),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], LookupError)
    assert await people.find(database.reader, 8) == outcomes[1]
    assert await people.find(database.reader, 7) is None


async def test_a_wrong_opening_fails_its_giver_alone(database: Database) -> None:
    wrong = Opening(load_sql().people.meet, {"id": 7})
    outcomes: list[Any] = await asyncio.gather(  # type: ignore[assignment]
        database.write(tells(wrong), opening=wrong),
        database.write(tells(has("first")), opening=has("first")),
        database.write(put("kept")),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], StatementError)
    assert outcomes[1:] == [None, "kept"]
    assert await names(database.reader) == ["kept"]


async def test_pieces_do_not_interleave(database: Database) -> None:
    async def add_one(tx: Transaction) -> None:
        seen = await tx.value(tx.sql.about.get, name="count") or "0"
        await asyncio.sleep(0)
        await tx.run(tx.sql.about.put, name="count", value=str(int(seen) + 1))

    await asyncio.gather(*(database.write(add_one) for _ in range(30)))
    assert await database.reader.value(database.reader.sql.about.get, name="count") == "30"
