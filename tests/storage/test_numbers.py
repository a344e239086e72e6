"""Numbers of what stands in buttons are never given twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.announcements.content import Content
from storage import announcements, delegates, numbers, people, requests
from storage.database import Database, connect, open_database
from storage.migrate import known_migrations, migrate
from storage.records.members import DelegateDetails, DelegateState, RequestKind
from storage.session import Transaction
from tests.announcements import composed

BEFORE = known_migrations()[:19]
"""After the next one the database sees to it."""
OF_BEFORE = """
INSERT INTO delegates (id, state, given_name, family_name, sort_name, registered_at, changed_at)
VALUES (5, 'active', 'Delegate', 'A', 'a', 0, 0);
UPDATE numbers SET last = 40 WHERE what = 'requests';
"""


async def asked(tx: Transaction, person_id: int) -> tuple[int, int]:
    """Somebody wants to be a guest; the numbers of the record and of the request."""
    await people.meet(tx, people.meeting(tx.sql, person_id, language="en", guessed=True, reachable=True, now=0))
    record = await delegates.add(
        tx, DelegateDetails("Delegate", "A"), sort_name="a", person_id=person_id, center=None,
        state=DelegateState.PENDING, now=0,
    )  # fmt: skip
    return record, await requests.add(tx, RequestKind.GUEST, center=None, delegate=record, person_id=person_id, now=0)


async def test_a_request_has_a_number_of_its_own_although_the_last_was_erased(database: Database) -> None:
    record, first = await database.write(lambda tx: asked(tx, 7))
    await database.write(lambda tx: delegates.erase(tx, record))
    assert await requests.by_id(database.reader, first) is None
    _record, second = await database.write(lambda tx: asked(tx, 8))
    assert second != first


async def test_a_number_of_an_announcement_that_was_thrown_away_is_not_given_again(database: Database) -> None:
    """Buttons of the first are still in chats, and would send the second."""
    first = await composed(database, {"en": Content("The first.")})
    assert await database.write(lambda tx: announcements.delete_draft(tx, first))
    assert await composed(database, {"en": Content("The second.")}) > first


def test_no_table_gives_a_number_twice(new_database: Path) -> None:
    """But for the outbox, whose last row is not deleted."""
    with closing(sqlite3.connect(new_database)) as conn:
        keys = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '% id INTEGER PR%'")
        given_again = {name for name, sql in keys if " id INTEGER PRIMARY KEY AUTOINCREMENT" not in sql}
    assert given_again == {"outbox"}


async def test_a_number_of_an_erased_record_is_not_given_again(database: Database) -> None:
    record, _request = await database.write(lambda tx: asked(tx, 7))
    await database.write(lambda tx: delegates.erase(tx, record))
    assert (await database.write(lambda tx: asked(tx, 8)))[0] > record


async def test_numbers_of_every_table_are_left_out(database: Database) -> None:
    """Also of those into which nothing was ever put."""
    record, request = await database.write(lambda tx: asked(tx, 7))
    await database.write(lambda tx: numbers.skip(tx, 1000))
    assert await database.write(lambda tx: asked(tx, 8)) == (record + 1001, request + 1001)
    assert await composed(database, {"en": Content("The first.")}) == 1001


async def test_a_database_of_before_goes_on_behind_what_it_had_given(tmp_path: Path) -> None:
    path = tmp_path / "before.db"
    async with connect(path) as conn:
        await migrate(conn, 1, BEFORE)
        await conn.executescript(OF_BEFORE)
    async with open_database(path, now_us=1) as database:
        record, request = await database.write(lambda tx: asked(tx, 8))
    assert request == 41
    assert record > 5 + 100, "nobody knows which were given and erased before"
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("SELECT given_name FROM delegates WHERE id = 5").fetchone() == ("Delegate",)
