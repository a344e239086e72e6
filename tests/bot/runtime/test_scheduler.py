"""The scheduler: a job that fails is told of and comes again, and one that takes long is not doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.runtime.scheduler import Scheduler
from tests.chat import until


@pytest.fixture
async def scheduler() -> AsyncIterator[Scheduler]:
    made = Scheduler()
    yield made
    made.stop()


async def test_a_failing_job_is_told_of_and_comes_again(scheduler: Scheduler) -> None:
    runs: list[int] = []

    async def job() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise LookupError

    with structlog.testing.capture_logs() as logged:
        scheduler.every(0.02, "shaky", job)
        scheduler.start()
        await until(lambda: len(runs) >= 3)
    assert [(event["event"], event["job"]) for event in logged] == [("job_failed", "shaky")]


async def test_a_run_that_is_under_way_is_not_doubled_and_holds_up_no_other(scheduler: Scheduler) -> None:
    begun: list[str] = []
    may_end = asyncio.Event()

    async def slow() -> None:
        begun.append("slow")
        await may_end.wait()

    async def quick() -> None:
        begun.append("quick")

    scheduler.every(0.02, "slow", slow)
    scheduler.every(0.02, "quick", quick)
    scheduler.start()
    await until(lambda: begun.count("quick") >= 5)
    assert begun.count("slow") == 1
    may_end.set()
    await until(lambda: begun.count("slow") >= 2)


async def test_what_is_stopped_runs_no_more(scheduler: Scheduler) -> None:
    scheduler.stop()  # also before it began
    runs: list[str] = []

    async def job() -> None:
        runs.append("job")

    async def other_job() -> None:
        runs.append("other job")

    scheduler.every(0.02, "job", job)
    scheduler.start()
    await until(lambda: runs)
    scheduler.stop()
    await asyncio.sleep(0)
    before = runs.count("job")
    other = Scheduler()
    other.every(0.02, "other job", other_job)
    other.start()
    await until(lambda: runs.count("other job") >= 5)
    other.stop()
    assert runs.count("job") == before
