"""Command menus: by scope and language, resolved as Telegram does."""

from __future__ import annotations

from bot.sandbox.accounts import Bot, Person
from bot.sandbox.chats import ADMINISTRATOR, CREATOR, Chat
from bot.sandbox.wire import Json


def visible_commands(bot: Bot, chat: Chat, person: Person) -> list[Json]:
    """The commands that the person is offered in the chat.

    They are the first list there is, each scope in the person's language first, in the order of
    https://core.telegram.org/bots/api#determining-list-of-commands.
    """
    for scope in _scopes(chat, person):
        for language in dict.fromkeys((person.language_code.partition("-")[0], "")):
            commands = bot.commands.get((*scope, language))
            if commands:
                return commands
    return []


def _scopes(chat: Chat, person: Person) -> list[tuple[str, int, int]]:
    if chat.is_private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes = [("chat_member", chat.id, person.id)]
    is_admin = chat.members.get(person.id) in {ADMINISTRATOR, CREATOR}
    if is_admin:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if is_admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
