"""The format of a date_time entity: which parts of the moment a reader's app shows."""

from __future__ import annotations

_RELATIVE = frozenset({"r", "R"})
_KNOWN = frozenset("tTdDwW")


def format_from_markup(text: str) -> str | None:
    """Bring a format given in markup into its canonical order; None if a letter in it is unknown.

    Where both the short and the long form of a part are asked for, the short one is meant.
    """
    if text in _RELATIVE:
        return "r"
    if not _KNOWN.issuperset(text):
        return None
    weekday = "w" if "w" in text or "W" in text else ""
    return weekday + _first_of("dD", text) + _first_of("tT", text)


def format_from_entity(text: str) -> str | None:
    """Bring a format given in an explicit entity into its canonical order; None if a letter is unknown.

    Unlike in markup, the last of the short and the long form wins.
    """
    if text in _RELATIVE:
        return "r"
    if not _KNOWN.issuperset(text):
        return None
    weekday = "w" if "w" in text or "W" in text else ""
    return weekday + _last_of("dD", text) + _last_of("tT", text)


def _first_of(choices: str, text: str) -> str:
    return next((choice for choice in choices if choice in text), "")


def _last_of(choices: str, text: str) -> str:
    return next((letter for letter in reversed(text) if letter in choices), "")
