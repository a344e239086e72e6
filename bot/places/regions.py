"""The geographic regions of the United Nations (M49), and the States in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.locales.catalogues import DEFAULT_LANGUAGE


class Region(StrEnum):
    """The five regions of M49; the value is what is stored."""

    AFRICA = "africa"
    AMERICAS = "americas"
    ASIA = "asia"
    EUROPE = "europe"
    OCEANIA = "oceania"


class SubRegion(StrEnum):
    """The finest groups of M49: intermediate regions, and sub-regions that have none."""

    EASTERN_AFRICA = "eastern_africa"
    MIDDLE_AFRICA = "middle_africa"
    NORTHERN_AFRICA = "northern_africa"
    SOUTHERN_AFRICA = "southern_africa"
    WESTERN_AFRICA = "western_africa"
    CARIBBEAN = "caribbean"
    CENTRAL_AMERICA = "central_america"
    NORTHERN_AMERICA = "northern_america"
    SOUTH_AMERICA = "south_america"
    CENTRAL_ASIA = "central_asia"
    EASTERN_ASIA = "eastern_asia"
    SOUTH_EASTERN_ASIA = "south_eastern_asia"
    SOUTHERN_ASIA = "southern_asia"
    WESTERN_ASIA = "western_asia"
    EASTERN_EUROPE = "eastern_europe"
    NORTHERN_EUROPE = "northern_europe"
    SOUTHERN_EUROPE = "southern_europe"
    WESTERN_EUROPE = "western_europe"
    AUSTRALIA_AND_NEW_ZEALAND = "australia_and_new_zealand"
    MELANESIA = "melanesia"
    MICRONESIA = "micronesia"
    POLYNESIA = "polynesia"


@dataclass(frozen=True, slots=True)
class _Place:
    region: Region
    sub_region: SubRegion


class Regions:
    """Tells the region of every State that the bot offers: the Members of the United Nations and its two observers.

    Codes are ISO 3166-1 alpha-2, as they are stored; a code that is not offered raises KeyError.
    """

    def __init__(self, places: Mapping[str, _Place], names: Mapping[str, Mapping[str, str]]) -> None:
        self._places = places
        self._names = names

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all States that are offered."""
        return frozenset(self._places)

    def region_of(self, code: str) -> Region:
        return self._places[code].region

    def sub_region_of(self, code: str) -> SubRegion:
        return self._places[code].sub_region

    def countries_in(self, region: Region | SubRegion) -> frozenset[str]:
        """The codes of the States in a region or a sub-region."""
        return frozenset(code for code, place in self._places.items() if region in (place.region, place.sub_region))

    def name_of(self, region: Region | SubRegion, language: str) -> str:
        """The United Nations' name of a region in a language of the bot's; in English for any other."""
        names = self._names[region.value]
        return names.get(language, names[DEFAULT_LANGUAGE])


def region_of(code: str) -> Region:
    """The region of a State by its code; KeyError if it is not offered. For whoever needs nothing else of the table."""
    return load_regions().region_of(code)


@cache  # a few kilobytes that never change
def load_regions() -> Regions:
    """Read the table that the package carries, the first time that it is asked for."""
    table = tomllib.loads((files("bot.places") / "data" / "m49.toml").read_text(encoding="utf-8"))
    places = {
        code: _Place(Region(entry["region"]), SubRegion(name))
        for name, entry in table["sub_regions"].items()
        for code in entry["states"].split()
    }
    names = {name: entry["names"] for name, entry in (table["regions"] | table["sub_regions"]).items()}
    return Regions(places, names)
