"""Jobs run from time to time, and at once when the clock was moved."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
import structlog

from bot.runtime.clock import MovableClock
from bot.runtime.scheduler import Scheduler
from storage.errors import StatementError, StorageFullError
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


async def test_a_fault_of_the_disk_is_told_in_a_sentence_and_any_other_with_where_it_came_from() -> None:
    failures = {
        "full": StorageFullError("The disk is full. Free some space; the bot goes on by itself."),
        "network": ConnectionResetError("Connection reset"),
        "ours": StatementError("no such table: inbox"),
        "another": RuntimeError("what somebody wrote"),
    }
    scheduler, ran = Scheduler(), set[str]()

    async def fail(name: str) -> None:
        ran.add(name)
        raise failures[name]

    for name in failures:
        scheduler.every(3600, name, partial(fail, name), at_once=True)
    with structlog.testing.capture_logs() as logged:
        scheduler.start()
        await until(lambda: len(ran) == len(failures) == len(logged))
        scheduler.stop()
    told = {event["job"]: event.get("reason") or event["exception"].splitlines()[-1] for event in logged}
    assert told == {
        "full": "The disk is full. Free some space; the bot goes on by itself.",
        "network": "Connection reset",
        "ours": "StatementError: no such table: inbox",
        "another": "RuntimeError",
    }
