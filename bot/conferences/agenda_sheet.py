"""The sessions in the rows of a spreadsheet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.conferences.agenda_entries import Entry, NotTakenError, Place, Reason, Refused, need_fitting
from bot.conferences.agenda_words import Column, column_of, segment_of
from bot.conferences.moments import can_be, moment_us, span_us
from bot.forms.choices import folded
from bot.forms.dates import Date
from bot.forms.places import Places
from bot.forms.reading import Circumstances, Understood, Unsure
from bot.forms.texts import tidy
from bot.forms.times import TimeOfDay
from bot.members.importing.reading import Sheet
from bot.members.importing.words import load_words
from storage.records.conferences import ConferenceDetails, Segment, SessionDetails

UID_LETTERS = 24
_CELL_OF_TIME = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")
"""A typed cell of a spreadsheet, with its day or without."""
_FROM_TO = re.compile(r"(.+?)\s*[-–—]\s*(.+)")
_GIVEN = {
    Column.SEGMENT: "segment", Column.ROOM: "room", Column.SPEAKERS: "speakers", Column.CHAIR: "chair",
    Column.DESCRIPTION: "description", Column.LANGUAGE: "language",
}  # fmt: skip
_ALWAYS_GIVEN = frozenset({"title", "starts_at", "ends_at"})
_NEEDED = frozenset({Column.TITLE, Column.BEGINS})


@dataclass(frozen=True, slots=True)
class _Hours:
    """From when to when; with the days, if the cells have them."""

    begins: time
    ends: time
    day: date | None
    last_day: date | None


class SheetReader:
    """Reads the sheets of one file, for one conference."""

    def __init__(self, conference: ConferenceDetails, places: Places) -> None:
        self._conference = conference
        self._at = Circumstances("en", conference.starts_on, places)

    def read(self, sheet: Sheet) -> Iterator[Entry | Refused]:
        """What its rows say; nothing if it has no sessions. A day counts for the rows below it, until the next."""
        columns: dict[Column, int] = {}
        for number, heading in enumerate(sheet.headings):
            meaning = column_of(heading.text)
            if meaning is not None:
                columns.setdefault(meaning, number)
        if not columns.keys() >= _NEEDED:
            return
        day: date | None = None
        for row in sheet.rows:
            cells = {one: row.cells[at] if at < len(row.cells) else "" for one, at in columns.items()}
            if not any(cells.values()):
                continue
            if cells.get(Column.DAY):
                day = self._day(cells[Column.DAY])
                if day is not None and not any(cell for one, cell in cells.items() if one != Column.DAY):
                    continue  # a line between the days
            place = Place(row.number, sheet.name)
            try:
                yield self._entry(place, cells, day)
            except NotTakenError as why:
                yield Refused(place, why.reason)

    def _entry(self, place: Place, cells: Mapping[Column, str], day_above: date | None) -> Entry:
        title = tidy(cells[Column.TITLE])
        if not title:
            raise NotTakenError(Reason.NO_TITLE)
        hours = self._hours(cells[Column.BEGINS], cells.get(Column.ENDS, ""))
        day = self._held(hours.day or day_above)
        begins_at, ends_at = self._span(day, hours)
        details = SessionDetails(
            segment=_segment(cells.get(Column.SEGMENT, "")),
            title=title,
            starts_at=begins_at,
            ends_at=ends_at,
            room=tidy(cells.get(Column.ROOM, "")) or None,
            speakers=_a_line_each(cells.get(Column.SPEAKERS, "")),
            chair=tidy(cells.get(Column.CHAIR, "")) or None,
            description=tidy(cells.get(Column.DESCRIPTION, ""), several_lines=True) or None,
            language=_language(cells.get(Column.LANGUAGE, "")),
        )
        uid = tidy(cells.get(Column.UID, ""))
        given = _ALWAYS_GIVEN | {name for column, name in _GIVEN.items() if column in cells}
        named = uid or _uid(day, hours.begins, details)
        return need_fitting(Entry(place, named, details, given, is_named=bool(uid)), self._conference)

    def _held(self, day: date | None) -> date:
        """One of the conference's days."""
        if day is None:
            raise NotTakenError(Reason.NO_DAY)
        if not self._conference.starts_on <= day <= self._conference.ends_on:
            raise NotTakenError(Reason.OTHER_DAY)
        return day

    def _span(self, day: date, hours: _Hours) -> tuple[int, int]:
        zone = self._conference.time_zone
        if hours.last_day is None or (hours.last_day == day and hours.ends <= hours.begins):
            if not can_be(hours.begins, hours.ends):
                raise NotTakenError(Reason.ENDS_FIRST)
            return span_us(day, hours.begins, hours.ends, zone)
        return moment_us(day, hours.begins, zone), moment_us(hours.last_day, hours.ends, zone)

    def _day(self, cell: str) -> date | None:
        """The day that is meant; of several that it may be, the one of the conference."""
        typed = _CELL_OF_TIME.fullmatch(cell.strip())
        outcome = Date().read(typed[1] if typed and typed[1] else cell, self._at)
        if isinstance(outcome, Understood):
            return date.fromisoformat(str(outcome.value))
        if not isinstance(outcome, Unsure):
            return None
        days = [date.fromisoformat(value) for value in outcome.values]
        held = [day for day in days if self._conference.starts_on <= day <= self._conference.ends_on]
        if held:
            return held[0] if len(held) == 1 else None
        return days[0] if days else None

    def _hours(self, begins: str, ends: str) -> _Hours:
        if not ends and (both := _FROM_TO.fullmatch(begins.strip())) and not _CELL_OF_TIME.fullmatch(begins.strip()):
            begins, ends = both[1], both[2]
        day, first = self._time(begins)
        last_day, last = self._time(ends)
        return _Hours(first, last, day, last_day)

    def _time(self, cell: str) -> tuple[date | None, time]:
        typed = _CELL_OF_TIME.fullmatch(cell.strip())
        outcome = TimeOfDay().read(typed[2] if typed else cell, self._at)
        if not isinstance(outcome, Understood):
            raise NotTakenError(Reason.NO_TIMES)
        return self._day(typed[1]) if typed and typed[1] else None, time.fromisoformat(str(outcome.value))


def _segment(cell: str) -> Segment:
    found = segment_of(cell) if cell else Segment.PLENARY
    if found is None:
        raise NotTakenError(Reason.UNKNOWN_WORD)
    return found


def _language(cell: str) -> str | None:
    if not cell:
        return None
    code = load_words().languages.get(folded(cell))
    if code is None:
        raise NotTakenError(Reason.UNKNOWN_WORD)
    return code


def _a_line_each(cell: str) -> str | None:
    lines = [tidy(one) for one in re.split(r"[;\n]", tidy(cell, several_lines=True))]
    return "\n".join(line for line in lines if line) or None


def _uid(day: date, begins: time, details: SessionDetails) -> str:
    """The same for the same session, each time that the file is read in."""
    said = (day.isoformat(), f"{begins:%H:%M}", folded(details.room or ""), folded(details.title))
    return f"sheet-{hashlib.sha256(repr(said).encode()).hexdigest()[:UID_LETTERS]}"
