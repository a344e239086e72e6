"""Screens that count everybody: worked out as they are delivered, lest a transaction waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from handlers.turn import Turn

Args: TypeAlias = Mapping[str, Any]
"""What a screen has to know: of plain JSON. `by` is who has asked for it."""


def say(turn: Turn, screen: str, **args: object) -> None:
    """A screen, by the name that `handlers.counted_delivery` has for it, in a new message."""
    turn.say_later(screen, {**args, "by": turn.person.id})


def show(turn: Turn, screen: str, **args: object) -> None:
    """As `say`, in the place of the message whose button was pressed."""
    turn.show_later(screen, {**args, "by": turn.person.id})
