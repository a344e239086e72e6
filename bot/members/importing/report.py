"""What reading a list in would do, row by row, as a spreadsheet beside which the list can be put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.members.importing.fields import Target
from bot.members.importing.plan import Effect, Part, Plan, Reason, RowPlan
from bot.members.tables import Cell, Column, Table, XlsxBook
from storage.records.durations import SECOND_US

ROWS = "rows"


class ReportColumn(StrEnum):
    """What a line tells of a row, in this order."""

    SHEET = "sheet"
    ROW = "row"
    NAME = "name"
    REFUSED = "refused"
    LIKE_RECORD = "like_record"
    LIKE_ROW = "like_row"
    CENTER = "center"
    CENTER_ID = "center_id"
    DELEGATE = "delegate"
    DELEGATE_ID = "delegate_id"
    FILLED = "filled"
    DIFFERING = "differing"
    LEFT_OUT = "left_out"


_WIDTHS = {
    ReportColumn.ROW: 8, ReportColumn.NAME: 30, ReportColumn.REFUSED: 60, ReportColumn.LIKE_RECORD: 14,
    ReportColumn.LIKE_ROW: 10, ReportColumn.CENTER_ID: 12, ReportColumn.DELEGATE_ID: 12, ReportColumn.FILLED: 30,
    ReportColumn.DIFFERING: 30, ReportColumn.LEFT_OUT: 30,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What stands in the file, in the language of whoever reads the list in. `fields`: those of the database."""

    language: str
    name: str
    columns: Mapping[ReportColumn, str]
    effects: Mapping[Effect, str]
    reasons: Mapping[Reason, str]
    targets: Mapping[Target, str]
    fields: Mapping[str, str]


def write_report(plan: Plan, words: ReportWords, path: Path, now: int) -> None:
    """Write the file. Blocks for a while: for a thread."""
    table = Table(words.name, tuple(Column(words.columns[one], _WIDTHS.get(one, 16)) for one in ReportColumn))
    made_at = datetime.fromtimestamp(now / SECOND_US, UTC)
    with XlsxBook(path, {ROWS: table}, language=words.language, made_at=made_at) as book:
        book.add(ROWS, [_line(row, words) for row in plan.rows])
        book.close()


def _line(row: RowPlan, words: ReportWords) -> list[Cell]:
    like = None if row.refused is None else row.refused.like
    parts = [part for part in (row.center, row.delegate) if part is not None]
    cells: dict[ReportColumn, Cell] = {
        ReportColumn.SHEET: row.sheet or None,
        ReportColumn.ROW: row.number,
        ReportColumn.NAME: row.name or None,
        ReportColumn.REFUSED: None if row.refused is None else words.reasons[row.refused.reason],
        ReportColumn.LIKE_RECORD: None if like is None else like.id,
        ReportColumn.LIKE_ROW: None if like is None else like.row,
        ReportColumn.CENTER: _effect(row.center, words),
        ReportColumn.CENTER_ID: None if row.center is None else row.center.record.id,
        ReportColumn.DELEGATE: _effect(row.delegate, words),
        ReportColumn.DELEGATE_ID: None if row.delegate is None else row.delegate.record.id,
        ReportColumn.FILLED: _joined(words.fields[name] for part in parts for name in part.filled),
        ReportColumn.DIFFERING: _joined(words.fields[name] for name in row.differing),
        ReportColumn.LEFT_OUT: _joined(words.targets[target] for target in row.left_out),
    }
    return [cells[column] for column in ReportColumn]


def _effect(part: Part | None, words: ReportWords) -> str | None:
    return None if part is None else words.effects[part.effect]


def _joined(names: Iterable[str]) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None
