"""Inline queries: Centers of the directory, offered in any chat. Nothing is kept of whoever asks."""

from __future__ import annotations

from telegram import Update

from bot.locales.catalogues import known_language
from bot.members import directory
from bot.runtime.aftermath import Aftermath, InlineAnswer
from handlers.turn import Desk, Turn
from handlers.views import inline as views
from storage import people

RESULTS_AT_MOST = 20
"""Telegram takes 50; more are fetched as somebody scrolls."""
FETCHED_AT_MOST = 200
CACHED_S = 30
"""For so long Telegram may show the same to the same person: a Center that was withdrawn disappears as soon."""


async def look(update: Update, desk: Desk) -> InlineAnswer | None:
    """Find the Centers, before and without a transaction."""
    query = update.inline_query
    if query is None:
        return None
    known = await people.find(desk.shelf.reader, query.from_user.id)
    language = known.language if known else known_language(query.from_user.language_code) or desk.default_language
    skipped = int(query.offset) if query.offset.isdecimal() and len(query.offset) <= len(str(FETCHED_AT_MOST)) else 0
    words, countries = query.query.strip(), desk.places.countries
    found = await directory.search(
        desk.shelf.reader, words, countries, language, at_most=RESULTS_AT_MOST, skipped=skipped
    )
    t = desk.catalogues.translator(language)
    following = skipped + RESULTS_AT_MOST
    has_more = found.total > following and following < FETCHED_AT_MOST
    return InlineAnswer(
        query.id,
        views.results(t, found.rows, countries, query.get_bot().username),
        views.button(t, is_searching=bool(words), is_found=bool(found.total)),
        next_offset=str(following) if has_more else "",
        cached_s=CACHED_S,
    )


def answer(worked_out: InlineAnswer | None) -> Aftermath:
    """Answer at once, whoever asks: that is not to be known."""
    return Aftermath(answers=() if worked_out is None else (worked_out,))


async def nothing(_update: Update, _turn: Turn) -> None:
    """Inline queries have no turn: whoever asks is not met."""
