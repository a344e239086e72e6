"""Pieces of names, as they are kept."""

from __future__ import annotations

from functools import partial

import pytest

from storage import pieces
from storage.database import Database
from storage.pieces import COUNTED_TO, LOOKED_FOR_AT_MOST, WEIGHED_AT_MOST, WHERE_ALL_ARE_COMMON
from storage.session import Transaction

MANY = 1_000_000


async def put(database: Database, subject_id: int, *letters: str, subject: pieces.Subject = "center") -> None:
    await database.write(partial(pieces.put, subject=subject, subject_id=subject_id, pieces=letters))


async def rarest(database: Database, *letters: str, rows_at_most: int = MANY) -> tuple[str, ...]:
    return await pieces.rarest(database.reader, "center", letters, rows_at_most=rows_at_most)


async def test_the_rarest_come_first_and_those_of_nothing_not_at_all(database: Database) -> None:
    await put(database, 1, "a", "b", "c")
    await put(database, 2, "a", "b")
    await put(database, 3, "a")
    await put(database, 4, "z", subject="delegate")
    assert await rarest(database, "a", "b", "x", "c", "z", "c") == ("c", "b", "a")
    assert await rarest(database) == ()


async def test_as_many_are_looked_for_as_have_so_few_rows(database: Database) -> None:
    await put(database, 1, "a", "b", "c")
    await put(database, 2, "a", "b")
    assert await rarest(database, "a", "b", "c", rows_at_most=3) == ("c", "a")
    letters = [f"{number:02}" for number in range(LOOKED_FOR_AT_MOST + 4)]
    await put(database, 1, *letters)
    assert await rarest(database, *letters) == tuple(letters[:LOOKED_FOR_AT_MOST])


async def test_pieces_are_set_anew_and_removed(database: Database) -> None:
    await put(database, 1, "a", "b")
    await put(database, 1, "b", "c")
    assert await rarest(database, "a", "b", "c") == ("b", "c")
    await database.write(lambda tx: pieces.remove(tx, "center", 1))
    assert await rarest(database, "a", "b", "c") == ()


async def test_what_is_in_very_many_names_is_looked_for_only_if_nothing_else_is_there(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(COUNTED_TO):
            for piece in "abcd":
                tx.run_later(tx.sql.pieces.add, piece=piece, subject="center", id=number)

    await database.write(work)
    assert await rarest(database, "a", "b", "c", "d") == tuple("abcd"[:WHERE_ALL_ARE_COMMON])
    await put(database, MANY, "e")
    assert await rarest(database, "a", "b", "c", "d", "e") == ("e",)


@pytest.mark.parametrize("number", [WEIGHED_AT_MOST, WEIGHED_AT_MOST + 1, 10 * WEIGHED_AT_MOST])
async def test_of_very_many_some_from_everywhere_are_weighed(database: Database, number: int) -> None:
    letters = [f"{one:04}" for one in range(number)]
    await put(database, 1, *letters)
    found = await rarest(database, *letters)
    assert len(found) == LOOKED_FOR_AT_MOST
    assert set(found) <= set(letters)


def test_what_is_looked_for_fills_every_parameter() -> None:
    params = pieces.looked_for("ab")
    assert len(params) == LOOKED_FOR_AT_MOST
    assert [value for value in params.values() if value] == ["a", "b"]
    assert len(pieces.looked_for("a" * 40)) == LOOKED_FOR_AT_MOST
