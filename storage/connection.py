"""A connection of aiosqlite's that makes few hops to its thread: they are what a small update costs most."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite

ROWS_AT_ONCE = 64
"""aiosqlite's own number for cursors that are iterated over; no query of ours is."""


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, in autocommit mode, with statements that go along with others.

    aiosqlite itself has no way to run several in one hop, so `_execute`, which makes all of its calls, is overridden.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(partial(sqlite3.connect, path, isolation_level=None), ROWS_AT_ONCE)
        self._first: list[str] = []

    def put_first(self, sql: str) -> None:
        """Run a statement right before whatever is asked next, in the same hop; if it fails, that is not run."""
        self._first.append(sql)

    def drop_first(self) -> None:
        """What was put first and was not run yet never is."""
        self._first.clear()

    async def fetch(self, sql: str, params: Mapping[str, object]) -> list[sqlite3.Row]:
        """All rows of a query, in one hop."""
        rows: list[sqlite3.Row] = await self._execute(self._fetch, sql, params)
        return rows

    async def fetch_each(self, queries: Sequence[tuple[str, Mapping[str, object]]]) -> list[list[sqlite3.Row]]:
        """All rows of each query, in one hop. Raises what the first one raises that fails."""
        rows: list[list[sqlite3.Row]] = await self._execute(self._fetch_all, queries)
        return rows

    async def change(self, sql: str, params: Mapping[str, object]) -> int:
        """How many rows a statement touched, in one hop."""
        cursor: sqlite3.Cursor = await self._execute(self._conn.execute, sql, params)
        return cursor.rowcount

    async def change_many(self, sql: str, rows: Sequence[Mapping[str, object]]) -> int:
        """How many rows a statement touched that was run for each of `rows`, in one hop."""
        cursor: sqlite3.Cursor = await self._execute(self._conn.executemany, sql, rows)
        return cursor.rowcount

    async def finish(self, later: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """Run each statement for its rows, and commit: in one hop. Raises sqlite3.Error: nothing is committed."""
        await self._execute(self._run_and_commit, later)

    def _fetch(self, sql: str, params: Mapping[str, object]) -> list[sqlite3.Row]:
        return self._conn.execute(sql, params).fetchall()

    def _fetch_all(self, queries: Sequence[tuple[str, Mapping[str, object]]]) -> list[list[sqlite3.Row]]:
        return [self._fetch(sql, params) for sql, params in queries]

    def _run_and_commit(self, later: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        for sql, rows in later.items():
            self._conn.executemany(sql, rows)
        self._conn.commit()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._first:
            first, self._first = self._first, []
            fn = partial(self._run_after, tuple(first), fn)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _run_after(self, first: tuple[str, ...], fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        for sql in first:
            self._conn.execute(sql)
        return fn(*args, **kwargs)


@dataclass(slots=True)
class _Query:
    sql: str
    params: Mapping[str, object]
    rows: asyncio.Future[list[sqlite3.Row]]


class SharedConnection(Connection):
    """A connection that many ask at the same moment: their queries go in one hop, in the order in which they came."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._asked: list[_Query] = []
        self._asking: set[asyncio.Task[None]] = set()

    async def fetch(self, sql: str, params: Mapping[str, object]) -> list[sqlite3.Row]:
        query = _Query(sql, params, asyncio.get_running_loop().create_future())
        self._asked.append(query)
        if len(self._asked) == 1:
            task = asyncio.create_task(self._ask())  # which begins when all that is ready now has asked
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return await query.rows

    async def _ask(self) -> None:
        asked, self._asked = self._asked, []
        found: list[list[sqlite3.Row] | Exception]
        try:
            found = await self._execute(self._fetch_asked, asked)
        except Exception as error:  # noqa: BLE001 - it is closed, say; that goes to whoever asked
            found = [error] * len(asked)
        for query, rows in zip(asked, found, strict=True):
            if query.rows.done():  # whoever asked waits no more
                continue
            if isinstance(rows, Exception):
                query.rows.set_exception(rows)
            else:
                query.rows.set_result(rows)

    def _fetch_asked(self, asked: Sequence[_Query]) -> list[list[sqlite3.Row] | Exception]:
        found: list[list[sqlite3.Row] | Exception] = []
        for query in asked:
            try:
                found.append(self._fetch(query.sql, query.params))
            except Exception as error:  # noqa: BLE001 - one's own, and nobody else's
                found.append(error)
        return found
