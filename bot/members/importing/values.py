"""A row of a list as details of a Center and of a delegate, read with the same kinds as the forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.forms.choices import folded
from bot.forms.contacts import Email, Phone, WebSite
from bot.forms.places import Places
from bot.forms.reading import Circumstances, Kind, Understood
from bot.forms.texts import Text, tidy
from bot.forms.whereabouts import Country, TimeZone
from bot.members.importing.fields import NAMES_OF_PEOPLE, Target
from bot.members.importing.names import PersonsName, taken_apart
from bot.members.importing.words import load_words
from storage.records.members import CenterDetails, CenterKind, DelegateDetails, Focus

NAMES = NAMES_OF_PEOPLE | {Target.CENTER_NAME}
NAME_AT_MOST = 200
TEXT_AT_MOST = 200
_KINDS: Mapping[Target, Kind] = {
    Target.CENTER_NAME: Text(NAME_AT_MOST), Target.CENTER_SHORT_NAME: Text(TEXT_AT_MOST),
    Target.CENTER_COUNTRY: Country(),
    Target.CENTER_CITY: Text(TEXT_AT_MOST), Target.CENTER_WEBSITE: WebSite(), Target.CENTER_EMAIL: Email(),
    Target.CENTER_PHONE: Phone("country"), Target.HEAD_NAME: Text(NAME_AT_MOST), Target.HEAD_TITLE: Text(TEXT_AT_MOST),
    Target.FULL_NAME: Text(NAME_AT_MOST), Target.GIVEN_NAME: Text(NAME_AT_MOST), Target.FAMILY_NAME: Text(NAME_AT_MOST),
    Target.TITLE: Text(TEXT_AT_MOST), Target.FUNCTION: Text(TEXT_AT_MOST), Target.EMAIL: Email(),
    Target.PHONE: Phone("country"), Target.NATIONALITY: Country(), Target.TIME_ZONE: TimeZone("country"),
}  # fmt: skip
_SEVERAL = frozenset({Target.EMAIL, Target.CENTER_EMAIL, Target.PHONE, Target.CENTER_PHONE, Target.CENTER_WEBSITE})
"""Fields of which lists often have more than one in a cell."""
_BETWEEN = re.compile(r"[;,/|\n]|\s(?:or|ou|o|или|and|et|y|и)\s|或|和")
_BETWEEN_ADDRESSES = re.compile(r"[;,/|\s]+")
_BETWEEN_LANGUAGES = re.compile(r"[;,/|&+\s،、]+|和")
_JOINING = frozenset({"and", "et", "y", "и", "و", "e"})


class RowFault(StrEnum):
    """Why a row cannot be read at all."""

    NO_NAME = "no-name"
    HALF_A_NAME = "half-a-name"
    NAME_TOO_LONG = "name-too-long"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell that is not understood. The rest of its row is read."""

    target: Target


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says."""

    center: CenterDetails | None
    delegate: DelegateDetails | None
    left_out: tuple[LeftOut, ...] = ()
    fault: RowFault | None = None


@dataclass(frozen=True, slots=True)
class ReadingOf:
    """What has to be known to understand cells. `labels`: what the views call kinds and focuses, in every language."""

    language: str
    today: date
    places: Places
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Values:
    """Reads the cells of one row after the other; what was read once is remembered, as columns repeat themselves."""

    def __init__(self, reading: ReadingOf) -> None:
        self._reading = reading
        self._words = load_words()
        self._kinds = {**_KINDS, Target.CENTER_KIND: self._words.kind, Target.CENTER_FOCUS: self._words.focus}
        self._known: dict[tuple[Target, str, str | None], str | None] = {}

    def entry(self, cells: Mapping[Target, str]) -> Entry:
        """What a row says of a Center and a delegate."""
        given = {target: cell for target, cell in cells.items() if not self._is_nothing(target, cell)}
        left_out: list[LeftOut] = []
        values: dict[Target, str] = {}
        for target in (Target.CENTER_COUNTRY, Target.NATIONALITY, *Target):  # countries first: phones are read by them
            if target in given and target not in values and target in self._kinds:
                country = self._country_for(target, values)
                value = self._read(target, given[target], country)
                if value is not None:
                    values[target] = value
                elif LeftOut(target) not in left_out:
                    left_out.append(LeftOut(target))
        languages, unknown = _languages(given.get(Target.LANGUAGES, ""))
        if unknown:
            left_out.append(LeftOut(Target.LANGUAGES))
        return _entry(values, languages, tuple(left_out))

    def _is_nothing(self, target: Target, cell: str) -> bool:
        text = tidy(cell).casefold()
        return (
            not text or text in self._words.nothing or (target not in NAMES and text in self._words.nothing_but_names)
        )

    def _country_for(self, target: Target, values: Mapping[Target, str]) -> str | None:
        """Whose numbers and hours are meant where no country is dialled."""
        at_center = values.get(Target.CENTER_COUNTRY)
        return at_center or (None if target == Target.CENTER_PHONE else values.get(Target.NATIONALITY))

    def _read(self, target: Target, cell: str, country: str | None) -> str | None:
        key = (target, cell, country)
        if key not in self._known:
            self._known[key] = self._understood(target, cell, country)
        return self._known[key]

    def _understood(self, target: Target, cell: str, country: str | None) -> str | None:
        reading = self._reading
        at = Circumstances(
            reading.language, reading.today, answers={"country": country}, labels=reading.labels, places=reading.places
        )
        candidates = [cell]
        if target in _SEVERAL:
            candidates += (_BETWEEN_ADDRESSES if "mail" in target else _BETWEEN).split(cell)
        for candidate in candidates:
            outcome = self._kinds[target].read(candidate, at)
            if isinstance(outcome, Understood):
                return str(outcome.value)
        return None


def _entry(values: Mapping[Target, str], languages: tuple[str, ...], left_out: tuple[LeftOut, ...]) -> Entry:
    if any(one.target in NAMES for one in left_out):
        return Entry(None, None, left_out, RowFault.NAME_TOO_LONG)
    name = _persons_name(values)
    center = _center(values) if Target.CENTER_NAME in values else None
    if name is None and values.keys() & NAMES_OF_PEOPLE:
        return Entry(None, None, left_out, RowFault.HALF_A_NAME)
    if center is None and name is None:
        return Entry(None, None, left_out, RowFault.NO_NAME)
    delegate = None if name is None else _delegate(name, values, languages)
    return Entry(center, delegate, left_out)


def _persons_name(values: Mapping[Target, str]) -> PersonsName | None:
    given, family = values.get(Target.GIVEN_NAME), values.get(Target.FAMILY_NAME)
    if given and family:
        return PersonsName(given, family)
    whole = values.get(Target.FULL_NAME)
    return None if whole is None else taken_apart(whole)


def _center(values: Mapping[Target, str]) -> CenterDetails:
    kind, focus = values.get(Target.CENTER_KIND), values.get(Target.CENTER_FOCUS)
    return CenterDetails(
        name=values[Target.CENTER_NAME],
        short_name=values.get(Target.CENTER_SHORT_NAME),
        kind=None if kind is None else CenterKind(kind),
        focus=None if focus is None else Focus(focus),
        country=values.get(Target.CENTER_COUNTRY),
        city=values.get(Target.CENTER_CITY),
        website=values.get(Target.CENTER_WEBSITE),
        email=values.get(Target.CENTER_EMAIL),
        phone=values.get(Target.CENTER_PHONE),
        head_name=values.get(Target.HEAD_NAME),
        head_title=values.get(Target.HEAD_TITLE),
    )


def _delegate(name: PersonsName, values: Mapping[Target, str], languages: tuple[str, ...]) -> DelegateDetails:
    email = values.get(Target.EMAIL)
    return DelegateDetails(
        given_name=name.given,
        family_name=name.family,
        title=values.get(Target.TITLE) or name.title,
        function=values.get(Target.FUNCTION),
        email=None if email is None else email.lower(),
        phone=values.get(Target.PHONE),
        nationality=values.get(Target.NATIONALITY),
        languages=languages,
        time_zone=values.get(Target.TIME_ZONE),
    )


def _languages(cell: str) -> tuple[tuple[str, ...], bool]:
    """The ISO 639-1 codes of the languages that are named, and whether something else is named, too."""
    known = load_words().languages
    words = [folded(word) for word in _BETWEEN_LANGUAGES.split(cell)]
    telling = [word for word in words if word and word not in _JOINING]
    codes = tuple(dict.fromkeys(known[word] for word in telling if word in known))
    return codes, any(word not in known for word in telling)
