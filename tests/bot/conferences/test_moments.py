"""Days and times of a conference as moments, and back."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from bot.conferences import moments
from storage.records.conferences import ConferenceDetails
from storage.records.durations import SECOND_US


def moment_us(at: str) -> int:
    """A moment that is written in UTC."""
    return int(datetime.fromisoformat(f"{at}+00:00").timestamp()) * SECOND_US


@pytest.mark.parametrize(
    ("begins", "ends", "can_be"),
    [
        (time(14), time(16), True),
        (time(0), time(23, 59), True),
        (time(22), time(1), True),
        (time(20), time(8), True),
        (time(20), time(8, 1), False),
        (time(14), time(13), False),
        (time(14), time(14), False),
        (time(9), time(0), True),
    ],
)
def test_what_can_begin_and_end_so(begins: time, ends: time, *, can_be: bool) -> None:
    assert moments.can_be(begins, ends) is can_be


@pytest.mark.parametrize(
    ("day", "hours", "zone", "moments_of_it"),
    [
        ("2027-03-12", (14, 16), "Africa/Nairobi", ("2027-03-12T11:00", "2027-03-12T13:00")),
        ("2027-03-12", (22, 1), "Africa/Nairobi", ("2027-03-12T19:00", "2027-03-12T22:00")),
        # In these nights, clocks go forward and back.
        ("2027-03-27", (23, 4), "Europe/Zurich", ("2027-03-27T22:00", "2027-03-28T02:00")),
        ("2027-10-30", (23, 4), "Europe/Zurich", ("2027-10-30T21:00", "2027-10-31T03:00")),
    ],
)
def test_from_when_to_when(day: str, hours: tuple[int, int], zone: str, moments_of_it: tuple[str, str]) -> None:
    begins, ends = (time(hour) for hour in hours)
    found = moments.span_us(date.fromisoformat(day), begins, ends, zone)
    assert found == tuple(moment_us(at) for at in moments_of_it)


@pytest.mark.parametrize(
    ("at", "is_within"),
    [
        ("2027-03-11T09:59", False),  # in Kiritimati it is 14 hours later than in UTC
        ("2027-03-11T10:00", True),
        ("2027-03-13T09:59", True),
        ("2027-03-13T10:00", False),
    ],
)
def test_what_is_on_a_day_of_the_conference(at: str, *, is_within: bool) -> None:
    details = ConferenceDetails("KI", date(2027, 3, 12), date(2027, 3, 13), "Pacific/Kiritimati")
    assert moments.is_within(details, moment_us(at)) is is_within
