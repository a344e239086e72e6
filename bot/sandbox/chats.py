"""Chats and what is in them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.sandbox.wire import Json

MEMBER = "member"
ADMINISTRATOR = "administrator"
CREATOR = "creator"
LEFT = "left"
KICKED = "kicked"


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now. `body` is its Bot API object and is replaced when the message changes."""

    message_id: int
    body: Json
    bot_id: int | None
    """The bot that sent it, if a bot did."""
    person_id: int | None = None
    is_service: bool = False
    is_deleted: bool = False
    is_editable: bool = True
    """Whether its bot may edit it: not what was forwarded, nor what came with a reply keyboard."""
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def thread_id(self) -> int | None:
        thread_id: int | None = self.body.get("message_thread_id")
        return thread_id

    def reactions_json(self) -> list[Json]:
        """Who reacted to the message, and how."""
        return [{"user_id": user_id, "reaction": reaction} for user_id, reaction in self.reactions.items() if reaction]


@dataclass(slots=True, eq=False)
class Topic:
    message_thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    is_closed: bool = False


@dataclass(slots=True, frozen=True)
class ChatAction:
    action: str
    bot_id: int
    until: float


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat of a person with a bot, a group, or a supergroup."""

    id: int
    api: Json
    """The Bot API `Chat` object."""
    private_bot_id: int | None = None
    messages: list[Message] = field(default_factory=list)
    """The message with the identifier n stands at n - 1; deleted ones stay, marked."""
    is_open: bool = False
    """Private: whether the person has ever written, so that the bot may."""
    is_blocked: bool = False
    members: dict[int, str] = field(default_factory=dict)
    """Status by person."""
    bots: dict[int, str] = field(default_factory=dict)
    """Status by bot, past members too."""
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    last_bot_message_id: int = 0
    last_speaking_bot_id: int | None = None
    reply_keyboard: Json | None = None
    personal_keyboards: dict[int, Json | None] = field(default_factory=dict)
    """Reply keyboards shown to some persons only (`selective`)."""
    actions: dict[int, ChatAction] = field(default_factory=dict)
    _waiting: asyncio.Future[None] | None = None

    @property
    def kind(self) -> str:
        kind: str = self.api["type"]
        return kind

    @property
    def is_private(self) -> bool:
        return self.private_bot_id is not None

    @property
    def is_forum(self) -> bool:
        return bool(self.api.get("is_forum"))

    def message(self, message_id: int) -> Message | None:
        """The message with this identifier, unless there is none or it was deleted."""
        if 0 < message_id <= len(self.messages):
            message = self.messages[message_id - 1]
            return None if message.is_deleted else message
        return None

    def keyboard_for(self, person_id: int) -> Json | None:
        """The reply keyboard that this person sees."""
        if person_id in self.personal_keyboards:
            return self.personal_keyboards[person_id]
        return self.reply_keyboard

    def bot_spoke(self) -> None:
        """Wake whoever waits for a message by a bot."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def wait_for_bot(self, after: int, timeout_s: float) -> None:
        """Return once a bot's message has an identifier above `after`, or after `timeout_s` seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        while self.last_bot_message_id <= after and (left := until - loop.time()) > 0:
            if self._waiting is None or self._waiting.done():
                self._waiting = loop.create_future()
            await asyncio.wait({self._waiting}, timeout=left)
