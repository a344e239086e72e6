"""aiosql's adapter for aiosqlite, with one hop to the connection's thread for each query.

aiosql's own adapter takes three (execute, fetch, close), and hops are what a small update costs most.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiosqlite


class OneHopAdapter:
    """Runs each query in one call of aiosqlite. See aiosql's `AsyncDriverAdapterProtocol`."""

    is_aio_driver = True

    def process_sql(self, _query_name: str, _op_type: Any, sql: str) -> str:
        return sql

    async def select(
        self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Any, _record_class: Any = None
    ) -> AsyncIterator[sqlite3.Row]:
        for row in await conn.execute_fetchall(sql, parameters):
            yield row

    async def select_one(
        self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Any, _record_class: Any = None
    ) -> sqlite3.Row | None:
        for row in await conn.execute_fetchall(sql, parameters):
            return row
        return None

    async def select_value(self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Any) -> Any:
        for row in await conn.execute_fetchall(sql, parameters):
            return row[0]
        return None

    async def insert_returning(self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Any) -> Any:
        return await self.select_one(conn, _name, sql, parameters)

    async def insert_update_delete(self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Any) -> int:
        return (await conn.execute(sql, parameters)).rowcount

    async def insert_update_delete_many(
        self, conn: aiosqlite.Connection, _name: str, sql: str, parameters: Sequence[Any]
    ) -> int:
        return (await conn.executemany(sql, parameters)).rowcount

    async def execute_script(self, conn: aiosqlite.Connection, sql: str) -> str:
        await conn.executescript(sql)
        return "DONE"
