"""Telephone numbers; those that are read are the examples of the numbering plans, nobody's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, example_number, format_number

from bot.places.countries import Countries
from bot.places.phones import PhoneFault, read_phone, shown

SWISS = "+41212345678"
KENYAN = "+254712123456"


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("021 234 56 78", "CH", SWISS),
        ("021/234 56 78", "CH", SWISS),
        ("021-234-56-78", "CH", SWISS),
        ("021.234.56.78", "CH", SWISS),
        ("(021) 2345678", "CH", SWISS),
        ("212345678", "CH", SWISS),
        ("+41 (0)21 234 56 78", "KE", SWISS),
        ("+41 21 234 56 78", None, SWISS),
        ("0041 21 234 56 78", "US", SWISS),
        ("00 41 21 234 56 78", None, SWISS),
        ("41212345678", "KE", SWISS),
        ("tel:+41212345678", None, SWISS),
        ("Phone: +41 21 234 56 78", None, SWISS),
        ("021 234 56 78 ext. 12", "CH", SWISS),
        ("\u202a+41 21 234 56 78\u202c", None, SWISS),
        ("0712 123456", "KE", KENYAN),
        ("٠٧١٢ ١٢٣٤٥٦", "KE", KENYAN),
        ("+٢٥٤ ٧١٢ ١٢٣ ٤٥٦", "EG", KENYAN),
        ("٠٠٢٥٤٧١٢١٢٣٤٥٦", "EG", KENYAN),
        ("０７１２１２３４５６", "KE", KENYAN),
        ("＋２５４ ７１２ １２３４５６", "CN", KENYAN),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("131 2345 6789", "CN", "+8613123456789"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("(201) 555-0123", "US", "+12015550123"),
    ],
)
def test_what_people_type_is_read(typed: str, country: str | None, stored: str) -> None:
    assert read_phone(typed, country) == stored


@pytest.mark.parametrize(
    ("typed", "country", "fault"),
    [
        ("", "CH", PhoneFault.NOT_A_NUMBER),
        ("+", "CH", PhoneFault.NOT_A_NUMBER),
        ("call me", "CH", PhoneFault.NOT_A_NUMBER),
        ("no", None, PhoneFault.NOT_A_NUMBER),
        ("+41 21 234 56 78 / +41 21 234 56 79", "CH", PhoneFault.NOT_A_NUMBER),
        ("12", "CH", PhoneFault.TOO_SHORT),
        ("00", "CH", PhoneFault.TOO_SHORT),
        ("021 234", "CH", PhoneFault.TOO_SHORT),
        ("555 0123", "US", PhoneFault.TOO_SHORT),
        ("021 234 56 78 90 12 34", "CH", PhoneFault.TOO_LONG),
        ("1" * 60, "CH", PhoneFault.TOO_LONG),
        ("+999 123 456 789", "CH", PhoneFault.UNKNOWN_COUNTRY_CODE),
        ("021 234 56 78", None, PhoneFault.UNKNOWN_COUNTRY_CODE),
        ("+41 99 999 99 99", "CH", PhoneFault.NOT_POSSIBLE),
        ("+1 000 555 0123", None, PhoneFault.NOT_POSSIBLE),
    ],
)
def test_what_is_wrong_is_told(typed: str, country: str | None, fault: PhoneFault) -> None:
    assert read_phone(typed, country) is fault


def test_a_stored_number_is_shown_in_groups() -> None:
    assert shown(SWISS) == "+41 21 234 56 78"
    assert shown("anything else") == "anything else"


def test_the_example_of_every_country_is_read_in_both_forms(countries: Countries) -> None:
    for country in countries.all:
        example = example_number(country.code)
        assert example is not None, country.code
        stored = format_number(example, PhoneNumberFormat.E164)
        for form in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966):
            assert read_phone(format_number(example, form), country.code) == stored
        assert read_phone(shown(stored), None) == stored


@given(st.text(), st.sampled_from([None, "CH", "KE", "US", "XX", "ch", ""]))
def test_no_text_raises(text: str, country: str | None) -> None:
    number = read_phone(text, country)
    if not isinstance(number, PhoneFault):
        assert read_phone(shown(number), None) == number


@given(st.text(alphabet="+00123456789٠١٢٣٤٥٦٧٨٩ -()./x#", max_size=30), st.sampled_from([None, "CH", "KE", "US"]))
def test_no_row_of_digits_raises(text: str, country: str | None) -> None:
    number = read_phone(text, country)
    if not isinstance(number, PhoneFault):
        assert number.startswith("+")
        assert number[1:].isdecimal()
