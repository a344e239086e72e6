"""What the buttons of conferences have in common: whose they are, and what becomes of those that come too late."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences.opening import NoSuchConferenceError
from bot.members.roles import NotAllowedError
from handlers.center import number_in
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import conference as views
from handlers.views import conference_manage, out_of_date, staff
from handlers.views.cancelling import CANCEL, CANCELLED, RESTORE, RESTORED

ASK = rf"(?P<act>{CANCEL}|{RESTORE})"
ACT = rf"(?P<act>{CANCELLED}|{RESTORED})"
"""What buttons ask whether to do, and do."""
Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_everybody(handler: Handler) -> Handler:
    """Presses on what is gone say so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NoSuchConferenceError:
            turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)

    return guarded


def for_hosts(handler: Handler) -> Handler:
    """For the Secretariat and the conference's hosts, in private; presses by others are refused and noted."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        number = conference_in(turn)
        if not turn.is_private:
            turn.say(views.in_private(turn.t, turn.bot.username, number))
            return
        try:
            await turn.desk.rights.need_host(turn.tx, turn.person.id, number)
            await handler(update, turn)
        except NotAllowedError:
            is_host = await turn.desk.rights.hosts(turn.tx, turn.person.id, number)
            toast = staff.only_staff_toast if is_host else conference_manage.only_hosts_toast
            await refuse_press(turn, f"conference:{number}", toast(turn.t))
        except NoSuchConferenceError:
            turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)

    return guarded


def is_cancelling(turn: Turn) -> bool:
    """Whether a button cancels something, or asks whether to; else it takes that back."""
    return match(turn)["act"] in {CANCEL, CANCELLED}


def page_in(turn: Turn) -> int:
    """The page that a button leads to; the first where it names none."""
    assert turn.matches  # noqa: S101 - these handlers are routed by patterns
    return int(turn.matches[0]["page"] or 0)


def conference_in(turn: Turn) -> int:
    """The conference that a button is about."""
    return number_in(turn, "conference")
