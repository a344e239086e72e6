"""/agenda: the sessions of the next conference, by days."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences import agenda_view, which
from bot.conferences.agenda import NoSuchSessionError, StaleSessionError
from bot.conferences.agenda_view import Day, Look
from bot.conferences.opening import NoSuchConferenceError, found
from bot.members.roles import NotAllowedError
from handlers import lately
from handlers.conference import clocks
from handlers.conference_guard import conference_in
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import agenda as views
from handlers.views import out_of_date, staff
from handlers.views.message import Message
from storage import agenda
from storage.records.conferences import Conference, Segment

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def on_agenda(handler: Handler) -> Handler:
    """Presses on what is gone or has changed say so; those by who has no right are refused and noted."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except (NoSuchConferenceError, NoSuchSessionError):
            turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)
        except StaleSessionError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
        except NotAllowedError:
            await refuse_press(turn, "agenda", staff.only_staff_toast(turn.t))

    return guarded


async def show_next_agenda(_update: Update, turn: Turn) -> None:
    """/agenda: that of the next conference."""
    conference = await which.next_conference(turn.tx, turn.now)
    turn.say(await none_planned(turn) if conference is None else await _told(turn, conference))


async def none_planned(turn: Turn) -> Message:
    """There is no next conference; the one that there was may be cancelled. The last one has its agenda still."""
    last = next(iter(await which.past(turn.tx, turn.now, at_most=1)), None)
    return views.no_conference(turn.t, await which.next_or_cancelled(turn.tx, turn.now), last)


@on_agenda
async def show(_update: Update, turn: Turn) -> None:
    """The button that leads to an agenda."""
    turn.show(await _told(turn, await _pressed(turn)))


@on_agenda
async def show_at(_update: Update, turn: Turn) -> None:
    """A day, a segment, a room, a page."""
    turn.show(await _agenda(turn, await _pressed(turn), _look(turn)))


@on_agenda
async def pick(_update: Update, turn: Turn) -> None:
    """By which segment or room."""
    conference = await _pressed(turn)
    shown = await _day(turn, conference, _look(turn))
    if shown is None:
        turn.show(views.no_agenda(turn.t, conference))
    else:
        turn.show(views.choose(turn.t, conference, shown, by_room=match(turn)["what"] == "room"))


async def _told(turn: Turn, conference: Conference) -> Message:
    lately.told_of(turn, "conference-programme", conference)
    return await _agenda(turn, conference)


async def _agenda(turn: Turn, conference: Conference, look: Look | None = None) -> Message:
    shown = await _day(turn, conference, look or Look())
    if shown is None:
        return views.no_agenda(turn.t, conference)
    return views.agenda(turn.t, conference, shown, await clocks(turn, conference))


async def _day(turn: Turn, conference: Conference, look: Look) -> Day | None:
    sessions = await agenda.of_conference(turn.tx, conference.id)
    return agenda_view.look_at(sessions, look, conference.details.time_zone, turn.now)


async def _pressed(turn: Turn) -> Conference:
    return await found(turn.tx, conference_in(turn))


def _look(turn: Turn) -> Look:
    """The choice in a button; a day that is none is as if there were none."""
    pressed = match(turn)
    try:
        day = None if pressed["day"] == "-" else datetime.strptime(pressed["day"], "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        day = None
    segment = None if pressed["segment"] == "-" else Segment(pressed["segment"])
    return Look(day, segment, None if pressed["room"] == "-" else pressed["room"], int(pressed["page"]))
