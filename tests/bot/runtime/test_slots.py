"""Places for sends: what goes to many makes room for whoever waits for an answer."""

from __future__ import annotations

import pytest

from bot.runtime.pacing import Flow
from bot.runtime.slots import AT_HAND, AT_HAND_WHILE_TALKING, Slots
from storage.records import Call, MessageClass, QueuedMessage


def row(number: int, message_class: MessageClass, *, is_paid: bool = False) -> QueuedMessage:
    return QueuedMessage(
        number, number, message_class, Call("sendMessage", {}), None,
        tries=0, parts_sent=0, not_before=0, queued_at=0, is_paid=is_paid,
    )  # fmt: skip


def news(number: int, *, is_paid: bool = True) -> QueuedMessage:
    return row(number, MessageClass.ANNOUNCEMENT, is_paid=is_paid)


def begun(slots: Slots, flow: Flow) -> list[QueuedMessage]:
    """As many rows of a flow as may begin."""
    rows: list[QueuedMessage] = []
    while flow in slots.flows():
        rows.append(news(len(rows) + 1, is_paid=flow is Flow.PAID))
        slots.take(rows[-1])
    return rows


@pytest.mark.parametrize(
    ("is_talking", "at_most"), [(False, AT_HAND), (True, AT_HAND_WHILE_TALKING)], ids=["at rest", "people talk"]
)
def test_few_announcements_are_at_hand_and_fewer_while_people_talk(*, is_talking: bool, at_most: int) -> None:
    slots = Slots(in_flight=100, paid_in_flight=100, is_talking=lambda: is_talking)
    rows = begun(slots, Flow.PAID)
    assert len(rows) == at_most
    slots.leaves(rows[0])  # what waits for Telegram takes nobody's time
    assert Flow.PAID in slots.flows()
    slots.returns(rows[0])
    assert Flow.PAID not in slots.flows()
    slots.give_back(rows[0])
    assert Flow.PAID in slots.flows()


def test_an_announcement_waits_while_a_reply_is_at_hand() -> None:
    slots = Slots(in_flight=100, paid_in_flight=100, is_talking=lambda: False)
    reply = row(1_000, MessageClass.REPLY)
    slots.take(reply)
    assert len(begun(slots, Flow.NEWS)) == AT_HAND_WHILE_TALKING
    slots.leaves(reply)
    assert Flow.NEWS in slots.flows()


def test_announcements_at_hand_hold_up_no_reply() -> None:
    slots = Slots(in_flight=100, paid_in_flight=100, is_talking=lambda: False)
    begun(slots, Flow.NEWS)
    assert slots.flows() == [Flow.TALK]


def test_places_in_flight_are_counted_by_whether_it_is_paid_for() -> None:
    slots = Slots(in_flight=2, paid_in_flight=1, is_talking=lambda: False)
    paid = news(1)
    slots.take(paid)
    slots.leaves(paid)
    assert slots.flows() == [Flow.TALK, Flow.NEWS]
    slots.take(row(2, MessageClass.REPLY))
    slots.take(row(3, MessageClass.REMINDER))
    assert slots.flows() == []
    slots.give_back(paid)
    assert slots.flows() == [Flow.PAID]
