"""Time zones: whose they are, and which one is meant."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.catalogues import LANGUAGES
from bot.places.countries import Countries
from bot.places.names import Suggestions
from bot.places.zones import Zones

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def found(zones: Zones, text: str, country: str | None) -> str | None:
    """The zone; of suggestions all, behind a question mark."""
    result = zones.find_zone(text, country)
    return "?" + " ".join(result.choices) if isinstance(result, Suggestions) else result


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("Geneva", "CH", "Europe/Zurich"),
        ("Genève", None, "Europe/Zurich"),
        ("Женева", None, "Europe/Zurich"),
        ("日内瓦", None, "Europe/Zurich"),
        ("جنيف", None, "Europe/Zurich"),
        ("Moscow", "CH", "Europe/Moscow"),
        ("москва", None, "Europe/Moscow"),
        ("莫斯科", None, "Europe/Moscow"),
        ("Saint Petersburg", "RU", "Europe/Moscow"),
        ("new york", "US", "America/New_York"),
        ("Nw York", "US", "America/New_York"),
        ("Washington, D.C.", "US", "America/New_York"),
        ("Houston", "US", "America/Chicago"),
        ("Goma", "CD", "Africa/Lubumbashi"),
        ("Kinshassa", "CD", "Africa/Kinshasa"),
        ("القاهرة", "EG", "Africa/Cairo"),
        ("北京", "CN", "Asia/Shanghai"),
        ("New Delhi", None, "Asia/Kolkata"),
        ("Nueva Delhi", None, "Asia/Kolkata"),
        ("Calcutta", None, "Asia/Kolkata"),
        ("Kiev", None, "Europe/Kyiv"),
        ("São Paulo", None, "America/Sao_Paulo"),
        ("SAO PAULO", None, "America/Sao_Paulo"),
        ("The Hague", None, "Europe/Amsterdam"),
        ("London", "GB", "Europe/London"),
        ("London", "CA", "America/Toronto"),
        ("London", None, "?Europe/London America/Toronto"),
        ("Victoria", "SC", "Indian/Mahe"),
        ("San José", "CR", "America/Costa_Rica"),
        ("Mexico", "MX", "America/Mexico_City"),
        ("York", None, "?America/New_York"),
        ("port", None, "?Europe/Lisbon"),
    ],
)
def test_a_city_tells_its_zone(zones: Zones, text: str, country: str | None, zone: str) -> None:
    assert found(zones, text, country) == zone


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("Europe/Zurich", None, "Europe/Zurich"),
        ("europe/zurich", "US", "Europe/Zurich"),
        ("America/New York", None, "America/New_York"),
        ("Asia/Calcutta", None, "Asia/Kolkata"),  # the name that it has now
        ("US/Eastern", None, "America/New_York"),
        ("EST5EDT", None, "America/New_York"),
        ("Etc/GMT-3", None, "Etc/GMT-3"),
        ("UTC", "KE", "UTC"),
        ("Europe/Nowhere", None, None),
        ("factory", None, None),
    ],
)
def test_names_of_the_database(zones: Zones, text: str, country: str | None, zone: str | None) -> None:
    assert found(zones, text, country) == zone


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("UTC+3", "KE", "Africa/Nairobi"),
        ("utc +3", "RU", "Europe/Moscow"),
        ("UTC+03:00", "KE", "Africa/Nairobi"),
        ("+3 UTC", "KE", "Africa/Nairobi"),
        ("UTC+٣", "SA", "Asia/Riyadh"),
        ("ＵＴＣ＋３", "SA", "Asia/Riyadh"),
        ("UTC+3", "CH", "Etc/GMT-3"),  # the database counts the other way round
        ("UTC+3", None, "Etc/GMT-3"),
        ("UTC\u22125", None, "Etc/GMT+5"),
        ("GMT-5", "US", "America/New_York"),
        ("GMT-4", "US", "America/New_York"),  # in summer
        ("GMT-7", "US", "?America/Denver America/Phoenix"),
        ("GMT", "GB", "Europe/London"),
        ("GMT", "GH", "Africa/Accra"),
        ("GMT+0", "CH", "UTC"),
        ("+1", "CH", "Europe/Zurich"),
        ("+5:30", "IN", "Asia/Kolkata"),
        ("UTC+0530", "IN", "Asia/Kolkata"),
        ("UTC+5:45", None, "Asia/Kathmandu"),
        ("UTC+14", None, "Etc/GMT-14"),
        ("UTC+15", None, None),
        ("UTC-13", None, None),
        ("UTC+3:17", None, None),
        ("UTC+3:75", None, None),
        ("3", "KE", None),
    ],
)
def test_how_far_from_utc(zones: Zones, text: str, country: str | None, zone: str | None) -> None:
    assert found(zones, text, country) == zone


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("EAT", None, "Africa/Nairobi"),
        ("eat", "UG", "Africa/Kampala"),
        ("CET", "CH", "Europe/Zurich"),
        ("CEST", "FR", "Europe/Paris"),
        ("CET", None, "Europe/Paris"),
        ("IST", "IE", "Europe/Dublin"),
        ("IST", "IL", "Asia/Jerusalem"),
        ("IST", "IN", "Asia/Kolkata"),
        ("CST", "CN", "Asia/Shanghai"),
        ("CST", "US", "America/Chicago"),
        ("МСК", "RU", "Europe/Moscow"),
    ],
)
def test_abbreviations_are_those_of_the_country(zones: Zones, text: str, country: str | None, zone: str) -> None:
    assert found(zones, text, country) == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Kenya", "Africa/Nairobi"),
        ("🇨🇭", "Europe/Zurich"),
        ("Japan", "Asia/Tokyo"),
        ("USA", "?America/New_York America/Chicago America/Denver America/Los_Angeles"),
        ("DRC", "?Africa/Kinshasa Africa/Lubumbashi"),
    ],
)
def test_a_country_tells_its_zones(zones: Zones, text: str, zone: str) -> None:
    assert found(zones, text, None) == zone


@pytest.mark.parametrize("text", ["", " ", "asdfgh", "/", "..", "😀", "\ud800", "x" * 5000, "utc+", "+", "posixrules"])
def test_what_is_no_zone_finds_none(zones: Zones, text: str) -> None:
    assert found(zones, text, "CH") is None


def test_every_country_has_zones_and_a_likely_one(zones: Zones, countries: Countries) -> None:
    for country in countries.all:
        own, likely = zones.zones_of(country.code), zones.likely_zones(country.code)
        assert zones.guess_zone(country.code) == likely[0]
        assert set(likely) <= set(own)
        assert 1 <= len(likely) <= 4
        assert all(zones.is_known(zone) and ZoneInfo(zone).utcoffset(NOW) is not None for zone in own)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("US", "America/New_York"),
        ("RU", "Europe/Moscow"),
        ("CD", "Africa/Kinshasa"),
        ("BR", "America/Sao_Paulo"),
        ("AU", "Australia/Sydney"),
        ("ES", "Europe/Madrid"),
        ("KE", "Africa/Nairobi"),
        ("VA", "Europe/Vatican"),
    ],
)
def test_the_likeliest_zone(zones: Zones, code: str, zone: str) -> None:
    assert zones.guess_zone(code) == zone


def test_countries_with_several_zones_have_a_choice_made_for_them(zones: Zones, countries: Countries) -> None:
    """A release of the database that splits a country's zone fails here until somebody says which is likely."""
    table = tomllib.loads((files("bot.places") / "data" / "zones.toml").read_text(encoding="utf-8"))
    several = {country.code for country in countries.all if len(zones.zones_of(country.code)) > 1}
    assert set(table["likely"]) == several


