"""What became of an announcement, as a spreadsheet: a sheet of people, and one of Centers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.announcements.board import need
from bot.members.roles import Rights
from bot.members.tables import Cell, Column, Table, XlsxBook, moment
from bot.places.countries import Countries
from storage import announcement_reports, audit
from storage.records.announcements import Announcement, CenterReading, Outcome, RecipientLine
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

PIECE = 500
"""Rows that are in memory at a time."""
PEOPLE, CENTERS = "people", "centers"


class PeopleColumn(StrEnum):
    """The columns of the sheet of people, in their order."""

    NAME = "name"
    CENTER = "center"
    COUNTRY = "country"
    LANGUAGE = "language"
    OUTCOME = "outcome"
    REASON = "reason"
    SENT_AT = "sent_at"
    READ_AT = "read_at"


class CenterColumn(StrEnum):
    """The columns of the sheet of Centers, in their order."""

    NAME = "name"
    REACHED = "reached"
    HAS_READ = "has_read"


_WIDTHS = {
    PeopleColumn.NAME: 28, PeopleColumn.CENTER: 40, PeopleColumn.COUNTRY: 20, PeopleColumn.LANGUAGE: 12,
    PeopleColumn.OUTCOME: 22, PeopleColumn.REASON: 40, PeopleColumn.SENT_AT: 18, PeopleColumn.READ_AT: 18,
}  # fmt: skip
_CENTER_WIDTHS = {CenterColumn.NAME: 40, CenterColumn.REACHED: 14, CenterColumn.HAS_READ: 14}


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What stands in the file, in the reader's language. `no_center` is where people belong to none."""

    language: str
    people: str
    centers: str
    people_columns: Mapping[PeopleColumn, str]
    center_columns: Mapping[CenterColumn, str]
    outcomes: Mapping[Outcome, str]
    languages: Mapping[str, str]
    no_center: str


async def export(
    session: Session,
    rights: Rights,
    number: int,
    path: Path,
    *,
    words: ReportWords,
    countries: Countries,
    by: int,
    now: int,
) -> int:
    """Write the file; how many people are in it. Not in a transaction: it takes a while.

    Whoever calls it notes it with `note`. Raises NotAllowedError, NoSuchAnnouncementError.
    """
    await need(session, rights, number, by=by)
    tables = {
        PEOPLE: Table(words.people, tuple(Column(words.people_columns[one], _WIDTHS[one]) for one in PeopleColumn)),
        CENTERS: Table(
            words.centers, tuple(Column(words.center_columns[one], _CENTER_WIDTHS[one]) for one in CenterColumn)
        ),
    }
    made_at = datetime.fromtimestamp(now / SECOND_US, UTC)
    with await asyncio.to_thread(XlsxBook, path, tables, language=words.language, made_at=made_at) as book:
        last = 0
        while piece := await announcement_reports.recipients_after(session, number, last, at_most=PIECE):
            await asyncio.to_thread(book.add, PEOPLE, [_person(words, countries, one) for one in piece])
            last = piece[-1].person_id
        skipped = 0
        while read := await announcement_reports.by_center(session, number, at_most=PIECE, skipped=skipped):
            await asyncio.to_thread(book.add, CENTERS, [_center(words, one) for one in read])
            skipped += PIECE
        await asyncio.to_thread(book.close)
    return book.rows[PEOPLE]


async def note(tx: Transaction, rights: Rights, number: int, people: int, *, by: int, now: int) -> Announcement:
    """Note in the audit log who was given it. Raises NotAllowedError, NoSuchAnnouncementError."""
    found = await need(tx, rights, number, by=by)
    await audit.add(tx, by, "announcement.export", f"announcement:{number}", now=now, after={"people": people})
    return found


def _person(words: ReportWords, countries: Countries, one: RecipientLine) -> list[Cell]:
    registered = " ".join(part for part in (one.given_name, one.family_name) if part)
    cells: dict[PeopleColumn, Cell] = {
        PeopleColumn.NAME: registered or one.name.full,
        PeopleColumn.CENTER: one.center,
        PeopleColumn.COUNTRY: None if one.country is None else countries.name_or_code(one.country, words.language),
        PeopleColumn.LANGUAGE: None if one.language is None else words.languages.get(one.language, one.language),
        PeopleColumn.OUTCOME: words.outcomes[one.state],
        PeopleColumn.REASON: one.failure,
        PeopleColumn.SENT_AT: moment(one.sent_at),
        PeopleColumn.READ_AT: moment(one.read_at),
    }
    return [cells[column] for column in PeopleColumn]


def _center(words: ReportWords, one: CenterReading) -> list[Cell]:
    return [one.name or words.no_center, one.reached, one.has_read]
