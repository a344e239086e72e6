"""Countries and time zones."""

from __future__ import annotations

from dataclasses import dataclass

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Unsure, Wrong
from bot.forms.texts import tidy
from bot.places import countries
from bot.places.names import Suggestions
from storage.records.drafts import Json

CODE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Country(Kind):
    """A State; the value is its ISO 3166-1 code of two letters."""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        match at.places.countries.find_country(tidy(typed), at.language):
            case countries.Country(code):
                return Understood(code)
            case Suggestions(choices):
                return Unsure(tuple(country.code for country in choices))
            case _:
                return Wrong(Problem.NOT_A_COUNTRY)

    def pressed(self, data: str, at: Circumstances) -> Json | None:
        return data if at.places.countries.country(data) else None

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and len(value) == CODE_LETTERS and value.isascii() and value.isupper()


@dataclass(frozen=True, slots=True)
class TimeZone(Kind):
    """A time zone; the value is its name in the IANA database.

    `country_from` is the field with the country whose zones are offered, or the part of the context.
    """

    country_from: str = ""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        match at.places.zones.find_zone(tidy(typed), at.country(self.country_from)):
            case str(zone):
                return Understood(zone)
            case Suggestions(choices):
                return Unsure(choices)
            case _:
                return Wrong(Problem.NOT_A_TIME_ZONE)

    def pressed(self, data: str, at: Circumstances) -> Json | None:
        return data if at.places.zones.is_known(data) else None

    def fits(self, value: Json) -> bool:
        return isinstance(value, str) and (value == "UTC" or "/" in value)

    def offers(self, at: Circumstances) -> tuple[str, ...]:
        country = at.country(self.country_from)
        return () if country is None else at.places.zones.likely_zones(country)
