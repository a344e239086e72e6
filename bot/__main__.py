"""`python -m bot` is `unigo-bot`."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def main() -> int:
    """Run the command that was typed."""
    if os.getpid() == 1:  # as in a container: a signal that is not handled is lost, and what is loaded takes seconds
        signal.signal(signal.SIGTERM, _end)
    from bot.cli import main as run  # noqa: PLC0415

    return run()


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
