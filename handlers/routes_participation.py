"""Which handler is for what, in taking part in a conference."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import participation, participation_card, participation_center, participation_turnout
from handlers.dispatch import Route

CONFERENCE = r"(?P<conference>[0-9]{1,12})"
EDITION = r"(?P<edition>[0-9]{1,9})"
CENTER = rf"{CONFERENCE}:(?P<center>[0-9]{{1,12}})"
PAGE = r"(?P<page>[0-9]{1,3})"


def commands() -> list[Route]:
    """The commands."""
    return [Route(CommandHandler("participate", participation.participate))]


def buttons() -> list[Route]:
    """The buttons."""
    asked = r"(?P<participation>[0-9]{1,12}):(?P<asked_at>[0-9]{1,17})"
    return [
        Route(CallbackQueryHandler(participation.show, rf"^part:show:{CONFERENCE}$")),
        Route(CallbackQueryHandler(participation.change, rf"^part:change:{CONFERENCE}$")),
        Route(CallbackQueryHandler(participation.ask_withdrawal, rf"^part:ask:{CONFERENCE}$")),
        Route(CallbackQueryHandler(participation.withdraw, rf"^part:withdraw:{CONFERENCE}:{EDITION}$")),
        Route(CallbackQueryHandler(participation.accept, rf"^part:accept:{CONFERENCE}:{EDITION}$")),
        Route(CallbackQueryHandler(participation.decline, rf"^part:decline:{CONFERENCE}:{EDITION}$")),
        Route(CallbackQueryHandler(participation.take_back, rf"^part:unask:{CONFERENCE}:{EDITION}$")),
        Route(CallbackQueryHandler(participation_card.approve, rf"^part:approve:{asked}$")),
        Route(CallbackQueryHandler(participation_card.refuse, rf"^part:refuse:{asked}$")),
        Route(CallbackQueryHandler(participation_card.show_all, rf"^part:asked:{CONFERENCE}$")),
        *_centers(),
        *_turnout(),
    ]


def _centers() -> list[Route]:
    """For those who lead a Center."""
    return [
        Route(CallbackQueryHandler(participation_center.show, rf"^part:center:{CENTER}(:{PAGE})?$")),
        Route(CallbackQueryHandler(participation_center.remind, rf"^part:remind:{CENTER}$")),
        Route(CallbackQueryHandler(participation_center.ask_absence, rf"^part:away:{CENTER}$")),
        Route(CallbackQueryHandler(participation_center.say_absent, rf"^part:gone:{CENTER}$")),
        Route(CallbackQueryHandler(participation_center.withdraw_all, rf"^part:allgone:{CENTER}$")),
        Route(CallbackQueryHandler(participation_center.take_back, rf"^part:back:{CENTER}$")),
    ]


def _turnout() -> list[Route]:
    """For the Secretariat and the host."""
    which = rf"^part:(?P<which>silent|absent):{CONFERENCE}:{PAGE}$"
    make = participation_turnout.make
    return [
        Route(CallbackQueryHandler(participation_turnout.show, rf"^part:all:{CONFERENCE}$")),
        Route(CallbackQueryHandler(participation_turnout.show_centers, which)),
        Route(CallbackQueryHandler(participation_turnout.send, rf"^part:file:{CONFERENCE}$"), prepare=make),
    ]
