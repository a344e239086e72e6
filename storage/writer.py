"""The one writer: work that is ready together shares one transaction, and so one sync to the disk.

Each piece of work runs in a savepoint of its own: one that fails takes back only its own changes. Pieces run one
after the other in the order in which they came, so a read followed by a write inside a piece is never interleaved
with another's.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.connection import Connection
from storage.errors import StatementError, StorageError, explained
from storage.session import Opened, Opening, Sql, Transaction
from storage.watch import Watch, WorkTimeoutError

T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[T]]

GROUP_AT_MOST = 200
COMPANY = 8
"""So many pieces that may wait are enough to go."""
COMPANY_WAITS_S = 0.02
WORK_TIMEOUT_S = 10.0


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    outcome: asyncio.Future[Any]
    opening: Opening | None
    opened: Opened | None = None
    result: Any = None


class Writer:
    """Runs work in transactions on the one connection that writes."""

    def __init__(self, conn: Connection, sql: Sql) -> None:
        self._conn = conn
        self._sql = sql
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._company: list[_Job] = []
        self._leaves: asyncio.TimerHandle | None = None
        self._closed = False
        self._watch = Watch()
        self.groups_committed = 0
        self.trouble: StorageError | None = None
        """Why the last group could not be committed; None once one was."""

    async def write(self, work: Work[T], *, opening: Opening | None = None, may_wait: bool = False) -> T:
        """Run `work` in a transaction and return its result once that is committed.

        `work` must only use the transaction it is given: no network, nothing slow. If it `may_wait`, it is given a
        moment to find company, so that many such pieces cost few commits and hold up nobody. `opening` is what it
        asks first, by `Transaction.open`, in any case.

        Raises:
            StorageError: nothing was kept, through no fault of `work`; it can be tried again.
            Exception: whatever `work` raised; nothing of it was kept.
        """
        if self._closed:
            raise StorageError("The database is closed.")
        job = _Job(work, asyncio.get_running_loop().create_future(), opening)
        if may_wait:
            self._wait_for_company(job)
        else:
            self._jobs.put_nowait(job)
        result: T = await job.outcome
        return result

    def _wait_for_company(self, job: _Job) -> None:
        self._company.append(job)
        if len(self._company) >= COMPANY:
            self._leave()
        elif self._leaves is None:
            self._leaves = asyncio.get_running_loop().call_later(COMPANY_WAITS_S, self._leave)

    def _leave(self) -> None:
        """What waited for company goes."""
        if self._leaves is not None:
            self._leaves.cancel()
            self._leaves = None
        for job in self._company:
            self._jobs.put_nowait(job)
        self._company.clear()

    def close(self) -> None:
        """Take no more work; what was given is still done."""
        if not self._closed:
            self._closed = True
            self._leave()
            self._jobs.put_nowait(None)

    async def run(self) -> None:
        """Do the work until `close` is called."""
        open_ = True
        while open_:
            group: list[_Job] = []
            job = await self._jobs.get()
            while job is not None:
                if not job.outcome.cancelled():
                    group.append(job)
                if self._jobs.empty() or len(group) >= GROUP_AT_MOST:
                    break
                job = self._jobs.get_nowait()
            else:
                open_ = False
            if group:
                await self._do(group)

    async def _do(self, group: list[_Job]) -> None:
        try:
            with explained(), self._watch.over_a_group(WORK_TIMEOUT_S):
                self._conn.put_first("BEGIN IMMEDIATE")
                later: dict[str, list[Mapping[str, object]]] = {}
                await self._open(group)
                done = [job for job in group if await self._try(job, later, group)]
                await (self._conn.finish(later) if done else self._conn.rollback())
        except StorageError as error:
            await self._lost(group, error)
        except BaseException:
            stopping = StorageError("The bot is stopping.")
            await self._roll_back(stopping)
            _fail(group, stopping)
            raise
        else:
            if done:
                self.groups_committed += 1
                self.trouble = None
            for job in done:
                if not job.outcome.done():
                    job.outcome.set_result(job.result)

    async def _lost(self, group: list[_Job], error: StorageError) -> None:
        await self._roll_back(error)
        if isinstance(error, StatementError) and len(group) > 1:
            # Somebody's statement for later was at fault: alone, each answers for its own.
            for job in group:
                await self._do([job])
            return
        if not isinstance(error, StatementError):
            self.trouble = error
        _fail(group, error)

    async def _open(self, group: list[_Job]) -> None:
        """Ask what the pieces begin with in one hop; what is alone asks for itself."""
        for job in group:
            job.opened = None
        opening = [(job, job.opening) for job in group if job.opening is not None]
        if len(opening) > 1:
            found = await self._conn.fetch_each([(one.query.sql, one.params) for _job, one in opening])
            for (job, one), rows in zip(opening, found, strict=True):
                job.opened = one, rows

    async def _try(self, job: _Job, later: dict[str, list[Mapping[str, object]]], group: list[_Job]) -> bool:
        """Run one piece; False if it failed by itself, and nothing of it is left.

        Raises the storage's errors that are nobody's fault: then the whole group is lost.
        """
        if job.outcome.done():
            return False
        tx = Transaction(self._conn, self._sql, alone=len(group) == 1, opened=job.opened)
        failure: Exception
        try:
            with self._watch:
                job.result = await job.work(tx)
        except WorkTimeoutError as error:
            failure = error
        except StorageError as error:
            if not isinstance(error, StatementError) or not self._conn.in_transaction:
                raise
            failure = error
        except Exception as error:  # noqa: BLE001 - the work's own failure goes to whoever gave it
            failure = error
        else:
            _succeeded(tx, later, group)
            return True
        await tx.undo()
        if not job.outcome.done():  # whoever gave it may have stopped waiting meanwhile
            job.outcome.set_exception(failure)
        return False

    async def _roll_back(self, error: StorageError) -> None:
        self._conn.drop_first()
        try:
            if self._conn.in_transaction:
                await self._conn.rollback()
        except sqlite3.Error as second:
            error.add_note(f"The rollback failed too: {second}")


def _succeeded(tx: Transaction, later: dict[str, list[Mapping[str, object]]], group: list[_Job]) -> None:
    for query, params in tx.later:
        later.setdefault(query.sql, []).append(params)
    if tx.has_changed_something:
        for job in group:
            job.opened = None  # they ask again: it may be different now


def _fail(group: list[_Job], error: StorageError) -> None:
    for job in group:
        if not job.outcome.done():
            job.outcome.set_exception(error)
