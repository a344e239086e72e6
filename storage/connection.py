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

    async def finish(self, later: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """Run each statement for its rows, and commit: in one hop. Raises sqlite3.Error: nothing is committed."""
        await self._execute(self._run_and_commit, later)

    def _run_and_commit(self, later: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        for sql, rows in later.items():
            self._conn.executemany(sql, rows)
        self._conn.commit()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        first, self._first = self._first, []
        if first:
            fn = partial(self._run_after, tuple(first), fn)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _run_after(self, first: tuple[str, ...], fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        for sql in first:
            self._conn.execute(sql)
        return fn(*args, **kwargs)
