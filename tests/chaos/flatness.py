"""Whether the bot's memory and its open files stay as they are, over its life and over all its lives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.chaos.invariants import Violation
from tests.chaos.vitals import Sample, by_age, thirds, typical

AGES_S = (20.0, 60.0, 180.0, 600.0)
"""Only samples of like age are compared: whoever has just started has not filled its caches yet."""
ENOUGH = 30
OLD_S = 180.0
MEMORY_MAY_GROW = 1.15
"""From the first third to the last; plus so many MiB:"""
MEMORY_SLACK_MIB = 15.0
HANDLES_MAY_GROW = 1.25
HANDLES_SLACK = 10.0


def stays_flat(samples: Sequence[Sample]) -> list[Violation]:
    """Of processes of one age, early and late in the trial; and of each old process, when it was young and old."""
    found = []
    for younger, older in pairwise(AGES_S):
        found += _compared(f"processes from {younger:.0f} to {older:.0f} s of age", by_age(samples, younger, older))
    for pid in sorted({one.pid for one in samples}):
        life = [one for one in samples if one.pid == pid and one.age_s >= AGES_S[0]]
        if life and life[-1].age_s >= OLD_S:
            found += _compared(f"the process that lived for {life[-1].age_s:.0f} s", life)
    return found


def _compared(which: str, samples: Sequence[Sample]) -> list[Violation]:
    if len(samples) < ENOUGH:
        return []
    (before, opened), (after, open_now) = (typical(third) for third in thirds(samples))
    found = []
    if after > before * MEMORY_MAY_GROW + MEMORY_SLACK_MIB:
        found.append(Violation("memory is flat", f"{which}: from {before:.0f} to {after:.0f} MiB"))
    if open_now > opened * HANDLES_MAY_GROW + HANDLES_SLACK:
        found.append(Violation("file handles are flat", f"{which}: from {opened:.0f} to {open_now:.0f}"))
    return found
