"""Connections that count what they are asked."""

from __future__ import annotations

from typing import Any

import aiosqlite

CALLS = (
    "execute",
    "executemany",
    "executescript",
    "execute_fetchall",
    "cursor",
    "commit",
    "fetch",
    "change",
    "change_many",
    "finish",
)


class Counted:
    """A connection that counts what it is asked, and asks it of the real one.

    Attributes:
        asked: the calls, by their names.
        statements: what was to be run, of the calls that say so.
    """

    def __init__(self, conn: aiosqlite.Connection) -> None:
        self._conn = conn
        self.asked: list[str] = []
        self.statements: list[str] = []

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._conn, name)
        if name not in CALLS:
            return call
        self.asked.append(name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.statements += [args[0]] if args and isinstance(args[0], str) else [*args[0]] if args else []
            return call(*args, **kwargs)

        return counted
