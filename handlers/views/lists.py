"""Lists in pages."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from handlers.views.message import Button

PAGE = 8
"""Entries of a page, each with a button: about a phone's screen."""


def page_within(page: int, count: int) -> int:
    """The page, or the nearest one that there is; the first is 0."""
    return min(max(page, 0), _pages(count) - 1)


def turning(_: Translator, data: str, page: int, count: int) -> list[tuple[Button, ...]]:
    """A row with the buttons that lead to the pages beside this one, `data:<page>`; nothing if there are none."""
    row = []
    if page > 0:
        row.append(Button(_.plain("Previous"), f"{data}:{page - 1}"))
    if page + 1 < _pages(count):
        row.append(Button(_.plain("Next"), f"{data}:{page + 1}"))
    return [tuple(row)] if row else []


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))
