"""Whether what is written after a question of the bot's is meant for it, in reply to it or not."""

from __future__ import annotations

from typing import Protocol

from telegram import Message

from bot.desk.threads import INTERNAL
from handlers.turn import Turn
from storage import desk, drafts
from storage.records.durations import MINUTE_US

SOON_US = 10 * MINUTE_US
"""For so long after the question, what its reader writes may be meant for it."""


class Awaited(Protocol):
    """Words that were asked for."""

    @property
    def since(self) -> int:
        """When."""

    def is_asked_in(self, message_id: int) -> bool:
        """Whether a message is the question, or asked again."""


async def is_meant(turn: Turn, awaited: Awaited, message: Message) -> bool:
    """In a group, a reply to the question; in private, what is written next, unless a form has asked since."""
    replied = message.reply_to_message
    if not turn.is_private:
        is_reply = replied is not None and awaited.is_asked_in(replied.message_id)
        return is_reply and not (message.text or "").lstrip().startswith(INTERNAL)
    if replied is not None:
        return awaited.is_asked_in(replied.message_id)
    form = await drafts.active(turn.tx, turn.person.id)
    return form is None or form.touched_at < awaited.since


async def may_be_meant(turn: Turn, message: Message, since: int) -> bool:
    """Whether what replies to nothing in a group may be meant for a question `since` then: else nobody would hear it.

    What is written in somebody's topic is for that person, and what names the bot asks it something.
    """
    text = (message.text or "").strip()
    if turn.is_private or turn.now - since > SOON_US or not text or text.startswith(INTERNAL):
        return False
    replied, topic = message.reply_to_message, message.message_thread_id
    is_reply = replied is not None and replied.forum_topic_created is None
    if is_reply or f"@{turn.bot.username}".lower() in text.lower():
        return False
    return topic is None or await desk.thread_in_topic(turn.tx, message.chat.id, topic) is None
