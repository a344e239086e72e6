"""/participate: what somebody answers to a conference, changes and withdraws."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import tzinfo
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update

from bot.conferences import own_answer, participating, which
from bot.conferences.opening import NoSuchConferenceError
from bot.conferences.own_answer import Mine, ParticipationError
from bot.conferences.participating import SameAnswerError, StaleAnswerError
from bot.conferences.participation_form import EDITION, PARTICIPATION, answers_of, context_of, details_of
from bot.places.zones import Zones
from handlers import forms
from handlers.center import number_in
from handlers.turn import Refused, Turn
from handlers.views import out_of_date
from handlers.views import participation as views
from handlers.views.message import Message
from handlers.views.participation_form import FULL, IN_TIME
from storage.records.conferences import Conference
from storage.records.drafts import Draft
from storage.records.members import Delegate
from storage.records.participations import ParticipationDetails

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_participants(handler: Handler) -> Handler:
    """Presses are answered in private; whoever cannot answer is told why, and what is out of date says so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        if not turn.is_private:
            turn.say(views.in_private(turn.t, turn.bot.username))
            return
        try:
            await handler(update, turn)
        except (StaleAnswerError, SameAnswerError):
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show_again(turn, number_in(turn, "conference"))
        except ParticipationError as why:
            turn.show(views.not_possible(turn.t, why))
        except NoSuchConferenceError:
            turn.show(views.none(turn.t))

    return guarded


@for_participants
async def participate(_update: Update, turn: Turn) -> None:
    """/participate: the next conference."""
    await _open_next(turn)


async def open_link(turn: Turn) -> None:
    """As /participate, for whoever comes from a group."""
    try:
        await _open_next(turn)
    except ParticipationError as why:
        turn.say(views.not_possible(turn.t, why))


@for_participants
async def show(_update: Update, turn: Turn) -> None:
    """The button that leads to it."""
    await _open(turn, number_in(turn, "conference"))


@for_participants
async def change(_update: Update, turn: Turn) -> None:
    """Change the answer, or register after all."""
    await _begin(turn, await _mine(turn, number_in(turn, "conference")))


@for_participants
async def ask_withdrawal(_update: Update, turn: Turn) -> None:
    """The step before somebody withdraws."""
    shown = await _mine(turn, number_in(turn, "conference"))
    if shown.participation is None or not shown.participation.is_in:
        raise StaleAnswerError
    turn.show(views.ask_withdrawal(turn.t, shown, shown.participation))


@for_participants
async def withdraw(_update: Update, turn: Turn) -> None:
    """Withdraw."""
    shown = await participating.answer(
        turn.tx, turn.desk.rights, number_in(turn, "conference"), ParticipationDetails(),
        edition=number_in(turn, "edition"), by=turn.person.id, now=turn.now, post=turn.post,
    )  # fmt: skip
    turn.show(_as_it_stands(turn, shown))


@for_participants
async def accept(_update: Update, turn: Turn) -> None:
    """Take the place that is offered."""
    await _take_offer(turn, accepts=True)


@for_participants
async def decline(_update: Update, turn: Turn) -> None:
    """Leave it to the next."""
    await _take_offer(turn, accepts=False)


@for_participants
async def take_back(_update: Update, turn: Turn) -> None:
    """Ask the Secretariat for nothing any more."""
    shown = await participating.take_back(
        turn.tx, number_in(turn, "conference"), number_in(turn, "edition"), by=turn.person.id, now=turn.now
    )
    turn.show(_as_it_stands(turn, shown))


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed."""
    try:
        shown = await participating.answer(
            turn.tx, turn.desk.rights, int(draft.subject), details_of(draft.answers),
            edition=int(draft.context[EDITION]), by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
    except StaleAnswerError:
        return Refused(views.stale(turn.t))
    except SameAnswerError:
        return Refused(views.same(turn.t))
    except ParticipationError as why:
        return views.not_possible(turn.t, why)
    except NoSuchConferenceError:
        return views.none(turn.t)
    return _as_it_stands(turn, shown, in_full=False)


def zone_of(delegate: Delegate, conference: Conference, zones: Zones) -> tzinfo:
    """Somebody's time zone, or else that of the conference."""
    own = delegate.details.time_zone
    return ZoneInfo(own if own and zones.is_known(own) else conference.details.time_zone)


async def _open_next(turn: Turn) -> None:
    conference = await which.next_or_cancelled(turn.tx, turn.now)
    if conference is None:
        turn.show(views.none(turn.t))
    else:
        await _open(turn, conference.id)


async def _open(turn: Turn, conference_id: int) -> None:
    """The answer; the form, if there is none."""
    shown = await _mine(turn, conference_id)
    if shown.participation is None:
        await _begin(turn, shown)
    else:
        turn.show(_as_it_stands(turn, shown))


async def _begin(turn: Turn, shown: Mine) -> None:
    found = shown.participation
    own_answer.need_time(shown)
    await forms.begin(
        turn, PARTICIPATION.id,
        subject=str(shown.conference.id),
        context={
            **context_of(shown.conference, shown.edition),
            IN_TIME: shown.is_in_time,
            FULL: await own_answer.would_wait(turn.tx, shown),
        },
        prefill={} if found is None else answers_of(found.details),
    )  # fmt: skip


async def closed(turn: Turn, draft: Draft) -> Message | None:
    """Why nobody goes on with the form any more: the last day may have passed since it was begun."""
    try:
        own_answer.need_time(await own_answer.mine(turn.tx, int(draft.subject), turn.person.id, turn.now))
    except ParticipationError as why:
        return views.not_possible(turn.t, why)
    except NoSuchConferenceError:
        return views.none(turn.t)
    return None


async def _take_offer(turn: Turn, *, accepts: bool) -> None:
    shown = await participating.take_offer(
        turn.tx, number_in(turn, "conference"), number_in(turn, "edition"),
        accepts=accepts, by=turn.person.id, now=turn.now, post=turn.post,
    )  # fmt: skip
    turn.show(_as_it_stands(turn, shown))


async def _show_again(turn: Turn, conference_id: int) -> None:
    try:
        shown = await _mine(turn, conference_id)
    except ParticipationError as why:
        turn.show(views.not_possible(turn.t, why))
        return
    if shown.participation is not None:
        turn.show(_as_it_stands(turn, shown))


async def _mine(turn: Turn, conference_id: int) -> Mine:
    return await own_answer.current(turn.tx, conference_id, turn.person.id, now=turn.now, post=turn.post)


def _as_it_stands(turn: Turn, shown: Mine, *, in_full: bool = True) -> Message:
    assert shown.participation is not None  # noqa: S101 - there is one wherever this is shown
    zone = zone_of(shown.delegate, shown.conference, turn.desk.places.zones)
    return views.mine(turn.t, shown, shown.participation, zone, in_full=in_full)
