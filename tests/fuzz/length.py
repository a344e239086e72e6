"""How long made-up input is tried: shortly and the same each time in the tests, for long and anew by `make fuzz`."""

from __future__ import annotations

import os

SEED = int(os.environ.get("SEED", "7"))
MINUTES = float(os.environ.get("MINUTES", "0"))
IS_FIXED = MINUTES == 0
"""Whether the same input is made up each time."""


def many(count: int) -> int:
    """As many examples as there is time for; `count` in the tests."""
    return count if IS_FIXED else int(count * max(1.0, 2 * MINUTES))
