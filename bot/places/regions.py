"""The geographic regions of the United Nations (M49), and the States in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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


class Regions:
    """Tells the region of every State that the bot offers: the Members of the United Nations and its two observers.

    Codes are ISO 3166-1 alpha-2, as they are stored; a code that is not offered raises KeyError.
    """

    def __init__(self, regions: Mapping[str, Region], names: Mapping[str, Mapping[str, str]]) -> None:
        self._regions = regions
        self._names = names

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all States that are offered."""
        return frozenset(self._regions)

    def region_of(self, code: str) -> Region:
        return self._regions[code]

    def name_of(self, region: Region, language: str) -> str:
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
    regions = {
        code: Region(entry["region"]) for entry in table["sub_regions"].values() for code in entry["states"].split()
    }
    return Regions(regions, {name: entry["names"] for name, entry in table["regions"].items()})
