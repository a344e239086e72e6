"""Which handler is for what, at the focal point's desk."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import center, center_edit, center_handover, center_invitations, center_people, invitation_links
from handlers.dispatch import Route

CENTER = r"(?P<center>[0-9]{1,12})"
DELEGATE = rf"{CENTER}:(?P<delegate>[0-9]{{1,12}})"
PAGE = r"(?P<page>[0-9]{1,3})"
SEEN = r"(?P<seen>[0-9]{1,12})"
HANDOVER = r"(?P<handover>[0-9]{1,12})"


def commands() -> list[Route]:
    """The commands."""
    return [Route(CommandHandler("center", center.show))]


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(center.show, r"^center$")),
        Route(CallbackQueryHandler(center.show_card, rf"^center:show:{CENTER}$")),
        Route(CallbackQueryHandler(center_edit.begin, rf"^center:edit:{CENTER}$")),
        *_invitations(),
        *_people(),
        *_handover(),
    ]


def _invitations() -> list[Route]:
    make = invitation_links.for_press
    return [
        Route(CallbackQueryHandler(center_invitations.show, rf"^center:invite:{CENTER}$")),
        Route(CallbackQueryHandler(center_invitations.for_one, rf"^center:personal:{CENTER}$")),
        Route(CallbackQueryHandler(center_invitations.replace, rf"^center:replace:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_invitations.show_listed, rf"^center:listed:{CENTER}:{PAGE}$")),
        Route(CallbackQueryHandler(center_invitations.for_listed, rf"^center:for:{DELEGATE}:{SEEN}$"), prepare=make),
        Route(CallbackQueryHandler(center_invitations.show_shared, rf"^center:share:{CENTER}$")),
        Route(CallbackQueryHandler(center_invitations.share, rf"^center:shared:{CENTER}:{SEEN}$"), prepare=make),
        Route(CallbackQueryHandler(center_invitations.show_open, rf"^center:links:{CENTER}:{PAGE}$")),
        Route(
            CallbackQueryHandler(
                center_invitations.revoke, rf"^center:revoke:{CENTER}:(?P<invitation>[0-9]{{1,12}}):{PAGE}$"
            )
        ),
    ]


def _people() -> list[Route]:
    return [
        Route(CallbackQueryHandler(center_people.show, rf"^center:people:{CENTER}:{PAGE}$")),
        Route(CallbackQueryHandler(center_people.show_person, rf"^center:person:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_people.ask_removal, rf"^center:ask:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_people.remove, rf"^center:remove:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_people.show_joining, rf"^center:joining:{CENTER}:{PAGE}$")),
        Route(CallbackQueryHandler(center_people.show_leaders, rf"^center:leaders:{CENTER}$")),
        Route(CallbackQueryHandler(center_people.appoint, rf"^center:appoint:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_people.dismiss, rf"^center:dismiss:{CENTER}:(?P<person>[0-9]{{1,16}})$")),
    ]


def _handover() -> list[Route]:
    return [
        Route(CallbackQueryHandler(center_handover.ask, rf"^center:handover:{DELEGATE}$")),
        Route(CallbackQueryHandler(center_handover.offer, rf"^center:offer:{DELEGATE}:(?P<stays>[01])$")),
        Route(CallbackQueryHandler(center_handover.withdraw, rf"^center:withdraw:{CENTER}:{HANDOVER}$")),
        Route(CallbackQueryHandler(center_handover.accept, rf"^handover:accept:{HANDOVER}$")),
        Route(CallbackQueryHandler(center_handover.decline, rf"^handover:decline:{HANDOVER}$")),
    ]
