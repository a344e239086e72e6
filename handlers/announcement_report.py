"""What became of an announcement, in detail: by Center, and as a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Update

from bot.announcements import board, report_file
from bot.announcements.board import NoSuchAnnouncementError
from bot.members.roles import NotAllowedError
from handlers.announcement_board import number_in, show_instead
from handlers.record_guard import for_staff
from handlers.rendering import translator_in
from handlers.turn import Desk, Turn, match
from handlers.views import announcement_report as views
from handlers.views.export import one_moment
from handlers.views.lists import page_within
from handlers.views.welcome import outdated_button
from storage import announcement_reports
from storage.records import Upload

_FILE = re.compile(r"ann:file:([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was written, of so many people."""

    upload: Upload
    people: int


@for_staff
async def show_centers(_update: Update, turn: Turn) -> None:
    """Who has read it, by Center."""
    rights, by = turn.desk.rights, turn.person.id
    found = await board.need(turn.tx, rights, number_in(turn), by=by)
    count = await announcement_reports.count_centers(turn.tx, found.id)
    page = page_within(int(match(turn)["page"]), count, views.PAGE)
    lines = await board.by_center(turn.tx, rights, found.id, by=by, at_most=views.PAGE, skipped=page * views.PAGE)
    await show_instead(turn, views.by_center(turn.t, found, lines, page, count))


async def make(update: Update, desk: Desk) -> ReportFile | None:
    """Before the transaction: the file. Nothing for strangers, who may send any press."""
    user, query = update.effective_user, update.callback_query
    pressed = _FILE.fullmatch((query.data if query else None) or "")
    if user is None or pressed is None:
        return None
    reader, now, number = desk.shelf.reader, desk.clock.now_us(), int(pressed[1])
    _ = await translator_in(reader, desk, user.id)
    try:
        async with desk.spool.workshop() as folder:
            path = folder / "announcement.xlsx"
            rows = await report_file.export(
                reader, desk.rights, number, path,
                words=views.report_words(_), countries=desk.places.countries, by=user.id, now=now,
            )  # fmt: skip
            return ReportFile(await desk.spool.keep_file(path, f"unigo-announcement-{number}.xlsx"), rows)
    except (NotAllowedError, NoSuchAnnouncementError):
        return None


@for_staff
async def send(_update: Update, turn: Turn) -> None:
    """The button that gives the file."""
    made: ReportFile | None = turn.worked_out
    if made is None:
        turn.answer_press(outdated_button(turn.t), alert=True)
        return
    rights, by = turn.desk.rights, turn.person.id
    found = await report_file.note(turn.tx, rights, number_in(turn), made.people, by=by, now=turn.now)
    turn.answer_press(one_moment(turn.t))
    turn.send(made.upload, views.caption(turn.t, found, made.people, turn.now))
