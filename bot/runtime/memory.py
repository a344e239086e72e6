"""Keeps the garbage collector from what stays for good."""

from __future__ import annotations

import gc

YOUNG_AT_MOST = 10_000
"""So many new objects are looked through at a time: nearly all of them are gone by then."""


def settle() -> None:
    """What is there now stays: the collector does not look through it again.

    For a process that has started and runs one bot. What it has loaded by then (the knowledge, the words of all
    languages, the libraries) are 160,000 objects. To go through them held up everybody for 80 ms, again and again, and
    cost a third of all the time that a question takes.
    See https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_AT_MOST, *gc.get_threshold()[1:])
