"""Which handler is for what, of the agenda of a conference."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import agenda, agenda_import, agenda_manage, agenda_session, calendar_file, programme
from handlers.conference_guard import ACT, ASK
from handlers.dispatch import Route
from handlers.views.agenda_session import MANAGED
from handlers.views.programme import MINE
from storage.records.conferences import Segment

CONFERENCE = r"(?P<conference>[0-9]{1,12})"
SESSION = r"(?P<session>[0-9]{1,12})"
DOCUMENT = r"(?P<document>[0-9]{1,12})"
EDITION = r"(?P<edition>[0-9]{1,9})"
PAGE = r"(?P<page>[0-9]{1,3})"
PAGED = rf"{CONFERENCE}(:{PAGE})?"
LOOK = rf"{CONFERENCE}:(?P<day>[0-9]{{8}}|-):(?P<segment>{'|'.join(Segment)}|-):(?P<room>[0-9a-f]{{6}}|-):{PAGE}"
CAME_FROM = (
    rf"(:(?P<came_from>({MINE}|{MANAGED}):[0-9]{{1,3}}"
    rf"|([0-9]{{8}}|-):({'|'.join(Segment)}|-):([0-9a-f]{{6}}|-):[0-9]{{1,3}}))?"
)
"""Where a session was opened: a page of a list, or what of the agenda was seen."""


def commands() -> list[Route]:
    """The commands."""
    return [
        Route(CommandHandler("agenda", agenda.show_next_agenda)),
        Route(CommandHandler("now", programme.now)),
        Route(CommandHandler("next", programme.next_up)),
        Route(CommandHandler("programme", programme.programme)),
        Route(CommandHandler("calendar", calendar_file.command), prepare=calendar_file.make_next),
    ]


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(agenda.show, rf"^agenda:show:{CONFERENCE}$")),
        Route(CallbackQueryHandler(programme.show_next, rf"^agenda:next:{PAGED}$")),
        Route(CallbackQueryHandler(programme.show_now, rf"^agenda:now:{PAGED}$")),
        Route(CallbackQueryHandler(agenda.show_at, rf"^agenda:at:{LOOK}$")),
        Route(CallbackQueryHandler(agenda.pick, rf"^agenda:pick:(?P<what>segment|room):{LOOK}$")),
        Route(CallbackQueryHandler(programme.show_programme, rf"^programme:show:{PAGED}$")),
        Route(
            CallbackQueryHandler(calendar_file.get, rf"^calendar:get:{CONFERENCE}$"), prepare=calendar_file.make_pressed
        ),
        Route(CallbackQueryHandler(agenda_session.show, rf"^agenda:session:{SESSION}{CAME_FROM}(:p{PAGE})?$")),
        Route(CallbackQueryHandler(agenda_session.star, rf"^agenda:star:{SESSION}{CAME_FROM}$")),
        Route(CallbackQueryHandler(agenda_session.unstar, rf"^agenda:unstar:{SESSION}{CAME_FROM}$")),
        Route(CallbackQueryHandler(agenda_session.ask_state, rf"^agenda:{ASK}:{SESSION}:{EDITION}{CAME_FROM}$")),
        Route(CallbackQueryHandler(agenda_session.set_state, rf"^agenda:{ACT}:{SESSION}:{EDITION}{CAME_FROM}$")),
        Route(CallbackQueryHandler(agenda_session.send_document, rf"^agenda:file:{DOCUMENT}$")),
        Route(CallbackQueryHandler(agenda_manage.manage, rf"^agenda:manage:{PAGED}$")),
        Route(CallbackQueryHandler(agenda_manage.add, rf"^agenda:add:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agenda_manage.edit, rf"^agenda:edit:{CONFERENCE}:{SESSION}$")),
        Route(CallbackQueryHandler(agenda_manage.add_document, rf"^agenda:doc:{CONFERENCE}:{SESSION}$")),
        Route(CallbackQueryHandler(agenda_manage.show_documents, rf"^agenda:docs:{CONFERENCE}:{SESSION}(:{PAGE})?$")),
        Route(CallbackQueryHandler(agenda_manage.remove_document, rf"^agenda:undoc:{CONFERENCE}:{DOCUMENT}$")),
        Route(CallbackQueryHandler(agenda_import.ask, rf"^agenda:import:{CONFERENCE}$")),
        Route(
            CallbackQueryHandler(agenda_import.read_in, rf"^agenda:read:{CONFERENCE}:(?P<edition>[0-9a-f]{{12}})$"),
            prepare=agenda_import.receive_again,
        ),
        Route(CallbackQueryHandler(agenda_import.leave, rf"^agenda:unread:{CONFERENCE}$")),
    ]
