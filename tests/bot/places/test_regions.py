"""The regions of M49, and that no State is without one."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest

from bot.locales.catalogues import LANGUAGES
from bot.places.countries import Countries
from bot.places.regions import Region, Regions, SubRegion

MEMBERS_AND_OBSERVERS = 193 + 2


def test_all_members_and_both_observers_are_offered(regions: Regions) -> None:
    assert len(regions.codes) == MEMBERS_AND_OBSERVERS
    assert {"PS", "VA"} <= regions.codes
    assert all(pycountry.countries.get(alpha_2=code) for code in regions.codes)


def test_every_country_has_a_region_and_a_sub_region_within_it(countries: Countries, regions: Regions) -> None:
    for country in countries.all:
        code = country.code
        assert code in regions.countries_in(regions.region_of(code))
        assert code in regions.countries_in(regions.sub_region_of(code))
    for sub_region in SubRegion:
        members = regions.countries_in(sub_region)
        assert len({regions.region_of(code) for code in members}) == 1


def test_how_many_states_each_region_has(regions: Regions) -> None:
    """The counts in the table that the Statistics Division publishes."""
    assert Counter(regions.region_of(code) for code in regions.codes) == {
        Region.AFRICA: 54,
        Region.AMERICAS: 35,
        Region.ASIA: 48,
        Region.EUROPE: 44,
        Region.OCEANIA: 14,
    }
    counts = Counter(regions.sub_region_of(code) for code in regions.codes)
    assert (counts[SubRegion.EASTERN_AFRICA], counts[SubRegion.WESTERN_ASIA], len(counts)) == (18, 18, 22)


@pytest.mark.parametrize(
    ("code", "region", "sub_region"),
    [
        ("KE", "africa", "eastern_africa"),
        ("SD", "africa", "northern_africa"),
        ("SS", "africa", "eastern_africa"),
        ("ZW", "africa", "eastern_africa"),
        ("AO", "africa", "middle_africa"),
        ("MR", "africa", "western_africa"),
        ("MX", "americas", "central_america"),
        ("US", "americas", "northern_america"),
        ("CU", "americas", "caribbean"),
        ("GY", "americas", "south_america"),
        ("CY", "asia", "western_asia"),
        ("TR", "asia", "western_asia"),
        ("GE", "asia", "western_asia"),
        ("EG", "africa", "northern_africa"),
        ("IR", "asia", "southern_asia"),
        ("KZ", "asia", "central_asia"),
        ("TL", "asia", "south_eastern_asia"),
        ("MN", "asia", "eastern_asia"),
        ("RU", "europe", "eastern_europe"),
        ("EE", "europe", "northern_europe"),
        ("VA", "europe", "southern_europe"),
        ("CH", "europe", "western_europe"),
        ("PG", "oceania", "melanesia"),
        ("NR", "oceania", "micronesia"),
        ("WS", "oceania", "polynesia"),
        ("NZ", "oceania", "australia_and_new_zealand"),
    ],
)
def test_states_that_are_often_put_elsewhere(regions: Regions, code: str, region: str, sub_region: str) -> None:
    assert (regions.region_of(code), regions.sub_region_of(code)) == (region, sub_region)


def test_what_is_not_offered_has_none(regions: Regions) -> None:
    with pytest.raises(KeyError):
        regions.region_of("XX")


def test_every_region_has_a_name_in_every_language(regions: Regions) -> None:
    for region in (*Region, *SubRegion):
        names = {language: regions.name_of(region, language) for language in LANGUAGES}
        assert all(names.values())
        assert names["en"].lower().replace(" ", "_").replace("-", "_") == region.value
        assert regions.name_of(region, "xx") == names["en"]
    assert regions.name_of(Region.AFRICA, "ar") == "أفريقيا"
    assert regions.name_of(SubRegion.MIDDLE_AFRICA, "fr") == "Afrique centrale"
