"""How a message comes into a chat, changes, and leaves it; and which bots hear of it."""

from __future__ import annotations

from bot.sandbox.accounts import Bot, Person
from bot.sandbox.chats import ADMINISTRATOR, MEMBER, Chat, Message
from bot.sandbox.wire import Json
from bot.sandbox.world import World

UTF16_UNIT_BYTES = 2


def post(
    world: World,
    chat: Chat,
    sender: Bot | Person,
    content: Json,
    *,
    reply_to: Message | None = None,
    thread_id: int | None = None,
    reply_markup: Json | None = None,
    is_service: bool = False,
) -> Message:
    """Put a message into the chat, tell the listeners, and queue updates for the bots that may see it.

    `content` has the fields that make the message what it is: `text` and `entities`, `photo`, ... The
    `reply_markup` is an inline keyboard; other markup is no part of a message.
    """
    message_id = len(chat.messages) + 1
    body: Json = {
        "message_id": message_id,
        "from": sender.user,
        "chat": chat.api,
        "date": world.unix_now(),
    }
    if thread_id is not None:
        body["message_thread_id"] = thread_id
        body["is_topic_message"] = True
        if reply_to is None:
            reply_to = chat.message(thread_id)
    if reply_to is not None:
        body["reply_to_message"] = without_reply(reply_to.body)
    body.update(content)
    if reply_markup is not None:
        body["reply_markup"] = reply_markup
    by_bot = isinstance(sender, Bot)
    message = Message(
        message_id,
        body,
        bot_id=sender.id if by_bot else None,
        person_id=None if by_bot else sender.id,
        is_service=is_service,
    )
    chat.messages.append(message)
    if by_bot and not is_service:
        chat.last_bot_message_id = message_id
        chat.last_speaking_bot_id = sender.id
        if chat.actions:
            chat.actions.pop(sender.id, None)
        chat.bot_spoke()
    announce(world, chat, "message", {"message": body})
    if not by_bot or is_service:
        tell_bots(world, chat, message, "message", sender)
    return message


def edit(world: World, chat: Chat, message: Message, body: Json) -> None:
    """Replace the message's body; bots hear of it if a person edited."""
    message.body = body
    announce(world, chat, "edited", {"message": body})
    if message.person_id is not None:
        tell_bots(world, chat, message, "edited_message", world.persons[message.person_id])


def delete(world: World, chat: Chat, message: Message) -> None:
    """Take the message out of the chat. The Bot API has no update for that."""
    message.is_deleted = True
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    announce(world, chat, "deleted", {"message_id": message.message_id})


def announce(world: World, chat: Chat, event: str, data: Json) -> None:
    """Tell whoever listens to the events of something in this chat."""
    place: Json = {"chat_id": chat.id}
    if chat.private_bot_id is not None:
        place["bot_id"] = chat.private_bot_id
    world.events.add(event, {**place, **data})


def without_reply(body: Json) -> Json:
    """A message as it stands inside another one: replies are not nested further."""
    return {key: value for key, value in body.items() if key != "reply_to_message"}


def tell_bots(world: World, chat: Chat, message: Message, kind: str, sender: Bot | Person) -> None:
    """Queue an update about the message for every bot that is in the chat and may see it."""
    if chat.private_bot_id is not None:
        bot = world.bots[chat.private_bot_id]
        if not chat.is_blocked and (bot is not sender or message.is_service):
            world.send_update(bot, kind, message.body, chat.id)
        return
    for bot_id, status in chat.bots.items():
        bot = world.bots[bot_id]
        if bot is sender and not message.is_service:
            continue
        if status == ADMINISTRATOR or (status == MEMBER and may_see(chat, message, bot)):
            world.send_update(bot, kind, message.body, chat.id)


def may_see(chat: Chat, message: Message, bot: Bot) -> bool:
    """Say whether a bot that is a plain member of a group gets this message.

    With privacy mode on these are: service messages, replies to the bot, messages sent through it,
    commands addressed to it, commands addressed to nobody (if no other bot was the last to speak), mentions.
    See https://core.telegram.org/bots/features#privacy-mode. That mentions get through is how Telegram
    behaves, though the page does not list them.
    """
    body = message.body
    if message.is_service or bot.reads_all_group_messages:
        return True
    if body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    if body.get("via_bot", {}).get("id") == bot.id:
        return True
    text = body.get("text") or body.get("caption") or ""
    own_name = f"@{bot.username}".lower()
    for entity in body.get("entities") or body.get("caption_entities") or ():
        if entity["type"] not in {"bot_command", "mention"}:
            continue
        part = utf16_slice(text, entity["offset"], entity["length"]).lower()
        if part.endswith(own_name):
            return True
        if (
            entity["type"] == "bot_command"
            and entity["offset"] == 0
            and "@" not in part
            and chat.last_speaking_bot_id in {None, bot.id}
        ):
            return True
    return False


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity covers: Telegram counts in UTF-16 code units."""
    if text.isascii():
        return text[offset : offset + length]
    units = text.encode("utf-16-le", "surrogatepass")
    part = units[offset * UTF16_UNIT_BYTES : (offset + length) * UTF16_UNIT_BYTES]
    return part.decode("utf-16-le", "surrogatepass")
