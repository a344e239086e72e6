"""Which handler is for what, of delegates and guests and of what people do with their own data."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import joining, me, me_erase
from handlers.dispatch import Route

CENTER = r"(?P<center>[0-9]{1,12})"
REQUEST = r"(?P<request>[0-9]{1,12})"


def commands() -> list[Route]:
    """The commands."""
    return [Route(CommandHandler("join", joining.show)), Route(CommandHandler("me", me.show))]


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(joining.show, r"^register:delegate$")),
        Route(CallbackQueryHandler(joining.begin_guest, r"^register:guest$")),
        Route(CallbackQueryHandler(joining.choose, rf"^join:{CENTER}$")),
        Route(CallbackQueryHandler(joining.use_link, r"^join:link:(?P<token>[\w-]{1,50})$")),
        Route(CallbackQueryHandler(joining.ask_instead, r"^join:ask:(?P<draft>[0-9]{1,12}):(?P<revision>[0-9]{1,9})$")),
        Route(CallbackQueryHandler(me.show_again, r"^me$")),
        Route(CallbackQueryHandler(me.edit, r"^me:edit$")),
        Route(CallbackQueryHandler(me.set_shown, r"^me:shown:(?P<shown>[01])$")),
        Route(CallbackQueryHandler(me.zones, r"^me:zone$")),
        Route(CallbackQueryHandler(me.choose_zone, r"^me:zone:(?P<zone>[\w/+-]{1,50})$")),
        Route(CallbackQueryHandler(me.agree, r"^me:agree:(?P<version>[0-9-]{1,20})$")),
        Route(CallbackQueryHandler(me.ask_leave, rf"^me:leave:{CENTER}$")),
        Route(CallbackQueryHandler(me.leave, rf"^me:left:{CENTER}(:(?P<alone>alone))?$")),
        Route(CallbackQueryHandler(me.withdraw, rf"^me:withdraw:{REQUEST}$")),
        Route(CallbackQueryHandler(me.fix, rf"^me:fix:{REQUEST}$")),
        Route(CallbackQueryHandler(me_erase.export, r"^me:export$"), prepare=me_erase.make_file),
        Route(CallbackQueryHandler(me_erase.ask, r"^me:erase$")),
        Route(CallbackQueryHandler(me_erase.ask_last, r"^me:erase:sure$")),
        Route(CallbackQueryHandler(me_erase.erase, r"^me:erase:now:(?P<at>[0-9]{1,12})$")),
    ]
