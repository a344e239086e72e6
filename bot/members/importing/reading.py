"""A file that somebody sent, as sheets with headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.members.importing.delimited import read_delimited
from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.raw import RawSheet, Row
from bot.members.importing.xlsx import OLE, ZIP, read_ole, read_xlsx

HEADINGS_WITHIN = 30
"""Rows at the top among which the headings are looked for: titles and notes may stand above them."""
_FEWEST_COLUMNS = 2


class KnowsHeadings(Protocol):
    """Whatever can tell headings from other cells."""

    def recognised(self, cells: Sequence[str], /) -> tuple[int, int]:
        """How many of these cells are headings, and of how many different things."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column; `group` is what stands above several, in a cell that was merged."""

    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with headings. `rows` are those below them; a row may be shorter than the headings, never longer."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]


def read_content(content: bytes, headings: KnowsHeadings) -> tuple[Sheet, ...]:
    """The tables of a file, which is taken for what its content is.

    Blocks for seconds: for a thread. Raises UnreadableError.
    """
    raw = [sheet for sheet in _raw(content) if sheet.rows]
    if not raw:
        raise UnreadableError(FileFault.EMPTY)
    wide = [sheet for sheet in raw if sheet.width >= _FEWEST_COLUMNS]
    if not wide:
        raise UnreadableError(FileFault.ONE_COLUMN)
    sheets = tuple(sheet for one in wide if (sheet := with_headings(one, headings)) is not None)
    if not sheets:
        raise UnreadableError(FileFault.NO_HEADINGS)
    return sheets


def with_headings(raw: RawSheet, headings: KnowsHeadings) -> Sheet | None:
    """The sheet from its headings on: the row near the top in which most of them are recognised. None without any."""
    candidates = raw.rows[:HEADINGS_WITHIN]
    recognised = [headings.recognised(row.cells) for row in candidates]
    most = max(recognised)
    if not most[0]:
        return None
    place = recognised.index(most)
    above = candidates[place - 1].cells if place else ()
    row = candidates[place].cells
    width = max(len(row), max((len(below.cells) for below in raw.rows[place + 1 :]), default=0))
    return Sheet(raw.name, _headings(row, above, width), raw.rows[place + 1 :])


def _raw(content: bytes) -> list[RawSheet]:
    if not content.strip():
        raise UnreadableError(FileFault.EMPTY)
    if content.startswith(OLE):
        raise read_ole(content)
    if content.startswith(ZIP):
        return read_xlsx(content)
    return read_delimited(content)


def _headings(row: tuple[str, ...], above: tuple[str, ...], width: int) -> tuple[Heading, ...]:
    """Headings with what stands above them: in a merged cell only the first has the text.

    A heading over two rows that are merged stands in the upper one.
    """
    found: list[Heading] = []
    group = ""
    is_group_row = sum(map(bool, above)) > 1  # a single cell is a title
    for column in range(width):
        own = row[column] if column < len(row) else ""
        over = above[column] if column < len(above) and is_group_row else ""
        group = over or group
        found.append(Heading(own, group) if own else Heading(over))
    return tuple(found)
