"""Wakes the bot for what is to be done from time to time. What is due stands in our own tables, never here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.stdlib.get_logger(__name__)

Job = Callable[[], Awaitable[None]]


class Scheduler:
    """APScheduler, with jobs that are told of when they fail and go on."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def every(self, seconds: float, name: str, job: Job) -> None:
        """Run `job` every so many seconds; a run that is still under way is not doubled."""

        async def run() -> None:
            try:
                await job()
            except Exception:
                log.exception("job_failed", job=name)

        self._scheduler.add_job(run, "interval", seconds=seconds, id=name, coalesce=True, max_instances=1)

    def start(self) -> None:
        """Begin. Must be called inside the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; what runs is not waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
