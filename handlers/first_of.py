"""Whose a message is: what somebody was asked for goes there, and only the rest is a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update

from handlers.turn import Turn

Takes = Callable[[Turn], Awaitable[bool]]
"""Handles a message if it is its own; False if it is not, and then nothing was done."""
Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def first_of(*takers: Takes, otherwise: Handler) -> Handler:
    """The first that takes a message has it; `otherwise` has what nobody takes."""

    async def handle(update: Update, turn: Turn) -> None:
        for takes in takers:
            if await takes(turn):
                return
        await otherwise(update, turn)

    return handle
