"""Answers to forms as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, time

from babel.dates import format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from bot.forms.choices import Choice, Choices, YesNo
from bot.forms.contacts import Phone
from bot.forms.dates import Date
from bot.forms.files import File
from bot.forms.form import Field
from bot.forms.numbers import Number
from bot.forms.reading import Kind
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from bot.forms.whereabouts import Country, TimeZone
from bot.locales.catalogues import Translator
from bot.places import phones
from bot.places.countries import flag
from handlers.views.direction import END_OF_ISOLATE, ISOLATE
from handlers.views.forms import FieldWords, Shown
from handlers.views.learned import shortened
from handlers.views.locale import day_in_words
from storage.records.drafts import Json

NOTHING = "–"
_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
"""Classes of characters that may change the direction of what stands behind them."""


def option_labels(_: Translator, field: Field, words: FieldWords) -> Mapping[str, str]:
    """What the options of a field are called, by their values."""
    if isinstance(field.kind, YesNo):
        return {"yes": _.plain("Yes"), "no": _.plain("No"), **words.options}
    return words.options


def button_label(_: Translator, shown: Shown, field: Field, data: str) -> str:
    """What stands on the button of a value."""
    label = option_labels(_, field, shown.words.fields[field.name]).get(data)
    return label or plain(_, shown, field, data)


def answer(_: Translator, shown: Shown, field: Field, value: Json, *, at_most: int = 0) -> Markup:
    """An answer, harmless whatever it is; of a text, at most so many characters."""
    return escape(plain(_, shown, field, value, at_most=at_most))


def plain(_: Translator, shown: Shown, field: Field, value: Json, *, at_most: int = 0) -> str:
    """As `answer`, where no formatting is."""
    match field.kind:
        case _kind if value is None or value == []:
            return NOTHING
        case YesNo() | Choice() | Choices():
            return _options(_, shown, field, value)
        case Date() | TimeOfDay() | Number():
            return _figures(_, field, value)
        case Country() | TimeZone() | Phone():
            return _place(_, shown, field, value)
        case File():
            return isolated(value["name"])
        case kind:
            return _text(kind, value, at_most)


def _text(kind: Kind, value: str, at_most: int) -> str:
    if isinstance(kind, Text) and kind.is_list and at_most and "\n" in value.strip():
        return _in_lines(value, at_most)
    return isolated(shortened(value, at_most) if at_most else value)


def _in_lines(text: str, at_most: int) -> str:
    """Below what it is called, each line for itself, as far as there is room."""
    shown, room = [], at_most
    for line in text.splitlines():
        if room < 1:
            shown.append("…")
            break
        shown.append(isolated(shortened(line, room)))
        room -= len(line) + 1
    return "\n" + "\n".join(shown)


def _options(_: Translator, shown: Shown, field: Field, value: Json) -> str:
    labels = option_labels(_, field, shown.words.fields[field.name])
    if isinstance(value, bool):
        return labels["yes" if value else "no"]
    chosen = value if isinstance(value, list) else [value]
    return format_list([labels.get(one, one) for one in chosen], locale=_locale(_))


def _figures(_: Translator, field: Field, value: str | int) -> str:
    if not isinstance(value, str):
        return format_decimal(value, locale=_.language)
    if isinstance(field.kind, Date):
        return day_in_words(_, date.fromisoformat(value))
    return format_time(time.fromisoformat(value), "short", locale=_locale(_))


def _place(_: Translator, shown: Shown, field: Field, value: str) -> str:
    match field.kind:
        case Country() if shown.places.countries.country(value) is not None:
            return f"{flag(value)} {shown.places.countries.name_of(value, _.language)}"
        case TimeZone():
            return shown.places.zones.name_of(value, _.language)
        case Phone():
            return phone(_, value)
        case _unknown:  # a country that is none any more
            return value


def phone(_: Translator, number: str) -> str:
    """A stored phone number, which would be turned round between Arabic words by itself."""
    return in_order(_, phones.shown(number))


def in_order(_: Translator, text: str) -> str:
    """Groups of digits, or a name in any letters, that turn round neither themselves nor their line in Arabic."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if _.language == "ar" else text


def isolated(text: str) -> str:
    """A text that keeps to itself which way it is written."""
    if any(unicodedata.bidirectional(one) in _TURNING for one in text):
        return f"{ISOLATE}{text}{END_OF_ISOLATE}"
    return text


def _locale(_: Translator) -> str:
    return "en_GB" if _.language == "en" else _.language
