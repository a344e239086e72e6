"""Which handler is for what, of the conferences themselves and their AGMs."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import agm, agm_items, conference, conference_hosts, conference_manage
from handlers.conference_guard import ACT, ASK
from handlers.dispatch import Route
from storage.records.conferences import NoteTopic

CONFERENCE = r"(?P<conference>[0-9]{1,9})"
TOPIC = rf"(?P<topic>{'|'.join(NoteTopic)})"
PAGE = r"(:(?P<page>[0-9]{1,3}))?"
PERSON = r"(?P<person>[0-9]{1,16})"


def commands() -> list[Route]:
    """The commands."""
    return [
        Route(CommandHandler("conference", conference.show_next)),
        Route(CommandHandler("conferences", conference.show_all)),
    ]


def buttons() -> list[Route]:
    """The buttons."""
    return [*_of_conferences(), *_of_agms(), *_of_items()]


def _of_conferences() -> list[Route]:
    return [
        Route(CallbackQueryHandler(conference.show, rf"^conf:show:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference.show_page, r"^conf:list:(?P<page>[0-9]{1,3})$")),
        Route(CallbackQueryHandler(conference.show_note, rf"^conf:note:{CONFERENCE}:{TOPIC}$")),
        Route(CallbackQueryHandler(conference_manage.open_form, r"^conf:open$")),
        Route(CallbackQueryHandler(conference_manage.manage, rf"^conf:manage:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_manage.edit, rf"^conf:edit:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_manage.show_notes, rf"^conf:notes:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_manage.write_note, rf"^conf:write:{CONFERENCE}:{TOPIC}$")),
        Route(CallbackQueryHandler(conference_manage.ask_state, rf"^conf:{ASK}:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_manage.set_state, rf"^conf:{ACT}:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_hosts.show, rf"^conf:hosts:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_hosts.invite, rf"^conf:invite:{CONFERENCE}$")),
        Route(CallbackQueryHandler(conference_hosts.revoke, rf"^conf:revoke:{CONFERENCE}:(?P<link>[0-9]{{1,12}})$")),
        Route(CallbackQueryHandler(conference_hosts.ask_removal, rf"^conf:askhost:{CONFERENCE}:{PERSON}$")),
        Route(CallbackQueryHandler(conference_hosts.remove, rf"^conf:unhost:{CONFERENCE}:{PERSON}$")),
    ]


def _of_agms() -> list[Route]:
    document = rf"{CONFERENCE}:(?P<document>[0-9]{{1,9}})"
    return [
        Route(CallbackQueryHandler(agm.show, rf"^agm:show:{CONFERENCE}{PAGE}$")),
        Route(CallbackQueryHandler(agm.edit, rf"^agm:edit:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm.add_document, rf"^agm:file:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm.show_documents, rf"^agm:docs:{CONFERENCE}{PAGE}$")),
        Route(CallbackQueryHandler(agm.send_document, rf"^agm:doc:{document}$")),
        Route(CallbackQueryHandler(agm.remove_document, rf"^agm:undoc:{document}$")),
        Route(CallbackQueryHandler(agm.ask_state, rf"^agm:{ASK}:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm.set_state, rf"^agm:{ACT}:{CONFERENCE}$")),
    ]


def _of_items() -> list[Route]:
    item = rf"{CONFERENCE}:(?P<place>[0-9]{{1,2}}):(?P<mark>[0-9a-f]{{8}})"
    return [
        Route(CallbackQueryHandler(agm_items.add, rf"^agm:add:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm_items.rewrite, rf"^agm:items:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm_items.show_all, rf"^agm:list:{CONFERENCE}$")),
        Route(CallbackQueryHandler(agm_items.show, rf"^agm:item:{item}$")),
        Route(CallbackQueryHandler(agm_items.move, rf"^agm:move:{item}:(?P<to>[0-9]{{1,2}})$")),
        Route(CallbackQueryHandler(agm_items.change, rf"^agm:word:{item}$")),
        Route(CallbackQueryHandler(agm_items.remove, rf"^agm:unitem:{item}$")),
    ]
