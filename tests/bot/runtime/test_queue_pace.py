"""The delivery's queue keeps to how many messages may leave in a second or a minute, and wastes nothing of that."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from bot.runtime.pacing import Pace
from bot.runtime.queue import DeliveryQueue
from storage.records import MessageClass, QueuedMessage
from storage.records.durations import SECOND_US
from tests.queueing import START, news, row


def leaving(queue: DeliveryQueue, count: int, start: float = START) -> list[tuple[float, QueuedMessage]]:
    """When rows leave, if each is answered at once."""
    now, sent = start, list[tuple[float, QueuedMessage]]()
    while len(sent) < count:
        if (one := queue.next(now)) is not None:
            sent.append((now, one))
            queue.answered(one, now)
            queue.done(one, now)
        else:
            now = queue.next_at(now) or 0.0
    return sent


def test_replies_to_many_chats_leave_at_once_as_far_as_the_limit_reaches() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in range(1, 31):
        queue.add(row(number, chat_id=number), START)
    sent_at = [at for at, _ in leaving(queue, 30)]
    assert sent_at[:10] == [START] * 10
    assert all(later - first >= 1.0 for first, later in zip(sent_at, sent_at[10:], strict=False))
    assert sent_at[-1] == START + 2.0


@pytest.mark.parametrize("message_class", [MessageClass.REMINDER, MessageClass.ANNOUNCEMENT])
def test_what_goes_to_many_leaves_evenly_spaced(message_class: MessageClass) -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in range(1, 31):
        queue.add(row(number, number, message_class), START)
    sent_at = [at for at, _ in leaving(queue, 30)]
    assert [later - first for first, later in itertools.pairwise(sent_at)] == pytest.approx([0.1] * 29)


def test_while_people_talk_an_announcement_leaves_a_place_for_the_next_reply() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in range(1, 41):
        queue.add(news(number), START)
    queue.add(row(100, chat_id=100), START)
    sent = leaving(queue, 15)
    now = sent[-1][0]
    assert sent[0][1].id == 100
    # The next reply needs to wait for no place, although the announcement takes all others.
    queue.add(row(101, chat_id=101), now)
    assert [one.id for _, one in sent if one.chat_id != 100] == [*range(1, 15)]
    assert queue.next(now) == row(101, chat_id=101)
    times = [at for at, _ in sent] + [now]
    assert all(later - first >= 1.0 for first, later in zip(times, times[10:], strict=False))


def test_when_nobody_talks_an_announcement_takes_every_place() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in range(1, 102):
        queue.add(news(number), START)
    assert leaving(queue, 101)[-1][0] - START == pytest.approx(10.0)


@pytest.mark.parametrize("message_class", MessageClass)
def test_a_server_counts_no_more_than_the_rate_however_long_its_answers_take(message_class: MessageClass) -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in range(1, 41):
        queue.add(row(number, number, message_class), START)
    now, sent_at, answered_at = START, [], []
    while len(queue):
        sent = queue.next(now)
        if sent is None:
            now = queue.next_at(now) or 0.0
            continue
        # It may be counted when it leaves, when it is answered, or at any time between.
        sent_at.append(now)
        now += 0.05 if sent.id % 10 == 1 else 0.001
        answered_at.append(now)
        queue.answered(sent, now)
        queue.done(sent, now)
    assert all(later - first >= 1.0 - 1e-9 for first, later in zip(answered_at, sent_at[10:], strict=False))
    assert sent_at[-1] - START < 3.9 + 4 * 0.05 + 0.001


def test_what_is_under_way_counts_until_it_is_answered() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=2.0))
    for number in (1, 2, 3):
        queue.add(row(number, chat_id=number), START)
    first, second = queue.next(START), queue.next(START + 0.5)
    assert first is not None
    assert second is not None
    assert queue.next(START + 60.0) is None
    queue.answered(first, START + 60.0)
    assert queue.next_at(START + 60.0) == START + 61.0
    queue.done(second, START + 60.5)  # it was not needed, and nothing was called for it
    assert queue.next(START + 60.6) == row(3, chat_id=3)


def test_what_was_not_needed_costs_no_pace() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    for number in (1, 2, 3):
        queue.add(row(number, number, MessageClass.REMINDER), START)
    for number in (1, 2):
        assert queue.next(START) == row(number, number, MessageClass.REMINDER)
        queue.not_called(row(number, number, MessageClass.REMINDER))
        queue.done(row(number, number, MessageClass.REMINDER), START)
    assert queue.next(START) == row(3, 3, MessageClass.REMINDER)
    assert queue.next_at(START) is None


@pytest.mark.parametrize(("chat_id", "at_once"), [(7, 3), (-100, 20)])
def test_what_was_not_needed_takes_nothing_from_its_chat(chat_id: int, at_once: int) -> None:
    queue = DeliveryQueue(Pace(overall_per_s=1e9))
    for number in range(2 * at_once):
        queue.add(row(number, chat_id), START)
    for number in range(at_once):
        assert queue.next(START) == row(number, chat_id)
        queue.not_called(row(number, chat_id))
        queue.done(row(number, chat_id), START)
    sent = leaving(queue, at_once)
    assert [at for at, _ in sent] == pytest.approx([START] * at_once)


def test_an_album_counts_as_its_pictures_in_a_group() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=1e9, group_per_minute=20))
    for number in range(1, 5):
        queue.add(row(number, chat_id=-100), START)
    for number in (1, 2):
        assert queue.next(START + number) == row(number, chat_id=-100)
        queue.counts_as(row(number, chat_id=-100), 10)
        queue.answered(row(number, chat_id=-100), START + number)
        queue.done(row(number, chat_id=-100), START + number)
    assert queue.next_at(START + 3) == START + 61
    assert queue.next(START + 61) == row(3, chat_id=-100)


def test_an_album_to_a_person_holds_up_no_word_that_follows_it() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=1e9))
    queue.add(row(1), START)
    queue.add(row(2), START)
    assert queue.next(START) == row(1)
    queue.counts_as(row(1), 10)
    queue.answered(row(1), START)
    queue.done(row(1), START)
    assert queue.next(START + 0.1) == row(2)


def test_an_album_counts_as_its_pictures() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=10.0))
    queue.add(row(1, chat_id=1), START)
    queue.add(row(2, chat_id=2), START)
    assert queue.next(START) == row(1, chat_id=1)
    queue.counts_as(row(1, chat_id=1), 10)
    queue.answered(row(1, chat_id=1), START + 0.5)
    queue.done(row(1, chat_id=1), START + 0.5)
    assert queue.next(START + 1.4) is None
    assert queue.next(START + 1.5) == row(2, chat_id=2)


def test_what_is_paid_for_has_a_pace_of_its_own() -> None:
    queue = DeliveryQueue(Pace(overall_per_s=1.0, paid_per_s=100.0))
    for number in range(1, 102):
        queue.add(news(number, is_paid=True), START)
    queue.add(row(200, chat_id=200), START)
    now, ids = START, list[int]()
    while len(ids) < 102:
        sent = queue.next(now)
        if sent is None:
            now = queue.next_at(now) or 0.0
        else:
            ids.append(sent.id)
            queue.done(sent, now)
    assert ids[0] == 200
    assert now - START == pytest.approx(1.0)


def test_a_clock_that_is_set_back_holds_up_nobody() -> None:
    queue, start = DeliveryQueue(Pace(overall_per_s=10.0)), START + 1_000_000.0
    for number in range(1, 41):
        queue.add(replace(row(number, chat_id=number), not_before=int(start * SECOND_US)), start)
    leaving(queue, 10, start)
    back = start - 3600.0
    assert queue.next(back + 1.5) is None, "it would be an hour"
    queue.shift(-3600.0)
    assert queue.next(back + 0.5) is None, "the limit stands"
    sent = [queue.next(back + 1.5) for _ in range(10)]
    assert [one.id for one in sent if one] == [*range(11, 21)]
    assert queue.next(back + 1.5) is None
