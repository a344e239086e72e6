"""Integers as Telegram reads them from text: fixed width, decimal."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(-?)([0-9]*)")
_CANONICAL = re.compile(r"0|-?[1-9][0-9]*")


def exact_integer(text: str, bits: int) -> int | None:
    """Read a signed integer of that width; None unless the text is exactly how it would be printed."""
    if not _CANONICAL.fullmatch(text) or len(text) > bits:
        return None
    value = int(text)
    return value if -(1 << (bits - 1)) <= value < 1 << (bits - 1) else None


def leading_int32(text: str) -> int:
    """Read the digits that the text begins with; what is too large wraps around, no digits are 0."""
    match = _DIGITS.match(text)
    sign, digits = match.groups() if match else ("", "")
    value = 0
    for digit in digits:
        value = (value * 10 + int(digit)) & 0xFFFFFFFF
    if sign:
        value = -value & 0xFFFFFFFF
    return value - (1 << 32) if value >= 1 << 31 else value
