"""Content with a topic that makes whatever handler shows it fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Self

from bot.knowledge.library import Library

BREAKS = "Break, please"
"""The question that leads to it; its id is "broken"."""


class Unreadable(str):
    """A source that cannot be shown: to do so fails."""

    __slots__ = ("_fail",)
    _fail: Callable[[], None]

    def __new__(cls, fail: Callable[[], None]) -> Self:
        made = super().__new__(cls, "An example of a source")
        made._fail = fail
        return made

    def __html__(self) -> str:
        self._fail()
        raise RuntimeError("This topic cannot be read.")


def with_unreadable_topic(library: Library, fail: Callable[[], None] = lambda: None) -> Library:
    """The content with such a topic in English; `fail` may raise what it fails with."""
    english = library.shelves["en"]
    some = next(iter(english.topics.values()))
    broken = replace(some, id="broken", menu=None, questions=(BREAKS,) * 8, source=Unreadable(fail))
    return Library({**library.shelves, "en": replace(english, topics={**english.topics, "broken": broken})})
