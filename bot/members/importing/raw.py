"""A file as rows of texts, whatever it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.limits import (
    BLANK_ROWS_AT_MOST,
    CELL_AT_MOST,
    COLUMNS_AT_MOST,
    ROWS_ABOVE_AT_MOST,
    ROWS_AT_MOST,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The rows of a sheet; the name is empty where there are no sheets."""

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns have anything in them."""
        return max((len(row.cells) for row in self.rows), default=0)


def rows_of(lines: Iterable[Sequence[str]], *, rows_before: int = 0) -> Iterator[Row]:
    """The rows that are not blank. Raises UnreadableError where it is too much of anything."""
    kept = rows_before
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS_AT_MOST:
            raise UnreadableError(FileFault.TOO_MANY_COLUMNS)
        if any(len(cell) > CELL_AT_MOST for cell in cells):
            raise UnreadableError(FileFault.CELL_TOO_LONG)
        if cells:
            kept += 1
            yield Row(number, tuple(cells))
        if kept > ROWS_AT_MOST + ROWS_ABOVE_AT_MOST or number > ROWS_AT_MOST + BLANK_ROWS_AT_MOST:
            raise UnreadableError(FileFault.TOO_MANY_ROWS)
