"""English words without their endings, so that "trained", "trains" and "training" meet."""

from __future__ import annotations

import re

_VOWEL = re.compile("[aeiouy]")
_SHORTEST_STEM = 3
_ENDINGS = (
    ("ization", "izat"),
    ("ational", "at"),
    ("ation", "at"),
    ("ition", "it"),
    ("sion", "s"),
    ("tion", "t"),
    ("ment", ""),
    ("ness", ""),
    ("ingly", ""),
    ("ing", ""),
    ("edly", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ally", "al"),
    ("ly", ""),
)
"""Endings and what is left in their place, tried in this order. "Organization" and "to organize" stay apart."""


def stem(word: str) -> str:
    """The stem of a lower-case word. It need not be a word itself; what is not English stays as it is."""
    if len(word) <= _SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word
    word = _without_plural(word)
    for ending, kept in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) + len(kept) >= _SHORTEST_STEM and _VOWEL.search(root):
            word = root + kept
            break
    if len(word) > _SHORTEST_STEM + 1 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST_STEM + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
