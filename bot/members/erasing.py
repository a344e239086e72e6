"""Everything about one person is erased, in one transaction.

What stays, stays without them: the Centers that they registered, what was done (the audit log), questions and answers
that were published for everyone, and decisions. What Telegram shows elsewhere is replaced as far as it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.members import delegates as written
from bot.members import sending
from bot.members.roles import Role
from bot.members.standing import Led, standing
from storage import audit, desk, erasing, shown_records
from storage.outbox import Post
from storage.records import Call, FollowUp, MessageClass, NewMessage, Rendered
from storage.records.desk import Thread
from storage.records.durations import HOUR_US
from storage.records.members import Center
from storage.session import Transaction

REPLACED = "erased_message"
"""The renderer of what stands in the place of a message that is erased, or is said to whoever was at a form."""
SHOWN = "erased_shown"
"""The follow-up of a new message that shows records; it notes where it is."""
TOPIC = "erased_topic"
"""The renderer of the name of a topic that had theirs."""
SAID_FAREWELL, COULD_NOT_SAY_FAREWELL = "erased_farewell", "erased_no_farewell"
"""Follow-ups of the last message to whoever had everything erased."""
CAN_BE_DELETED_US = 48 * HOUR_US
"""For so long a bot may delete its messages."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `left_alone` are Centers that have no focal point any more."""

    left_alone: tuple[Center, ...]


async def note_shown(tx: Transaction, chat_id: int, message_id: int, record_ids: Sequence[int], post: Post) -> None:
    """A message has come to show these records. If one was erased meanwhile, it is replaced at once."""
    found = [await shown_records.add(tx, chat_id, message_id, number) for number in record_ids]
    if not all(found):
        _replace(erasing.Shown(chat_id, message_id, is_text=True), 0, post)


async def erase(tx: Transaction, person_id: int, now: int, post: Post) -> Erased:
    """Erase everything about somebody. Whatever is to be said to them is said afterwards, with `farewell`."""
    own = await standing(tx, person_id)
    thread = await desk.thread_of(tx, person_id)
    records = await erasing.records(tx, person_id)
    shown = await erasing.shown_elsewhere(tx, person_id, records)
    cards = await erasing.cards_that_name(tx, person_id)
    await erasing.forget_participations(tx, records, now)
    at_it = await erasing.end_drafts(tx, person_id, records)
    for number in reversed(records):
        await written.erase(tx, number)
    await erasing.forget(tx, person_id, records, now)
    for one in shown:
        _replace(one, now, post)
    for chat_id, message_id, request_id in cards:
        sending.post_card_now(chat_id, message_id, request_id, post)
    for other in at_it:  # whose form has ended: what they write next is no answer any more
        post(NewMessage(other, Rendered(REPLACED, {})))
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
