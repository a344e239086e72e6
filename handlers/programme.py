"""/now, /next and /programme: what is on, what comes next, and what somebody has starred."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.conferences import agenda_view, which
from bot.conferences.opening import NoSuchConferenceError, found
from handlers import lately
from handlers.agenda import none_planned, on_agenda
from handlers.center import is_number
from handlers.conference import clocks
from handlers.conference_guard import conference_in
from handlers.turn import Turn, match
from handlers.views import programme as views
from handlers.views.message import Message
from handlers.views.programme import Listing
from storage import agenda
from storage.records.conferences import Conference

Shown = Callable[[Turn, Conference, int], Coroutine[Any, Any, Message]]


async def now(_update: Update, turn: Turn) -> None:
    """/now: what takes place at this moment."""
    await _of_next(turn, _now)


async def next_up(_update: Update, turn: Turn) -> None:
    """/next: what begins next."""
    await _of_next(turn, _next)


async def programme(_update: Update, turn: Turn) -> None:
    """/programme: what somebody has starred."""
    await _of_next(turn, _mine)


async def open_link(turn: Turn, payload: str) -> bool:
    """A link that leads here from a group; False if it is none, or there is no such conference."""
    number = payload.removeprefix(views.LINK)
    if not payload.startswith(views.LINK) or not is_number(number):
        return False
    try:
        turn.say(await _mine(turn, await found(turn.tx, int(number)), 0))
    except NoSuchConferenceError:
        return False
    return True


@on_agenda
async def show_now(_update: Update, turn: Turn) -> None:
    """A page of what takes place at this moment."""
    turn.show(await _pressed(turn, _now))


@on_agenda
async def show_next(_update: Update, turn: Turn) -> None:
    """The button that leads to what begins next."""
    turn.show(await _pressed(turn, _next))


@on_agenda
async def show_programme(_update: Update, turn: Turn) -> None:
    """The button that leads to somebody's own programme; in a group, what all see there stays."""
    shown = await _pressed(turn, _mine)
    if turn.is_private:
        turn.show(shown)
    else:
        turn.say(shown)


async def _of_next(turn: Turn, shown: Shown) -> None:
    conference = await which.next_conference(turn.tx, turn.now)
    if conference is None:
        turn.say(await none_planned(turn))
        return
    lately.told_of(turn, "conference-programme", conference)
    turn.say(await shown(turn, conference, 0))


async def _pressed(turn: Turn, shown: Shown) -> Message:
    return await shown(turn, await found(turn.tx, conference_in(turn)), int(match(turn)["page"] or 0))


async def _now(turn: Turn, conference: Conference, page: int) -> Message:
    on = agenda_view.now_on(await agenda.of_conference(turn.tx, conference.id), turn.now)
    return views.on_now(turn.t, Listing(conference, on, "agenda:now", page), await clocks(turn, conference))


async def _next(turn: Turn, conference: Conference, page: int) -> Message:
    coming = agenda_view.next_up(await agenda.of_conference(turn.tx, conference.id), turn.now)
    return views.up_next(turn.t, Listing(conference, coming, "agenda:next", page), await clocks(turn, conference))


async def _mine(turn: Turn, conference: Conference, page: int) -> Message:
    if not turn.is_private:
        return views.in_private(turn.t, turn.bot.username, conference)
    starred = await agenda.starred_by(turn.tx, turn.person.id, conference.id)
    return views.programme(turn.t, Listing(conference, starred, "programme:show", page), await clocks(turn, conference))
