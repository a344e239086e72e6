"""Somebody is asked to write or send something: whatever else was awaited of them is so no longer."""

from __future__ import annotations

from handlers import forms
from handlers.turn import Turn
from storage import learned, people


async def only_this(turn: Turn) -> None:
    """What comes next is meant for what is announced now."""
    await people.end_writing(turn.tx, turn.person.id)
    await learned.end_edit(turn.tx, turn.person.id)
    await forms.pause(turn)
