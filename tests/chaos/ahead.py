"""The clock that is moved, here and in the bot's process: see `tests.clocked_bot`."""

from __future__ import annotations

from pathlib import Path

from bot.runtime.clock import MovableClock
from tests.chat import until


async def move(folder: Path, clock: MovableClock, seconds: float, *, within_s: float) -> None:
    """Move the clock, here and in the bot's process; if that is just not alive, wait until it is.

    Without waiting, somebody might begin what is forgotten after a day, and the day would pass.
    """
    clock.advance(seconds)
    say_how_far_ahead(folder, clock)
    said, followed = (folder / "ahead").read_text(), folder / "followed"
    await until(lambda: followed.exists() and followed.read_text() == said, within_s=within_s)


def say_how_far_ahead(folder: Path, clock: MovableClock) -> None:
    (folder / "ahead.new").write_text(str(clock.offset_s))
    (folder / "ahead.new").rename(folder / "ahead")
