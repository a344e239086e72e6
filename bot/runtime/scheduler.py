"""Wakes the bot for what is to be done from time to time. What is due stands in our own tables, never here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.clock import Clock, StepDetector
from bot.runtime.trace import trace
from storage.errors import StatementError, StorageError

log = structlog.stdlib.get_logger(__name__)

Job = Callable[[], Awaitable[None]]

LOOK_AT_CLOCK_EVERY_S = 60.0
MOVED_S = 1.0
"""By how much a clock must have run ahead to have been moved."""


class _Executor(AsyncIOExecutor):  # type: ignore[misc]  # APScheduler has no types
    """Leaves what runs at the end to `Scheduler.stop`: by itself, it calls a run that had not begun yet an error."""

    def shutdown(self, wait: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - as APScheduler has it
        self._pending_futures.clear()


class Scheduler:
    """APScheduler, with jobs that are told of when they fail and go on."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC, executors={"default": _Executor()})
        self._stopped = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def every(self, seconds: float, name: str, job: Job, *, at_once: bool = False) -> None:
        """Run `job` every so many seconds, and `at_once` too; one run waits for the other, and at most one waits."""
        under_way = asyncio.Lock()

        async def run() -> None:
            task = asyncio.current_task()
            if self._stopped.is_set() or task is None:
                return
            self._running.add(task)
            try:
                async with under_way:
                    await job()
            except asyncio.CancelledError:
                log.info("job_cut_short", job=name)  # by `stop`; APScheduler would call it an error
            except Exception as error:  # noqa: BLE001 - it is told, and the next run may go well
                is_known = isinstance(error, StorageError | OSError) and not isinstance(error, StatementError)
                told = {"reason": str(error)} if is_known else {"exception": trace(error)}
                log.error("job_failed", job=name, **told)
            finally:
                self._running.discard(task)

        first = {"next_run_time": datetime.now(UTC)} if at_once else {}
        self._scheduler.add_job(
            run, "interval", seconds=seconds, id=name, coalesce=True, max_instances=2, misfire_grace_time=None, **first
        )

    def start(self) -> None:
        """Begin. Must be called inside the running event loop."""
        self._scheduler.start()

    async def follow(self, clock: Clock) -> None:
        """Run every job at once whenever the clock was moved, until `stop` is called: more may be due than it seems.

        One that is set back would otherwise have each job wait for the time that it was to run at.
        """
        steps = StepDetector(clock, at_least_s=MOVED_S)
        while not self._stopped.is_set():
            await clock.wait(self._stopped, LOOK_AT_CLOCK_EVERY_S)
            if steps.since_last() and self._scheduler.running:
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """End; what runs is not waited for."""
        self._stopped.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._running:
            task.cancel()
