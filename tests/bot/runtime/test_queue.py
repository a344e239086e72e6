"""The delivery's queue: what goes first, and which chats and flows wait for what Telegram asked for."""

from __future__ import annotations

from bot.runtime.pacing import Flow
from bot.runtime.queue import DeliveryQueue
from storage.records import MessageClass
from tests.queueing import FAST, START, news, row


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
