"""The delivery's queue, against a simple model of what may go next."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.runtime.pacing import Flow, Pace
from bot.runtime.queue import DeliveryQueue
from storage.records import Call, MessageClass, QueuedMessage
from storage.records.durations import SECOND_US

FAST = Pace(overall_per_s=1e9, private_per_s=1e9, private_burst=1000, group_per_minute=1000)
START = 1_000.0


def row(number: int, chat_id: int = 1, message_class: MessageClass = MessageClass.REPLY) -> QueuedMessage:
    return QueuedMessage(
        number, chat_id, message_class, Call("sendMessage", {}), None, tries=0, parts_sent=0, not_before=0, queued_at=0
    )


def news(number: int, *, is_paid: bool = False) -> QueuedMessage:
    """A row of an announcement, to somebody of that number."""
    return replace(row(number, number, MessageClass.ANNOUNCEMENT), is_paid=is_paid)


@dataclass
class Model:
    """What waits, in order, and the chats that have a send in flight."""

    waiting: list[QueuedMessage] = field(default_factory=list)
    flying: dict[int, QueuedMessage] = field(default_factory=dict)

    def may_go(self, now: float) -> list[QueuedMessage]:
        heads: dict[tuple[int, MessageClass], QueuedMessage] = {}
        for one in self.waiting:
            heads.setdefault((one.chat_id, one.message_class), one)
        ready = [
            head for head in heads.values() if head.chat_id not in self.flying and head.not_before <= now * SECOND_US
        ]
        return sorted(ready, key=lambda head: (head.message_class, head.id))


class QueueAgainstModel(RuleBasedStateMachine):
    """Rows come, go out, come back or end, while time passes; no limit but order, class and retries."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = DeliveryQueue(FAST)
        self.model = Model()
        self.now = START
        self.last_id = 0

    @rule(chat_id=st.integers(1, 4), message_class=st.sampled_from(MessageClass))
    def add(self, chat_id: int, message_class: MessageClass) -> None:
        self.last_id += 1
        new = row(self.last_id, chat_id, message_class)
        self.queue.add(new, self.now)
        self.model.waiting.append(new)

    @rule()
    def send(self) -> None:
        self.now += 1e-6  # past the overall rate of the send before
        wanted = self.model.may_go(self.now)
        sent = self.queue.next(self.now)
        assert sent == (wanted[0] if wanted else None)
        if sent is not None:
            self.model.flying[sent.chat_id] = sent

    @precondition(lambda self: self.model.flying)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        sent = self.model.flying.pop(data.draw(st.sampled_from(sorted(self.model.flying))))
        self.model.waiting.remove(sent)
        self.queue.done(sent, self.now)

    @precondition(lambda self: self.model.flying)
    @rule(data=st.data(), wait_s=st.integers(0, 20))
    def try_later(self, data: st.DataObject, wait_s: int) -> None:
        sent = self.model.flying.pop(data.draw(st.sampled_from(sorted(self.model.flying))))
        later = replace(sent, tries=sent.tries + 1, not_before=int((self.now + wait_s) * SECOND_US))
        self.model.waiting[self.model.waiting.index(sent)] = later
        self.queue.put_back(later, self.now)

    @precondition(lambda self: self.model.waiting)
    @rule(chat_id=st.integers(1, 4))
    def forget_chat(self, chat_id: int) -> None:
        gone = [one for one in self.model.waiting if one.chat_id == chat_id]
        flying = self.model.flying.pop(chat_id, None)
        self.model.waiting = [one for one in self.model.waiting if one.chat_id != chat_id]
        assert self.queue.forget_chat(chat_id) == gone
        if flying is not None:
            self.queue.done(flying, self.now)

    @rule(seconds=st.floats(0, 30))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def sweep(self) -> None:
        self.queue.sweep(self.now)

    @invariant()
    def counts_agree(self) -> None:
        assert len(self.queue) == len(self.model.waiting)

    @invariant()
    def tells_when_to_look_again(self) -> None:
        """Whoever sleeps until `next_at` misses nothing."""
        next_at = self.queue.next_at(self.now)
        if self.model.may_go(self.now):
            assert next_at is not None
            assert next_at <= self.now + 1e-6
        elif any(one.chat_id not in self.model.flying for one in self.model.waiting):
            assert next_at is not None

    def teardown(self) -> None:
        """All that is left goes out in the end."""
        for sent in list(self.model.flying.values()):
            self.queue.done(sent, self.now)
            self.model.waiting.remove(sent)
        self.model.flying.clear()
        self.now += 1000
        while self.model.waiting:
            self.now += 1e-6
            wanted = self.model.may_go(self.now)[0]
            assert self.queue.next(self.now) == wanted
            self.queue.done(wanted, self.now)
            self.model.waiting.remove(wanted)
        assert self.queue.next(self.now + 1) is None
        self.queue.sweep(self.now + 1000)
        assert not self.queue._chats


