"""The clock: in UTC, and movable forward, waking whoever waits for a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.clock import Clock, MovableClock, StepDetector
from tests.chat import until


async def begun(clock: MovableClock) -> None:
    await until(lambda: clock._sleepers)


def test_time_is_aware_and_the_units_agree() -> None:
    clock = Clock()
    before = datetime.now(UTC)
    now, seconds, microseconds = clock.now(), clock.timestamp(), clock.now_us()
    assert now.tzinfo is UTC
    assert timedelta(0) <= now - before < timedelta(seconds=1)
    assert abs(seconds - now.timestamp()) < 1
    assert abs(microseconds / 1_000_000 - seconds) < 1


@pytest.mark.parametrize("clock", [Clock(), MovableClock()], ids=["clock", "movable"])
async def test_waiting_ends_with_the_event_or_the_time(clock: Clock) -> None:
    event = asyncio.Event()
    assert not await clock.wait(event, 0.01)
    assert not await clock.wait(event, -1)
    waiting = asyncio.ensure_future(clock.wait(event, 60))
    await asyncio.sleep(0)
    event.set()
    async with asyncio.timeout(1):
        assert await waiting
        assert await clock.wait(event, 60)


def test_a_clock_is_moved_forward_only() -> None:
    clock = MovableClock()
    before = clock.now()
    clock.advance(3600)
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, seconds=1)
    clock.set(before + timedelta(days=3))
    assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, seconds=1)
    assert clock.offset_s == pytest.approx(3 * 24 * 3600, abs=1)
    with pytest.raises(ValueError, match="only be moved forward"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="only be moved forward"):
        clock.set(before)


async def test_a_sleeper_wakes_when_its_time_has_come_and_not_before() -> None:
    clock = MovableClock()
    sleeping = asyncio.ensure_future(clock.sleep(3600))
    await begun(clock)
    clock.advance(3000)
    await asyncio.sleep(0.01)
    assert not sleeping.done()
    await begun(clock)
    clock.advance(700)
    async with asyncio.timeout(1):
        await sleeping


async def test_a_moved_clock_ends_a_wait_but_does_not_pretend_that_the_event_happened() -> None:
    clock, event = MovableClock(), asyncio.Event()
    waiting = asyncio.ensure_future(clock.wait(event, 3600))
    await begun(clock)
    clock.advance(1)
    async with asyncio.timeout(1):
        assert not await waiting
    assert not event.is_set()


async def test_a_cancelled_wait_leaves_nothing_behind() -> None:
    clock = MovableClock()
    waiting = asyncio.ensure_future(clock.wait(asyncio.Event(), 3600))
    await begun(clock)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not clock._sleepers


class SetBack(Clock):
    """The system's clock, as a time server sets it."""

    ahead_s = 3600.0

    def timestamp(self) -> float:
        return super().timestamp() + self.ahead_s


def test_that_a_clock_was_set_is_noticed_once() -> None:
    clock = SetBack()
    steps = StepDetector(clock, at_least_s=0.5)
    assert steps.since_last() == 0.0
    clock.ahead_s = 0.0
    assert steps.since_last() == pytest.approx(-3600.0, abs=0.5)
    assert steps.since_last() == 0.0
    clock.ahead_s = 60.0
    assert steps.since_last() == pytest.approx(60.0, abs=0.5)
