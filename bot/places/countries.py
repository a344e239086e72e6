"""Countries: by whatever people call them, and as they are named to people."""

from __future__ import annotations

import gettext
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pycountry
from babel import Locale
from rapidfuzz.distance import OSA

from bot.locales.catalogues import DEFAULT_LANGUAGE, LANGUAGES
from bot.places.names import MAX_CHARACTERS, MAX_SUGGESTIONS, NameIndex, Suggestions, key_of
from bot.places.regions import Regions

_CLDR_LOCALES = (*LANGUAGES, "zh_Hant")
_ISO_TRANSLATIONS = ("ar", "zh_CN", "fr", "ru", "es")
_LIKE_WITHIN_SLIPS = 1
_FIRST_INDICATOR = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}")
_LAST_INDICATOR = ord("\N{REGIONAL INDICATOR SYMBOL LETTER Z}")
_BLACK_FLAG = "\N{WAVING BLACK FLAG}"
_TAGS = {chr(0xE0000 + ord(letter)): letter for letter in "abcdefghijklmnopqrstuvwxyz"}
"""Flags of parts of a country (Scotland's) are a black flag and the part's ISO 3166-2 code in these."""


@dataclass(frozen=True, slots=True, order=True)
class Country:
    """A State; ``code`` is its ISO 3166-1 alpha-2 code, which is what is stored."""

    code: str


class Countries:
    """The States that the bot offers: the Members of the United Nations and its two observers.

    Other areas of M49 are not offered, since what they belong to is not for the bot to say: their names find
    nothing rather than something that is spelt alike. Names that are shown are those of the Unicode CLDR, and the
    short names of UNTERM where the United Nations uses another (`data/names.toml`). Immutable; threads may share it.
    """

    def __init__(
        self,
        shown: Mapping[str, Mapping[str, str]],
        codes: Mapping[str, Country],
        index: NameIndex[Country],
        exceptions: _Exceptions,
    ) -> None:
        """``shown``: names by language and code; ``codes``: alpha-2 and alpha-3, in small letters."""
        self._shown = shown
        self._codes = codes
        self._index = index
        self._exceptions = exceptions
        self.all = tuple(sorted(set(codes.values())))

    def country(self, code: str) -> Country | None:
        """The country with a stored alpha-2 code; None if it is none that is offered."""
        found = self._codes.get(code.lower())
        return found if found is not None and found.code == code else None

    def name_of(self, code: str, language: str) -> str:
        """The name to show in a language of the bot's, in English for any other. A code not offered: KeyError."""
        return self._shown.get(language, self._shown[DEFAULT_LANGUAGE])[code]

    def name_or_code(self, code: str, language: str) -> str:
        """As `name_of`; a code that is not offered is left as it is."""
        return code if self.country(code) is None else self.name_of(code, language)

    def find_country(self, text: str, language: str) -> Country | Suggestions[Country] | None:
        """The country that a person means; suggestions where that is not sure. Takes any string.

        Names of all languages are understood; suggestions named so in the reader's ``language`` come first.
        """
        found = self._find(text)
        if not isinstance(found, Suggestions):
            return found
        key = key_of(text)
        return Suggestions(tuple(sorted(found.choices, key=lambda country: not self._is_like(country, key, language))))

    def _find(self, text: str) -> Country | Suggestions[Country] | None:
        flags = {country for code in _codes_of_flags(text) if (country := self.country(code))}
        if len(flags) == 1:
            return flags.pop()
        key = key_of(text)
        if not key:
            return None
        if key in self._exceptions.ambiguous:
            return Suggestions(self._exceptions.ambiguous[key])
        found = self._by_code(text) or self._index.whole(text)
        if found:
            everyday = key in self._exceptions.everyday_words and not text.strip().isupper()
            return Suggestions(found[:MAX_SUGGESTIONS]) if len(found) > 1 or everyday else found[0]
        return None if key in self._exceptions.not_offered else self._index.near(text)

    def _is_like(self, country: Country, key: str, language: str) -> bool:
        return OSA.distance(key, key_of(self.name_of(country.code, language))) <= _LIKE_WITHIN_SLIPS

    def _by_code(self, text: str) -> tuple[Country, ...]:
        letters = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower()
        found = self._codes.get("".join(letter for letter in letters if letter not in " ."))
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class _Exceptions:
    """Texts, as keys, that are not looked up like the others."""

    ambiguous: Mapping[str, tuple[Country, ...]]
    everyday_words: frozenset[str]
    not_offered: frozenset[str]


