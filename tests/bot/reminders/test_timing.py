"""When reminders are due, over all time zones and over both changes of the clocks, in the north and in the south."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.conferences.moments import local, moment_us
from bot.reminders.occasions import Occasion
from bot.reminders.timing import awake, due_at, due_moments, may_be_due, overtaken
from storage.records.durations import HOUR_US, SECOND_US
from storage.records.reminders import Anchor, Audience, Group, Rung

NO_NIGHT = Group(None, 0, 0, 0)
AFTER_MIDNIGHT = time(0, 30)
ZONES = (
    "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Chicago", "America/New_York", "America/Santiago", "America/St_Johns", "America/Sao_Paulo",
    "Atlantic/South_Georgia", "Atlantic/Azores", "UTC", "Europe/Zurich", "Africa/Cairo", "Africa/Nairobi",
    "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka",
    "Asia/Yangon", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney",
    "Australia/Lord_Howe", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Tongatapu",
    "Pacific/Kiritimati",
)  # fmt: skip
"""From eleven hours behind UTC to fourteen before it."""
DAYS = (date(2027, 3, 15), date(2027, 3, 29), date(2027, 4, 5), date(2027, 10, 4), date(2027, 11, 1), date(2027, 11, 8))
"""Just after clocks are changed: March and November in North America, March and October in Europe, April and October
in Australia and New Zealand."""


def rung(days: int, minutes: int, *, number: int = 1, is_formal: bool = False) -> Rung:
    return Rung(number, 1, Anchor.CONFERENCE, days, minutes, Audience.REGISTERED, is_formal, is_held=False, edition=0)


def occasion(zone: str, day: date, of: Rung) -> Occasion:
    return Occasion(of, "event", zone, day, of.days, moment_us(day, time.min, zone))


def us(*parts: int, zone: str = "UTC") -> int:
    return int(datetime(*parts, tzinfo=ZoneInfo(zone)).timestamp()) * SECOND_US  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", DAYS)
def test_days_before_are_those_of_the_calendar(zone: str, day: date) -> None:
    """Whatever clocks do in between, it is nine there, so many days before."""
    for days in (1, 2, 7, 14, 30):
        at = datetime.fromtimestamp(due_at(occasion(zone, day, rung(days, 540)), NO_NIGHT) / 1e6, ZoneInfo(zone))
        assert (at.date(), at.hour, at.minute) == (day - timedelta(days=days), 9, 0)


@pytest.mark.parametrize("zone", ZONES)
def test_nobody_is_woken(zone: str) -> None:
    """A night ends at seven where the reader is, also where clocks are changed in it."""
    for readers, day in product(ZONES, DAYS):
        group = Group(readers, 22 * 60, 7 * 60, 0)
        for days in (1, 2, 9):
            planned = occasion(zone, day, rung(days, 540))
            meant, at = due_at(planned, NO_NIGHT), due_at(planned, group)
            there = local(at, readers)
            if at == planned.until or at != meant:
                assert (there.hour, there.minute) == (7, 0)
            else:
                assert 7 <= there.hour < 22
            assert meant <= at <= meant + 10 * HOUR_US  # nine, and the hour that clocks are put back


def test_zones_reach_around_the_world() -> None:
    offsets = {datetime(2027, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for zone in ZONES for month in (1, 7)}
    assert {offset // timedelta(hours=1) for offset in offsets if offset is not None} >= set(range(-11, 15))


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "expected"),
    [
        # Left out: at 02:30 clocks in Zurich were put forward to 03:00.
        ("Europe/Zurich", date(2027, 3, 29), 150, us(2027, 3, 28, 1, 30)),
        # Comes twice: the first.
        ("Europe/Zurich", date(2027, 11, 1), 150, us(2027, 10, 31, 0, 30)),
        ("Australia/Sydney", date(2027, 10, 4), 150, us(2027, 10, 2, 16, 30)),
        ("Australia/Sydney", date(2027, 4, 5), 150, us(2027, 4, 3, 15, 30)),
        ("America/New_York", date(2027, 3, 15), 150, us(2027, 3, 14, 7, 30)),
        ("America/New_York", date(2027, 11, 8), 90, us(2027, 11, 7, 5, 30)),
    ],
)
def test_a_time_that_is_left_out_or_comes_twice(zone: str, day: date, minutes: int, expected: int) -> None:
    assert due_at(occasion(zone, day, rung(1, minutes)), NO_NIGHT) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_minutes_before_are_minutes_also_while_clocks_are_changed(zone: str) -> None:
    for day in DAYS:
        begins = moment_us(day, AFTER_MIDNIGHT, zone)
        planned = Occasion(rung(0, 120), "event", zone, day, 0, begins)
        assert due_at(planned, NO_NIGHT) == begins - 2 * HOUR_US


def test_in_the_night_before_what_begins_by_night_it_goes_at_once() -> None:
    begins = us(2027, 3, 1, 6, 0)
    planned = Occasion(rung(0, 120), "event", "UTC", date(2027, 3, 1), 0, begins)
    assert due_at(planned, Group(None, 22 * 60, 7 * 60, 0)) == begins - 2 * HOUR_US
    assert due_at(planned, Group(None, 22 * 60, 5 * 60, 0)) == us(2027, 3, 1, 5, 0)


@pytest.mark.parametrize(
    ("night", "hour", "then"),
    [((1320, 420), 23, 31), ((1320, 420), 6, 7), ((1320, 420), 7, 7), ((1320, 420), 21, 21), ((60, 300), 2, 5),
     ((60, 300), 5, 5), ((60, 300), 0, 0), ((0, 0), 3, 3), ((780, 840), 13, 14)],
)  # fmt: skip
def test_nights_of_all_kinds(night: tuple[int, int], hour: int, then: int) -> None:
    midnight = us(2027, 3, 1)
    planned = occasion("UTC", date(2027, 4, 1), rung(1, 540))
    assert awake(midnight + hour * HOUR_US, planned, Group(None, *night, 0)) == midnight + then * HOUR_US


def test_earlier_by_days_but_never_what_is_formal_or_by_minutes() -> None:
    early = Group(None, 0, 0, 3)
    day = date(2027, 4, 1)
    assert due_at(occasion("UTC", day, rung(7, 540)), early) == us(2027, 3, 22, 9)
    assert due_at(occasion("UTC", day, rung(7, 540, is_formal=True)), early) == us(2027, 3, 25, 9)
    assert due_at(occasion("UTC", day, rung(0, 60)), early) == us(2027, 3, 31, 23)


def test_what_is_no_time_zone_counts_as_unknown() -> None:
    planned = occasion("Asia/Tokyo", date(2027, 4, 1), rung(1, 540))
    assert due_at(planned, Group("Nowhere/At_All", 1320, 420, 0)) == due_at(planned, Group(None, 1320, 420, 0))


def test_after_a_while_down_only_the_last_is_sent() -> None:
    day = date(2027, 4, 1)
    ladder = [occasion("UTC", day, rung(days, 540, number=days)) for days in (30, 14, 7, 1)]
    found = due_moments(ladder, [NO_NIGHT], looked_until=us(2027, 3, 1), now=us(2027, 3, 26))
    assert {moment.rung: moment.is_missed for moment in found} == {30: True, 14: True, 7: False}
    found = due_moments(ladder, [NO_NIGHT], looked_until=us(2027, 3, 1), now=us(2027, 4, 2))
    assert {moment.rung: moment.is_missed for moment in found} == {30: True, 14: True, 7: True, 1: True}
    assert not list(due_moments(ladder, [NO_NIGHT], looked_until=us(2027, 3, 26), now=us(2027, 3, 27)))


def test_what_is_late_waits_for_the_morning() -> None:
    planned = occasion("UTC", date(2027, 4, 1), rung(7, 540))
    group = Group("Asia/Tokyo", 1320, 420, 0)
    (moment,) = due_moments([planned], [group], looked_until=us(2027, 3, 25), now=us(2027, 3, 25, 15))
    assert (moment.due_at, moment.send_at) == (us(2027, 3, 25, 9), us(2027, 3, 25, 22))


def test_what_is_formal_is_owed_until_it_begins() -> None:
    planned = occasion("UTC", date(2027, 4, 1), rung(7, 540, is_formal=True))
    assert may_be_due(planned, looked_until=us(2027, 3, 30), now=us(2027, 3, 31))
    (moment,) = due_moments([planned], [NO_NIGHT], looked_until=us(2027, 3, 30), now=us(2027, 3, 31))
    assert not moment.is_missed
    assert not may_be_due(planned, looked_until=us(2027, 4, 3), now=us(2027, 4, 4))
    assert not may_be_due(planned, looked_until=us(2027, 3, 1), now=us(2027, 3, 2))


def test_what_is_due_at_the_same_time_is_said_once() -> None:
    """Two rungs may have been moved to the same moment."""
    day = date(2027, 4, 1)
    ladder = [occasion("UTC", day, rung(7, 540, number=number)) for number in (1, 2)]
    found = due_moments(ladder, [NO_NIGHT], looked_until=us(2027, 3, 1), now=us(2027, 3, 25, 9))
    assert {moment.rung: moment.is_missed for moment in found} == {1: True, 2: False}


def test_who_wants_to_know_earlier_is_told_what_is_overtaken_once() -> None:
    """Eight days before, both the reminder of the day before and that of three days before would have come by now."""
    day, now = date(2027, 4, 20), us(2027, 4, 12, 15)
    ladder = [occasion("UTC", day, rung(days, 540, number=days)) for days in (30, 3, 1)]
    found = list(overtaken(ladder, NO_NIGHT, Group(None, 0, 0, 7), looked_until=now, now=now))
    assert [(moment.rung, moment.is_missed) for moment in found] == [(1, False)]
    assert not list(overtaken(ladder, NO_NIGHT, Group(None, 0, 0, 1), looked_until=now, now=now))
