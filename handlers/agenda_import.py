"""An agenda is read in from a file: it is asked for, what would happen is shown, then it is done."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.conferences import agenda_import, agenda_reading_in
from bot.conferences.agenda_entries import SESSIONS_AT_MOST
from bot.conferences.agenda_import import FILE_BYTES_AT_MOST
from bot.conferences.agenda_reading_in import NotAwaitedError, OtherPlanError, ReadAgenda
from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.roles import NotAllowedError
from bot.runtime.downloads import DownloadError, TooBigError
from handlers import announcing, importing
from handlers.conference_guard import conference_in, for_hosts
from handlers.turn import Desk, Turn, match
from handlers.views import agenda_import as views
from handlers.views import import_faults, welcome
from handlers.views.message import Message
from storage import conferences


@dataclass(frozen=True, slots=True)
class SentAgenda:
    """A file that is meant to be an agenda: what it says, or why that is not known. Neither: it was not given."""

    read: ReadAgenda | None = None
    fault: FileFault | None = None


@for_hosts
async def ask(_update: Update, turn: Turn) -> None:
    """The button after which the file is sent."""
    await announcing.only_this(turn)
    await agenda_reading_in.expect(turn.tx, turn.desk.rights, conference_in(turn), by=turn.person.id, now=turn.now)
    turn.say(views.ask_file(turn.t))


async def receive(update: Update, desk: Desk) -> Any:
    """Before the transaction of a file: the agenda, if one is awaited; otherwise what else it may be."""
    message, user = update.effective_message, update.effective_user
    if message is None or message.document is None or user is None:
        return None
    reader = desk.shelf.reader
    awaited = await agenda_reading_in.awaited(reader, user.id, desk.clock.now_us())
    is_other = update.edited_message is not None or (message.caption or "").startswith("/")
    if awaited is None or is_other or not await importing.is_next(reader, user.id):
        return await importing.receive(update, desk)
    return await _fetch(desk, awaited.conference, message.document.file_id)


async def receive_again(update: Update, desk: Desk) -> SentAgenda | None:
    """Before the transaction of the confirmation: the file that was shown."""
    user = update.effective_user
    if user is None:
        return None
    awaited = await agenda_reading_in.awaited(desk.shelf.reader, user.id, desk.clock.now_us())
    if awaited is None or awaited.file_id is None:
        return None
    return await _fetch(desk, awaited.conference, awaited.file_id)


async def takes(turn: Turn) -> bool:
    """An agenda goes here, and what is sent in its place is refused."""
    message, by = turn.message, turn.person.id
    if message is None or message.text or turn.incoming.edited_message is not None or not turn.is_private:
        return False
    if isinstance(turn.worked_out, SentAgenda):
        turn.say(await _shown(turn, turn.worked_out))
        return True
    awaited = await agenda_reading_in.awaited(turn.tx, by, turn.now)
    if awaited is None or awaited.file_id is not None or not await importing.is_next(turn.tx, by):
        return False
    turn.say(views.not_a_file(turn.t) if message.document is None else import_faults.not_fetched(turn.t))
    return True


@for_hosts
async def read_in(_update: Update, turn: Turn) -> None:
    """What was shown is confirmed."""
    sent, conference = turn.worked_out, conference_in(turn)
    if not isinstance(sent, SentAgenda) or (sent.read is not None and sent.read.conference != conference):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    if sent.read is None:
        turn.say(_unread(turn, sent))
        return
    try:
        plan = await agenda_reading_in.read_in(
            turn.tx, turn.desk.rights, sent.read, match(turn)["edition"], by=turn.person.id, now=turn.now
        )
    except NotAwaitedError:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    except OtherPlanError as other:
        turn.show(views.dry_run(turn.t, conference, other.plan, was_stale=True))
    else:
        turn.show(views.done(turn.t, conference, plan))


@for_hosts
async def leave(_update: Update, turn: Turn) -> None:
    """The agenda is not read in, after all."""
    if not await agenda_reading_in.expect_no_more(turn.tx, turn.person.id, turn.person.id):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    turn.show(views.left(turn.t))


async def _shown(turn: Turn, sent: SentAgenda) -> Message:
    if sent.read is None:
        return _unread(turn, sent)
    try:
        plan = await agenda_reading_in.show(turn.tx, turn.desk.rights, sent.read, by=turn.person.id, now=turn.now)
    except NotAllowedError:  # they are no host any more
        return views.only_hosts(turn.t)
    return views.dry_run(turn.t, sent.read.conference, plan)


def _unread(turn: Turn, sent: SentAgenda) -> Message:
    if sent.fault is None:
        return import_faults.not_fetched(turn.t)
    if sent.fault == FileFault.NOT_A_TABLE:
        return views.not_a_file(turn.t)
    return import_faults.unreadable(turn.t, sent.fault, rows=SESSIONS_AT_MOST, file_bytes=FILE_BYTES_AT_MOST)


async def _fetch(desk: Desk, conference_id: int, file_id: str) -> SentAgenda:
    conference = await conferences.by_id(desk.shelf.reader, conference_id)
    if conference is None:
        return SentAgenda()
    try:
        content = await desk.downloads.fetch(file_id, at_most=FILE_BYTES_AT_MOST)
        lines = await asyncio.to_thread(agenda_import.read, content, conference.details, desk.places)
    except TooBigError:
        return SentAgenda(fault=FileFault.TOO_LARGE)
    except DownloadError:
        return SentAgenda()
    except UnreadableError as why:
        return SentAgenda(fault=why.fault)
    return SentAgenda(ReadAgenda(conference_id, file_id, lines))
