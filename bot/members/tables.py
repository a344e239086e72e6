"""Tables as files: XLSX with typed cells, and CSV.

What people typed is text in both, whatever it looks like. A spreadsheet would take a cell of a CSV file that begins
with =, +, -, @ or a tab for a formula, and run it: such a cell gets a leading apostrophe there, telephone numbers
too. In XLSX the type of the cell says that it is text, so it stands as it is.
"""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self, TypeAlias

from storage.records.durations import SECOND_US


class FileForm(StrEnum):
    """What kind of file is wanted. CSV is a file a table."""

    XLSX = "xlsx"
    CSV = "csv"


Cell: TypeAlias = str | int | datetime | None
"""A moment is in UTC and has no zone: spreadsheets know none."""

CELL_AT_MOST = 32_767
"""Characters in a cell: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""
SHEET_NAME_AT_MOST = 31
_NOT_IN_XML = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LIKE_A_FORMULA = re.compile(r"[=+\-@\t＝＋－＠]")
_MOMENT = "yyyy-mm-dd hh:mm"
_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is in characters."""

    heading: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is to be written. `name` is the sheet's, for people."""

    name: str
    columns: tuple[Column, ...]


def moment(at_us: int | None) -> datetime | None:
    """A time of the database as a cell; to the second, as spreadsheets have no more."""
    return None if at_us is None else datetime.fromtimestamp(at_us // SECOND_US, UTC).replace(tzinfo=None)


class Book(ABC):
    """Writes tables piece by piece. Each call blocks for a while: it is no work for the event loop.

    `close` finishes the files. As a context it removes them again if that was not reached.
    """

    def __init__(self, tables: Mapping[str, Table], paths: tuple[Path, ...]) -> None:
        self.tables = tables
        self.paths = paths
        self.rows = dict.fromkeys(tables, 0)
        """How many are in each table so far, without the heading."""
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_closed:
            self._abandon()
            for path in self.paths:
                path.unlink(missing_ok=True)

    def add(self, table: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Write further rows of a table."""
        for row in rows:
            self.rows[table] += 1
            self._add(table, row)

    def close(self) -> None:
        """Finish the files."""
        self._finish()
        self._is_closed = True

    @abstractmethod
    def _add(self, table: str, row: Sequence[Cell]) -> None: ...

    @abstractmethod
    def _finish(self) -> None: ...

    @abstractmethod
    def _abandon(self) -> None:
        """Let go of what is open, whether or not the files are any good."""


class XlsxBook(Book):
    """One XLSX file with a sheet a table: headings that stay in sight, filters, a width for each column."""

    def __init__(self, path: Path, tables: Mapping[str, Table], *, language: str, made_at: datetime) -> None:
        super().__init__(tables, (path,))
        from xlsxwriter import Workbook  # noqa: PLC0415 - needed once in a while, and not quick to load

        # What is written goes to a file in the same folder as soon as its row is done.
        self._file = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._file.set_properties({"created": made_at})
        self._moment = self._file.add_format({"num_format": _MOMENT, "align": "left"})
        heading = self._file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._sheets = {}
        for (key, table), name in zip(tables.items(), sheet_names([one.name for one in tables.values()]), strict=True):
            sheet = self._file.add_worksheet(name)
            for number, column in enumerate(table.columns):
                sheet.set_column(number, number, column.width)
                sheet.write_string(0, number, storable(column.heading), heading)
            sheet.freeze_panes(1, 0)
            if language in _RIGHT_TO_LEFT:
                sheet.right_to_left()
            self._sheets[key] = sheet

    def _add(self, table: str, row: Sequence[Cell]) -> None:
        sheet, number = self._sheets[table], self.rows[table]
        for column, cell in enumerate(row):
            match cell:
                case str():
                    if text := storable(cell):
                        sheet.write_string(number, column, text)
                case datetime():
                    sheet.write_datetime(number, column, cell, self._moment)
                case int():
                    sheet.write_number(number, column, cell)

    def _finish(self) -> None:
        for key, sheet in self._sheets.items():
            sheet.autofilter(0, 0, self.rows[key], len(self.tables[key].columns) - 1)
        self._file.close()

    def _abandon(self) -> None:
        self._file.close()


class CsvBook(Book):
    """One CSV file a table, in UTF-8 with the mark by which spreadsheets know it, and commas."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        super().__init__(tables, tuple(folder / f"{name}.csv" for name in tables))
        with ExitStack() as opening:
            files = [opening.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for path in self.paths]
            self._opened = opening.pop_all()
        self._writers = {name: csv.writer(file) for name, file in zip(tables, files, strict=True)}
        for name, table in tables.items():
            self._writers[name].writerow([_as_text(column.heading) for column in table.columns])

    def _add(self, table: str, row: Sequence[Cell]) -> None:
        self._writers[table].writerow([_as_text(cell) for cell in row])

    def _finish(self) -> None:
        self._opened.close()

    def _abandon(self) -> None:
        self._opened.close()


def storable(text: str) -> str:
    """A text without what no spreadsheet takes: control characters, halves of surrogate pairs, what is too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _NOT_IN_XML.sub("", lines)
    return kept if len(kept) <= CELL_AT_MOST else f"{kept[: CELL_AT_MOST - 1]}…"


def harmless(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def as_typed(text: str) -> str:
    """The opposite of `harmless`, for what is read in."""
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text, 1) else text


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that sheets may have, all of them different."""
    names: list[str] = []
    for number, name in enumerate(wanted, start=1):
        allowed = _NOT_IN_SHEET_NAMES.sub(" ", storable(name)).strip().strip("'")[:SHEET_NAME_AT_MOST]
        is_free = allowed and allowed.casefold() not in {taken.casefold() for taken in names}
        names.append(allowed if is_free else f"{allowed[: SHEET_NAME_AT_MOST - 3]} {number}".strip())
    return names


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case int():
            return str(cell)
    return harmless(storable(cell))
