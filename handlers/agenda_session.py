"""A session of the agenda: shown, starred, and its documents sent."""

from __future__ import annotations

from telegram import Update

from bot.conferences import agenda as sessions
from bot.conferences import cancelling, stars
from bot.conferences.agenda import NoSuchSessionError, StaleSessionError
from bot.conferences.clashes import clashes_of
from bot.conferences.opening import found
from bot.members.editing import NothingChangedError
from handlers import lately
from handlers.agenda import on_agenda
from handlers.center import is_number, number_in
from handlers.conference import clocks, manages
from handlers.conference_guard import is_cancelling, page_in
from handlers.turn import Turn, match
from handlers.views import agenda_session as views
from handlers.views import cancelling as before
from handlers.views import out_of_date
from handlers.views.message import Message
from storage import agenda
from storage.records.conferences import AgendaSession, Planned

MADE = f"{views.MANAGED}:0"
"""Where a session is seen that was just saved: as if opened by those who make the agenda."""


@on_agenda
async def show(_update: Update, turn: Turn) -> None:
    """The button of a session."""
    await _show(turn, number_in(turn, "session"), page_in(turn))


async def open_link(turn: Turn, payload: str) -> bool:
    """A link that leads to a session; False if it is none, or there is no such session."""
    number = payload.removeprefix(views.LINK)
    if not payload.startswith(views.LINK) or not is_number(number):
        return False
    shown = await agenda.by_id(turn.tx, int(number))
    if shown is not None:
        lately.told_of_session(turn, shown)
        turn.say(await screen(turn, shown))
    return shown is not None


@on_agenda
async def star(_update: Update, turn: Turn) -> None:
    """Into one's own programme."""
    number = number_in(turn, "session")
    await stars.star(turn.tx, number, turn.person.id, turn.now)
    turn.answer_press(views.starred_toast(turn.t))
    await _show_again(turn, number)


@on_agenda
async def unstar(_update: Update, turn: Turn) -> None:
    """Out of one's own programme."""
    number = number_in(turn, "session")
    await stars.unstar(turn.tx, number, turn.person.id)
    turn.answer_press(views.unstarred_toast(turn.t))
    await _show_again(turn, number)


@on_agenda
async def send_document(_update: Update, turn: Turn) -> None:
    """A document of a session."""
    document = await agenda.document(turn.tx, number_in(turn, "document"))
    if document is None or document.session is None:
        raise NoSuchSessionError
    turn.send_known(document.file_id, document.title)


@on_agenda
async def ask_state(_update: Update, turn: Turn) -> None:
    """The step before a session is cancelled, or takes place after all."""
    number = number_in(turn, "session")
    seen = await sessions.for_editors(turn.tx, turn.desk.rights, number, turn.person.id)
    if seen.edition != number_in(turn, "edition"):
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
        await _show_again(turn, number)
    elif turn.is_private:
        conference = await found(turn.tx, seen.conference)
        told = await cancelling.of_session(turn.tx, conference, seen, turn.now)
        readers = await agenda.count_starred(turn.tx, number)
        turn.show(before.of_session(turn.t, conference, seen, told, readers, _came_from(turn)))


@on_agenda
async def set_state(_update: Update, turn: Turn) -> None:
    """A session is cancelled, or takes place after all."""
    await _set_state(turn, Planned.CANCELLED if is_cancelling(turn) else Planned.PLANNED)


async def screen(turn: Turn, shown: AgendaSession, came_from: str = "", page: int = 0) -> Message:
    """A session as whoever's turn it is sees it; in a group, as nobody in particular does."""
    conference = await found(turn.tx, shown.conference)
    is_editor = await manages(turn, conference.id)
    is_made = is_editor and views.is_managed(came_from)
    return views.session(
        turn.t, conference, shown, await agenda.documents_of_session(turn.tx, shown.id), await clocks(turn, conference),
        is_starred=turn.is_private and await agenda.is_starred(turn.tx, shown.id, turn.person.id),
        is_editor=is_editor,
        clashes=clashes_of(shown, await agenda.of_conference(turn.tx, conference.id)) if is_made else (),
        came_from=came_from, page=page,
    )  # fmt: skip


async def _set_state(turn: Turn, state: Planned) -> None:
    number = number_in(turn, "session")
    try:
        await sessions.set_state(
            turn.tx, turn.desk.rights, number, number_in(turn, "edition"), state, by=turn.person.id, now=turn.now
        )
    except (StaleSessionError, NothingChangedError):
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    await _show_again(turn, number)


async def _show_again(turn: Turn, number: int) -> None:
    if turn.is_private:
        await _show(turn, number)


async def _show(turn: Turn, number: int, page: int = 0) -> None:
    shown = await sessions.find(turn.tx, number)
    lately.told_of_session(turn, shown)
    turn.show(await screen(turn, shown, _came_from(turn), page))


def _came_from(turn: Turn) -> str:
    return match(turn)["came_from"] or ""
