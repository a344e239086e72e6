"""Which handler is for what, of Centers and of what is decided about them."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import desk_staff, pending, registered, registering, requests, requests_reasons
from handlers.dispatch import Route

REQUEST = r"(?P<request>[0-9]{1,12})"
SEEN = rf"{REQUEST}:(?P<edition>[0-9]{{1,9}})"
MASK = r"(?P<mask>[0-9a-f]{1,6})"
TICKED = f"{SEEN}:{MASK}"
BY = r"(:(?P<by>[0-9]{1,16}))?"
"""Who has written the remark that goes along."""


def commands() -> list[Route]:
    """The commands."""
    return [
        Route(CommandHandler("register", registering.show)),
        Route(CommandHandler("pending", pending.show), concerns=desk_staff.in_private_or_group),
    ]


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(registering.show, r"^register$")),
        Route(CallbackQueryHandler(registering.begin_center, r"^register:center$")),
        Route(
            CallbackQueryHandler(
                registering.none_of_these, r"^center:new:(?P<draft>[0-9]{1,12}):(?P<revision>[0-9]{1,9})$"
            )
        ),
        Route(CallbackQueryHandler(registering.change_answers, r"^center:answers$")),
        Route(CallbackQueryHandler(registered.show, rf"^mine:show:{REQUEST}$")),
        Route(CallbackQueryHandler(registered.change, rf"^mine:change:{REQUEST}$")),
        Route(CallbackQueryHandler(registered.fix, rf"^mine:fix:{REQUEST}$")),
        Route(CallbackQueryHandler(registered.ask_withdrawal, rf"^mine:ask:{REQUEST}$")),
        Route(CallbackQueryHandler(registered.withdraw, rf"^mine:withdraw:{REQUEST}$")),
        Route(CallbackQueryHandler(requests.show, rf"^request:show:{REQUEST}$")),
        Route(CallbackQueryHandler(requests.approve, rf"^request:approve:{SEEN}$")),
        Route(CallbackQueryHandler(requests_reasons.decline, rf"^request:decline:{SEEN}$")),
        Route(CallbackQueryHandler(requests.decline_without, rf"^request:bare:{SEEN}$")),
        Route(CallbackQueryHandler(requests.choose_fields, rf"^request:fields:{SEEN}(:{MASK}{BY})?$")),
        Route(CallbackQueryHandler(requests.ask_correction, rf"^request:correct:{TICKED}{BY}$")),
        Route(CallbackQueryHandler(requests_reasons.remark, rf"^request:remark:{TICKED}$")),
        Route(CallbackQueryHandler(requests_reasons.stop, rf"^request:stop:{REQUEST}$")),
        Route(
            CallbackQueryHandler(
                pending.show_page, r"^pending:(?P<kind>all|center|change|join|guest):(?P<page>[0-9]{1,3})$"
            )
        ),
    ]
