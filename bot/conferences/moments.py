"""Days and moments of a conference, in its own time zone.

A conference says "9 March, 14:30"; what that is in UTC is worked out only when it is needed, so that a change of the
rules for daylight-saving time does not move anything.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.records.conferences import Conference, ConferenceDetails

OVERNIGHT_AT_MOST = timedelta(hours=12)
"""What ends earlier on the clock than it begins goes on past midnight; if that makes it longer, it is a mistake."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_us(day: date, at: time, time_zone: str) -> int:
    """When it is this time on this day in a time zone, in microseconds UTC.

    A time that a change to daylight-saving time leaves out is the one that clocks show then, an hour later; of one
    that comes twice, it is the first.
    """
    return (datetime.combine(day, at, ZoneInfo(time_zone)) - _EPOCH) // timedelta(microseconds=1)


def can_be(begins: time, ends: time) -> bool:
    """Whether something can begin and end at these times, on the same day or past midnight."""
    lasts = datetime.combine(_EPOCH + timedelta(days=1), ends) - datetime.combine(_EPOCH, begins)
    return ends > begins or ends == time.min or (ends < begins and lasts <= OVERNIGHT_AT_MOST)


def last_day(day: date, begins: time, ends: time) -> date:
    """On which day something ends that begins on this: what ends earlier on the clock does so on the next."""
    return day if ends > begins else day + timedelta(days=1)


def span_us(day: date, begins: time, ends: time, time_zone: str) -> tuple[int, int]:
    """When something begins on this day, and when it ends."""
    return moment_us(day, begins, time_zone), moment_us(last_day(day, begins, ends), ends, time_zone)


def local(at_us: int, time_zone: str) -> datetime:
    """The date and the time that clocks show there."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(ZoneInfo(time_zone))


def today(time_zone: str, now_us: int) -> date:
    """Which day it is there."""
    return local(now_us, time_zone).date()


def end_of_day_us(day: date, time_zone: str) -> int:
    """The first moment of the next day there: until then, what is due on a day is in time."""
    return moment_us(day + timedelta(days=1), time.min, time_zone)


def is_within(details: ConferenceDetails, at_us: int) -> bool:
    """Whether a moment is on one of the conference's days."""
    first_us = moment_us(details.starts_on, time.min, details.time_zone)
    return first_us <= at_us < end_of_day_us(details.ends_on, details.time_zone)


def is_over(conference: Conference, now_us: int) -> bool:
    """Whether its last day is past, where it takes place."""
    return now_us >= end_of_day_us(conference.details.ends_on, conference.details.time_zone)
