"""Somebody is asked to write or send something: whatever else was awaited of them there is so no longer."""

from __future__ import annotations

from handlers import forms
from handlers.turn import Turn
from storage import learned, people


async def only_this(turn: Turn) -> None:
    """What comes next in this chat is meant for what is announced now."""
    await no_writing(turn)
    if turn.is_private:
        await forms.pause(turn)


async def no_writing(turn: Turn) -> None:
    """What comes next in this chat is no letter to the Secretariat and no answer for everybody.

    Both are written in private, as forms are: in a group nothing ends them.
    """
    if turn.is_private:
        await people.end_writing(turn.tx, turn.person.id)
        await learned.end_edit(turn.tx, turn.person.id)
