"""Who takes part: bots and persons."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import Json


@dataclass(slots=True, eq=False)
class Bot:
    """A bot that the sandbox was told of."""

    id: int
    token: str
    username: str
    first_name: str
    reads_all_group_messages: bool = False
    """Whether privacy mode is off. (Bots that are administrators read everything anyway.)"""
    supports_inline: bool = True
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    commands: dict[tuple[str, int, int, str], list[Json]] = field(default_factory=dict)
    """Command lists by scope type, chat, user and language."""
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    """Menu buttons by private chat; 0 is the default one."""
    webhook: Webhook | None = None
    poll: asyncio.Future[str] | None = None
    """The `getUpdates` that waits now; its result would be why it ends with a conflict."""
    next_conflict_at: float = 0.0
    """From when on (in the time of the event loop) a conflict is told without a pause."""
    user: Json = field(init=False)
    """The bot as a Bot API `User`."""

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self.user = {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def get_me(self) -> Json:
        return {
            **self.user,
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all_group_messages,
            "supports_inline_queries": self.supports_inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who writes to bots."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    user: Json = field(init=False)
    """The person as a Bot API `User`."""

    def __post_init__(self) -> None:
        self.user = {"id": self.id, "is_bot": False, **self.names()}
        if self.language_code:
            self.user["language_code"] = self.language_code

    def names(self) -> Json:
        """First name, and last name and username if there are any."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}
