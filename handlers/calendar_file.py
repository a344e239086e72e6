"""/calendar: the next conference, its AGM and one's own programme as a file for calendars."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType

from bot.conferences import calendar_file, which
from handlers.agenda import none_planned
from handlers.turn import Desk, Turn
from handlers.views import calendar_file as views
from handlers.views import out_of_date
from handlers.views.export import one_moment
from storage import about, conferences, people
from storage.records import Upload
from storage.records.conferences import Conference


@dataclass(frozen=True, slots=True)
class MadeFile:
    """The file of a conference."""

    conference: Conference
    upload: Upload


async def make_next(update: Update, desk: Desk) -> MadeFile | None:
    """Before the transaction: the file of the next conference, if there is one."""
    conference = await which.next_conference(desk.shelf.reader, desk.clock.now_us())
    return None if conference is None else await _make(update, desk, conference)


async def make_pressed(update: Update, desk: Desk) -> MadeFile | None:
    """Before the transaction: the file of the conference in a button, also of one that was cancelled."""
    data = update.callback_query.data if update.callback_query else None
    conference = await conferences.by_id(desk.shelf.reader, int((data or "").rpartition(":")[2]))
    return None if conference is None else await _make(update, desk, conference)


async def command(_update: Update, turn: Turn) -> None:
    """/calendar."""
    made: MadeFile | None = turn.worked_out
    if made is None:
        turn.say(await none_planned(turn))
    else:
        turn.send(made.upload, views.caption(turn.t, made.conference))


async def get(_update: Update, turn: Turn) -> None:
    """The button that gives the file."""
    made: MadeFile | None = turn.worked_out
    if made is None:
        turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)
        return
    turn.answer_press(one_moment(turn.t))
    turn.send(made.upload, views.caption(turn.t, made.conference))


async def _make(update: Update, desk: Desk, conference: Conference) -> MadeFile:
    reader, user, chat = desk.shelf.reader, update.effective_user, update.effective_chat
    is_private = chat is not None and chat.type == ChatType.PRIVATE
    owner = await about.owner(reader)
    assert owner is not None  # noqa: S101 - a bot that runs is known to its database
    plan = await calendar_file.planner(
        reader, conference, stars_of=user.id if user and is_private else None, bot_name=owner[1]
    )  # fmt: skip
    person = None if user is None else await people.find(reader, user.id)
    _ = desk.catalogues.translator(desk.default_language if person is None else person.language)
    words = views.words(_, conference, desk.places.countries)
    upload = await desk.spool.keep(
        lambda file: file.write(calendar_file.as_ics(plan, words)), views.filename(conference)
    )  # fmt: skip
    return MadeFile(conference, upload)
