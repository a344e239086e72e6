"""Work that goes on beside the requests: webhook deliveries, and updates that are withheld for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Background:
    """A task group that lives from `start` to `stop`, whichever tasks call the two."""

    def __init__(self) -> None:
        self._owner: asyncio.Task[None] | None = None
        self._group: asyncio.TaskGroup | None = None
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        started = asyncio.Event()
        # A task group must be left by the task that entered it, so one task owns it. `stop` awaits it.
        self._owner = asyncio.create_task(self._run(started), name="sandbox background")
        await started.wait()

    async def _run(self, started: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            self._group = group
            started.set()
            await self._stopping.wait()
            self._group = None
            for task in self._tasks:
                task.cancel()

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run `work` until it ends, is cancelled, or the sandbox stops.

        Raises:
            RuntimeError: the sandbox is not running.
        """
        if self._group is None:
            work.close()
            raise RuntimeError("The sandbox is not running.")
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Cancel what still runs. Raises what went wrong in it, if anything did."""
        self._stopping.set()
        if self._owner is not None:
            await self._owner
