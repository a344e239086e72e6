"""A clock that runs faster than the world's, where a test waits for what the bot does every few seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.runtime.clock import MovableClock

STEP_S = 1.5
"""More than the clock may be apart from the machine's before every job looks again."""
EVERY_S = 0.1


@asynccontextmanager
async def hastening(clock: MovableClock) -> AsyncIterator[None]:
    """Inside, time passes some fifteen times as fast."""

    async def hasten() -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            clock.advance(STEP_S)

    running = asyncio.create_task(hasten())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
