"""What differs from language to language besides the words."""

from __future__ import annotations

from datetime import UTC, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.form_values import phone
from handlers.views.locale import in_a_row, language_name, listed
from handlers.views.times import moment, weekday_moment

AT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
TIMES = {
    "ar": ("25 نوفمبر، 09:05 (UTC)", "الأربعاء، 09:05 (UTC)"),
    "zh": ("11月25日 09:05 (UTC)", "星期三 09:05 (UTC)"),
    "en": ("25 Nov, 09:05 (UTC)", "Wednesday, 09:05 (UTC)"),
    "fr": ("25 nov., 09:05 (UTC)", "mercredi, 09:05 (UTC)"),
    "ru": ("25 нояб., 09:05 (UTC)", "среда, 09:05 (UTC)"),
    "es": ("25 nov, 09:05 (UTC)", "miércoles, 09:05 (UTC)"),
}


def speaking(language: str) -> Translator:
    return Translator(language, NullTranslations())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moment_is_written_as_the_language_does(language: str) -> None:
    _ = speaking(language)

    assert (moment(_, int(AT.timestamp()) * 1_000_000), weekday_moment(_, AT)) == TIMES[language]


@pytest.mark.parametrize(("language", "city"), [("en", "Nairobi"), ("ru", "Найроби"), ("zh", "内罗毕")])
def test_a_time_zone_has_the_name_of_its_city(language: str, city: str) -> None:
    at_us = int(AT.timestamp()) * 1_000_000
    assert moment(speaking(language), at_us, ZoneInfo("Africa/Nairobi")).endswith(f"12:05 ({city})")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ar", "الفرنسية"),
        ("zh", "法语"),
        ("en", "French"),
        ("fr", "français"),
        ("ru", "французский"),
        ("es", "francés"),
    ],
)
def test_a_language_is_named_in_that_of_the_reader(language: str, name: str) -> None:
    assert language_name(speaking(language), "fr") == name


def test_a_list_ends_as_the_language_has_it() -> None:
    names = ["A", "B", "C"]

    assert [listed(speaking(language), names) for language in ("en", "fr", "zh")] == [
        "A, B and C",
        "A, B et C",
        "A、B和C",
    ]


def test_chinese_sentences_follow_without_a_space() -> None:
    sentences = (Markup("一。"), Markup("二。"))

    assert in_a_row(speaking("zh"), *sentences) == "一。二。"
    assert in_a_row(speaking("en"), Markup("One."), Markup("Two.")) == "One. Two."


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "4,746 words"), ("fr", "4\u202f746 words"), ("es", "4.746 words"), ("ar", "4,746 words")],
)
def test_a_number_in_a_sentence_is_written_as_the_language_does(language: str, shown: str) -> None:
    assert speaking(language).n("{count} word", "{count} words", 4_746) == shown


def test_a_phone_number_keeps_its_order_between_arabic_words() -> None:
    assert phone(speaking("ar"), "+41446681800") == "\u2068+41 44 668 18 00\u2069"
    assert phone(speaking("ru"), "+41446681800") == "+41 44 668 18 00"
