"""What happens to the chats themselves: the bot is blocked, let in, thrown out; a group becomes a supergroup."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.desk import threads
from bot.members import sending
from handlers import secretariat_group
from handlers.turn import Turn
from storage import outbox, people

_OUT = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


async def membership(update: Update, turn: Turn) -> None:
    """The bot's own place in a chat has changed."""
    change = update.my_chat_member
    assert change is not None  # noqa: S101 - this handler is routed by the kind of update
    is_out = change.new_chat_member.status in _OUT
    if change.chat.type == ChatType.PRIVATE:
        if is_out:
            await people.unreachable(turn.tx, change.chat.id, turn.now)
        else:
            await people.reachable(turn.tx, change.chat.id)
            await threads.deliver_again(turn.tx, change.chat.id, post=turn.post)
            await sending.tell_again(turn.tx, change.chat.id, turn.post)
    elif change.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        await people.meet_group(turn.tx, change.chat.id, change.chat.title or "", turn.now)
        if is_out:
            await people.unreachable(turn.tx, change.chat.id, turn.now)
            await secretariat_group.left(turn, change.chat)


async def migration(update: Update, turn: Turn) -> None:
    """A group became a supergroup: what waits for it follows it there."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - this handler is routed by a filter on messages
    if message.migrate_to_chat_id is not None:
        await people.group_became(turn.tx, message.chat.id, message.migrate_to_chat_id)
        await outbox.move_chat(turn.tx, message.chat.id, message.migrate_to_chat_id)
        await secretariat_group.became(turn, message.chat.id, message.migrate_to_chat_id)


async def nothing(_update: Update, _turn: Turn) -> None:
    """What needs no reply: a service message, somebody's talk in a group."""
