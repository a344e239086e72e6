"""Time zones: whose they are, which one is likely, and which one a person means."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata
from babel import Locale
from babel.core import get_global

from bot.locales.catalogues import DEFAULT_LANGUAGE, LANGUAGES
from bot.places.countries import Countries, Country
from bot.places.digits import western_digits
from bot.places.names import MAX_CHARACTERS, MAX_SUGGESTIONS, NameIndex, Suggestions

_YEAR = int(tzdata.IANA_VERSION[:4])
_OFFSET = re.compile(
    r"(?P<name>utc|gmt|z)?\s*(?P<sign>[+\-\u2010-\u2015\u2212])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>[0-5]\d))?"
    r"\s*(?:h|utc|gmt)?"
)
_NO_OFFSET = frozenset({"gmt", "z", "utc0", "gmt0", "utc+0", "utc-0", "gmt+0", "gmt-0"})
_MOST_EAST, _MOST_WEST = timedelta(hours=14), timedelta(hours=-12)
_HOUR = timedelta(hours=1)
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")


@dataclass(frozen=True, slots=True)
class _Clock:
    """How far a zone is ahead of UTC in January and in July of the year of the database."""

    january: timedelta
    july: timedelta

    @property
    def standard(self) -> timedelta:
        return min(self.january, self.july)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is known of zones, by their IANA names.

    Attributes:
        of_country: the zones of an alpha-2 code, in the order of the IANA table.
        likely: those of most people, for a country that has several.
        abbreviations: in capitals.
        spelt: every name in the database, in small letters, and the present name of that zone.
        cities: what a zone is called, by language.
    """

    of_country: Mapping[str, tuple[str, ...]]
    likely: Mapping[str, tuple[str, ...]]
    abbreviations: Mapping[str, str]
    spelt: Mapping[str, str]
    cities: Mapping[str, Mapping[str, str]]


class Zones:
    """Answers with names of the IANA database, which are what is stored. Immutable; threads may share it."""

    def __init__(self, tables: _Tables, index: NameIndex[str], countries: Countries) -> None:
        self._tables = tables
        self._index = index
        self._countries = countries

    def zones_of(self, code: str) -> tuple[str, ...]:
        """All zones of a country (alpha-2). One that the database does not know raises KeyError."""
        return self._tables.of_country[code]

    def likely_zones(self, code: str) -> tuple[str, ...]:
        """The zones of most people in a country, at most `MAX_SUGGESTIONS`, the likeliest first."""
        return self._tables.likely.get(code) or self._tables.of_country[code]

    def guess_zone(self, code: str) -> str:
        """The likeliest zone of a country."""
        return self.likely_zones(code)[0]

    def is_known(self, zone: str) -> bool:
        """Whether a stored name is one that the database still has."""
        return zone.lower() in self._tables.spelt

    def name_of(self, zone: str, language: str) -> str:
        """What to call a zone: its city in a language of the bot's, or "UTC+3"."""
        return self._tables.cities.get(language, {}).get(zone) or name_of(zone, language)

    def find_zone(self, text: str, country: str | None) -> str | Suggestions[str] | None:
        """The zone that a person means by a city, an IANA name, "UTC+3", "EAT" or a country's name.

        Takes any string. Of several that fit, those of the person's ``country`` (alpha-2) count.
        """
        own = self._tables.of_country.get(country or "", ())
        typed = " ".join(western_digits(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])).lower().split())
        if typed in ("utc", "etc/utc"):
            return "UTC"
        if "/" in typed and (spelt := self._tables.spelt.get(typed.replace(" ", "_"))):
            return spelt
        offset = _offset(typed)
        if offset is not None:
            return self._at_offset(offset, country)
        return (
            self._abbreviated(typed.upper(), country)
            or _one_of(self._index.whole(text), own)
            or self._of_country_named(text)
            or self._tables.spelt.get(typed)
            or self._spelt_nearly(text, own)
        )

    def _at_offset(self, offset: timedelta, country: str | None) -> str | Suggestions[str] | None:
        zones = self._own_first(country)
        fitting = [zone for zone in zones if _clock(zone).standard == offset] or [
            zone for zone in zones if offset in (_clock(zone).january, _clock(zone).july)
        ]
        if fitting:
            return _one_of(_different(fitting), ())
        if not _MOST_WEST <= offset <= _MOST_EAST:
            return None
        hours, rest = divmod(offset, _HOUR)
        if not rest:
            return f"Etc/GMT{-hours:+d}" if hours else "UTC"
        everywhere = [zone for code in self._tables.of_country for zone in self._own_first(code)[:1]]
        return _one_of(_different(zone for zone in everywhere if _clock(zone).standard == offset), ())

    def _abbreviated(self, letters: str, country: str | None) -> str | Suggestions[str] | None:
        own = [zone for zone in self._own_first(country) if letters in _abbreviations(zone)]
        return _one_of(_different(own), ()) or self._tables.abbreviations.get(letters)

    def _of_country_named(self, text: str) -> str | Suggestions[str] | None:
        country = self._countries.find_country(text, DEFAULT_LANGUAGE)
        return _one_of(self.likely_zones(country.code), ()) if isinstance(country, Country) else None

    def _spelt_nearly(self, text: str, own: tuple[str, ...]) -> str | Suggestions[str] | None:
        near = self._index.near(text)
        if isinstance(near, Suggestions):
            return Suggestions(tuple(zone for zone in near.choices if zone in own) or near.choices)
        return near

    def _own_first(self, country: str | None) -> tuple[str, ...]:
        """The zones of a country, the likely ones first; none of a country that is not known."""
        if country is None or country not in self._tables.of_country:
            return ()
        return tuple(dict.fromkeys((*self.likely_zones(country), *self.zones_of(country))))


