"""The bot as a process of its own, on a clock that a test moves: how far it is ahead, in seconds, stands in a file.

`python -m tests.clocked_bot`, in the folder of the file `ahead`. Once it has followed, the same stands in `followed`.
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

AHEAD, FOLLOWED = Path("ahead"), Path("followed")


class Follower:
    """Moves the clock on whenever the file says so."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._followed = ""

    def look(self) -> None:
        """Move it now, if the file says something new."""
        if (said := AHEAD.read_text()) != self._followed:
            self._clock.advance(max(0.0, float(said) - self._clock.offset_s))
            FOLLOWED.write_text(said)
            self._followed = said

    async def keep_looking(self) -> None:
        while True:
            await asyncio.sleep(0.02)
            self.look()


async def main() -> None:
    clock, settings = MovableClock(), load_settings(None)
    configure_logs(level=settings.logs.level, style=settings.logs.style, secrets=settings.secrets)
    follower = Follower(clock)
    follower.look()
    # Also while it starts: it handles what has come before that is over.
    following = asyncio.create_task(follower.keep_looking())
    async with stoppable() as until_stopped, running_bot(settings, Parts(clock=clock)):
        print("Ctrl-C stops it.", flush=True)
        await until_stopped()
        following.cancel()


if __name__ == "__main__":
    uvloop.run(main())
