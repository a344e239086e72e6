"""A disk that has no room."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.database import Database


@asynccontextmanager
async def full_disk(database: Database) -> AsyncIterator[None]:
    """No page more for the database until the block is left, as when the disk has no room."""
    conn = database.writer._conn
    (pages,) = [row[0] for row in await conn.execute_fetchall("PRAGMA page_count")]
    await conn.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        await conn.execute("PRAGMA max_page_count = 1000000")
