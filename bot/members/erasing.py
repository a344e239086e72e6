"""Everything about one person is erased, in one transaction.

What stays, stays without them: the Centers that they registered, what was done (the audit log), questions and answers
that were published for everyone, and decisions. What Telegram shows elsewhere is replaced as far as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import delegates as written
from bot.members import sending
from bot.members.roles import Role
from bot.members.standing import Led, standing
from storage import audit, desk, erasing
from storage.outbox import Post
from storage.records import Call, FollowUp, MessageClass, NewMessage, Rendered
from storage.records.desk import Thread
from storage.records.members import Center
from storage.session import Transaction

REPLACED = "erased_message"
"""The renderer of what stands in the place of a message that is erased."""
TOPIC = "erased_topic"
"""The renderer of the name of a topic that had theirs."""
SAID_FAREWELL, COULD_NOT_SAY_FAREWELL = "erased_farewell", "erased_no_farewell"
"""Follow-ups of the last message to whoever had everything erased."""
CAN_BE_DELETED_US = 48 * 3600 * 1_000_000
"""For so long a bot may delete its messages."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `left_alone` are Centers that have no focal point any more."""

    left_alone: tuple[Center, ...]


async def erase(tx: Transaction, person_id: int, now: int, post: Post) -> Erased:
    """Erase everything about somebody. Whatever is to be said to them is said afterwards, with `farewell`."""
    own = await standing(tx, person_id)
    thread = await desk.thread_of(tx, person_id)
    records = await erasing.records(tx, person_id)
    shown = await erasing.shown_elsewhere(tx, person_id, records)
    cards = await erasing.cards_that_name(tx, person_id)
    await erasing.forget_participations(tx, records, now)
    for number in reversed(records):
        await written.erase(tx, number)
    await erasing.forget(tx, person_id, records, now)
    for one in shown:
        _replace(one, now, post)
    for chat_id, message_id, request_id in cards:
        sending.post_card_now(chat_id, message_id, request_id, post)
    if thread is not None:
        _rename_topic(thread, post)
    await audit.add(tx, erasing.NOBODY, "person.erase", f"person:{erasing.NOBODY}", now=now)
    return Erased(tuple(led.center for led in own.led if _is_alone(led)))


def farewell(person_id: int, call: Call) -> NewMessage:
    """The last message to somebody who had everything erased; nothing is left of it once it is said, either."""
    return NewMessage(
        person_id, call,
        follow_up=FollowUp(SAID_FAREWELL, {}), on_failure=FollowUp(COULD_NOT_SAY_FAREWELL, {}),
    )  # fmt: skip


def _replace(one: erasing.Shown, now: int, post: Post) -> None:
    """Words become a line that says that they are erased; a picture is deleted, as long as Telegram allows it."""
    content: Call | Rendered | None = None
    if one.is_text:
        content = Rendered(REPLACED, {"message": one.message_id})
    elif one.written_at is not None and now - one.written_at < CAN_BE_DELETED_US:
        content = Call("deleteMessage", {"message_id": one.message_id})
    if content is not None:
        # Behind what people wait for: there may be hundreds.
        post(NewMessage(one.chat_id, content, message_class=MessageClass.REMINDER))


def _rename_topic(thread: Thread, post: Post) -> None:
    if thread.group_id is not None and thread.topic_id is not None:
        post(NewMessage(thread.group_id, Rendered(TOPIC, {"topic": thread.topic_id}), MessageClass.REMINDER))


def _is_alone(led: Led) -> bool:
    return led.role == Role.FOCAL_POINT
