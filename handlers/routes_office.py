"""Which handler is for what, of the Secretariat's office: exports, lists, statistics, the audit log."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers import audit, desk_staff, export, importing, statistics
from handlers.dispatch import Route
from handlers.views import audit_state, export_state

LIST = r"^import:(?P<number>[0-9]{1,12})"
COLUMN = r"(?P<sheet>[0-9]{1,3}):(?P<column>[0-9]{1,3})"
EDITION = r"(?P<edition>[0-9]{1,9})"
CHOSEN = "(?P<name>standing|kind|focus|region|is_guest)"


def commands() -> list[Route]:
    """The commands."""
    here = desk_staff.in_private_or_group
    return [
        Route(CommandHandler("export", export.show), concerns=here),
        Route(CommandHandler("import", importing.show), prepare=importing.receive_replied, concerns=here),
        Route(CommandHandler("stats", statistics.show), prepare=statistics.draw, concerns=here),
        Route(CommandHandler("audit", audit.show), concerns=here),
    ]


def buttons() -> list[Route]:
    """The buttons."""
    return [*_of_exports(), *_of_lists(), *_of_the_log()]


def _of_exports() -> list[Route]:
    choice = export_state.PATTERN
    return [
        Route(CallbackQueryHandler(export.choose, rf"^export:(?P<act>show):{choice}$")),
        Route(CallbackQueryHandler(export.choose, rf"^export:(?P<act>pick):{CHOSEN}:{choice}$")),
        Route(CallbackQueryHandler(export.choose, rf"^export:(?P<act>country):(?P<page>[0-9]{{1,3}}):{choice}$")),
        Route(CallbackQueryHandler(export.send, rf"^export:file:(xlsx|csv):{choice}$"), prepare=export.make),
    ]


def _of_lists() -> list[Route]:
    return [
        Route(CallbackQueryHandler(importing.show, r"^import:this$"), prepare=importing.receive_replied),
        Route(CallbackQueryHandler(importing.show_again, rf"{LIST}:show$")),
        Route(
            CallbackQueryHandler(importing.show_sheet, rf"{LIST}:sheet:(?P<sheet>[0-9]{{1,3}}):(?P<page>[0-9]{{1,3}})$")
        ),
        Route(CallbackQueryHandler(importing.show_column, rf"{LIST}:col:{COLUMN}$")),
        Route(CallbackQueryHandler(importing.set_column, rf"{LIST}:set:{COLUMN}:(?P<target>[a-z_]{{1,20}})$")),
        Route(
            CallbackQueryHandler(importing.set_read, rf"{LIST}:read:(?P<sheet>[0-9]{{1,3}}):(?P<is_read>[01])$"),
        ),
        Route(CallbackQueryHandler(importing.check, rf"{LIST}:check:{EDITION}$")),
        Route(CallbackQueryHandler(importing.apply, rf"{LIST}:apply:{EDITION}$")),
        Route(CallbackQueryHandler(importing.change_columns, rf"{LIST}:back:{EDITION}$")),
        Route(CallbackQueryHandler(importing.cancel, rf"{LIST}:cancel$")),
    ]


def _of_the_log() -> list[Route]:
    choice = audit_state.CHOICE
    return [
        Route(
            CallbackQueryHandler(
                audit.choose, rf"^audit:(?P<act>show|acts|time|words):{choice}(:(?P<older>\d{{1,12}}))?$"
            )
        ),
        Route(CallbackQueryHandler(audit.send, rf"^audit:(xlsx|csv):{choice}$"), prepare=audit.make),
    ]
