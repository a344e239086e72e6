"""Names as they sound, whatever the script: the consonants that are left of "Kofi", "كوفي" and "科菲"."""

from __future__ import annotations

import re

_SOFT = re.compile("[aeiouywh]")
_AGAIN = re.compile(r"(.)\1+")
_LETTERS = str.maketrans(
    {"c": "k", "q": "k", "g": "k", "z": "s", "j": "s", "x": "s", "p": "b", "v": "f", "d": "t", "m": "n", "r": "l"}
)


def sounds(word: str) -> str:
    """What is left of a word in Latin letters when spellings of other languages and scripts fall together."""
    together = word.replace("ph", "f").replace("kh", "k").replace("ts", "s")
    return _AGAIN.sub(r"\1", _SOFT.sub("", together).translate(_LETTERS))
