"""How a program of ours is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def stoppable() -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """What waits for Ctrl-C or SIGTERM. Before it is called, when all is still starting, they cancel the task."""
    stopped = asyncio.Event()
    task = asyncio.current_task()
    waits = False

    def stop() -> None:
        stopped.set()
        if task is not None and not waits:
            task.cancel()

    async def until_stopped() -> None:
        nonlocal waits
        waits = True
        await stopped.wait()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield until_stopped
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
