"""What differs from language to language besides the words: names of languages, lists, how sentences follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.direction import kept_apart


def locale_of(_: Translator) -> str:
    """What Babel is asked for; in English as the United Nations write it: "23 November 2026"."""
    return "en_GB" if _.language == "en" else _.language


_FIRST = re.compile(r"(?<!\d)1(?= [^\W\d]|[–-]\d)")


def as_dated(_: Translator, days: str) -> str:
    """A day, or days, as Babel writes them; in French the first of a month is the "1er"."""
    return _FIRST.sub("1er", days) if _.language == "fr" else days


def day_in_words(_: Translator, day: date, width: Literal["long", "full"] = "long") -> str:
    """A day with its year: "12 March 2027", or "Friday 12 March 2027"."""
    return as_dated(_, format_date(day, width, locale=locale_of(_)))


def language_name(_: Translator, code: str) -> str:
    """A language as the reader calls it: "French". On a button that chooses it, it has its own name: "Français"."""
    return _names_of_languages(locale_of(_)).get(code, code)


@cache  # a form asks for some hundred of them at each step, and Babel looks each up anew
def _names_of_languages(locale: str) -> Mapping[str, str]:
    return {code: str(name) for code, name in Locale.parse(locale).languages.items()}


def listed(_: Translator, names: Sequence[str]) -> str:
    """Several names in one sentence: "English, French and Arabic"."""
    return format_list(list(names), locale=locale_of(_))


def beside(_: Translator, names: Sequence[str]) -> str:
    """Several names that make up one thing, such as a place: "Nairobi, Kenya"."""
    # Babel's lists of units are no places: in French they have an "et", and in Spanish it has no pattern for two.
    comma = {"ar": "، ", "zh": "，"}.get(_.language, ", ")
    return comma.join(names)


def with_label(_: Translator, label: object, value: object) -> Markup:
    """What something is called, and what it is: "Country: Kenya", with the colon as the language sets it."""
    colon = {"fr": "\u00a0: ", "zh": "："}.get(_.language, ": ")
    shown = kept_apart(value) if _.language == "ar" else value
    return Markup("{}{}{}").format(label, colon, shown)


def in_a_row(_: Translator, *sentences: Markup) -> Markup:
    """Sentences of one paragraph; in Chinese nothing stands between them."""
    between = Markup() if _.language == "zh" else Markup(" ")
    return between.join(sentences)
