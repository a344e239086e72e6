"""Files of tables, opened again with another library than the one that wrote them."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from bot.members.tables import (
    CELL_AT_MOST,
    Cell,
    Column,
    CsvBook,
    Table,
    XlsxBook,
    as_typed,
    harmless,
    moment,
    sheet_names,
    storable,
)

MADE = datetime(2027, 3, 12, 8, 30, tzinfo=UTC)
HOSTILE = [
    "=1+1", "+41 22 000 00 00", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("x")', "http://example.org", "0041",
    "1e5", "true", "12/03/2027", "#N/A", "'quoted", "<b>&amp;</b>", "a\nb", "  spaces  ", "_x0041_", "_x000D_",
    "€£漢字", "\u202eright to left", "\u200bnothing", "👩🏽‍✈️", "C:\\x", "mailto:a@example.org", "internal:Sheet1!A1",
]  # fmt: skip


def write(folder: Path, rows: list[list[Cell]], *, language: str = "en") -> Path:
    table = Table("Sheet", tuple(Column(f"H{number}") for number in range(len(rows[0]))))
    with XlsxBook(folder / "t.xlsx", {"t": table}, language=language, made_at=MADE) as book:
        book.add("t", rows)
        book.close()
    return book.paths[0]


def read(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [[as_spreadsheets_show(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]


def as_spreadsheets_show(value: Any) -> Any:
    """openpyxl leaves it to us to undo what the format does to "_x0041_"."""
    return unescape(value) if isinstance(value, str) else value


def test_cells_have_the_type_of_what_they_hold(tmp_path: Path) -> None:
    path = write(tmp_path, [["text", 12, datetime(2027, 3, 12, 8, 30), None]])  # noqa: DTZ001
    sheet = load_workbook(path).active
    assert sheet is not None
    (row,) = sheet.iter_rows(min_row=2)
    assert [cell.data_type for cell in row] == ["s", "n", "d", "n"]
    assert [cell.value for cell in row] == ["text", 12, datetime(2027, 3, 12, 8, 30), None]  # noqa: DTZ001
    assert row[2].number_format == "yyyy-mm-dd hh:mm"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D2"
    assert sheet["A1"].font.b


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text(tmp_path: Path, text: str) -> None:
    sheet = load_workbook(write(tmp_path, [[text]])).active
    assert sheet is not None
    assert (sheet["A2"].data_type, sheet["A2"].hyperlink) == ("s", None)
    assert as_spreadsheets_show(sheet["A2"].value) == text


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(), min_size=1, max_size=5))
@example(HOSTILE)
@example(["\ud800", "\x00", "\ufffe", "\r\n", "\x1b[0m"])
def test_any_text_comes_back_from_xlsx_and_csv(texts: list[str]) -> None:
    wanted = [storable(text) or None for text in texts]
    with TemporaryDirectory() as folder:
        assert read(write(Path(folder), [[*texts, 1]])) == [[*wanted, 1]]
        table = Table("Sheet", tuple(Column("H") for _ in texts))
        with CsvBook(Path(folder), {"t": table}) as book:
            book.add("t", [texts])
            book.close()
        with book.paths[0].open(encoding="utf-8-sig", newline="") as file:
            heading, row = csv.reader(file)
    assert [as_typed(cell) or None for cell in row] == wanted
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert heading == ["H" for _ in texts]


@given(st.text())
def test_an_apostrophe_that_somebody_typed_stays(text: str) -> None:
    assert as_typed(harmless(storable(text))) == storable(text) or text.startswith("'")


def test_a_cell_that_is_too_long_is_cut(tmp_path: Path) -> None:
    ((value,),) = read(write(tmp_path, [["x" * 40_000]]))
    assert (len(value), value[-1]) == (CELL_AT_MOST, "…")


def test_arabic_sheets_begin_on_the_right(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, [["x"]], language="ar")).active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft


def test_a_file_that_was_not_finished_is_not_left(tmp_path: Path) -> None:
    class TroubleError(Exception):
        pass

    def fail() -> None:
        with XlsxBook(tmp_path / "t.xlsx", {"t": Table("S", (Column("H"),))}, language="en", made_at=MADE) as book:
            book.add("t", [["x"]])
            raise TroubleError

    def fail_too() -> None:
        with CsvBook(tmp_path, {"t": Table("S", (Column("H"),))}):
            raise TroubleError

    for failing in (fail, fail_too):
        with pytest.raises(TroubleError):
            failing()
    assert list(tmp_path.iterdir()) == []


def test_sheets_have_names_that_spreadsheets_take() -> None:
    assert sheet_names(["Centers", "centers", "a/b:[c]", "'x'", "", "y" * 40, "y" * 40]) == [
        "Centers",
        "centers 2",
        "a b  c",
        "x",
        "5",
        "y" * 31,
        "y" * 28 + " 7",
    ]


def test_times_are_cells_in_utc() -> None:
    assert moment(1_805_000_000_999_999) == datetime(2027, 3, 14, 4, 53, 20)  # noqa: DTZ001
    assert moment(None) is None
