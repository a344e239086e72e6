"""The one source of time. Everything that asks "what time is it?" is handed a `Clock`."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Time as the system tells it. All times are aware and in UTC."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return time.time()

    def now_us(self) -> int:
        """Microseconds since 1970-01-01 UTC, the unit in which times are stored."""
        return int(self.timestamp() * 1_000_000)

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock."""
        await asyncio.sleep(max(0.0, seconds))

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until `event` is set, but for `seconds` on this clock at the most; True if it is set.

        The wait also ends when the clock is moved: whoever waits looks again at what they wait for.
        """
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await event.wait()
        except TimeoutError:
            pass
        return event.is_set()


class StepDetector:
    """Notices when a clock was set, as by a time server that steps it, rather than having run on.

    Args:
        at_least_s: what is less is drift.
    """

    def __init__(self, clock: Clock, *, at_least_s: float) -> None:
        self._clock = clock
        self._at_least_s = at_least_s
        self._apart_s = clock.timestamp() - time.monotonic()

    def since_last(self) -> float:
        """By how many seconds it was set since this was asked last; 0.0 if it was not."""
        apart_s = self._clock.timestamp() - time.monotonic()
        by_s = apart_s - self._apart_s
        self._apart_s = apart_s
        return by_s if abs(by_s) > self._at_least_s else 0.0


class MovableClock(Clock):
    """A clock that can be moved forward, so that what is due in a month can be seen today.

    It runs on by itself as the system's does; `advance` adds to it and wakes whoever sleeps on it.
    """

    def __init__(self) -> None:
        self._offset_s = 0.0
        self._sleepers: set[asyncio.Event] = set()

    @property
    def offset_s(self) -> float:
        """Seconds by which this clock is ahead of the system's."""
        return self._offset_s

    def timestamp(self) -> float:
        return time.time() + self._offset_s

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`.

        Raises:
            ValueError: `seconds` is negative: time does not run backwards.
        """
        if seconds < 0:
            raise ValueError("A clock can only be moved forward.")
        self._offset_s += seconds
        for sleeper in self._sleepers:
            sleeper.set()

    def set(self, moment: datetime) -> None:
        """Move forward to `moment` (aware). Raises ValueError if that is in the past."""
        self.advance((moment - self.now()) / timedelta(seconds=1))

    async def sleep(self, seconds: float) -> None:
        until = self.timestamp() + seconds
        while (left := until - self.timestamp()) > 0:
            await self.wait(asyncio.Event(), left)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        moved = asyncio.Event()  # not `event` itself, which may mean more to others than "look again"
        self._sleepers.add(moved)
        waits = [asyncio.ensure_future(either.wait()) for either in (event, moved)]
        try:
            await asyncio.wait(waits, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._sleepers.discard(moved)
            for wait in waits:
                wait.cancel()
        return event.is_set()
