"""Who may compose announcements, and where: the Secretariat, in private."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.announcements import composing
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.composing import NotOpenError, StaleAnnouncementError
from bot.members.roles import NotAllowedError
from handlers.announcing_screens import show_menu
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import announce as views
from handlers.views import out_of_date, records, staff

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_composers(handler: Handler) -> Handler:
    """Presses by others are refused and noted; those on what is gone, or has gone out, say so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await turn.desk.rights.need_staff(turn.tx, turn.person.id)
            if turn.is_private:
                await handler(update, turn)
            else:
                turn.say(views.in_private(turn.t, turn.bot.username))
        except NotAllowedError:
            await refuse_press(turn, "announcement", staff.only_staff_toast(turn.t))
        except NoSuchAnnouncementError:
            turn.answer_press(records.gone_toast(turn.t), alert=True)
        except NotOpenError:
            turn.answer_press(views.not_open_toast(turn.t), alert=True)
            show_menu(turn, number_in(turn))
        except StaleAnnouncementError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            show_menu(turn, number_in(turn))

    return guarded


def number_in(turn: Turn) -> int:
    """The announcement that a button is about."""
    return int(match(turn)["announcement"])


async def found_in(turn: Turn) -> Composed:
    """The announcement that a button is about. Raises NotAllowedError, NoSuchAnnouncementError."""
    return await composing.find(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id)


async def open_in(turn: Turn) -> Composed:
    """As `found_in`, one that is being composed. Raises NotOpenError too."""
    return await composing.open_one(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id)
