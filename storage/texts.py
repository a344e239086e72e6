"""Texts as they can be kept."""

from __future__ import annotations


def storable(text: str) -> str:
    """A text that somebody wrote: half of a surrogate pair, which cannot be stored as UTF-8, becomes a "?"."""
    return text.encode(errors="replace").decode()
