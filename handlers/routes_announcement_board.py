"""Which handler is for what, of announcements that were confirmed: the board, the report, what comes of it."""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler

from bot.locales.catalogues import LANGUAGES
from handlers import (
    announcement_board,
    announcement_chase,
    announcement_correct,
    announcement_reading,
    announcement_report,
)
from handlers.dispatch import Route

ABOUT = r"(?P<announcement>[0-9]{1,9})"
ASKED, DAYS = "(?P<asked>[0-9]{1,5})", "(?P<days>[0-9]{1,2})"
CENTERS = "(?P<centers>[01])"
LANGUAGE = rf"(?P<language>{'|'.join(LANGUAGES)})"


def buttons() -> list[Route]:
    """The buttons."""
    return [
        Route(CallbackQueryHandler(announcement_reading.read, rf"^ann:read:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_board.show, rf"^ann:board:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_board.pause, rf"^ann:pause:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_board.resume, rf"^ann:resume:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_board.ask_stop, rf"^ann:stop:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_board.stop, rf"^ann:stopped:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_report.show_centers, rf"^ann:centers:{ABOUT}:(?P<page>[0-9]{{1,5}})$")),
        Route(CallbackQueryHandler(announcement_report.send, rf"^ann:file:{ABOUT}$"), announcement_report.make),
        Route(CallbackQueryHandler(announcement_correct.choose, rf"^ann:correct:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_correct.ask_words, rf"^ann:correct:{ABOUT}:{LANGUAGE}$")),
        Route(
            CallbackQueryHandler(
                announcement_correct.confirm, rf"^ann:corrected:{ABOUT}:{LANGUAGE}:(?P<mark>[0-9a-f]{{16}})$"
            )
        ),
        Route(CallbackQueryHandler(announcement_correct.ask_recall, rf"^ann:recall:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_correct.recall, rf"^ann:recalled:{ABOUT}$")),
        Route(CallbackQueryHandler(announcement_chase.show, rf"^ann:chase:{ABOUT}:{CENTERS}$")),
        Route(CallbackQueryHandler(announcement_chase.ask_whether, rf"^ann:sure:{ABOUT}:{CENTERS}:{DAYS}$")),
        Route(CallbackQueryHandler(announcement_chase.ask_once, rf"^ann:again:{ABOUT}:{CENTERS}:{ASKED}$")),
        Route(CallbackQueryHandler(announcement_chase.ask_every, rf"^ann:every:{ABOUT}:{CENTERS}:{DAYS}$")),
    ]