def flag(code: str) -> str:
    """The flag of an alpha-2 code, as an emoji."""
    return "".join(chr(_FIRST_INDICATOR + ord(letter) - ord("A")) for letter in code)


def _codes_of_flags(text: str) -> Iterator[str]:
    """The alpha-2 codes of all flags in a text; of Scotland's and the like, that of the country."""
    indicators = [c if _FIRST_INDICATOR <= ord(c) <= _LAST_INDICATOR else " " for c in text[:MAX_CHARACTERS]]
    for run in "".join(indicators).split():
        for first, second in zip(run[::2], run[1::2], strict=False):
            yield chr(ord(first) - _FIRST_INDICATOR + ord("A")) + chr(ord(second) - _FIRST_INDICATOR + ord("A"))
    for part in text[:MAX_CHARACTERS].split(_BLACK_FLAG)[1:]:
        yield "".join(_TAGS.get(c, "") for c in part[:2]).upper()


def load_countries(regions: Regions) -> Countries:
    """Gather the names of all States of the regions' table: about 0.2 s, once."""
    cldr = {locale: Locale.parse(locale).territories for locale in _CLDR_LOCALES}
    united_nations = _table("names.toml")
    aliases = _table("aliases.toml")
    by_code = {code: Country(code) for code in sorted(regions.codes)}
    shown = {
        language: {code: united_nations.get(code, {}).get(language) or cldr[language][code] for code in by_code}
        for language in LANGUAGES
    }
    usual = [
        *((names[code], country) for names in (*cldr.values(), *shown.values()) for code, country in by_code.items()),
        *((name, by_code[code]) for code, names in aliases["aliases"].items() for name in names.split(",")),
    ]
    index = NameIndex(_with_variants(usual), also=_with_variants(_iso_names(by_code)))
    exceptions = _Exceptions(
        ambiguous={
            key_of(name): tuple(by_code[code] for code in codes.split()) for name, codes in aliases["ambiguous"].items()
        },
        everyday_words=frozenset(aliases["everyday_words"].split()),
        not_offered=frozenset(
            key_of(name) for names in cldr.values() for code, name in names.items() if code not in by_code
        ),
    )
    return Countries(shown, _codes(by_code), index, exceptions)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("bot.places") / "data" / name).read_text(encoding="utf-8"))


def _codes(by_code: Mapping[str, Country]) -> dict[str, Country]:
    codes = {code.lower(): country for code, country in by_code.items()}
    for entry in pycountry.countries:
        if entry.alpha_2 in by_code:
            codes[entry.alpha_3.lower()] = by_code[entry.alpha_2]
    return codes


def _iso_names(by_code: Mapping[str, Country]) -> Iterator[tuple[str, Country]]:
    """Short, official and common names in ISO 3166, in English and in the other languages."""
    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[locale]) for locale in _ISO_TRANSLATIONS
    ]
    for entry in pycountry.countries:
        if entry.alpha_2 in by_code:
            for field in ("name", "official_name", "common_name"):
                if name := getattr(entry, field, None):
                    yield name, by_code[entry.alpha_2]
                    yield from ((translation.gettext(name), by_code[entry.alpha_2]) for translation in translations)


def _with_variants(names: Iterable[tuple[str, Country]]) -> Iterator[tuple[str, Country]]:
    """With "Tanzania, United Republic of" also "United Republic of Tanzania"; with "Myanmar (Burma)" also "Myanmar"."""
    for name, country in names:
        yield name, country
        head, comma, tail = name.replace("،", ",").partition(",")
        if comma:
            yield f"{tail} {head}", country
        head, bracket, _ = name.replace("（", "(").partition("(")
        if bracket:
            yield head, country
