"""The inbox: each update once, in order of arrival, until it is done or set aside."""

from __future__ import annotations

from storage import inbox
from storage.database import Database
from storage.inbox import FAILURE_AT_MOST
from storage.records import Backlog, NewUpdate, SetAsideUpdate, WaitingUpdate
from storage.session import Transaction
from tests.inbox import take_in


async def keep(database: Database, *numbers: int, now: int = 1) -> int:
    updates = [NewUpdate(number, 100 + number, f'{{"update_id": {number}}}') for number in numbers]
    return await database.write(lambda tx: take_in(tx, updates, now))


async def waiting(database: Database, *, after: int = 0, at_most: int = 100) -> list[int]:
    return [row.update_id for row in await inbox.waiting(database.reader, after=after, at_most=at_most)]


async def seq_of(database: Database, update_id: int) -> int:
    rows = await inbox.waiting(database.reader, after=0, at_most=100)
    return next(row.seq for row in rows if row.update_id == update_id)


async def done(database: Database, update_id: int, now: int = 1) -> None:
    seq = await seq_of(database, update_id)

    async def work(tx: Transaction) -> None:
        inbox.done(tx, seq, now)

    await database.write(work)


async def set_aside(database: Database, update_id: int, failure: str = "why") -> None:
    seq = await seq_of(database, update_id)
    await database.write(lambda tx: inbox.set_aside(tx, seq, failure, 5))


async def test_updates_wait_in_order_of_arrival_and_known_ones_are_ignored(database: Database) -> None:
    assert await keep(database, 30, 10, 20) == 3
    assert await keep(database, 10, 40, 10) == 1
    assert await waiting(database) == [30, 10, 20, 40]
    first = (await inbox.waiting(database.reader, after=0, at_most=1))[0]
    assert first == WaitingUpdate(first.seq, 30, 130, '{"update_id": 30}', 0, 1)
    assert await waiting(database, after=first.seq, at_most=2) == [10, 20]


async def test_a_handled_update_waits_no_more_and_is_still_known(database: Database) -> None:
    await keep(database, 1, 2)
    await done(database, 1)
    assert await waiting(database) == [2]
    assert await keep(database, 1) == 0
    rows = await database.reader._conn.execute_fetchall("SELECT payload FROM inbox WHERE update_id = 1")
    assert [row[0] for row in rows] == [""]  # what people wrote is not kept


async def test_failures_are_counted_and_kept_short(database: Database) -> None:
    await keep(database, 1)
    seq = await seq_of(database, 1)
    await database.write(lambda tx: inbox.failed(tx, seq, "no"))
    assert (await inbox.waiting(database.reader, after=0, at_most=1))[0].tries == 1
    await set_aside(database, 1, "x" * 10_000)
    assert await inbox.list_set_aside(database.reader) == [
        SetAsideUpdate(1, 101, '{"update_id": 1}', 2, "x" * FAILURE_AT_MOST, 1)
    ]


async def test_a_failure_whose_text_is_no_utf_8_is_kept(database: Database) -> None:
    await keep(database, 1, 2)
    seq = await seq_of(database, 1)
    await database.write(lambda tx: inbox.failed(tx, seq, "half a pair: \ud83d"))
    await set_aside(database, 2, "half a pair: \ud83d")
    assert [row.failure for row in await inbox.list_set_aside(database.reader)] == ["half a pair: ?"]


async def test_what_was_set_aside_can_be_tried_again_at_the_end_of_the_queue(database: Database) -> None:
    await keep(database, 1, 2, 3)
    last_seq = await seq_of(database, 3)
    await set_aside(database, 1)
    assert await waiting(database) == [2, 3]
    assert await database.write(lambda tx: inbox.retry(tx, 1))
    assert await waiting(database) == [2, 3, 1]
    assert await waiting(database, after=last_seq) == [1]
    assert (await inbox.waiting(database.reader, after=last_seq, at_most=1))[0].tries == 0
    assert not await database.write(lambda tx: inbox.retry(tx, 1))
    assert not await database.write(lambda tx: inbox.retry(tx, 99))


async def test_the_last_update_of_all_can_be_tried_again_too(database: Database) -> None:
    await keep(database, 1)
    seq = await seq_of(database, 1)
    await set_aside(database, 1)
    assert await database.write(lambda tx: inbox.retry(tx, 1))
    assert await waiting(database, after=seq) == [1]


async def test_the_backlog(database: Database) -> None:
    assert await inbox.backlog(database.reader) == Backlog(waiting=0, set_aside=0, oldest_at=None)
    await keep(database, 1, now=10)
    await keep(database, 2, 3, now=20)
    await set_aside(database, 1)
    assert await inbox.backlog(database.reader) == Backlog(waiting=2, set_aside=1, oldest_at=20)


async def test_only_old_handled_updates_are_forgotten_a_few_at_a_time(database: Database) -> None:
    await keep(database, 1, 2, 3, 4, 5, 6)
    for number in (1, 2, 3):
        await done(database, number, now=10)
    await done(database, 4, now=20)
    await set_aside(database, 5)
    assert await database.write(lambda tx: inbox.forget_done(tx, before=20, at_most=2)) == 2
    assert await database.write(lambda tx: inbox.forget_done(tx, before=20, at_most=2)) == 1
    assert await database.write(lambda tx: inbox.forget_done(tx, before=20, at_most=2)) == 0
    assert await keep(database, 4, 5, 6) == 0


async def test_a_place_in_the_queue_is_never_given_twice(database: Database) -> None:
    await keep(database, 1, 2)
    last_seq = await seq_of(database, 2)
    await done(database, 1, now=10)
    await done(database, 2, now=10)
    await database.write(lambda tx: inbox.forget_done(tx, before=1000, at_most=100))
    await keep(database, 3)
    assert await waiting(database, after=last_seq) == [3]  # the running bot looks behind the last that it saw
