"""Who comes to a conference: the numbers and the list, for the Secretariat and the host."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Update

from bot.conferences import turnout
from bot.conferences.opening import NoSuchConferenceError
from bot.conferences.turnout import Silence
from bot.locales.catalogues import Translator
from bot.members.roles import NotAllowedError
from handlers import counted
from handlers.center import number_in
from handlers.conference_guard import for_hosts
from handlers.counted import Args
from handlers.rendering import translator_in
from handlers.turn import Desk, Turn, match
from handlers.views import participation_turnout as views
from handlers.views.export import one_moment
from handlers.views.lists import page_within
from handlers.views.message import Message
from handlers.views.welcome import outdated_button
from storage import centers
from storage.records import Upload
from storage.session import Session

NUMBERS = "turnout"
CENTERS = "turnout_centers"

_FILE = re.compile(r"part:file:([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that was written, of so many answers."""

    upload: Upload
    number: int


@for_hosts
async def show(_update: Update, turn: Turn) -> None:
    """The numbers."""
    counted.show(turn, NUMBERS, conference=await _needed(turn))


@for_hosts
async def show_centers(_update: Update, turn: Turn) -> None:
    """Centers that have not answered, or do not come."""
    which, page = match(turn)["which"], number_in(turn, "page")
    counted.show(turn, CENTERS, conference=await _needed(turn), which=which, page=page)


async def _needed(turn: Turn) -> int:
    number = number_in(turn, "conference")
    return (await turnout.need(turn.tx, turn.desk.rights, number, by=turn.person.id)).id


async def numbers_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """How many answered what."""
    return views.turnout(t, await turnout.turnout(session, desk.rights, args["conference"], by=args["by"]))


async def centers_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """A page of Centers that have not answered, or do not come."""
    rights, by, number, which = desk.rights, args["by"], args["conference"], Silence(args["which"])
    shown = await turnout.turnout(session, rights, number, by=by)
    count = shown.silent if which == Silence.SILENT else shown.absent
    page = page_within(args["page"], count, views.PAGE)
    ids = await turnout.centers_of(session, rights, number, which, by=by, at_most=views.PAGE, skipped=page * views.PAGE)
    found = [await centers.by_id(session, one) for one in ids]
    named = [one for one in found if one is not None]
    return views.centers(t, shown.conference, which, named, page, count)


async def make(update: Update, desk: Desk) -> ListFile | None:
    """Before the transaction: the file. Nothing for strangers, who may send any press."""
    user, query = update.effective_user, update.callback_query
    pressed = _FILE.fullmatch((query.data if query else None) or "")
    if user is None or pressed is None:
        return None
    reader, now, number = desk.shelf.counter, desk.clock.now_us(), int(pressed[1])
    _ = await translator_in(reader, desk, user.id)
    try:
        conference = await turnout.need(reader, desk.rights, number, by=user.id)
        async with desk.spool.workshop() as folder:
            path = folder / "participants.xlsx"
            rows = await turnout.export(
                reader, desk.rights, number, path,
                words=views.list_words(_, conference), countries=desk.places.countries, by=user.id, now=now,
            )  # fmt: skip
            return ListFile(await desk.spool.keep_file(path, f"unigo-participants-{conference.year}.xlsx"), rows)
    except (NotAllowedError, NoSuchConferenceError):
        return None


@for_hosts
async def send(_update: Update, turn: Turn) -> None:
    """The button that gives the file."""
    made: ListFile | None = turn.worked_out
    number, rights, by = number_in(turn, "conference"), turn.desk.rights, turn.person.id
    await turnout.need(turn.tx, rights, number, by=by)
    if made is None:
        turn.answer_press(outdated_button(turn.t), alert=True)
        return
    conference = await turnout.note(turn.tx, rights, number, made.number, by=by, now=turn.now)
    turn.answer_press(one_moment(turn.t))
    turn.send(made.upload, views.caption(turn.t, conference, made.number, turn.now))
