"""The keyboard below a chat: what a bot's message does to it."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Message
from bot.sandbox.markup import Markup
from bot.sandbox.posting import announce, utf16_slice
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def show_keyboard(world: World, chat: Chat, message: Message, markup: Markup) -> None:
    """Show, or take away, a reply keyboard as the message asks; nothing for an inline keyboard."""
    if markup.reply is None and not markup.removes:
        return
    if markup.is_selective and not chat.is_private:
        persons = _addressed(world, message.body)
        for person_id in persons:
            chat.personal_keyboards[person_id] = markup.reply
        data: Json = {"reply_keyboard": markup.reply, "person_ids": persons}
    else:
        chat.reply_keyboard = markup.reply
        chat.personal_keyboards.clear()
        data = {"reply_keyboard": markup.reply}
    announce(world, chat, "reply_keyboard", data)


def _addressed(world: World, body: Json) -> list[int]:
    """Whom a selective keyboard is for: those mentioned, and who wrote the message replied to."""
    persons = []
    for entity in body.get("entities") or body.get("caption_entities") or ():
        if entity["type"] == "text_mention":
            persons.append(entity["user"]["id"])
        elif entity["type"] == "mention":
            text = body.get("text") or body.get("caption") or ""
            name = utf16_slice(text, entity["offset"], entity["length"]).removeprefix("@").lower()
            persons.append(world.usernames.get(name, 0))
    persons.append(body.get("reply_to_message", {}).get("from", {}).get("id", 0))
    return [person_id for person_id in dict.fromkeys(persons) if person_id in world.persons]
