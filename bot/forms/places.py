"""What the forms know of the world."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places.countries import Countries, load_countries
from bot.places.regions import load_regions
from bot.places.zones import Zones, load_zones


@dataclass(frozen=True, slots=True)
class Places:
    """Countries and their time zones. Threads may share it."""

    countries: Countries
    zones: Zones


def load_places() -> Places:
    """Read the tables: less than half a second, once."""
    countries = load_countries(load_regions())
    return Places(countries, load_zones(countries))
