"""Telephone numbers as people type them, and as they are stored: in E.164, "+41446681800"."""

from __future__ import annotations

import re
from enum import Enum

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    is_valid_number,
    parse,
)

from bot.places.digits import western_digits

MAX_CHARACTERS = 100
_DIALLED_ABROAD = re.compile(r"^[^+\d]*00(?=[ \-.()/]*[1-9])")
_LEAST_WITH_COUNTRY_CODE = 11


class PhoneFault(Enum):
    """Why a text is no number that can be called."""

    NOT_A_NUMBER = "not_a_number"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNKNOWN_COUNTRY_CODE = "unknown_country_code"
    """No country has the code, or the number is national and no country is known."""
    NOT_POSSIBLE = "not_possible"
    """The country has no numbers that begin so, or are of that length."""


_UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: PhoneFault.UNKNOWN_COUNTRY_CODE,
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneFault.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneFault.TOO_SHORT,
    NumberParseException.TOO_LONG: PhoneFault.TOO_LONG,
}
_WRONG_LENGTH = {
    ValidationResult.TOO_SHORT: PhoneFault.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: PhoneFault.TOO_SHORT,
    ValidationResult.TOO_LONG: PhoneFault.TOO_LONG,
}


def read_phone(text: str, country: str | None) -> str | PhoneFault:
    """A number in E.164, from an international form or the national one of ``country`` (alpha-2).

    Takes any string. The country code may stand behind "+", behind "00", or alone. Extensions are left out: E.164
    has no place for them.
    """
    typed = _DIALLED_ABROAD.sub("+", western_digits(text[:MAX_CHARACTERS]))
    number = _callable(typed, country)
    if isinstance(number, PhoneFault):
        digits = "".join(character for character in typed if character.isdecimal())
        if "+" in typed or digits.startswith("0") or len(digits) < _LEAST_WITH_COUNTRY_CODE:
            return number
        with_code = _callable(f"+{digits}", None)
        if isinstance(with_code, PhoneFault):
            return number
        number = with_code
    return format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """A stored number as it is written internationally: "+41 44 668 18 00"."""
    parsed = _parsed(number, None)
    return number if isinstance(parsed, PhoneFault) else format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _callable(typed: str, country: str | None) -> PhoneNumber | PhoneFault:
    number = _parsed(typed, country)
    if isinstance(number, PhoneFault) or is_valid_number(number):
        return number
    return _WRONG_LENGTH.get(is_possible_number_with_reason(number), PhoneFault.NOT_POSSIBLE)


def _parsed(typed: str, country: str | None) -> PhoneNumber | PhoneFault:
    try:
        return parse(typed, country)
    except NumberParseException as error:
        if not any(character.isdecimal() for character in typed):
            return PhoneFault.NOT_A_NUMBER
        return _UNREADABLE.get(error.error_type, PhoneFault.NOT_A_NUMBER)
