"""Centers and people who are known, or were read in from the same file before, to be found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.members import center_likeness, naming, person_likeness
from bot.members.center_likeness import Comparable, comparable, marks
from bot.members.person_likeness import PersonName, person_name
from storage.records.members import Center, CenterDetails, Delegate, DelegateDetails

COMPARED_AT_MOST = 40
"""Candidates that share most."""
COMMON = 400
"""A mark that so many have does not tell enough to compare with all of them."""


@dataclass(slots=True, eq=False)
class KnownCenter:
    """A Center of the database, or one that the file has first in `row`. `details` are as they will be."""

    details: CenterDetails
    existing: Center | None
    row: int | None
    compared: Comparable


@dataclass(slots=True, eq=False)
class KnownPerson:
    """A record of the database, or somebody whom the file has first in `row`. `details` are as they will be."""

    details: DelegateDetails
    existing: Delegate | None
    row: int | None
    center: KnownCenter | None
    compared: PersonName


@dataclass(frozen=True, slots=True)
class CenterMatch:
    """The Center that is meant, or one that may be."""

    center: KnownCenter
    is_sure: bool


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """The person who is meant, or one who may be. `has_their_email`: under another name."""

    person: KnownPerson
    is_sure: bool
    has_their_email: bool = False


@dataclass(slots=True)
class KnownCenters:
    """Finds Centers by what they are called and by what they have in common."""

    all: list[KnownCenter] = field(default_factory=list)
    _by_name: dict[str, list[KnownCenter]] = field(default_factory=dict)
    _by_mark: dict[str, list[KnownCenter]] = field(default_factory=dict)
    _found: dict[CenterDetails, CenterMatch] = field(default_factory=dict)

    def add(self, details: CenterDetails, *, existing: Center | None = None, row: int | None = None) -> KnownCenter:
        """Remember a Center."""
        known = KnownCenter(details, existing, row, comparable(details))
        self.all.append(known)
        self._by_name.setdefault(naming.fold(details.name), []).append(known)
        self._index(known)
        return known

    def change(self, known: KnownCenter, details: CenterDetails) -> None:
        """Set its details; it goes on being found by the ones before, too."""
        known.details, known.compared = details, comparable(details)
        self._index(known)

    def find(self, details: CenterDetails) -> CenterMatch | None:
        """The Center with these details. Lists name the same one again and again, so what was found is remembered."""
        if details not in self._found:
            match = self._by_exact_name(details) or self._by_likeness(comparable(details))
            if match is None:
                return None
            self._found[details] = match
        return self._found[details]

    def _index(self, known: KnownCenter) -> None:
        for mark in (*marks(known.compared), *_domains(known.compared)):
            bucket = self._by_mark.setdefault(mark, [])
            if not bucket or bucket[-1] is not known:
                bucket.append(known)

    def _by_exact_name(self, details: CenterDetails) -> CenterMatch | None:
        """The same name, unless it is in another country; where several have it, in the same."""
        named = self._by_name.get(naming.fold(details.name), [])
        fitting = [one for one in named if not details.country or one.details.country in {details.country, None}]
        there = [one for one in fitting if one.details.country == details.country]
        if len(there) == 1 or len(fitting) == 1:
            return CenterMatch((there or fitting)[0], is_sure=True)
        return CenterMatch(fitting[0], is_sure=False) if fitting else None

    def _by_likeness(self, this: Comparable) -> CenterMatch | None:
        shared = _most_shared(self._by_mark, (*marks(this), *_domains(this)))
        scored = [(center_likeness.score(this, one.compared), -place, one) for place, one in enumerate(shared)]
        if not scored:
            return None
        best, _, known = max(scored, key=lambda triple: triple[:2])
        if best < center_likeness.LIKELY:
            return None
        rivals = [one for score, _, one in scored if score >= center_likeness.SAME]
        return CenterMatch(known, is_sure=best >= center_likeness.SAME and len(rivals) == 1)


@dataclass(slots=True)
class KnownPeople:
    """Finds people by their address and by their names in a Center or a country."""

    all: list[KnownPerson] = field(default_factory=list)
    _by_email: dict[str, KnownPerson] = field(default_factory=dict)
    _by_name: dict[Hashable, list[KnownPerson]] = field(default_factory=dict)
    _by_word: dict[Hashable, list[KnownPerson]] = field(default_factory=dict)

    def add(
        self,
        details: DelegateDetails,
        center: KnownCenter | None,
        *,
        existing: Delegate | None = None,
        row: int | None = None,
    ) -> KnownPerson:
        """Remember somebody."""
        known = KnownPerson(details, existing, row, center, person_name(details))
        self.all.append(known)
        self._by_name.setdefault(_key(details, center), []).append(known)
        for place in _places(details, center):
            for word in _words(details):
                self._by_word.setdefault((place, word), []).append(known)
        self._index_email(known)
        return known

    def change(self, known: KnownPerson, details: DelegateDetails) -> None:
        """Set their details; names do not change."""
        known.details = details
        self._index_email(known)

    def find(self, details: DelegateDetails, center: KnownCenter | None) -> PersonMatch | None:
        """The person with these details, who would be in this Center."""
        this = person_name(details)
        owner = self._by_email.get(details.email or "")
        if owner is not None:
            is_them = person_likeness.score(this, owner.compared) >= person_likeness.LIKELY
            return PersonMatch(owner, is_sure=is_them, has_their_email=not is_them)
        namesakes = self._by_name.get(_key(details, center), [])
        if namesakes:
            is_clear = len(namesakes) == 1 and not (details.email and namesakes[0].details.email)
            return PersonMatch(namesakes[0], is_sure=is_clear)
        near = [
            (person_likeness.score(this, one.compared), -number, one)
            for number, one in enumerate(self._around(details, center))
        ]
        best = max(near, key=lambda triple: triple[:2], default=None)
        return None if best is None or best[0] < person_likeness.LIKELY else PersonMatch(best[2], is_sure=False)

    def _index_email(self, known: KnownPerson) -> None:
        address = naming.fold_address(known.details.email)
        if address:
            self._by_email.setdefault(address, known)

    def _around(self, details: DelegateDetails, center: KnownCenter | None) -> Iterable[KnownPerson]:
        """Who shares a name, in the Center, in its country, or of the same nationality, and has no other address."""
        words = _words(details)
        buckets = [self._by_word.get((place, word), []) for place in _places(details, center) for word in words]
        found = dict.fromkeys(one for bucket in buckets if len(bucket) <= COMMON for one in bucket)
        return [one for one in found if not (details.email and one.details.email)]


def _key(details: DelegateDetails, center: KnownCenter | None) -> Hashable:
    """Names in a Center; without a Center, with the nationality."""
    return center or details.nationality, naming.fold(details.family_name), naming.fold(details.given_name)


def _places(details: DelegateDetails, center: KnownCenter | None) -> Iterator[Hashable]:
    if center is not None:
        yield center
        if center.details.country:
            yield center.details.country
    elif details.nationality:
        yield details.nationality


def _words(details: DelegateDetails) -> list[str]:
    return naming.latin(f"{details.given_name} {details.family_name}").split()


def _domains(compared: Comparable) -> Iterator[str]:
    return (f"@{domain}" for domain in sorted(compared.domains))


def _most_shared(by_mark: dict[str, list[KnownCenter]], wanted: Iterable[str]) -> list[KnownCenter]:
    counts: Counter[KnownCenter] = Counter()
    for mark in sorted(wanted):
        bucket = by_mark.get(mark, [])
        if len(bucket) <= COMMON:
            counts.update(bucket)
    return [known for known, _ in counts.most_common(COMPARED_AT_MOST)]
