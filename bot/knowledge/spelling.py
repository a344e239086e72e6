"""Slips of the thumb: the well spelt word that one was meant for."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

REPAIRED_FROM_CHARACTERS = 5
TWO_SLIPS_FROM_CHARACTERS = 11


class Spelling:
    """Knows how words are spelt, in Latin letters; immutable once it is built."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(set(words)):
            if len(word) >= REPAIRED_FROM_CHARACTERS - 1 and word.isascii():
                self._by_initial.setdefault(word[0], []).append(word)

    def repaired(self, typed: str) -> str | None:
        """The well spelt word that ``typed`` is a slip of: one slip, or two in a long word."""
        if len(typed) < REPAIRED_FROM_CHARACTERS or not typed.isalpha():
            return None
        allowed = 1 if len(typed) < TWO_SLIPS_FROM_CHARACTERS else 2
        nearest = process.extractOne(
            typed, self._by_initial.get(typed[0], ()), scorer=OSA.distance, score_cutoff=allowed
        )
        return nearest[0] if nearest else None