def _one_of(zones: tuple[str, ...], own: tuple[str, ...]) -> str | Suggestions[str] | None:
    """The zone if it is only one; of several those that are the person's own, if any are."""
    kept = tuple(zone for zone in zones if zone in own) or zones
    if len(kept) == 1:
        return kept[0]
    return Suggestions(kept[:MAX_SUGGESTIONS]) if kept else None


def _offset(typed: str) -> timedelta | None:
    if typed.replace(" ", "") in _NO_OFFSET:
        return timedelta()
    match = _OFFSET.fullmatch(typed)
    if match is None:
        return None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return offset if match["sign"] == "+" else -offset


def _clock(zone: str) -> _Clock:
    january, july = (datetime(_YEAR, month, 1, 12, tzinfo=UTC).astimezone(ZoneInfo(zone)) for month in (1, 7))
    return _Clock(january.utcoffset() or timedelta(), july.utcoffset() or timedelta())


def _abbreviations(zone: str) -> frozenset[str]:
    return frozenset(datetime(_YEAR, month, 1, tzinfo=ZoneInfo(zone)).tzname() or "" for month in (1, 7))


def _different(zones: Iterable[str]) -> tuple[str, ...]:
    """One of those whose clocks agree all the year: the first."""
    by_clock: dict[_Clock, str] = {}
    for zone in zones:
        by_clock.setdefault(_clock(zone), zone)
    return tuple(by_clock.values())


def name_of(zone: str, language: str) -> str:
    """As `Zones.name_of`, without the tables: a zone whose name was another once has that of the IANA database."""
    fixed = _FIXED.fullmatch(zone)
    if fixed:  # in names of the database the sign is the other way round
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"
    city: str | None = Locale.parse(language).time_zones.get(zone, {}).get("city")
    return city or _city(zone)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def load_zones(countries: Countries) -> Zones:
    """Read the tables of the IANA database and the names of cities: about 0.1 s, once."""
    table = tomllib.loads((files("bot.places") / "data" / "zones.toml").read_text(encoding="utf-8"))
    of_country: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _place, zone = line.split("\t")[:3]
            of_country.setdefault(code, []).append(zone)
    zones = tuple(zone for group in of_country.values() for zone in group)
    former = {name: zone for name, zone in get_global("zone_aliases").items() if zone in zones}
    spelt = {
        name.lower(): former.get(name, name)
        for name in (files("tzdata") / "zones").read_text(encoding="utf-8").split()
        if name != "Factory"
    }
    cities = {language: dict(_cities(language, zones, former)) for language in LANGUAGES}
    tables = _Tables(
        of_country={code: tuple(group) for code, group in of_country.items()},
        likely={code: tuple(likely.split()) for code, likely in table["likely"].items()},
        abbreviations=table["abbreviations"],
        spelt=spelt,
        cities=cities,
    )
    return Zones(tables, NameIndex(_names(tables, former, table["cities"])), countries)


def _cities(language: str, zones: Iterable[str], former: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names of the cities that zones are named after; the CLDR knows some zones by a former name only."""
    known = Locale.parse(language).time_zones
    for name, zone in (*former.items(), *((zone, zone) for zone in zones)):
        if city := known.get(name, {}).get("city"):
            yield zone, city


def _names(tables: _Tables, former: Mapping[str, str], more: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for zones in tables.of_country.values():
        yield from ((_city(zone), zone) for zone in zones)
    for name, zone in former.items():
        if "/" in name and name.partition("/")[0] == zone.partition("/")[0]:
            yield _city(name), zone
    for cities in tables.cities.values():
        yield from ((city, zone) for zone, city in cities.items())
    for zone, cities_of_zone in more.items():
        yield from ((city, zone) for city in cities_of_zone.split(","))
