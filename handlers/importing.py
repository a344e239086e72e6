"""/import: a list of Centers and people is asked for, its columns are confirmed, then a worker has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any

from telegram import Document, Update
from telegram import Message as TelegramMessage

from bot.members.importing import runs
from bot.members.importing.faults import FileFault, UnreadableError
from bot.members.importing.fields import Target
from bot.members.importing.limits import FILE_BYTES_AT_MOST
from bot.members.importing.reading import read_content
from bot.members.importing.runs import NoSuchImportError, Place, Received, StaleImportError
from bot.members.roles import NotAllowedError
from bot.runtime.downloads import DownloadError, TooBigError
from handlers import announcing, answers
from handlers.staff import refuse_press
from handlers.turn import Desk, Turn, match
from handlers.views import import_faults, import_result, out_of_date, staff, welcome
from handlers.views import importing as views
from handlers.views.message import Message
from storage import drafts, requests
from storage.records.imports import ImportRun, ImportState
from storage.session import Session

FILENAME_AT_MOST = 120
COMMAND = "/import"
LIST_ENDINGS = (".xlsx", ".xls", ".csv", ".tsv")
Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class SentList:
    """A file that is meant to be a list: what was read of it, or why it was not. Neither: Telegram did not give it."""

    received: Received | None = None
    fault: FileFault | None = None


def for_owner(handler: Handler) -> Handler:
    """Presses by anybody but the member of the Secretariat whose list it is are refused; late ones show how it is."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            if turn.is_private:
                await handler(update, turn)
            else:
                turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        except NotAllowedError:
            await refuse_press(turn, f"import:{_number(turn)}", staff.only_staff_toast(turn.t))
        except NoSuchImportError:
            turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        except StaleImportError:
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show_as_it_is(turn)

    return guarded


# --- The list is asked for and comes


async def receive_replied(update: Update, desk: Desk) -> SentList | None:
    """Before the transaction of /import, or of its button: the file that it is in reply to."""
    message, user = update.effective_message, update.effective_user
    replied = None if message is None else message.reply_to_message
    if replied is None or replied.document is None or user is None:
        return None
    return await _fetch(desk, replied.document) if await desk.rights.is_staff(desk.shelf.reader, user.id) else None


def looks_like_list(message: TelegramMessage | None) -> bool:
    """Whether a message is a file that may be a list, by its name."""
    document = None if message is None else message.document
    return document is not None and (document.file_name or "").lower().endswith(LIST_ENDINGS)


async def show(_update: Update, turn: Turn) -> None:
    """/import, and its button under a file: asks for the list, or takes the one that it is in reply to."""
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username))
        return
    try:
        await announcing.only_this(turn)
        await runs.expect(turn.tx, turn.desk.rights, turn.person.id, turn.now)
    except NotAllowedError:
        turn.say(staff.only_staff(turn.t))
        return
    if isinstance(turn.worked_out, SentList):
        turn.say(await _taken(turn, turn.worked_out))
    else:
        turn.say(views.ask_file(turn.t))


async def receive(update: Update, desk: Desk) -> Any:
    """Before the transaction: the list, if one is awaited; otherwise what a question in the caption is about."""
    message, user = update.effective_message, update.effective_user
    if message is None or message.document is None or user is None:
        return None
    reader, now = desk.shelf.reader, desk.clock.now_us()
    is_meant = (message.caption or "").split(maxsplit=1)[:1] == [COMMAND]
    if update.edited_message is None and await desk.rights.is_staff(reader, user.id):
        is_awaited = await runs.is_expected(reader, desk.rights, user.id, now) and await is_next(reader, user.id)
        if is_meant or is_awaited:
            return await _fetch(desk, message.document)
    return await answers.find(update, desk) if message.caption else None


async def takes(turn: Turn) -> bool:
    """A list goes here, and what is sent in its place is refused."""
    rights, by, message = turn.desk.rights, turn.person.id, turn.message
    if message is None or message.text or turn.incoming.edited_message is not None or not turn.is_private:
        return False
    if isinstance(turn.worked_out, SentList):
        try:
            turn.say(await _taken(turn, turn.worked_out))
        except NotAllowedError:  # they are not of the Secretariat any more
            turn.say(staff.only_staff(turn.t))
        return True
    if not await runs.is_expected(turn.tx, rights, by, turn.now) or not await is_next(turn.tx, by):
        return False
    turn.say(import_faults.not_a_file(turn.t) if message.document is None else import_faults.not_fetched(turn.t))
    return True


async def _taken(turn: Turn, sent: SentList) -> Message:
    if sent.fault is not None:
        return import_faults.unreadable(turn.t, sent.fault)
    if sent.received is None:
        return import_faults.not_fetched(turn.t)
    try:
        run = await runs.begin(turn.tx, turn.desk.rights, sent.received, by=turn.person.id, now=turn.now)
    except StaleImportError:
        return views.busy(turn.t)
    return views.overview(turn.t, run)


