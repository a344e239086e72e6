"""Jobs run from time to time, and at once when the clock was moved."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.runtime.clock import MovableClock
from bot.runtime.scheduler import Scheduler
from tests.chat import WAIT_S, until


async def test_moving_the_clock_runs_every_job_and_a_failing_one_stops_nothing() -> None:
    clock, scheduler, runs = MovableClock(), Scheduler(), []

    async def job() -> None:
        runs.append("job")

    async def failing() -> None:
        runs.append("failing")
        raise RuntimeError("A job that fails, so that a test can see what happens then.")

    def each_ran(times: int) -> bool:
        return sorted(runs) == ["failing"] * times + ["job"] * times

    scheduler.every(3600, "job", job)
    scheduler.every(3600, "failing", failing)
    scheduler.start()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(scheduler.follow(clock))
        await asyncio.sleep(0)
        assert runs == []
        for times in (1, 2):
            clock.advance(60)
            await until(partial(each_ran, times))
        scheduler.stop()


async def test_a_job_that_runs_at_the_end_is_cut_short_without_an_error(caplog: pytest.LogCaptureFixture) -> None:
    scheduler, began, ended = Scheduler(), asyncio.Event(), asyncio.Event()

    async def job() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scheduler.every(0.001, "job", job)
    scheduler.start()
    async with asyncio.timeout(WAIT_S):
        await began.wait()
        scheduler.stop()
        await ended.wait()
    await asyncio.sleep(0)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
