"""A connection of aiosqlite's that makes few hops to its thread: they are what a small update costs most."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
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
