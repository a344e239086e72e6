"""What only the Secretariat may press, in private and in its group."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.members.roles import NotAllowedError
from handlers.desk_staff import in_private_or_group
from handlers.staff import refuse_press
from handlers.turn import Turn
from handlers.views import staff

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def staff_only(what: Callable[[Turn], str]) -> Callable[[Handler], Handler]:
    """Presses by others are refused and noted, with `what` was to be seen or done; so are those in other groups."""

    def guard(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(update: Update, turn: Turn) -> None:
            try:
                await turn.desk.rights.need_staff(turn.tx, turn.person.id)
                if await in_private_or_group(turn.tx, update):
                    await handler(update, turn)
                else:  # everybody there would see it
                    turn.answer_press(staff.only_staff_toast(turn.t), alert=True)
            except NotAllowedError:
                await refuse_press(turn, what(turn), staff.only_staff_toast(turn.t))

        return guarded

    return guard
