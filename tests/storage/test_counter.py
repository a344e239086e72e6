"""What reads everybody holds up nothing that a reply waits for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage import people
from storage.database import open_database
from storage.errors import StorageError

NEVER_ENDS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def test_a_long_count_holds_up_no_reader_and_no_writer(tmp_path: Path) -> None:
    async with open_database(tmp_path / "unigo.db", now_us=0) as database:
        counting = asyncio.create_task(database.counter.one(SimpleNamespace(sql=NEVER_ENDS)))
        try:
            assert await people.find(database.reader, 1) is None
            assert await database.write(lambda tx: people.find(tx, 1)) is None
            assert not counting.done()
        finally:
            while not counting.done():  # it may not have begun when it is interrupted first
                await database.counter._conn.interrupt()
                await asyncio.wait([counting], timeout=0.05)
        with pytest.raises(StorageError):
            await counting
