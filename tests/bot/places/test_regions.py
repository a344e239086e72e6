"""The regions of M49, and that no State is without one."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest

from bot.locales.catalogues import LANGUAGES
from bot.places.countries import Countries
from bot.places.regions import Region, Regions

MEMBERS_AND_OBSERVERS = 193 + 2


def test_all_members_and_both_observers_are_offered(regions: Regions) -> None:
    assert len(regions.codes) == MEMBERS_AND_OBSERVERS
    assert {"PS", "VA"} <= regions.codes
    assert all(pycountry.countries.get(alpha_2=code) for code in regions.codes)


def test_every_country_has_a_region(countries: Countries, regions: Regions) -> None:
    assert all(isinstance(regions.region_of(country.code), Region) for country in countries.all)


def test_how_many_states_each_region_has(regions: Regions) -> None:
    """The counts in the table that the Statistics Division publishes."""
    assert Counter(regions.region_of(code) for code in regions.codes) == {
        Region.AFRICA: 54,
        Region.AMERICAS: 35,
        Region.ASIA: 48,
        Region.EUROPE: 44,
        Region.OCEANIA: 14,
    }


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("KE", "africa"),
        ("SD", "africa"),
        ("SS", "africa"),
        ("ZW", "africa"),
        ("AO", "africa"),
        ("MR", "africa"),
        ("MX", "americas"),
        ("US", "americas"),
        ("CU", "americas"),
        ("GY", "americas"),
        ("CY", "asia"),
        ("TR", "asia"),
        ("GE", "asia"),
        ("EG", "africa"),
        ("IR", "asia"),
        ("KZ", "asia"),
        ("TL", "asia"),
        ("MN", "asia"),
        ("RU", "europe"),
        ("EE", "europe"),
        ("VA", "europe"),
        ("CH", "europe"),
        ("PG", "oceania"),
        ("NR", "oceania"),
        ("WS", "oceania"),
        ("NZ", "oceania"),
    ],
)
def test_states_that_are_often_put_elsewhere(regions: Regions, code: str, region: str) -> None:
    assert regions.region_of(code) == region


def test_what_is_not_offered_has_none(regions: Regions) -> None:
    with pytest.raises(KeyError):
        regions.region_of("XX")


def test_every_region_has_a_name_in_every_language(regions: Regions) -> None:
    for region in Region:
        names = {language: regions.name_of(region, language) for language in LANGUAGES}
        assert all(names.values())
        assert names["en"].lower().replace(" ", "_").replace("-", "_") == region.value
        assert regions.name_of(region, "xx") == names["en"]
    assert regions.name_of(Region.AFRICA, "ar") == "أفريقيا"
