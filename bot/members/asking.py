"""Which Centers a question is about: where they are, what they deal with, what they are, or what one is called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from bot.locales.catalogues import LANGUAGES
from bot.members.naming import fold
from bot.members.vocabulary import Kind, Word, vocabulary
from bot.places.countries import Countries, Country
from bot.places.names import Suggestions
from bot.places.regions import Region
from storage.records.members import CenterKind, Focus

READ_AT_MOST = 300
"""Characters of a question."""
NAME_AT_MOST = 8
"""Words of a name; what is longer is no name."""
PLACES_AT_MOST = 4

_REGIONS = {
    "african": Region.AFRICA,
    "american": Region.AMERICAS,
    "asian": Region.ASIA,
    "european": Region.EUROPE,
    "oceanian": Region.OCEANIA,
}
_FOCUSES = {
    "police": Focus.POLICE,
    "gendarmerie": Focus.POLICE,
    "military": Focus.MILITARY,
    "army": Focus.MILITARY,
    "civilian": Focus.CIVILIAN,
    "mixed": Focus.MIXED,
}
_KINDS = {"university": CenterKind.UNIVERSITY, "agency": CenterKind.AGENCY}
"""Other kinds are called by words that stand for the association itself, or for any of its members."""
_CENTERS = frozenset({"center", "institute", "institution", "school", "academy", "college", "university"})

_CALLED_ALIKE = {"CG": ("CG", "CD")}

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:['’.-][^\W_\u3400-\u9fff]+)*")
_HAN = re.compile("[\u3400-\u9fff]")
_UNCASED = re.compile("[\u0600-\u06ff\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff-]+")
_ARABIC_FORMS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
_ARABIC_BEFORE = re.compile("^(?:[وفب]?ال|لل|[وبل](?=..))")
_SHORT_NAME = re.compile(r"[A-Z]{2,4}|(?:[A-Z]\.){2,4}")
_RUSSIAN_ENDING = re.compile("(?:ах|ям|ем|ой|ей|[аеиойуыьюя])$")
_RUSSIAN_NOMINATIVES = ("", "а", "я", "й", "ь", "ы", "о", "е")
_INFLECTED_FROM = 4
_TWO_WORDS_FROM = 11
"""Letters of an inflected name of two words, from which on a slip is one of grammar."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Which Centers are meant; what is empty lets all of them pass.

    Attributes:
        name: what may be the name of one.
        is_named: whether it is clearly meant as one; otherwise a Center has to be called just so.
        is_state: whether it is States that are asked for, not Centers.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    focus: Focus | None = None
    kind: CenterKind | None = None
    name: str = ""
    is_named: bool = False
    is_state: bool = False

    @property
    def is_everything(self) -> bool:
        return not (self.countries or self.regions or self.focus or self.kind)


EVERYTHING = AskedFor()


def read(question: str, countries: Countries) -> AskedFor:
    """Which Centers a question in any of the languages is about. Takes any string; some milliseconds."""
    question = question[:READ_AT_MOST]
    words = vocabulary().words(question)
    known = [word.text for word in words if word.kind in {Kind.GENERIC, Kind.TELLING}]
    there, elsewhere = _countries_in(question, words, countries)
    focus = next((_FOCUSES[one] for one in known if one in _FOCUSES), None)
    kind = next((_KINDS[one] for one in known if one in _KINDS), None)
    left_over = _left_over(question)
    telling = [word for word in left_over if fold(word) not in elsewhere and _is_telling(word)]
    is_center = not _CENTERS.isdisjoint(known)
    may_be_name = bool(telling) or _is_in_capitals(left_over)
    name = " ".join(left_over) if may_be_name and len(left_over) <= NAME_AT_MOST else ""
    return AskedFor(
        there[:PLACES_AT_MOST],
        () if there else tuple(dict.fromkeys(_REGIONS[one] for one in known if one in _REGIONS)),
        focus,
        kind,
        name,
        is_named=bool(name) and _is_named(telling, is_center=is_center),
        is_state=bool(there) and not is_center and focus is None and kind is None,
    )


