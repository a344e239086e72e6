"""Times as people read them, in their language."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from babel.dates import format_datetime
from markupsafe import Markup

from bot.locales.catalogues import Translator

MINUTE_US = 60 * 1_000_000
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
DAYS_OF_A_YEAR = 365


def moment(_: Translator, at_us: int, zone: tzinfo = UTC) -> str:
    """A moment, with its time zone: "23 Nov, 16:54 (UTC)"."""
    return weekday_moment(_, datetime.fromtimestamp(at_us / 1_000_000, zone), pattern="d MMM, HH:mm")


def weekday_moment(_: Translator, at: datetime, *, pattern: str = "EEEE, HH:mm") -> str:
    """A moment within the week, with its time zone: "Monday, 09:00 (UTC)"."""
    return f"{format_datetime(at, pattern, tzinfo=at.tzinfo, locale=_.language)} ({at.tzinfo})"


def duration(_: Translator, days: int) -> Markup:
    """For how long something is kept: "for 7 days", and "for 2 years" where it is whole ones."""
    years, rest = divmod(days, DAYS_OF_A_YEAR)
    if years and not rest:
        return _.n("for {count} year", "for {count} years", years)
    return _.n("for {count} day", "for {count} days", days)


def age(_: Translator, since_us: int, now_us: int) -> Markup:
    """How long something has been so: "3 hours"."""
    passed = max(0, now_us - since_us)
    if passed < HOUR_US:
        return _.n("{count} minute", "{count} minutes", passed // MINUTE_US)
    if passed < 2 * DAY_US:
        return _.n("{count} hour", "{count} hours", passed // HOUR_US)
    return _.n("{count} day", "{count} days", passed // DAY_US)
