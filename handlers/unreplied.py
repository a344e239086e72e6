"""What is written in a group after a question of the bot's, but not in reply to it: it would be lost in silence."""

from __future__ import annotations

from telegram import Message

from bot.desk.threads import INTERNAL
from handlers.turn import Turn
from storage import desk
from storage.records.durations import MINUTE_US

SOON_US = 10 * MINUTE_US
"""For so long after the question, what its reader writes may be meant for it."""


async def may_be_meant(turn: Turn, message: Message, since: int) -> bool:
    """Whether a message may be meant for the question that was asked `since` then, though it replies to nothing.

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
