"""The Secretariat's database as a file.

Records are read a piece at a time, so that a large database needs no more memory than a small one; who is added
meanwhile may be in the file or not.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.members.export_rows import ExportWords, Place, Rows, center_columns, delegate_columns
from bot.members.roles import Rights
from bot.members.tables import Book, Cell, Column, CsvBook, FileForm, Table, XlsxBook, moment
from bot.places.countries import Countries
from storage import audit, centers, delegates
from storage.centers import CenterFilter
from storage.delegates import DelegateFilter
from storage.records.durations import SECOND_US
from storage.records.members import Center, Delegate
from storage.session import Session, Transaction

PIECE = 500
"""Records that are in memory at a time."""
CENTERS, DELEGATES, ABOUT = "centers", "delegates", "about"
"""The tables, as their files are called."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are to be in the file; None: no such table at all."""

    centers: CenterFilter | None = centers.EVERY_CENTER
    delegates: DelegateFilter | None = delegates.EVERY_DELEGATE


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    paths: tuple[Path, ...]
    centers: int
    delegates: int


async def export(
    session: Session,
    rights: Rights,
    by: int,
    wanted: Wanted,
    *,
    words: ExportWords,
    countries: Countries,
    form: FileForm,
    folder: Path,
    now: int,
) -> Made:
    """Write the database, or a part of it, into files in a folder. Not in a transaction: it takes a while.

    Whoever calls it notes it in the audit log with `note`, and removes the files when they are sent.

    Raises:
        NotAllowedError: only the Secretariat gets the database.
    """
    await rights.need_staff(session, by)
    rows = Rows(words, countries)
    tables = _tables(wanted, words, form)
    with await asyncio.to_thread(_book, form, folder, tables, words, now) as book:
        if wanted.centers is not None:
            async for piece in _centers(session, wanted.centers):
                await asyncio.to_thread(book.add, CENTERS, [rows.of_center(center) for center in piece])
        if wanted.delegates is not None:
            places = await _places(session)
            async for those in _delegates(session, wanted.delegates):
                await asyncio.to_thread(book.add, DELEGATES, [rows.of_delegate(delegate, places) for delegate in those])
        if ABOUT in tables:
            await asyncio.to_thread(book.add, ABOUT, _about(words, book, now))
        await asyncio.to_thread(book.close)
    return Made(book.paths, book.rows.get(CENTERS, 0), book.rows.get(DELEGATES, 0))


async def note(tx: Transaction, rights: Rights, by: int, wanted: Wanted, made: Made, *, now: int) -> None:
    """Note in the audit log who was given the database, and how much of it. Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    after = {
        "centers": made.centers,
        "delegates": made.delegates,
        "filter": {
            name: {key: value for key, value in asdict(part).items() if value is not None}
            for name, part in (("centers", wanted.centers), ("delegates", wanted.delegates))
            if part is not None
        },
    }
    await audit.add(tx, by, "database.export", "database", now=now, after=after)


def _tables(wanted: Wanted, words: ExportWords, form: FileForm) -> dict[str, Table]:
    tables = {}
    if wanted.centers is not None:
        tables[CENTERS] = Table(words.centers, center_columns(words))
    if wanted.delegates is not None:
        tables[DELEGATES] = Table(words.delegates, delegate_columns(words))
    if form == FileForm.XLSX:
        tables[ABOUT] = Table(words.about, (Column(words.about, 32), Column("", 60)))
    return tables


def _book(form: FileForm, folder: Path, tables: Mapping[str, Table], words: ExportWords, now: int) -> Book:
    folder.mkdir(parents=True, exist_ok=True)
    made_at = datetime.fromtimestamp(now / SECOND_US, UTC)
    if form == FileForm.CSV:
        return CsvBook(folder, tables)
    return XlsxBook(folder / "database.xlsx", tables, language=words.language, made_at=made_at)


def _about(words: ExportWords, book: Book, now: int) -> list[list[Cell]]:
    lines: list[list[Cell]] = [[words.made_at, moment(now)]]
    lines += [[label, what] for label, what in words.filter_lines]
    if CENTERS in book.tables:
        lines.append([words.number_of_centers, book.rows[CENTERS]])
    if DELEGATES in book.tables:
        lines.append([words.number_of_delegates, book.rows[DELEGATES]])
    return lines


async def _centers(session: Session, wanted: CenterFilter) -> AsyncIterator[list[Center]]:
    last = 0
    while piece := await centers.after(session, last, at_most=PIECE, wanted=wanted):
        yield piece
        last = piece[-1].id


async def _delegates(session: Session, wanted: DelegateFilter) -> AsyncIterator[list[Delegate]]:
    last = 0
    while piece := await delegates.after(session, last, at_most=PIECE, wanted=wanted):
        yield piece
        last = piece[-1].id


async def _places(session: Session) -> dict[int, Place]:
    """The names of all Centers: the one thing that is held whole, some dozen bytes each."""
    return {
        center.id: Place(center.details.name, center.details.country)
        async for piece in _centers(session, centers.EVERY_CENTER)
        for center in piece
    }
