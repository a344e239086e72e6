"""Times of a conference as people read them: in its own zone and, where the reader's clock differs, in theirs too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from babel.dates import format_datetime, format_interval, format_skeleton, get_datetime_format

from bot.conferences.moments import local
from bot.locales.catalogues import Translator
from bot.places.zones import Zones
from handlers.views import times
from handlers.views.locale import as_dated, day_in_words, locale_of


@dataclass(frozen=True, slots=True)
class Clocks:
    """The conference's time zone and the reader's, if it is known; `zones` has the names of their cities."""

    zones: Zones
    there: str
    own: str | None = None

    def differ(self, at_us: int) -> bool:
        """Whether the reader's clock shows another time at this moment."""
        if self.own is None:
            return False
        return local(at_us, self.own).utcoffset() != local(at_us, self.there).utcoffset()


def moment(_: Translator, at_us: int, clocks: Clocks) -> str:
    """A moment: "12 Mar, 14:30 (Nairobi), 12:30 your time"; its day as `times.short_day`."""
    at = local(at_us, clocks.there)
    return _in_both(_, _day_and(_, at, _hours(_, at)), at, at_us, at_us, clocks)


def span(_: Translator, starts_at: int, ends_at: int, clocks: Clocks) -> str:
    """From when to when: "12 Mar, 14:30–15:30 (Nairobi), 12:30–13:30 your time"; as `moment`."""
    at = local(starts_at, clocks.there)
    shown = _from_to(_, at, local(ends_at, clocks.there))
    return _in_both(_, _day_and(_, at, shown), at, starts_at, ends_at, clocks)


def hours(_: Translator, starts_at: int, ends_at: int, zone: str) -> str:
    """From when to when, in a zone, under the heading of its day: "14:30–15:30"."""
    return _from_to(_, local(starts_at, zone), local(ends_at, zone))


def day_heading(_: Translator, day: date) -> str:
    """A day of the conference: "Friday 12 March 2027"."""
    return day_in_words(_, day, "full")


def short_day(_: Translator, day: date) -> str:
    """A day of the conference, for a button: "Fri 12 Mar"."""
    return as_dated(_, format_skeleton("MMMEd", datetime.combine(day, time.min, UTC), locale=locale_of(_)))


def days(_: Translator, first: date, last: date) -> str:
    """From which day to which: "12–15 Mar 2027"."""
    return as_dated(_, format_interval(first, last, "yMMMd", locale=locale_of(_)))


def _in_both(_: Translator, shown: str, at: datetime, starts_at: int, ends_at: int, clocks: Clocks) -> str:
    city = clocks.zones.name_of(clocks.there, _.language)
    if clocks.own is None or not clocks.differ(starts_at):
        return f"{shown} ({city})"
    own = local(starts_at, clocks.own)
    own_hours = _hours(_, own) if starts_at == ends_at else _from_to(_, own, local(ends_at, clocks.own))
    own_shown = own_hours if own.date() == at.date() else _day_and(_, own, own_hours)
    return _.plain("{there} ({city}), {own} your time", there=shown, city=city, own=own_shown)


def _from_to(_: Translator, start: datetime, end: datetime) -> str:
    """Two times of day; with its day where the second is on another."""
    last = _hours(_, end)
    return f"{_hours(_, start)}–{last if start.date() == end.date() else _day_and(_, end, last)}"


def _hours(_: Translator, at: datetime) -> str:
    return format_datetime(at, "HH:mm", tzinfo=at.tzinfo, locale=locale_of(_))


def _day_and(_: Translator, at: datetime, shown: str) -> str:
    """A day and what it is on it; the comma between them is each language's own."""
    return str(get_datetime_format("medium", locale=locale_of(_))).format(shown, times.short_day(_, at))
