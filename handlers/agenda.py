"""/agenda, /now, /next and /programme: the sessions of the next conference."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences import agenda as sessions
from bot.conferences import agenda_view, clashes, which
from bot.conferences.agenda import NoSuchConferenceError, NoSuchSessionError, StaleSessionError
from bot.conferences.agenda_view import Day, Look
from bot.members.roles import NotAllowedError
from bot.places.zones import Zones
from handlers.center import number_in
from handlers.staff import refuse_press
from handlers.turn import Turn
from handlers.views import agenda as views
from handlers.views import agenda_session as session_views
from handlers.views import staff
from handlers.views.conference_times import Clocks
from handlers.views.message import Message
from storage import agenda, delegates
from storage.records.conferences import Conference, Segment
from storage.session import Session

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def on_agenda(handler: Handler) -> Handler:
    """Presses on what is gone or has changed say so; those by who has no right are refused and noted."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except (NoSuchConferenceError, NoSuchSessionError):
            turn.answer_press(session_views.gone_toast(turn.t), alert=True)
        except StaleSessionError:
            turn.answer_press(staff.out_of_date(turn.t), alert=True)
        except NotAllowedError:
            await refuse_press(turn, "agenda", staff.only_staff_toast(turn.t))

    return guarded


async def show_next_agenda(_update: Update, turn: Turn) -> None:
    """/agenda: that of the next conference."""
    await _of_next(turn, _agenda)


async def now(_update: Update, turn: Turn) -> None:
    """/now: what takes place at this moment."""
    await _of_next(turn, _now)


async def next_up(_update: Update, turn: Turn) -> None:
    """/next: what begins next."""
    await _of_next(turn, _next)


async def my_programme(_update: Update, turn: Turn) -> None:
    """/programme: what somebody has starred."""
    await _of_next(turn, _programme)


@on_agenda
async def show(_update: Update, turn: Turn) -> None:
    """The button that leads to an agenda."""
    turn.show(await _agenda(turn, await _pressed(turn)))


@on_agenda
async def show_next(_update: Update, turn: Turn) -> None:
    """The button that leads to what begins next."""
    turn.show(await _next(turn, await _pressed(turn)))


@on_agenda
async def show_programme(_update: Update, turn: Turn) -> None:
    """The button that leads to somebody's own programme."""
    turn.show(await _programme(turn, await _pressed(turn)))


@on_agenda
async def show_at(_update: Update, turn: Turn) -> None:
    """A day, a segment, a room, a page."""
    turn.show(await _agenda(turn, await _pressed(turn), _look(turn)))


@on_agenda
async def pick(_update: Update, turn: Turn) -> None:
    """By which segment or room."""
    conference = await _pressed(turn)
    shown = await _day(turn, conference, _look(turn))
    assert turn.matches  # noqa: S101 - routed by a pattern
    if shown is None:
        turn.show(views.no_agenda(turn.t, conference))
    else:
        turn.show(views.choose(turn.t, conference, shown, by_room=turn.matches[0]["what"] == "room"))


async def clocks_of(turn: Turn, conference: Conference) -> Clocks:
    """The conference's zone and, in private, that of whoever's turn it is."""
    zones = turn.desk.places.zones
    if not turn.is_private:
        return Clocks(zones, conference.details.time_zone)
    return await clocks_for(turn.tx, zones, conference, turn.person.id)


async def clocks_for(session: Session, zones: Zones, conference: Conference, person_id: int) -> Clocks:
    """The conference's zone and that of whoever reads it."""
    record = await delegates.of_person(session, person_id)
    own = None if record is None else record.details.time_zone
    return Clocks(zones, conference.details.time_zone, own if own and zones.is_known(own) else None)


async def _of_next(turn: Turn, shown: Callable[[Turn, Conference], Coroutine[Any, Any, Message]]) -> None:
    conference = await which.next_conference(turn.tx, turn.now)
    turn.say(views.no_conference(turn.t) if conference is None else await shown(turn, conference))


async def _agenda(turn: Turn, conference: Conference, look: Look | None = None) -> Message:
    shown = await _day(turn, conference, look or Look())
    if shown is None:
        return views.no_agenda(turn.t, conference)
    return views.agenda(turn.t, conference, shown, await clocks_of(turn, conference))


async def _now(turn: Turn, conference: Conference) -> Message:
    found = agenda_view.now_on(await agenda.of_conference(turn.tx, conference.id), turn.now)
    return views.on_now(turn.t, conference, found, await clocks_of(turn, conference))


async def _next(turn: Turn, conference: Conference) -> Message:
    found = agenda_view.next_up(await agenda.of_conference(turn.tx, conference.id), turn.now)
    return views.up_next(turn.t, conference, found, await clocks_of(turn, conference))


async def _programme(turn: Turn, conference: Conference) -> Message:
    found = await agenda.starred_by(turn.tx, turn.person.id, conference.id)
    return views.programme(turn.t, conference, found, clashes.overlapping(found), await clocks_of(turn, conference))


async def _day(turn: Turn, conference: Conference, look: Look) -> Day | None:
    found = await agenda.of_conference(turn.tx, conference.id)
    return agenda_view.look_at(found, look, conference.details.time_zone, turn.now)


async def _pressed(turn: Turn) -> Conference:
    return await sessions.conference(turn.tx, number_in(turn, "conference"))


def _look(turn: Turn) -> Look:
    """The choice in a button; a day that is none is as if there were none."""
    assert turn.matches  # noqa: S101 - routed by a pattern
    found = turn.matches[0]
    try:
        day = None if found["day"] == "-" else datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        day = None
    segment = None if found["segment"] == "-" else Segment(found["segment"])
    return Look(day, segment, None if found["room"] == "-" else found["room"], int(found["page"]))
