"""Which handler is for what, of lists, records and the directory."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, CommandHandler, InlineQueryHandler

from bot.places.regions import Region
from handlers import curating, desk_staff, directory, inline, listings, merging, records
from handlers.dispatch import Route
from handlers.record_cards import KEY
from handlers.views.list_state import PATTERN
from handlers.views.listings import DIMENSIONS

RECORD = rf"(?P<key>{KEY})"
STATE = rf"(?P<state>{PATTERN})"
PAGE = r"(?P<page>[0-9]{1,4})"


def commands() -> list[Route]:
    """The commands."""
    return [
        Route(CommandHandler("people", listings.show_people), concerns=desk_staff.in_private_or_group),
        Route(CommandHandler("centers", listings.show_centers), concerns=desk_staff.in_private_or_group),
        Route(CommandHandler("directory", directory.show)),
    ]


def buttons() -> list[Route]:
    """The buttons, and inline queries."""
    other = rf"(?P<edition>[0-9]{{1,9}}):(?P<other>{KEY}):(?P<other_edition>[0-9]{{1,9}})"
    return [
        Route(InlineQueryHandler(inline.nothing), prepare=inline.look, unmet=inline.answer),
        Route(CallbackQueryHandler(listings.show_list, rf"^list:{STATE}$")),
        Route(CallbackQueryHandler(listings.choose, rf"^pick:(?P<dimension>{'|'.join(DIMENSIONS)}):{STATE}$")),
        Route(CallbackQueryHandler(listings.choose_country, rf"^land:{PAGE}:{STATE}$")),
        Route(CallbackQueryHandler(listings.ask_words, rf"^find:(?P<what>search|country):{STATE}$")),
        Route(CallbackQueryHandler(records.show, rf"^card:{RECORD}(:{STATE})?$")),
        Route(CallbackQueryHandler(records.history, rf"^past:{RECORD}:{PAGE}$")),
        Route(CallbackQueryHandler(curating.edit, rf"^curate:edit:{RECORD}$")),
        Route(CallbackQueryHandler(curating.suspend, rf"^curate:suspend:{RECORD}$")),
        Route(CallbackQueryHandler(curating.suspend_without, rf"^curate:bare:{RECORD}$")),
        Route(CallbackQueryHandler(curating.lift, rf"^curate:lift:{RECORD}$")),
        Route(CallbackQueryHandler(curating.write, rf"^curate:write:{RECORD}$")),
        Route(CallbackQueryHandler(curating.stop, rf"^curate:stop:{RECORD}$")),
        Route(CallbackQueryHandler(merging.begin, rf"^merge:begin:{RECORD}$")),
        Route(CallbackQueryHandler(merging.ask_words, rf"^merge:search:{RECORD}$")),
        Route(CallbackQueryHandler(merging.compare, rf"^merge:with:{RECORD}:(?P<other>{KEY})$")),
        Route(CallbackQueryHandler(merging.merge, rf"^merge:do:{RECORD}:{other}$")),
        Route(CallbackQueryHandler(directory.show_regions, r"^dir$")),
        Route(CallbackQueryHandler(directory.show_countries, rf"^dir:r:(?P<region>{'|'.join(Region)}):{PAGE}$")),
        Route(CallbackQueryHandler(directory.show_centers, rf"^dir:n:(?P<country>[A-Z]{{2}}|--):{PAGE}$")),
        Route(CallbackQueryHandler(directory.show_center, rf"^dir:c:(?P<center>[0-9]{{1,9}}):{PAGE}$")),
    ]
