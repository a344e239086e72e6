"""Who comes to a conference, for the Secretariat and the host: the numbers, and the list as a file."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.conferences.opening import found
from bot.members.roles import Rights
from bot.members.tables import Cell, Column, Table, XlsxBook
from bot.places.countries import Countries
from storage import audit, participations, turnouts
from storage.participations import AnswerCount, Participant
from storage.records.conferences import Conference
from storage.records.durations import SECOND_US
from storage.records.participations import Participation, ParticipationState
from storage.session import Session, Transaction

PIECE = 500
SHEET = "participants"
USUAL_WIDTH = 18


class Silence(StrEnum):
    """Centers that have not answered, and those that have said that they do not come."""

    SILENT = "silent"
    ABSENT = "absent"


class ParticipantColumn(StrEnum):
    """The columns of the list, in their order."""

    NAME = "name"
    CENTER = "center"
    COUNTRY = "country"
    STATE = "state"
    ATTENDANCE = "attendance"
    ARRIVES_ON = "arrives_on"
    DEPARTS_ON = "departs_on"
    DIET = "diet"
    ACCESSIBILITY = "accessibility"
    VISA_LETTER = "visa_letter"
    SEGMENT = "segment"
    TITLE = "title"
    FUNCTION = "function"
    NATIONALITY = "nationality"
    EMAIL = "email"


OF_THE_SECRETARIAT = frozenset(
    {ParticipantColumn.TITLE, ParticipantColumn.FUNCTION, ParticipantColumn.NATIONALITY, ParticipantColumn.EMAIL}
)
"""What it needs for its letters, and a host does not."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many answered what, by the values of the records' own enumerations.

    `asked` is how many changes wait for the Secretariat; 0 for a host, who does not decide them. `attendances`,
    `segments` and `visa_letters` count those who are registered. `erased`: of all these, who is in no list.
    """

    conference: Conference
    states: Mapping[str, int]
    attendances: Mapping[str, int]
    segments: Mapping[str, int]
    visa_letters: int
    silent: int
    absent: int
    asked: int
    erased: int


@dataclass(frozen=True, slots=True)
class ListWords:
    """What stands in the list, in the reader's language."""

    language: str
    sheet: str
    columns: Mapping[ParticipantColumn, str]
    states: Mapping[str, str]
    attendances: Mapping[str, str]
    segments: Mapping[str, str]
    yes: str
    no: str


async def need(session: Session, rights: Rights, conference_id: int, *, by: int) -> Conference:
    """The conference, for the Secretariat and its hosts. Raises NotAllowedError, NoSuchConferenceError."""
    await rights.need_host(session, by, conference_id)
    return await found(session, conference_id)


async def turnout(session: Session, rights: Rights, conference_id: int, *, by: int) -> Turnout:
    """The numbers. Raises NotAllowedError, NoSuchConferenceError."""
    conference = await need(session, rights, conference_id, by=by)
    counts = await participations.numbers(session, conference_id)
    registered = [one for one in counts if one.state == ParticipationState.REGISTERED]
    return Turnout(
        conference,
        _counted([(one.state, one) for one in counts]),
        _counted([(one.attendance, one) for one in registered if one.attendance is not None]),
        _counted([(one.segment, one) for one in registered if one.segment is not None]),
        sum(one.number for one in registered if one.visa_letter),
        await turnouts.count_silent_centers(session, conference_id),
        await turnouts.count_absent_centers(session, conference_id),
        await participations.count_asked(session, conference_id) if await rights.is_staff(session, by) else 0,
        await participations.count_erased(session, conference_id),
    )


async def centers_of(
    session: Session, rights: Rights, conference_id: int, which: Silence, *, by: int, at_most: int, skipped: int
) -> list[int]:
    """A page of the Centers that `Turnout` counts. Raises NotAllowedError, NoSuchConferenceError."""
    await need(session, rights, conference_id, by=by)
    find = turnouts.silent_centers if which == Silence.SILENT else turnouts.absent_centers
    return await find(session, conference_id, at_most=at_most, skipped=skipped)


async def asked(session: Session, rights: Rights, conference_id: int, *, by: int, at_most: int) -> list[Participation]:
    """The changes that wait for the Secretariat, the oldest first. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    return await participations.asked(session, conference_id, at_most=at_most)


async def export(
    session: Session,
    rights: Rights,
    conference_id: int,
    path: Path,
    *,
    words: ListWords,
    countries: Countries,
    by: int,
    now: int,
) -> int:
    """Write the list into an XLSX file; how many are in it. Not in a transaction: it takes a while.

    Whoever calls it notes it with `note`. Raises NotAllowedError, NoSuchConferenceError.
    """
    await need(session, rights, conference_id, by=by)
    is_staff = await rights.is_staff(session, by)
    wanted = [one for one in ParticipantColumn if is_staff or one not in OF_THE_SECRETARIAT]
    columns = tuple(Column(words.columns[one], USUAL_WIDTH) for one in wanted)
    tables, made_at = {SHEET: Table(words.sheet, columns)}, datetime.fromtimestamp(now / SECOND_US, UTC)
    with await asyncio.to_thread(XlsxBook, path, tables, language=words.language, made_at=made_at) as book:
        last = 0
        while piece := await participations.after(session, conference_id, last, at_most=PIECE):
            await asyncio.to_thread(book.add, SHEET, [_row(words, countries, wanted, one) for one in piece])
            last = piece[-1].participation.id
        await asyncio.to_thread(book.close)
    return book.rows[SHEET]


async def note(tx: Transaction, rights: Rights, conference_id: int, number: int, *, by: int, now: int) -> Conference:
    """Note in the audit log who was given the list. Raises NotAllowedError, NoSuchConferenceError."""
    conference = await need(tx, rights, conference_id, by=by)
    after = {"people": number}
    await audit.add(tx, by, "participation.export", f"conference:{conference_id}", now=now, after=after)
    return conference


def _row(
    words: ListWords, countries: Countries, wanted: Sequence[ParticipantColumn], one: Participant
) -> Sequence[Cell]:
    said, details = one.participation, one.participation.details

    def called(code: str | None) -> str | None:
        return None if code is None else countries.name_or_code(code, words.language)

    cells: dict[ParticipantColumn, Cell] = {
        ParticipantColumn.NAME: one.name,
        ParticipantColumn.CENTER: one.organization,
        ParticipantColumn.COUNTRY: called(one.country),
        ParticipantColumn.STATE: words.states[said.state],
        ParticipantColumn.ATTENDANCE: None if details.attendance is None else words.attendances[details.attendance],
        ParticipantColumn.ARRIVES_ON: None if details.arrives_on is None else details.arrives_on.isoformat(),
        ParticipantColumn.DEPARTS_ON: None if details.departs_on is None else details.departs_on.isoformat(),
        ParticipantColumn.DIET: details.diet,
        ParticipantColumn.ACCESSIBILITY: details.accessibility,
        ParticipantColumn.VISA_LETTER: words.yes if details.visa_letter else words.no,
        ParticipantColumn.SEGMENT: None if details.segment is None else words.segments[details.segment],
        ParticipantColumn.TITLE: one.title,
        ParticipantColumn.FUNCTION: one.function,
        ParticipantColumn.NATIONALITY: called(one.nationality),
        ParticipantColumn.EMAIL: one.email,
    }
    return [cells[column] for column in wanted]


def _counted(pairs: Sequence[tuple[str, AnswerCount]]) -> Mapping[str, int]:
    counted = Counter[str]()
    for key, one in pairs:
        counted[key] += one.number
    return counted
