"""Office hours: when the Secretariat is there, and how long something has waited by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.hours import Office
from storage.records.durations import SECOND_US

OFFICE = Office()  # Monday to Friday, 9 to 17, UTC
ZURICH = replace(OFFICE, zone=ZoneInfo("Europe/Zurich"))


def us(text: str, office: Office = OFFICE) -> int:
    """A moment on the office's clock."""
    return int(datetime.fromisoformat(text).replace(tzinfo=office.zone).timestamp() * SECOND_US)


def on_clock(moment_us: int | None, office: Office = OFFICE) -> str:
    assert moment_us is not None
    return datetime.fromtimestamp(moment_us / SECOND_US, office.zone).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:59:59", False),  # a Monday
        ("2026-11-23 09:00", True),
        ("2026-11-23 16:59:59", True),
        ("2026-11-23 17:00", False),
        ("2026-11-28 12:00", False),
    ],
)
def test_when_the_office_is_open(moment: str, is_open: bool) -> None:  # noqa: FBT001
    assert OFFICE.is_open(us(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 07:00", "Mon 23 09:00"),
        ("2026-11-23 12:30", "Mon 23 12:30"),
        ("2026-11-23 17:00", "Tue 24 09:00"),
        ("2026-11-27 18:00", "Mon 30 09:00"),
    ],
)
def test_when_it_opens_next(moment: str, opens: str) -> None:
    assert OFFICE.next_opening(us(moment)).strftime("%a %d %H:%M") == opens


@pytest.mark.parametrize(
    ("waits_since", "hours", "alarm"),
    [
        ("2026-11-23 09:00", 8, "Mon 23 17:00"),
        ("2026-11-23 10:00", 8, "Tue 24 10:00"),
        ("2026-11-27 15:00", 8, "Mon 30 15:00"),
        ("2026-11-28 12:00", 1, "Mon 30 10:00"),
        ("2026-11-23 20:00", 0.5, "Tue 24 09:30"),
        ("2026-11-02 09:00", 80, "Fri 13 17:00"),
    ],
)
def test_waiting_counts_office_hours_only(waits_since: str, hours: float, alarm: str) -> None:
    assert on_clock(replace(OFFICE, alarm_after_hours=hours).alarm_at(us(waits_since))) == alarm


def test_nothing_ever_waits_too_long_without_a_limit() -> None:
    assert replace(OFFICE, alarm_after_hours=0).alarm_at(us("2026-11-23 09:00")) is None


def test_the_hours_are_those_of_the_offices_clock_also_when_it_is_put_back() -> None:
    assert ZURICH.is_open(us("2026-10-23 09:00", ZURICH))
    friday = us("2026-10-23 16:00", ZURICH)  # summer time ends on the Sunday
    assert on_clock(ZURICH.alarm_at(friday), ZURICH) == "Mon 26 16:00"


@given(
    since=st.integers(us("2026-01-01 00:00"), us("2028-01-01 00:00")),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    hours=st.floats(0.1, 200),
)
def test_the_alarm_comes_within_office_hours_and_after_as_many_of_them(
    since: int, days: frozenset[int], hours: float
) -> None:
    office = Office(days=days, opens=time(8), closes=time(12), alarm_after_hours=hours)
    alarm = office.alarm_at(since)
    assert alarm is not None
    assert office.is_open(alarm - 1)
    begin, end = (datetime.fromtimestamp(at / SECOND_US, UTC) for at in (since, alarm))
    open_for = timedelta()
    for ahead in range((end - begin).days + 2):
        day = begin.date() + timedelta(days=ahead)
        if day.weekday() in days:
            opens, closes = (datetime.combine(day, at, UTC) for at in (time(8), time(12)))
            open_for += max(timedelta(), min(closes, end) - max(opens, begin))
    assert abs(open_for - timedelta(hours=hours)) < timedelta(seconds=1)
