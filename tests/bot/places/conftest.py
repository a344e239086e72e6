"""What is loaded once for all tests of places: it is immutable."""

from __future__ import annotations

import pytest

from bot.places.countries import Countries, load_countries
from bot.places.regions import Regions, load_regions
from bot.places.zones import Zones, load_zones


@pytest.fixture(scope="session")
def regions() -> Regions:
    return load_regions()


@pytest.fixture(scope="session")
def countries(regions: Regions) -> Countries:
    return load_countries(regions)


@pytest.fixture(scope="session")
def zones(countries: Countries) -> Zones:
    return load_zones(countries)
