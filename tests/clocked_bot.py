"""The bot as a process of its own, on a clock that a test moves: how far it is ahead, in seconds, stands in a file.

`python -m tests.clocked_bot`, in the folder of the file `ahead`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.app import running_bot
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.settings import load_settings

AHEAD = Path("ahead")


async def follow(clock: MovableClock) -> None:
    """Move the clock on whenever the file says so."""
    while True:
        move(clock)
        await asyncio.sleep(0.02)


def move(clock: MovableClock) -> None:
    clock.advance(max(0.0, float(AHEAD.read_text() or 0) - clock.offset_s))


async def main() -> None:
    clock = MovableClock()
    move(clock)
    async with asyncio.TaskGroup() as tasks, running_bot(load_settings(None), Parts(clock=clock)):
        tasks.create_task(follow(clock))
        print("Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
