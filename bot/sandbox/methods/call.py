"""One call of a bot's, and what every method needs: its chat, its messages."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.sandbox.accounts import Bot
from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import ADMINISTRATOR, KICKED, LEFT, Chat, Message
from bot.sandbox.wire import ApiError, bad_request, forbidden
from bot.sandbox.world import World


class Access(enum.Enum):
    """What a call needs of its chat. Telegram refuses less to who only reads."""

    READ = enum.auto()
    EDIT = enum.auto()
    WRITE = enum.auto()


@dataclass(frozen=True, slots=True)
class RawJson:
    """A result that is JSON text already."""

    text: str


@dataclass(frozen=True, slots=True)
class Described:
    """A result that comes with a description, as those of the webhook methods do."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    bot: Bot
    method: str
    args: Arguments

    def chat(self, access: Access, name: str = "chat_id") -> Chat:
        """The chat that the call is about.

        Raises:
            ApiError: there is none, or the bot may not do this there.
        """
        written = self.args.text(name)
        if not written:
            raise bad_request("chat_id is empty")
        try:
            chat_id = int(written)
        except ValueError:
            raise bad_request("chat not found") from None
        chat = self.world.chat_seen_by(self.bot, chat_id)
        if chat is None or (chat.is_private and not chat.is_open):
            if access is Access.WRITE and self._shares_a_group_with(chat_id):
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        self._check_access(chat, access)
        return chat

    def _shares_a_group_with(self, person_id: int) -> bool:
        if person_id not in self.world.persons:
            return False
        return any(person_id in group.members and self.bot.id in group.bots for group in self.world.groups.values())

    def _check_access(self, chat: Chat, access: Access) -> None:
        if chat.is_private:
            if chat.is_blocked and access is Access.WRITE:
                raise forbidden("bot was blocked by the user")
            return
        if chat.migrated_to is not None:
            if access is Access.WRITE:
                raise ApiError(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    {"migrate_to_chat_id": chat.migrated_to},
                )
            return
        status = chat.bots[self.bot.id]
        kind = f"{chat.kind} chat"
        if chat.kind == "group" and access is Access.READ:
            return
        if status == KICKED:
            raise forbidden(f"bot was kicked from the {kind}")
        if status == LEFT:
            raise forbidden(f"bot is not a member of the {kind}")

    def message(self, chat: Chat, purpose: str, name: str = "message_id") -> Message:
        """The message that the call names; `purpose` is how Telegram calls it: "message to edit"."""
        message = chat.message(self.args.integer(name))
        if message is None:
            raise bad_request(f"{purpose} not found")
        return message

    def is_admin(self, chat: Chat) -> bool:
        return chat.bots.get(self.bot.id) == ADMINISTRATOR


Method: TypeAlias = Callable[[Call], Any]
"""Does what the call asks and returns the result (or, for calls that wait, an awaitable of it)."""

Waiting: TypeAlias = Awaitable[Any]
