"""What the modules of `storage` run their queries on: a reader, or a transaction that may also write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from sqlite3 import Row
from typing import Any, TypeAlias

import aiosql

from storage.connection import Connection
from storage.errors import StatementError, explained

ROWS_A_CALL = 1_000
Query = Any  # what aiosql makes of a query, of which its text is used; the modules of `storage` give its rows types


@dataclass(frozen=True, slots=True)
class Sql:
    """The queries of `storage/queries/`, one attribute a file."""

    about: Any
    agenda: Any
    announcement_readings: Any
    announcement_recipients: Any
    announcement_reports: Any
    announcement_wishes: Any
    announcements: Any
    asked_letters: Any
    audiences: Any
    audit: Any
    centers: Any
    changes: Any
    conferences: Any
    delegates: Any
    desk: Any
    drafts: Any
    erasing: Any
    floods: Any
    groups: Any
    handovers: Any
    imports: Any
    inbox: Any
    invitations: Any
    learned: Any
    marks: Any
    numbers: Any
    outbox: Any
    own_data: Any
    participations: Any
    people: Any
    pieces: Any
    questions: Any
    reminders: Any
    requests: Any
    roles: Any
    searches: Any
    secretariat: Any
    shown_records: Any


@cache  # it takes a while, and never changes
def load_sql() -> Sql:
    """Read every query file that the package carries."""
    with as_file(files("storage") / "queries") as folder:
        return Sql(
            **{
                name: aiosql.from_path(folder / f"{name}.sql", "aiosqlite", mandatory_parameters=False)
                for name in Sql.__dataclass_fields__
            }
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """What a piece of work looks for first: the writer may ask it for many pieces at once, before the first begins."""

    query: Query
    params: Mapping[str, object]


Opened: TypeAlias = tuple[Opening, list[Row]]


class Session:
    """Runs queries. As a reader it sees one committed state a query and blocks nobody."""

    def __init__(self, conn: Connection, sql: Sql) -> None:
        self._conn = conn
        self.sql = sql

    def _before(self, query: Query) -> None:
        """Called before each query."""

    async def all(self, query: Query, **params: object) -> list[Row]:
        """Every row of a query."""
        self._before(query)
        with explained():
            return await self._conn.fetch(query.sql, params)

    async def one(self, query: Query, **params: object) -> Row | None:
        """The first row, if there is one."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None

    async def value(self, query: Query, **params: object) -> Any:
        """The first column of the first row, or None."""
        row = await self.one(query, **params)
        return None if row is None else row[0]


class Transaction(Session):
    """A part of a transaction: all of it is committed, or none.

    It may share its commit with the work of others (see `storage.writer`), so nobody may take the end of their
    own work for the commit: what must not happen before the commit happens after `Writer.write` returned.
    """

    def __init__(self, conn: Connection, sql: Sql, *, alone: bool, opened: Opened | None = None) -> None:
        super().__init__(conn, sql)
        self._alone = alone
        self._opened = opened
        self._in_savepoint = False
        self.later: list[tuple[Query, Mapping[str, object]]] = []

    def _before(self, query: Query) -> None:
        # What only reads leaves nothing to be taken back.
        if not self._alone and not self._in_savepoint and not query.sql.startswith("SELECT"):
            self._conn.put_first("SAVEPOINT work")
            self._in_savepoint = True

    @property
    def has_changed_something(self) -> bool:
        """Whether what others read before the commit may be different now. Of what is alone, nobody asks."""
        return self._in_savepoint

    async def open(self, opening: Opening) -> Row | None:
        """The first row of the opening that `Writer.write` was given."""
        opened, self._opened = self._opened, None
        if opened is not None and opened[0] is opening:
            rows = opened[1]
        else:
            rows = await self.all(opening.query, **opening.params)
        return rows[0] if rows else None

    async def run(self, query: Query, **params: object) -> int:
        """Run a statement and return how many rows it touched."""
        self._before(query)
        with explained():
            return await self._conn.change(query.sql, params)

    async def run_many(self, query: Query, rows: Iterable[Mapping[str, object]]) -> int:
        """Run a statement for many rows in a few calls and return how many rows it touched in all.

        The rows are made as they are needed, so that making them never holds up the event loop for long.
        """
        self._before(query)
        touched = 0
        waiting = iter(rows)
        while call := list(islice(waiting, ROWS_A_CALL)):
            with explained():
                touched += await self._conn.change_many(query.sql, call)
        return touched

    def run_later(self, query: Query, **params: object) -> None:
        """Run a statement just before the commit, in one call with those of the same kind by others.

        For what nobody reads before the commit: it costs next to nothing.
        """
        self.later.append((query, params))

    async def undo(self) -> None:
        """Take back what was done. For the writer."""
        self.later.clear()
        if self._in_savepoint:
            self._conn.put_first("ROLLBACK TO work")
            await self._conn.execute("RELEASE work")


def numbered(rows: Sequence[Row], sort_names: Sequence[str]) -> list[int]:
    """The ids that new rows were given, in the order in which they were written.

    They are what is new since the same transaction looked last, and numbers only rise. Should another writer have
    come between them, the names do not agree, and the transaction is given up.
    """
    if [row["sort_name"] for row in rows] != list(sort_names):
        raise StatementError("Somebody else wrote at the same time.")
    return [row["id"] for row in rows]
