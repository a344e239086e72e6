"""How much one may send: so many at once, as many again as time passes, and a pause for whoever sends more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.allowance import ARRIVE_AT_ONCE, LONGEST_PAUSE_US, Allowance, FloodLimits, is_notable, judge
from storage.records.durations import MINUTE_US, SECOND_US
from storage.records.floods import Account, Kind, Pause

SOME = Allowance(at_once=10, per_minute=60)
LIMITS = FloodLimits(messages=SOME, in_groups=SOME, presses=SOME, queries=SOME, pause_s=60)
START = 1_000_000 * SECOND_US
NEW = Account(7, 7, Kind.MESSAGE)


def after(account: Account, *times_s: float, now_s: float | None = None) -> tuple[Account, list[bool], list[Pause]]:
    """Send at these times; what is remembered then, which were read, and the pauses that began."""
    read, pauses = [], []
    for time_s in times_s:
        sent_at = START + int(time_s * SECOND_US)
        verdict = judge(
            account, LIMITS, sent_at=sent_at, now=sent_at if now_s is None else START + int(now_s * SECOND_US)
        )
        account = verdict.account
        read.append(verdict.is_read)
        if verdict.pause is not None:
            pauses.append(verdict.pause)
    return account, read, pauses


def test_so_many_at_once_are_read_and_then_there_is_one_pause() -> None:
    account, read, pauses = after(NEW, *[0.0] * 100)
    assert read == [True] * 10 + [False] * 90
    assert pauses == [Pause(10, START, START + MINUTE_US)]
    assert account.unread_count == 90


def test_at_the_steady_pace_everything_is_read_for_ever() -> None:
    account, read, _pauses = after(NEW, *range(1_000))
    assert all(read)
    assert account.read_count == 1  # nothing of what was before counts any more


def test_whoever_wrote_before_our_clock_was_set_back_is_read() -> None:
    account, read, _pauses = after(NEW, 0.0, now_s=3600.0)
    assert after(account, 10.0, 20.0, now_s=20.0)[1] == [True, True]
    assert read == [True]


def test_whoever_pressed_before_our_clock_was_set_back_is_heard_at_once() -> None:
    """A press has no date of Telegram's: what is remembered of it is by our clock alone."""
    account, read, _pauses = after(NEW, *[3_600.0] * 10)
    assert after(account, *[0.0] * 11)[1] == [True] * 10 + [False]
    assert all(read)


def test_a_pause_does_not_last_longer_because_our_clock_was_set_back() -> None:
    account, _read, _pauses = after(NEW, *[3_600.0] * 20)
    assert after(account, *[0.0] * 11)[1] == [True] * 10 + [False]


def test_after_the_pause_what_is_within_the_limits_is_read() -> None:
    account, _read, _pauses = after(NEW, *[0.0] * 20)
    assert after(account, 59.9)[1] == [False]
    assert after(account, *range(60, 200))[1] == [True] * 140


def test_whoever_goes_on_at_once_is_paused_twice_as_long_and_not_for_more_than_an_hour() -> None:
    account, at_s, lengths = NEW, 0.0, []
    for _ in range(10):
        account, _read, (pause,) = after(account, *[at_s] * 20)
        lengths.append((pause.ends_at - pause.starts_at) // SECOND_US)
        at_s += lengths[-1]
    assert lengths[:4] == [60, 120, 240, 480]
    assert lengths[-1] == LONGEST_PAUSE_US // SECOND_US


def test_after_a_while_of_quiet_the_next_pause_is_short_again() -> None:
    account, _read, _pauses = after(NEW, *[0.0] * 20)
    _account, _read, (pause,) = after(account, *[60.0 + 10] * 20)
    assert pause.ends_at - pause.starts_at == MINUTE_US


def test_what_was_sent_over_hours_and_arrives_at_once_is_no_flood() -> None:
    times = [minute * 60.0 + second for minute in range(60) for second in range(10)]
    assert all(after(NEW, *times, now_s=7_200)[1])


def test_more_than_a_person_ever_writes_is_bounded_although_it_was_sent_over_days() -> None:
    times = [float(second) for second in range(3 * ARRIVE_AT_ONCE)]
    _account, read, (pause,) = after(NEW, *times, now_s=100_000)
    assert read == [True] * ARRIVE_AT_ONCE + [False] * 2 * ARRIVE_AT_ONCE
    assert pause.ends_at == START + (100_000 + 60) * SECOND_US  # all that comes in until then was sent before


def test_one_that_overtook_another_begins_no_second_pause() -> None:
    account, _read, _pauses = after(NEW, *[5.0] * 20)
    assert after(account, 4.0)[1:] == ([False], [])


def test_little_is_not_kept_and_half_of_what_is_allowed_or_a_pause_is() -> None:
    assert not is_notable(after(NEW, *[0.0] * 5)[0], LIMITS, START)
    assert is_notable(after(NEW, *[0.0] * 6)[0], LIMITS, START)
    assert is_notable(replace(NEW, paused_until=1), LIMITS, START)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_own_allowance(kind: Kind) -> None:
    others = Allowance(at_once=1_000, per_minute=60)
    messages, in_groups, presses, queries = (SOME if one is kind else others for one in Kind)
    limits = FloodLimits(messages=messages, in_groups=in_groups, presses=presses, queries=queries, pause_s=60)
    assert limits.of(kind) == SOME


@given(st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=200))
def test_never_is_more_read_than_is_allowed(gaps_s: list[float]) -> None:
    times, at_s = [], 0.0
    for gap_s in gaps_s:
        at_s += gap_s
        times.append(at_s)
    account, read, pauses = after(NEW, *times)
    assert sum(read) <= SOME.at_once + times[-1] - times[0] + 1
    assert sum(read) + account.unread_count == len(times)
    assert len(pauses) <= account.unread_count
