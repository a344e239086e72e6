"""Times as people read them, in their language."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from babel.dates import format_date, format_datetime, format_skeleton, get_datetime_format
from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.places.zones import name_of
from handlers.views.locale import as_dated, locale_of
from storage.records.durations import DAY_US, HOUR_US, MINUTE_US, SECOND_US

DAYS_OF_A_YEAR = 365


def day(_: Translator, at_us: int) -> str:
    """A day, as it is in UTC: "23 Nov"; as `short_day`."""
    return short_day(_, datetime.fromtimestamp(at_us / SECOND_US, UTC))


def notice_day(_: Translator, version: str) -> str:
    """The day of a privacy notice, of which its version is one: "25 November 2026"."""
    try:
        return format_date(date.fromisoformat(version), "long", locale=locale_of(_))
    except ValueError:
        return version


def moment(_: Translator, at_us: int, zone: tzinfo = UTC) -> str:
    """A moment, with its time zone: "23 Nov, 16:54 (UTC)", its day as `short_day`."""
    at = datetime.fromtimestamp(at_us / SECOND_US, zone)
    return _with_time(_, short_day(_, at), at)


def short_day(_: Translator, at: datetime) -> str:
    """The day of a moment: "23 Nov" in this year, as it is in the moment's time zone, else "12 Mar 2027"."""
    this_year = None if _.now_us is None else datetime.fromtimestamp(_.now_us() / SECOND_US, at.tzinfo).year
    parts = "MMMd" if at.year == this_year else "yMMMd"
    return as_dated(_, format_skeleton(parts, at, tzinfo=at.tzinfo, locale=locale_of(_)))


def next_minute(_: Translator, at_us: int, zone: tzinfo = UTC) -> str:
    """When something is over, in whole minutes: not too early."""
    return moment(_, -(-at_us // MINUTE_US) * MINUTE_US, zone)


def weekday_moment(_: Translator, at: datetime) -> str:
    """A moment within the week, with its time zone: "Monday, 09:00 (UTC)"."""
    return _with_time(_, format_datetime(at, "EEEE", tzinfo=at.tzinfo, locale=locale_of(_)), at)


def time_of_day(_: Translator, at: datetime) -> str:
    """A time of today, with its time zone: "09:00 (UTC)"."""
    return f"{_time(_, at)} ({name_of(str(at.tzinfo), _.language)})"


def _time(_: Translator, at: datetime) -> str:
    return format_datetime(at, "HH:mm", tzinfo=at.tzinfo, locale=locale_of(_))


def _with_time(_: Translator, day: str, at: datetime) -> str:
    """A day and the time on it; the comma between them is each language's own, and Chinese has none."""
    joined = str(get_datetime_format("medium", locale=locale_of(_))).format(_time(_, at), day)
    return f"{joined} ({name_of(str(at.tzinfo), _.language)})"


def duration(_: Translator, days: int) -> Markup:
    """For how long something is kept: "for 7 days", and "for 2 years" where it is whole ones."""
    years, rest = divmod(days, DAYS_OF_A_YEAR)
    if years and not rest:
        return _.n("for {count} year", "for {count} years", years)
    return _.n("for {count} day", "for {count} days", days)


def age(_: Translator, since_us: int, now_us: int) -> Markup:
    """How long something has been so, at least a minute: "3 hours"."""
    passed = max(0, now_us - since_us)
    if passed < HOUR_US:
        return _.n("{count} minute", "{count} minutes", max(1, passed // MINUTE_US))
    if passed < 2 * DAY_US:
        return _.n("{count} hour", "{count} hours", passed // HOUR_US)
    return _.n("{count} day", "{count} days", passed // DAY_US)
