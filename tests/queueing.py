"""Messages that wait in the delivery's queue."""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.pacing import Pace
from storage.records import Call, MessageClass, QueuedMessage

FAST = Pace(overall_per_s=1e9, private_per_s=1e9, private_burst=1000, group_per_minute=1000)
"""With no limit that a test would meet."""
START = 1_000.0
"""When tests begin, in seconds."""


def row(number: int, chat_id: int = 1, message_class: MessageClass = MessageClass.REPLY) -> QueuedMessage:
    """A row of the outbox that may be sent at once."""
    return QueuedMessage(
        number, chat_id, message_class, Call("sendMessage", {}), None, tries=0, parts_sent=0, not_before=0, queued_at=0
    )


def news(number: int, *, is_paid: bool = False) -> QueuedMessage:
    """A row of an announcement, to somebody of that number."""
    return replace(row(number, number, MessageClass.ANNOUNCEMENT), is_paid=is_paid)
