"""What was registered and is not decided yet, for whoever registered it: look at it, change, correct, withdraw it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.members import registering, requests
from bot.members.center_form import CENTER, answers_of, details_of
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.staff import refuse_press
from handlers.turn import Refused, Turn, match
from handlers.views import out_of_date, welcome
from handlers.views import registering as views
from handlers.views.center_form import CHANGES, REMARK
from handlers.views.message import Message
from storage.records.drafts import Draft
from storage.records.members import Center, Request, RequestState

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_owner(handler: Handler) -> Handler:
    """Presses by others are refused, and presses that come too late say so and show how it stands."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NotAllowedError:
            await refuse_press(turn, f"request:{_number(turn)}", views.not_yours_toast(turn.t))
        except (NoSuchRequestError, NoSuchCenterError):
            turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        except DecidedError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show(turn)

    return guarded


@for_owner
async def show(_update: Update, turn: Turn) -> None:
    """How it stands."""
    await _show(turn)


@for_owner
async def change(_update: Update, turn: Turn) -> None:
    """Change anything while it waits."""
    request, center = await _mine(turn, RequestState.OPEN)
    await forms.begin(
        turn, CENTER.id,
        subject=str(request.id), prefill=answers_of(center.details), context={CHANGES: True},
    )  # fmt: skip


@for_owner
async def fix(_update: Update, turn: Turn) -> None:
    """Correct what the Secretariat has asked for, and nothing else."""
    request, center = await _mine(turn, RequestState.CORRECTION)
    await forms.begin(
        turn, CENTER.id,
        subject=str(request.id), prefill=answers_of(center.details), only=request.fields,
        context={REMARK: request.reason},
    )  # fmt: skip


@for_owner
async def ask_withdrawal(_update: Update, turn: Turn) -> None:
    """The step before it is withdrawn."""
    request, center = await _mine(turn, RequestState.OPEN, RequestState.CORRECTION)
    turn.show(views.ask_withdrawal(turn.t, request, center))


@for_owner
async def withdraw(_update: Update, turn: Turn) -> None:
    """Withdraw it."""
    request, center = await registering.find_mine(turn.tx, _number(turn), turn.person.id)
    await requests.withdraw(turn.tx, request, by=turn.person.id, now=turn.now, post=turn.post)
    turn.show(views.withdrawn(turn.t, center))


async def correct(turn: Turn, draft: Draft) -> Message | Refused:
    """A form with a correction or a change was confirmed: send it to the Secretariat again."""
    number, by = int(draft.subject), turn.person.id
    changes = registering.differences(details_of(draft.given), details_of(CENTER.visible(draft).answers))
    if not changes and draft.context.get(CHANGES):
        return Refused(views.nothing_to_change(turn.t))
    try:
        request = await registering.correct(
            turn.tx, turn.desk.rights, number, changes, by=by, now=turn.now, post=turn.post
        )
    except StaleCenterError:
        return Refused(views.changed_meanwhile(turn.t))
    except (NoSuchRequestError, NoSuchCenterError, NotAllowedError):
        return views.gone(turn.t)
    except DecidedError as decided:
        _request, center = await registering.find_mine(turn.tx, number, by)
        return views.decided_meanwhile(turn.t, decided.request, center)
    _request, center = await registering.find_mine(turn.tx, number, by)
    return views.sent_again(turn.t, request, center, turn.desk.office, turn.now)


async def _mine(turn: Turn, *states: RequestState) -> tuple[Request, Center]:
    """The registration that a button is about, if it is in one of these states. Raises DecidedError."""
    request, center = await registering.find_mine(turn.tx, _number(turn), turn.person.id)
    if request.state not in states:
        raise DecidedError(request)
    return request, center


async def _show(turn: Turn) -> None:
    request, center = await registering.find_mine(turn.tx, _number(turn), turn.person.id)
    turn.show(views.mine(turn.t, request, center, turn.desk.places.countries, turn.desk.office))


def _number(turn: Turn) -> int:
    return int(match(turn)["request"])
