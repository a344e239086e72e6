"""The limits: never more than allowed in any stretch of time, and no slower than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.pacing import Answered, FloodPauses, Pace, Rate, Window, backoff_s, chat_limit

GAPS = st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=60)
"""How long nothing is wanted between two sends; mostly less than the limit allows."""


def sends(limit: Rate | Window, gaps: list[float]) -> list[float]:
    """When those go that want to go after each gap, as early as the limit lets them."""
    now, times = 1_000_000.0, []
    for gap in gaps:
        now = max(now + gap, limit.ready_at())
        limit.take(now)
        times.append(now)
    return times


@given(st.integers(1, 50), st.integers(1, 10), GAPS)
def test_a_rate_is_never_passed_in_any_stretch(per_s: int, burst: int, gaps: list[float]) -> None:
    times = sends(Rate(per_s, burst), gaps)
    for first, start in enumerate(times):
        for last in range(first, len(times)):
            assert last - first + 1 <= (times[last] - start) * per_s + burst + 1e-3


@given(st.integers(1, 25), st.floats(0.5, 90), GAPS)
def test_a_window_is_never_passed_in_any_stretch(limit: int, period_s: float, gaps: list[float]) -> None:
    times = sends(Window(limit, period_s), gaps)
    for first, start in enumerate(times):
        assert sum(start <= time < start + period_s * (1 - 1e-9) for time in times[first:]) <= limit


@given(st.integers(1, 50), st.integers(1, 10), st.integers(2, 80))
def test_a_rate_is_used_up(per_s: int, burst: int, count: int) -> None:
    times = sends(Rate(per_s, burst), [0.0] * count)
    assert times[-1] - times[0] == pytest.approx(max(0, count - burst) / per_s, abs=1e-3)


@given(st.integers(1, 25), st.integers(1, 80))
def test_a_window_is_used_up(limit: int, count: int) -> None:
    times = sends(Window(limit, 60.0), [0.0] * count)
    assert times[-1] - times[0] == pytest.approx((count - 1) // limit * 60.0, abs=1e-3)


@pytest.mark.parametrize("limit", [Rate(1.0, 3), Window(20, 60.0)])
def test_a_limit_is_full_again_once_the_past_no_longer_counts(limit: Rate | Window) -> None:
    assert limit.full_at() <= 1_000.0
    limit.take(1_000.0)
    assert 1_000.5 < limit.full_at() <= 1_061.0


def test_who_comes_a_little_late_makes_up_for_it() -> None:
    rate = Rate(10.0, late_s=0.02)
    rate.take(100.0)
    rate.take(100.115)
    assert rate.ready_at() == pytest.approx(100.2)
    rate.take(100.3)  # too late to make up for
    assert rate.ready_at() == pytest.approx(100.4)


def test_groups_have_a_window_and_people_a_rate() -> None:
    pace = Pace(private_per_s=1.0, private_burst=3, group_per_minute=20)
    assert sends(chat_limit(pace, 5), [0.0] * 5)[-1] == pytest.approx(1_000_002.0, abs=1e-3)
    assert sends(chat_limit(pace, -5), [0.0] * 21)[-1] == pytest.approx(1_000_060.0, abs=1e-3)


def test_a_pause_that_was_asked_for_is_the_chats_own() -> None:
    pauses = FloodPauses()
    pauses.asked(1, 100.0, 7.0)
    assert (pauses.chat_until(1), pauses.chat_until(2), pauses.overall_until) == (107.0, 0.0, 0.0)
    assert list(pauses.active(106.0)) == [1]
    assert list(pauses.active(107.0)) == []


def test_pauses_of_several_chats_at_once_are_everybodys() -> None:
    pauses = FloodPauses()
    pauses.asked(1, 100.0, 3.0)
    pauses.asked(2, 104.0, 3.0)  # the first is over by now
    pauses.asked(3, 105.0, 3.0)
    assert pauses.overall_until == 0.0
    pauses.asked(4, 106.0, 9.0)
    assert pauses.overall_until == 115.0


@given(st.integers(1, 1_000), st.floats(0, 1))
def test_waiting_grows_up_to_a_limit_and_never_vanishes(tries: int, jitter: float) -> None:
    wait_s = backoff_s(tries, jitter, first_s=0.5, most_s=60.0)
    whole = min(60.0, 0.5 * 2 ** (tries - 1)) if tries < 20 else 60.0
    assert whole / 2 <= wait_s <= whole


def test_no_second_has_too_many_as_the_server_counts_them() -> None:
    """Some calls are long on the way there, others on the way back."""
    per_s, ways = 5, [(0.07, 0.03), (0.03, 0.07), (0.05, 0.05)]
    answered, now, counted = Answered(per_s), 0.0, []
    for row_id in range(60):
        there, back = ways[row_id // per_s % len(ways)]
        now = max(now, answered.ready_at())
        answered.take(row_id, now)
        counted.append(now + there)
        now += there + back
        answered.answered(row_id, now)
    assert all(later - earlier >= 1 - 1e-9 for earlier, later in zip(counted, counted[per_s:], strict=False))