async def _fetch(desk: Desk, document: Document) -> SentList:
    try:
        content = await desk.downloads.fetch(document.file_id, at_most=FILE_BYTES_AT_MOST)
        sheets = await asyncio.to_thread(read_content, content, desk.lists.headings)
        seen = await asyncio.to_thread(runs.seen, sheets, desk.lists.headings)
    except TooBigError:
        return SentList(fault=FileFault.TOO_LARGE)
    except DownloadError:
        return SentList()
    except UnreadableError as why:
        return SentList(fault=why.fault)
    return SentList(Received(document.file_id, (document.file_name or "")[:FILENAME_AT_MOST], seen))


async def is_next(session: Session, by: int) -> bool:
    """Whether no form has asked for anything since the list was asked for."""
    row, form = await requests.awaited(session, by, by), await drafts.active(session, by)
    return form is None or row is None or form.touched_at < row.since


# --- Buttons


@for_owner
async def show_again(_update: Update, turn: Turn) -> None:
    """All sheets."""
    turn.show(views.overview(turn.t, await _mapping(turn)))


@for_owner
async def show_sheet(_update: Update, turn: Turn) -> None:
    """The columns of a sheet."""
    run, place = await _mapping(turn), int(match(turn)["sheet"])
    if place >= len(run.sheets):
        raise StaleImportError
    turn.show(views.sheet(turn.t, run, place, int(match(turn)["page"])))


@for_owner
async def show_column(_update: Update, turn: Turn) -> None:
    """What a column can be read into."""
    run, place = await _mapping(turn), _place(turn)
    if place.sheet >= len(run.sheets) or place.column >= len(run.sheets[place.sheet].headings):
        raise StaleImportError
    turn.show(views.choose_field(turn.t, run, place))


@for_owner
async def set_column(_update: Update, turn: Turn) -> None:
    """A field is chosen for a column."""
    name, place = match(turn)["target"], _place(turn)
    if name not in {*Target, "none"}:
        raise StaleImportError
    run = await runs.set_column(
        turn.tx, turn.desk.rights, _number(turn), place, None if name == "none" else Target(name),
        by=turn.person.id, now=turn.now,
    )  # fmt: skip
    turn.show(views.sheet(turn.t, run, place.sheet, place.column // views.COLUMNS_A_PAGE))


@for_owner
async def set_read(_update: Update, turn: Turn) -> None:
    """A sheet is left out, or not any more."""
    found = match(turn)
    run = await runs.set_read(
        turn.tx, turn.desk.rights, _number(turn), int(found["sheet"]), is_read=found["is_read"] == "1",
        by=turn.person.id, now=turn.now,
    )  # fmt: skip
    turn.show(views.sheet(turn.t, run, int(found["sheet"]), 0))


@for_owner
async def check(_update: Update, turn: Turn) -> None:
    """The columns are confirmed: the dry run begins."""
    run = await runs.check(
        turn.tx, turn.desk.rights, _number(turn), edition=_edition(turn), message_id=_message_id(turn),
        by=turn.person.id, now=turn.now,
    )  # fmt: skip
    turn.show(import_result.checking(turn.t, run, 0, sum(sheet.rows for sheet in run.sheets if sheet.is_read)))


@for_owner
async def apply(_update: Update, turn: Turn) -> None:
    """What was shown is confirmed: it is done."""
    await runs.confirm(
        turn.tx, turn.desk.rights, _number(turn), edition=_edition(turn), message_id=_message_id(turn),
        by=turn.person.id, now=turn.now,
    )  # fmt: skip
    turn.show(import_result.applying(turn.t))


@for_owner
async def change_columns(_update: Update, turn: Turn) -> None:
    """Back from what would happen to the columns."""
    run = await runs.change_columns(
        turn.tx, turn.desk.rights, _number(turn), edition=_edition(turn), by=turn.person.id, now=turn.now
    )
    turn.show(views.overview(turn.t, run))


@for_owner
async def cancel(_update: Update, turn: Turn) -> None:
    """The list is not read in, after all."""
    await runs.cancel(turn.tx, turn.desk.rights, _number(turn), by=turn.person.id, now=turn.now)
    turn.show(views.cancelled(turn.t))


async def _mapping(turn: Turn) -> ImportRun:
    """The list while its columns can be changed."""
    run = await runs.find(turn.tx, turn.desk.rights, _number(turn), by=turn.person.id)
    if run.state != ImportState.MAPPING:
        raise StaleImportError
    return run


async def _show_as_it_is(turn: Turn) -> None:
    """In the place of what was pressed; the worker says by itself how far it is."""
    run = await runs.find(turn.tx, turn.desk.rights, _number(turn), by=turn.person.id)
    if run.state == ImportState.MAPPING:
        turn.show(views.overview(turn.t, run))
    elif run.state == ImportState.CANCELLED:
        turn.show(views.cancelled(turn.t))


def _number(turn: Turn) -> int:
    return int(match(turn)["number"])


def _edition(turn: Turn) -> int:
    return int(match(turn)["edition"])


def _place(turn: Turn) -> Place:
    return Place(int(match(turn)["sheet"]), int(match(turn)["column"]))


def _message_id(turn: Turn) -> int | None:
    return None if turn.message is None else turn.message.message_id
