"""The sessions in an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.conferences.agenda_entries import Entry, NotTakenError, Place, Reason, Refused, need_fitting
from bot.conferences.agenda_words import segment_of
from bot.conferences.calendar_file import MADE_BY, is_whole
from bot.conferences.moments import moment_us
from bot.forms.texts import tidy
from bot.members.importing.faults import FileFault, UnreadableError
from storage.records.conferences import ConferenceDetails, Segment, SessionDetails

if TYPE_CHECKING:
    from icalendar import Event

BEGINS_WITH = b"BEGIN:VCALENDAR"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REPEATING = ("RRULE", "RDATE")


def is_calendar(content: bytes) -> bool:
    """Whether it is a calendar, whatever its name."""
    return content.lstrip(b"\xef\xbb\xbf\r\n \t")[: len(BEGINS_WITH)].upper() == BEGINS_WITH


def read_calendar(content: bytes, conference: ConferenceDetails) -> Iterator[Entry | Refused]:
    """What its events say of sessions. Raises UnreadableError."""
    for number, (event, is_own) in enumerate(_events(content), start=1):
        place = Place(number)
        if is_whole(_text(event, "UID") or ""):
            continue  # the conference or its AGM, in a file that was made here
        try:
            yield _entry(place, event, conference, is_own=is_own)
        except NotTakenError as why:
            yield Refused(place, why.reason)


def _events(content: bytes) -> list[tuple[Event, bool]]:
    """The events, and whether they are of a calendar that was made here."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - needed once in a while, and slow to load

    try:
        return [
            (event, str(calendar.get("PRODID")) == MADE_BY)
            for calendar in Calendar.from_ical(content.decode("utf-8-sig"), multiple=True)
            for event in calendar.walk("VEVENT")
            if isinstance(event, Event)
        ]
    except Exception as error:  # what a damaged file makes the library raise may be anything
        raise UnreadableError(FileFault.DAMAGED) from error


def _entry(place: Place, event: Event, conference: ConferenceDetails, *, is_own: bool) -> Entry:
    if any(name in event for name in _REPEATING):
        raise NotTakenError(Reason.REPEATS)
    uid = _text(event, "UID")
    title = _text(event, "SUMMARY")
    if not title:
        raise NotTakenError(Reason.NO_TITLE)
    segment = next((found for word in _categories(event) if (found := segment_of(word))), None)
    begins, ends = _moments(event, conference.time_zone)
    details = SessionDetails(
        segment=segment or Segment.PLENARY,
        title=title,
        starts_at=begins,
        ends_at=ends,
        room=_room(event, conference.venue),
        description=_text(event, "DESCRIPTION", several_lines=True),
    )
    given = {"title", "starts_at", "ends_at"} | ({"segment"} if segment else set())
    given |= {name for name, named in (("room", "LOCATION"), ("description", "DESCRIPTION")) if named in event}
    if is_own:  # there, speakers and chair stand in the description
        given -= {"description"}
    named = uid or f"{title}/{begins}"
    if "RECURRENCE-ID" in event:  # one of those that repeat, moved
        named = f"{named}/{_text(event, 'RECURRENCE-ID') or begins}"
    is_cancelled = (_text(event, "STATUS") or "").upper() == "CANCELLED"
    entry = Entry(place, named, details, frozenset(given), is_cancelled=is_cancelled, is_named=uid is not None)
    return need_fitting(entry, conference)


def _moments(event: Event, time_zone: str) -> tuple[int, int]:
    """From when to when; what has no time zone of its own is meant where the conference takes place."""
    if "DTEND" not in event and "DURATION" not in event:
        raise NotTakenError(Reason.NO_TIMES)
    try:
        begins, ends = event.start, event.end
    except Exception as error:  # what a damaged event makes the library raise may be anything
        raise NotTakenError(Reason.NO_TIMES) from error
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):  # whole days
        raise NotTakenError(Reason.NO_TIMES)
    return _moment(begins, time_zone), _moment(ends, time_zone)


def _moment(at: datetime, time_zone: str) -> int:
    if at.tzinfo is None:
        return moment_us(at.date(), at.time(), time_zone)
    return (at - _EPOCH) // timedelta(microseconds=1)


def _room(event: Event, venue: str | None) -> str | None:
    """The room, without the venue that a file which was made here has behind it."""
    place = _text(event, "LOCATION")
    if place is None or venue is None:
        return place
    return place.removesuffix(venue).rstrip(", ") or None


def _text(event: Event, name: str, *, several_lines: bool = False) -> str | None:
    """What is said; of what is said several times, the first."""
    value = event.get(name)
    if isinstance(value, list):
        value = next(iter(value), None)
    if value is None:
        return None
    try:
        said = value if isinstance(value, str) else value.to_ical().decode()
    except Exception:  # noqa: BLE001 - as above
        return None
    return tidy(said, several_lines=several_lines) or None


def _categories(event: Event) -> list[str]:
    try:
        return [str(one) for one in event.categories]
    except Exception:  # noqa: BLE001 - as above; they are of no great weight
        return []
