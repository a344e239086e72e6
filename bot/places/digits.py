"""Digits as people type them elsewhere: ٠١٢, ۰۱۲, ०१२, ０１２."""

from __future__ import annotations

import unicodedata


def western_digits(text: str) -> str:
    """The text with every decimal digit of any script as 0 to 9; everything else stays as it is.

    Length and places are kept. Superscripts, fractions and Chinese numerals are no decimal digits.
    """
    if text.isascii():
        return text
    return "".join(_western(character) for character in text)


def _western(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
