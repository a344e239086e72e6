"""/audit: the audit log, for the Secretariat: searched, in pages, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Update

from bot.locales.catalogues import Translator
from bot.members import audit_search, export_log
from bot.members.audit_search import AuditChoice, Called
from bot.members.export_log import MadeLog
from bot.members.roles import NotAllowedError
from bot.members.tables import FileForm
from handlers import announcing, counted
from handlers.counted import Args
from handlers.desk_staff import in_private_or_group
from handlers.rendering import translator_in
from handlers.staff_guard import staff_only
from handlers.turn import Desk, Turn, match
from handlers.views import audit_log as views
from handlers.views import export as export_views
from handlers.views import staff, welcome
from handlers.views.audit_state import packed, unpacked
from handlers.views.lists import PAGE
from handlers.views.message import Message
from storage import audit, requests
from storage.records import Upload
from storage.records.durations import HOUR_US, SECOND_US
from storage.records.members import Awaited
from storage.session import Session

PAGE_OF_LOG = "audit_page"
WORDS = "audit"
"""What is awaited, in `answers_awaited`."""
AWAITED_US = HOUR_US
"""What is written an hour later is a question again."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """What was made of a choice, and when."""

    choice: AuditChoice
    made: MadeLog
    upload: Upload
    at: int


async def show(_update: Update, turn: Turn) -> None:
    """/audit, also with whom or what to look for."""
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.say(staff.only_staff(turn.t))
    elif turn.args:
        turn.say(await _found(turn, AuditChoice(), " ".join(turn.args)))
    else:
        counted.say(turn, PAGE_OF_LOG, choice=packed(AuditChoice()), older=None, username=turn.bot.username)


@staff_only(lambda _turn: WORDS)
async def choose(_update: Update, turn: Turn) -> None:
    """A button of the log."""
    found = match(turn)
    choice = unpacked(found["choice"])
    if choice is None:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    match found["act"]:
        case "acts":
            turn.show(views.choose_group(turn.t, choice))
        case "time":
            turn.show(views.choose_span(turn.t, choice))
        case "words":
            await _ask_words(turn, choice)
        case _show:
            await stop(turn)
            older = int(found["older"]) if found["older"] else None
            counted.show(turn, PAGE_OF_LOG, choice=packed(choice), older=older, username=turn.bot.username)


async def stop(turn: Turn) -> bool:
    """What is written next in this chat is an ordinary message; False if it was before."""
    by, chat = turn.person.id, turn.chat_id
    row = await requests.awaited(turn.tx, by, chat)
    return row is not None and row.what == WORDS and await requests.stop_awaiting(turn.tx, by, chat)


async def make(update: Update, desk: Desk) -> LogFile | None:
    """Before the transaction: the file. Nothing for strangers, who may send any press, and in other groups."""
    user, query, reader = update.effective_user, update.callback_query, desk.shelf.counter
    if user is None or query is None or not await in_private_or_group(reader, update):
        return None
    _audit, form, text = (query.data or "").split(":", 2)
    choice = unpacked(text)
    if choice is None or not await desk.rights.is_staff(reader, user.id):
        return None
    _ = await translator_in(reader, desk, user.id)
    now = desk.clock.now_us()
    async with desk.spool.workshop() as folder:
        made = await export_log.export_log(
            reader, desk.rights, user.id, choice.wanted(now),
            words=views.log_words(_), form=FileForm(form), folder=folder, now=now,
        )  # fmt: skip
        day = datetime.fromtimestamp(now / SECOND_US, UTC).date().isoformat()
        upload = await desk.spool.keep_file(made.path, f"unigo-log-{day}{made.path.suffix}")
    return LogFile(choice, made, upload, now)


@staff_only(lambda _turn: WORDS)
async def send(_update: Update, turn: Turn) -> None:
    """The buttons that give the file."""
    file: LogFile | None = turn.worked_out
    if file is None:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    wanted = file.choice.wanted(file.at)
    await export_log.note(turn.tx, turn.desk.rights, turn.person.id, wanted, file.made, now=turn.now)
    turn.answer_press(export_views.one_moment(turn.t))
    names, zone = await _names(turn.tx, file.choice), turn.desk.office.zone
    message = views.caption(turn.t, file.choice, names, file.made.entries, file.at, zone)
    turn.send(file.upload, message)


async def page_screen(session: Session, desk: Desk, t: Translator, args: Args) -> Message:
    """A page of the log, with how many entries there are."""
    choice, older_than = unpacked(args["choice"]) or AuditChoice(), args["older"]
    wanted = choice.wanted(desk.clock.now_us())
    lines = await export_log.search(session, desk.rights, args["by"], wanted, at_most=PAGE, older_than=older_than)
    names = await _names(session, choice, audit_search.things_in(lines))
    count, zone = await audit.count(session, wanted), desk.office.zone
    return views.log(
        t, choice, lines, names=names, count=count, older_than=older_than, zone=zone, username=args["username"]
    )


async def _names(session: Session, choice: AuditChoice, things: list[str] | None = None) -> dict[str, Called]:
    wanted = list(things or [])
    wanted += [choice.object] if choice.object else []
    wanted += [f"person:{choice.actor_id}"] if choice.actor_id else []
    return await audit_search.names(session, wanted)


async def _ask_words(turn: Turn, choice: AuditChoice) -> None:
    if not turn.is_private:
        turn.answer_press(views.words_in_private(turn.t), alert=True)
        return
    await announcing.only_this(turn)
    await requests.await_answer(turn.tx, Awaited(turn.person.id, turn.chat_id, WORDS, 0, packed(choice), turn.now))
    turn.show(views.ask_words(turn.t, choice))


async def takes(turn: Turn) -> bool:
    """What is written while something is looked for is its name."""
    message = turn.message
    if message is None or not message.text or not turn.is_private or turn.incoming.edited_message is not None:
        return False
    row = await requests.awaited(turn.tx, turn.person.id, turn.chat_id) if turn.person.is_awaited else None
    if row is None or row.what != WORDS or turn.now - row.since > AWAITED_US:
        return False
    choice = unpacked(row.details or "") or AuditChoice()
    await requests.stop_awaiting(turn.tx, turn.person.id, turn.chat_id)
    try:
        turn.say(await _found(turn, choice, message.text))
    except NotAllowedError:
        return False  # not of the Secretariat any more: an ordinary message
    return True


async def _found(turn: Turn, choice: AuditChoice, words: str) -> Message:
    candidates = await audit_search.candidates(turn.tx, turn.desk.rights, turn.person.id, words)
    return views.found(turn.t, choice, candidates)