def test_the_table_names_zones_as_the_database_does_now(zones: Zones, countries: Countries) -> None:
    table = tomllib.loads((files("bot.places") / "data" / "zones.toml").read_text(encoding="utf-8"))
    own = {zone for country in countries.all for zone in zones.zones_of(country.code)} | {"Asia/Hong_Kong"}
    assert set(table["cities"]) <= own
    assert set(table["abbreviations"].values()) <= own


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("Europe/Zurich", "ru", "Цюрих"),
        ("Europe/Zurich", "en", "Zurich"),
        ("Asia/Kolkata", "ar", "كالكتا"),
        ("America/Argentina/Buenos_Aires", "es", "Buenos Aires"),
        ("Etc/GMT-3", "fr", "UTC+3"),
        ("Etc/GMT+5", "en", "UTC-5"),
        ("UTC", "zh", "UTC"),
    ],
)
def test_what_a_zone_is_called(zones: Zones, zone: str, language: str, name: str) -> None:
    assert zones.name_of(zone, language) == name


def test_only_names_of_the_database_are_known(zones: Zones) -> None:
    assert zones.is_known("Europe/Zurich")
    assert zones.is_known("Etc/GMT-3")
    assert zones.is_known("UTC")
    assert not zones.is_known("Europe/Nowhere")
    assert not zones.is_known("../etc/passwd")


def test_the_name_of_every_likely_zone_leads_back_to_it(zones: Zones, countries: Countries) -> None:
    for country in countries.all:
        for zone in zones.likely_zones(country.code):
            for language in LANGUAGES:
                assert found(zones, zones.name_of(zone, language), country.code) == zone


@given(st.integers(-12, 14), st.sampled_from(["UTC", "GMT", ""]), st.sampled_from([None, "CH", "KE", "US", "RU"]))
def test_a_zone_of_so_many_hours_is_so_many_hours_ahead(
    zones: Zones, hours: int, name: str, country: str | None
) -> None:
    result = zones.find_zone(f"{name}{hours:+d}", country)
    assert result is not None
    for zone in result.choices if isinstance(result, Suggestions) else (result,):
        offsets = {ZoneInfo(zone).utcoffset(datetime(2026, month, 1)) for month in (1, 7)}  # noqa: DTZ001
        assert timedelta(hours=hours) in offsets


@given(st.text(), st.sampled_from([None, "CH", "US", "XX", ""]))
def test_no_text_raises(zones: Zones, text: str, country: str | None) -> None:
    result = zones.find_zone(text, country)
    if isinstance(result, Suggestions):
        assert 1 <= len(result.choices) <= 4
    elif result is not None:
        assert zones.is_known(result)
