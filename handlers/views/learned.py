"""Answers that the Secretariat has published, as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from markupsafe import Markup, escape

from bot.locales.catalogues import Translator
from handlers.views.answers import source
from handlers.views.locale import day_in_words, language_name
from handlers.views.message import Message, bold, italic
from handlers.views.welcome import desk_button, menu_button, paragraphs
from storage.records.durations import SECOND_US
from storage.records.learned import LearnedAnswer, LearnedText

TITLE_AT_MOST = 60
"""Characters of a question on a button: more are cut off on a phone anyway."""


def chosen(answer: LearnedAnswer, texts: Sequence[LearnedText], language: str) -> LearnedText:
    """The text for a reader: their language, else English, else the one that it was written in."""
    by_language = {text.language: text for text in texts}
    return by_language.get(language) or by_language.get("en") or by_language.get(answer.language) or texts[0]


def answer(
    _: Translator, shown: LearnedAnswer, texts: Sequence[LearnedText], *, heading: Markup | None = None
) -> Message:
    """A published answer in the reader's language or, without a translation, with a note of the one that it is in."""
    text = chosen(shown, texts, _.language)
    parts = [
        *([heading] if heading else []),
        bold(text.question),
        words(text),
        *([note] if (note := language_note(_, text)) else []),
        source(_, _("the Secretariat, {date}", date=date(_, shown.changed_at or shown.published_at or shown.made_at))),
    ]
    return Message(paragraphs(*parts), ((desk_button(_),), (menu_button(_),)))


def language_note(_: Translator, text: LearnedText) -> Markup | None:
    """Says that there is no translation, where there is none."""
    if text.language == _.language:
        return None
    return italic(
        _("This answer is in {language}: it has not been translated yet.", language=language_name(_, text.language))
    )


def words(text: LearnedText) -> Markup:
    """The answer itself, in Telegram's HTML."""
    return Markup(text.html) if text.html is not None else escape(text.plain)  # noqa: S704 - Telegram's own


def date(_: Translator, at_us: int) -> str:
    """A day: "23 November 2026"."""
    return day_in_words(_, datetime.fromtimestamp(at_us / SECOND_US, UTC))


def shortened(text: str, at_most: int = TITLE_AT_MOST) -> str:
    """A question in one line, cut off where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= at_most else line[: at_most - 1] + "…"
