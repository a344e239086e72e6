"""A Center's answers to a conference: who leads it sees them, reminds, and says that nobody comes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences import absences
from bot.conferences.absences import CenterAnswers, DeadlineError, RemindedAlreadyError, SaidAlreadyError
from bot.conferences.opening import NoSuchConferenceError
from bot.conferences.own_answer import ParticipationError
from handlers.center import center_in, for_leaders, number_in
from handlers.turn import Turn, match
from handlers.views import out_of_date
from handlers.views import participation as own_views
from handlers.views import participation_center as views
from handlers.views.lists import page_within

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_this_center(handler: Handler) -> Handler:
    """As `for_leaders`; what was said meanwhile, or cannot be said any more, is told."""

    @for_leaders
    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except ParticipationError as why:
            turn.show(own_views.not_possible(turn.t, why))
        except NoSuchConferenceError:
            turn.show(own_views.none(turn.t))
        except SaidAlreadyError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show(turn, await _answers(turn))
        except RemindedAlreadyError:
            turn.answer_press(views.reminded_already_toast(turn.t), alert=True)
        except DeadlineError:
            turn.answer_press(views.deadline_toast(turn.t), alert=True)

    return guarded


@for_this_center
async def show(_update: Update, turn: Turn) -> None:
    """Who has answered what."""
    await _show(turn, await _answers(turn), int(match(turn)["page"] or 0))


@for_this_center
async def remind(_update: Update, turn: Turn) -> None:
    """Remind those who have not answered."""
    number = await absences.remind(
        turn.tx, turn.desk.rights, number_in(turn, "conference"), center_in(turn),
        by=turn.person.id, now=turn.now, post=turn.post,
    )  # fmt: skip
    turn.answer_press(views.reminded_toast(turn.t) if number else views.nobody_toast(turn.t), alert=not number)


@for_this_center
async def ask_absence(_update: Update, turn: Turn) -> None:
    """The step before a Center says that it does not come."""
    turn.show(views.ask_absence(turn.t, await _answers(turn)))


@for_this_center
async def say_absent(_update: Update, turn: Turn) -> None:
    """Nobody of the Center is asked any more; whoever is registered stays so."""
    await _say_absent(turn, withdraws=False)


@for_this_center
async def withdraw_all(_update: Update, turn: Turn) -> None:
    """Nobody of the Center comes, whoever is registered."""
    await _say_absent(turn, withdraws=True)


@for_this_center
async def take_back(_update: Update, turn: Turn) -> None:
    """The Center comes after all."""
    shown = await absences.take_back(
        turn.tx, turn.desk.rights, number_in(turn, "conference"), center_in(turn), by=turn.person.id, now=turn.now
    )
    await _show(turn, shown)


async def _say_absent(turn: Turn, *, withdraws: bool) -> None:
    shown = await absences.say_absent(
        turn.tx, turn.desk.rights, number_in(turn, "conference"), center_in(turn),
        withdraws=withdraws, by=turn.person.id, now=turn.now, post=turn.post,
    )  # fmt: skip
    await _show(turn, shown)


async def _answers(turn: Turn) -> CenterAnswers:
    return await absences.of_center(
        turn.tx, turn.desk.rights, number_in(turn, "conference"), center_in(turn), by=turn.person.id, now=turn.now
    )


async def _show(turn: Turn, shown: CenterAnswers, page: int = 0) -> None:
    page = page_within(page, shown.total, views.PAGE)
    found = await absences.people_of(turn.tx, shown, at_most=views.PAGE, skipped=page * views.PAGE)
    turn.show(views.answers(turn.t, shown, found, page))