QueueAgainstModel.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestQueueAgainstModel = QueueAgainstModel.TestCase


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


def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    queue = DeliveryQueue(FAST)
    for number in range(1, 4):
        queue.add(row(number, chat_id=number), START)
    queue.asked_to_wait(row(1), START, 30.0)
    sent = [queue.next(START + step / 1000) for step in range(3)]
    assert [one.id for one in sent if one] == [2, 3]
    assert queue.next(START + 29.9) is None
    assert queue.next_at(START + 29.9) == START + 30.0
    assert (queue.next(START + 30.0) or row(0)).id == 1


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


def test_429s_for_announcements_hold_up_no_reply() -> None:
    queue = DeliveryQueue(FAST)
    for number in (1, 2, 3):
        queue.asked_to_wait(news(number), START, 30.0)
    queue.add(news(4), START)
    queue.add(row(5, chat_id=5), START)
    assert queue.next(START) == row(5, chat_id=5)
    assert queue.next(START + 29.0) is None
    assert queue.next(START + 30.0) == news(4)


def test_429s_for_replies_hold_up_announcements_too_but_not_what_is_paid_for() -> None:
    queue = DeliveryQueue(FAST)
    for number in (1, 2, 3):
        queue.asked_to_wait(row(number, chat_id=number), START, 30.0)
    queue.add(news(4), START)
    queue.add(news(5, is_paid=True), START)
    assert queue.next(START) == news(5, is_paid=True)
    assert queue.next(START + 29.0) is None
    assert queue.next(START + 30.0) == news(4)


def test_a_telegram_that_is_not_reached_ends_no_pause_that_it_asked_for() -> None:
    queue = DeliveryQueue(FAST)
    for number in (1, 2, 3):
        queue.asked_to_wait(row(number, chat_id=number), START, 300.0)
    queue.add(row(4, chat_id=4), START)
    queue.wait_until(START + 0.5)
    assert queue.next(START + 299.0) is None
    assert queue.next(START + 300.0) == row(4, chat_id=4)


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


def test_a_place_is_free_for_one_flow_while_another_has_none() -> None:
    queue = DeliveryQueue(FAST)
    queue.add(row(1), START)
    queue.add(news(2, is_paid=True), START)
    assert queue.next(START, [Flow.PAID]) == news(2, is_paid=True)
    assert queue.next(START, [Flow.PAID]) is None
    assert queue.next_at(START, [Flow.PAID]) is None
    assert queue.next(START) == row(1)


def test_an_urgent_row_goes_before_one_that_was_ready_earlier() -> None:
    queue = DeliveryQueue(FAST)
    queue.add(row(1, 1, MessageClass.ANNOUNCEMENT), START)
    queue.add(row(2, 2, MessageClass.REMINDER), START)
    queue.add(row(3, 1, MessageClass.REPLY), START)
    order = []
    for step in range(3):
        sent = queue.next(START + step / 1000)
        assert sent is not None
        order.append(sent.id)
        queue.done(sent, START + step / 1000)
    assert order == [3, 2, 1]


def test_what_waits_for_a_chat_follows_it_and_keeps_its_order() -> None:
    queue = DeliveryQueue(FAST)
    for number in (1, 2, 3):
        queue.add(row(number, chat_id=-1), START)
    queue.add(row(4, chat_id=-1001), START)
    queue.move_chat(-1, -1001, START)
    order = []
    for step in range(4):
        sent = queue.next(START + step / 1000)
        assert sent is not None
        order.append((sent.id, sent.chat_id))
        queue.done(sent, START + step / 1000)
    assert order == [(1, -1001), (2, -1001), (3, -1001), (4, -1001)]


def test_a_row_that_is_being_sent_stays_first_when_others_move_in() -> None:
    queue = DeliveryQueue(FAST)
    queue.add(row(1, chat_id=-1), START)
    queue.add(row(4, chat_id=-1001), START)
    queue.add(row(5, chat_id=-1001), START)
    queue.asked_to_wait(row(1, chat_id=-1), START, 30.0)
    sending = queue.next(START)
    assert sending == row(4, chat_id=-1001)
    queue.move_chat(-1, -1001, START)
    assert queue.next(START + 0.1) is None  # one at a time
    queue.done(sending, START + 0.2)
    assert queue.next(START + 0.3) == row(1, chat_id=-1001)
    assert len(queue) == 2


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