def _countries_in(question: str, words: Iterable[Word], countries: Countries) -> tuple[tuple[str, ...], frozenset[str]]:
    """Their codes, and the words of theirs that are known nowhere else."""
    found: dict[str, None] = {}
    for word in words:
        if word.kind == Kind.COUNTRY and countries.country(word.text):
            found |= dict.fromkeys(_CALLED_ALIKE.get(word.text, (word.text,)))
    there = [*_by_short_name(question, countries), *_inflected(question, countries)]
    found |= dict.fromkeys(code for code, _written in there)
    names = {
        word for code in found for language in LANGUAGES for word in _TOKEN.findall(countries.name_of(code, language))
    }
    return tuple(found), frozenset({fold(word) for word in names.union(*(written for _code, written in there))})


def _by_short_name(question: str, countries: Countries) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Such as "UK" and "DRC", which stand in capitals: "are" is a code as well."""
    for token in _TOKEN.findall(question):
        is_short = _SHORT_NAME.fullmatch(token) and not question.isupper()
        if is_short or token.lower() == "uk":
            found = countries.find_country(token, "en")
            if isinstance(found, Country):
                yield found.code, (token,)


def _inflected(question: str, countries: Countries) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Russian names of countries in whatever case they stand: "в Кении", "Новой Зеландии"."""
    tokens = [token for token in _TOKEN.findall(question) if _CYRILLIC.fullmatch(token)]
    for first, second in pairwise(tokens):
        found = countries.find_country(f"{first} {second}", "ru")
        if isinstance(found, Suggestions) and len(found.choices) == 1 and len(first + second) >= _TWO_WORDS_FROM:
            found = found.choices[0]
        if isinstance(found, Country) and _begins_alike(f"{first} {second}", found, countries):
            yield found.code, (first, second)
    for token in tokens:
        if len(token) >= _INFLECTED_FROM and fold(token) not in _idle_words():
            stem = _RUSSIAN_ENDING.sub("", token)
            for ending in _RUSSIAN_NOMINATIVES:
                found = countries.find_country(stem + ending, "ru")
                if isinstance(found, Country) and _begins_alike(token, found, countries):
                    yield found.code, (token,)
                    break


def _begins_alike(text: str, country: Country, countries: Countries) -> bool:
    name = fold(countries.name_of(country.code, "ru"))
    return name.startswith(fold(text)[: max(_INFLECTED_FROM - 1, len(text.split(maxsplit=1)[0]) - 2)])


def _left_over(question: str) -> list[str]:
    """The words that may be a name: without those of which a question is made."""
    left = []
    for place, token in enumerate(_TOKEN.findall(question)):
        if _HAN.match(token):
            left += _of_han(token)
        elif place and len(token) == 1 and token.isupper():  # "Center A"
            left.append(token)
        elif not _is_idle(token):
            left.append(token.removesuffix("'s").removesuffix("’s"))
    return left


def _of_han(text: str) -> list[str]:
    rest = text
    for word in _idle_han():
        rest = rest.replace(word, " ")
    return rest.split()


def _is_idle(token: str) -> bool:
    idle = _idle_words()
    parts = fold(token).translate(_ARABIC_FORMS).split()
    return all(part in idle or _ARABIC_BEFORE.sub("", part) in idle for part in parts)


def _is_telling(word: str) -> bool:
    """Whether it is not a word of any Center, but of one; or a letter: "Center A"."""
    return any(one.kind in {Kind.OWN, Kind.NUMBER} for one in vocabulary().words(word))


def _is_in_capitals(left_over: Sequence[str]) -> bool:
    """Whether several words have capitals, as in a name: "Peace Academy"."""
    return sum(word[0].isupper() for word in left_over) > 1


def _is_named(telling: Sequence[str], *, is_center: bool) -> bool:
    """Capitals make a name; in scripts without them, the word for a Center beside others does."""
    if any(_UNCASED.search(word) for word in telling):
        return is_center
    return any(word[0].isupper() for word in telling)


@cache  # some hundred words that never change
def _idle_words() -> frozenset[str]:
    return frozenset(
        word
        for language, words in _table().items()
        if language != "zh"
        for word in fold(words).translate(_ARABIC_FORMS).split()
    )


@cache
def _idle_han() -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(_table()["zh"].split(), key=len, reverse=True))


def _table() -> dict[str, str]:
    text = (files("bot.members") / "data" / "questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
