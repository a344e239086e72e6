"""Lists in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.locales.catalogues import Translator
from handlers.views.message import Button

T = TypeVar("T")

PAGE = 8
"""Entries of a page, each with a button: about a phone's screen."""


def page_within(page: int, count: int, of_a_page: int = PAGE) -> int:
    """The page, or the nearest one that there is; the first is 0."""
    return min(max(page, 0), _pages(count, of_a_page) - 1)


def turning(_: Translator, data: str, page: int, count: int) -> list[tuple[Button, ...]]:
    """A row with the buttons that lead to the pages beside this one, `data:<page>`; nothing if there are none."""
    return turning_by(_, lambda to: f"{data}:{to}", page, count)


def turning_by(
    _: Translator, data: Callable[[int], str], page: int, count: int, of_a_page: int = PAGE
) -> list[tuple[Button, ...]]:
    """As `turning`, where the page stands elsewhere in the data."""
    row = []
    if page > 0:
        row.append(Button(_.plain("Previous"), data(page - 1)))
    if page + 1 < _pages(count, of_a_page):
        row.append(Button(_.plain("Next"), data(page + 1)))
    return [tuple(row)] if row else []


def of_page(entries: Sequence[T], page: int, of_a_page: int = PAGE) -> Sequence[T]:
    """The entries of a page, or of the nearest one that there is."""
    first = page_within(page, len(entries), of_a_page) * of_a_page
    return entries[first : first + of_a_page]


def _pages(count: int, of_a_page: int = PAGE) -> int:
    return max(1, -(-count // of_a_page))
