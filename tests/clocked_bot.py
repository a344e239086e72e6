"""The bot as a process of its own, on a clock that a test moves: how far it is ahead, in seconds, stands in a file.

`python -m tests.clocked_bot`, in the folder of the file `ahead`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import uvloop

from bot.app import running_bot
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.logs import configure_logs
from bot.runtime.stopping import stoppable
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
    clock, settings = MovableClock(), load_settings(None)
    configure_logs(level=settings.logs.level, style=settings.logs.style, secrets=settings.secrets)
    move(clock)
    async with stoppable() as until_stopped, running_bot(settings, Parts(clock=clock)):
        following = asyncio.create_task(follow(clock))
        print("Ctrl-C stops it.", flush=True)
        await until_stopped()
        following.cancel()


if __name__ == "__main__":
    uvloop.run(main())
