"""What differs from language to language besides the words."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from bot.forms.places import load_places
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views import conference_times
from handlers.views.conference import place
from handlers.views.conference_times import Clocks
from handlers.views.direction import END_OF_ISOLATE, ISOLATE
from handlers.views.form_values import phone
from handlers.views.locale import day_in_words, in_a_row, language_name, listed
from handlers.views.times import day, moment, weekday_moment
from storage.records.conferences import ConferenceDetails
from storage.records.durations import HOUR_US, SECOND_US

AT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
LATER = datetime(2026, 12, 31, 22, 5, tzinfo=UTC)
"""In Nairobi, that is in the next year."""
TIMES = {
    "ar": ("25 نوفمبر، 09:05 (UTC)", "الأربعاء، 09:05 (UTC)"),
    "zh": ("11月25日 09:05 (UTC)", "星期三 09:05 (UTC)"),
    "en": ("25 Nov, 09:05 (UTC)", "Wednesday, 09:05 (UTC)"),
    "fr": ("25 nov., 09:05 (UTC)", "mercredi, 09:05 (UTC)"),
    "ru": ("25 нояб., 09:05 (UTC)", "среда, 09:05 (UTC)"),
    "es": ("25 nov, 09:05 (UTC)", "miércoles, 09:05 (UTC)"),
}


WITH_YEAR = {
    "ar": "1 يناير 2027، 01:05 (نيروبي)",
    "zh": "2027年1月1日 01:05 (内罗毕)",
    "en": "1 Jan 2027, 01:05 (Nairobi)",
    "fr": "1er janv. 2027, 01:05 (Nairobi)",
    "ru": "1 янв. 2027\u202fг., 01:05 (Найроби)",
    "es": "1 ene 2027, 01:05 (Nairobi)",
}


def speaking(language: str, now: datetime = AT) -> Translator:
    return Translator(language, NullTranslations()).by(lambda: _us(now))


def _us(at: datetime) -> int:
    return int(at.timestamp()) * SECOND_US


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moment_is_written_as_the_language_does(language: str) -> None:
    _ = speaking(language)

    assert (moment(_, int(AT.timestamp()) * SECOND_US), weekday_moment(_, AT)) == TIMES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moment_of_another_year_where_it_is_shown_has_its_year(language: str) -> None:
    later, nairobi, zones = _us(LATER), ZoneInfo("Africa/Nairobi"), load_places().zones
    there = Clocks(zones, "Africa/Nairobi")

    for _ in (speaking(language), speaking(language, datetime(2028, 1, 1, tzinfo=UTC))):
        assert moment(_, later, nairobi) == conference_times.moment(_, later, there) == WITH_YEAR[language]
    _ = speaking(language, datetime(2027, 7, 1, tzinfo=UTC))
    assert "2027" not in moment(_, later, nairobi) + conference_times.moment(_, later, there)
    assert "2026" in day(_, later)


def test_where_the_readers_clock_is_in_another_year_both_days_have_what_they_need() -> None:
    clocks = Clocks(load_places().zones, "Africa/Nairobi", "America/New_York")

    shown = conference_times.span(speaking("en"), _us(LATER), _us(LATER) + HOUR_US, clocks)

    assert shown == "1 Jan 2027, 01:05–02:05 (Nairobi), 31 Dec, 17:05–18:05 your time"


@pytest.mark.parametrize(("language", "city"), [("en", "Nairobi"), ("ru", "Найроби"), ("zh", "内罗毕")])
def test_a_time_zone_has_the_name_of_its_city(language: str, city: str) -> None:
    at_us = int(AT.timestamp()) * SECOND_US
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


def test_a_place_with_a_city_in_latin_letters_stands_where_arabic_lines_begin() -> None:
    first = date(2027, 10, 12)
    details = ConferenceDetails("GH", first, first, "Africa/Accra", city="Accra")
    shown = place(speaking("ar"), load_places().countries, details)
    bare = re.sub(f"{ISOLATE}[^{END_OF_ISOLATE}]*{END_OF_ISOLATE}", "", shown)
    strong = [one for one in map(unicodedata.bidirectional, bare) if one in {"L", "R", "AL"}]
    assert "Accra" in shown
    assert strong[0] == "R"  # by which a phone decides on the direction of a line


def test_a_phone_number_keeps_its_order_between_arabic_words() -> None:
    assert phone(speaking("ar"), "+41446681800") == "\u2068+41 44 668 18 00\u2069"
    assert phone(speaking("ru"), "+41446681800") == "+41 44 668 18 00"


@pytest.mark.parametrize("month", range(1, 13))
def test_in_french_the_first_of_a_month_is_an_ordinal_wherever_a_day_is_written(month: int) -> None:
    _, first = speaking("fr"), date(2027, month, 1)
    at = _us(datetime(2027, month, 1, 9, tzinfo=UTC))
    shown = [
        day_in_words(_, first), day_in_words(_, first, "full"), conference_times.short_day(_, first), day(_, at),
        conference_times.days(_, first, date(2027, month, 3)), conference_times.days(_, first, date(2028, 2, 11)),
        conference_times.moment(_, at, Clocks(load_places().zones, "UTC")),
    ]  # fmt: skip
    assert [one.count("1er") for one in shown] == [1] * len(shown), shown
    others = [day_in_words(_, date(2027, month, one)) for one in (2, 11, 21)]
    assert not any("er " in one.split(maxsplit=1)[0] + " " for one in others), others
    assert conference_times.hours(_, at, at, "UTC") == "09:00–09:00"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ar", "1 مارس 2027"), ("zh", "2027年3月1日"), ("en", "1 March 2027"), ("fr", "1er mars 2027"),
        ("ru", "1 марта 2027\u202fг."), ("es", "1 de marzo de 2027"),
    ],
)  # fmt: skip
def test_the_first_of_a_month_in_each_language(language: str, shown: str) -> None:
    assert day_in_words(speaking(language), date(2027, 3, 1)) == shown
