"""Questions that a person's client puts to a bot and waits for: presses of buttons, and inline queries."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.sandbox.wire import Json

CALLBACK_LIFETIME_S = 60.0
INLINE_LIFETIME_S = 60.0
"""After this a query is “too old”. Telegram does not publish its own figures."""


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A pressed button, and what the bot answered."""

    id: str
    bot_id: int
    person_id: int
    asked_at: float
    chat_id: int
    message_id: int
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def to_json(self) -> Json:
        return {"answered": self.answer is not None, **(self.answer or {})}


@dataclass(slots=True, eq=False)
class InlineQuery:
    """A query typed behind the bot's username, and the results that the bot offered."""

    id: str
    bot_id: int
    person_id: int
    asked_at: float
    text: str
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def to_json(self) -> Json:
        return {"answered": self.answer is not None, **(self.answer or {"results": []})}
