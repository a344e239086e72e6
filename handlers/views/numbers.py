"""Numbers as people read them, in their language."""

from __future__ import annotations

from babel.numbers import format_decimal

from bot.locales.catalogues import Translator
from handlers.views.locale import locale_of


def number(_: Translator, value: int) -> str:
    """A number with what its language puts between thousands: "4,744"."""
    return format_decimal(value, locale=locale_of(_))
