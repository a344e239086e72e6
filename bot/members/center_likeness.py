"""How likely two Centers are the same: from their names in any language, short names, domains and countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from bot.members import naming
from bot.members.short_names import compact, initials, without_short_names
from bot.members.sounds import sounds
from bot.members.vocabulary import Kind, Word, vocabulary
from storage.records.members import CenterDetails

LIKELY = 0.6
"""From here on they may be the same, and somebody has to say."""
SAME = 0.85
"""From here on they are taken for the same, unless somebody says otherwise."""

_WEIGHTS = {Kind.GENERIC: 0.3, Kind.TELLING: 0.6, Kind.OWN: 1.0, Kind.NUMBER: 0.6}
_NEARLY = 0.75
"""What words count for that are put one for the other."""
_SLIPS_FORGIVEN_FROM = 0.77
_SAME_SOUNDS = 0.9
_SAME_RUN_OF_SOUNDS = 0.72
_SOUNDS_AT_LEAST = 3
_ENDING_MAY_DIFFER_FROM = 5
_ENDING_AT_MOST = 3
"""Letters."""
_SHORT_NAME_TELLS = {2: 0.3, 3: 0.62, 4: 0.75}
"""By letters: many share the shortest."""
_LONG_SHORT_NAME_TELLS = 0.85
_SHUFFLED = 0.85
_SHUFFLED_FROM = 4
_DOMAIN_TELLS = 0.65
_ADDRESS_TELLS = 0.9
_OTHER_COUNTRY = 0.55
_COUNTRY_UNKNOWN = 0.96
_NOTHING_OWN_NOR_COUNTRY = 0.82
_KEPT_APART = 0.55
"""What is left of a likeness where countries differ, one is not known, and so on."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A Center's details, prepared to be compared with many others."""

    names: tuple[tuple[Word, ...], ...]
    short_names: frozenset[str]
    initials: frozenset[str]
    countries: frozenset[str]
    city: str
    domains: frozenset[str]
    email: str | None


def comparable(details: CenterDetails) -> Comparable:
    """Prepare a Center's details."""
    meanings = vocabulary()
    short = details.short_name or ""
    names = [details.name, *([short] if " " in short.strip() else [])]
    bare, in_name = without_short_names(details.name, meanings)
    words = [meanings.words(name) for name in (bare, *names[1:])]
    named = {word.text for name in words for word in name if word.kind == Kind.COUNTRY}
    return Comparable(
        names=tuple(tuple(dict.fromkeys(word for word in name if word.kind != Kind.COUNTRY)) for name in words),
        short_names=frozenset({*in_name, *compact(short)}),
        initials=frozenset(one for name in (bare, *names[1:]) for one in initials(name, meanings)),
        countries=frozenset({details.country}) if details.country else frozenset(named),
        city=naming.latin(details.city or "").replace(" ", ""),
        domains=frozenset(filter(None, (naming.web_domain(details.website), naming.mail_domain(details.email)))),
        email=naming.fold_address(details.email),
    )


def score(a: Comparable, b: Comparable) -> float:
    """How likely two Centers are the same: 0 to 1."""
    name = max((_alike(one, other, {a.city, b.city}) for one in a.names for other in b.names), default=0.0)
    short = _same_short_name(a, b)
    apart = all(_kept_apart(one, other) for one in a.names for other in b.names)
    if apart:
        name, short = name * _KEPT_APART, short * _KEPT_APART
    domain = _ADDRESS_TELLS if a.email and a.email == b.email else _DOMAIN_TELLS if a.domains & b.domains else 0.0
    together = 1 - (1 - name) * (1 - short) * (1 - domain)
    return together * _country_factor(a, b)


def marks(one: Comparable) -> frozenset[str]:
    """What others that may be the same have in common with it.

    That is what their names mean, alone and with the country; short names in any order; the e-mail address. None of
    them is a piece of `naming.pieces`, which hold no punctuation.
    """
    meant = {word.text for name in one.names for word in name}
    letters = {"".join(sorted(short)) for short in one.short_names | one.initials if len(short) > 1}
    return frozenset(
        {
            *(f"={word}" for word in meant),
            *(f"={country}={word}" for country in one.countries for word in meant),
            *(f"~{these}" for these in letters),
            *naming.whole_address(one.email),
        }
    )


def _alike(one: Sequence[Word], other: Sequence[Word], cities: set[str]) -> float:
    """How much two names have in common, 0 to 1: words that tell more count more, in any order."""
    pairs = sorted(
        ((_same(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)), key=lambda pair: -pair[0]
    )
    weights = ([_weight(word, cities) for word in one], [_weight(word, cities) for word in other])
    left, right = set(range(len(one))), set(range(len(other)))
    shared = 0.0
    for likeness, i, j in pairs:
        if likeness and i in left and j in right:
            left.discard(i)
            right.discard(j)
            shared += likeness * (weights[0][i] + weights[1][j])
    if _same_run(one, other, left, right):
        own = [weights[0][i] for i in left if one[i].kind == Kind.OWN]
        own += [weights[1][j] for j in right if other[j].kind == Kind.OWN]
        shared += _SAME_SOUNDS * sum(own)
    total = sum(weights[0]) + sum(weights[1])
    return shared / total if total else 0.0


def _weight(word: Word, cities: set[str]) -> float:
    return _WEIGHTS[Kind.GENERIC] if word.text in cities else _WEIGHTS[word.kind]


def _same(a: Word, b: Word) -> float:
    if a.text == b.text and a.kind == b.kind:
        return 1.0
    if a.kind != Kind.OWN or b.kind != Kind.OWN:
        return _NEARLY if vocabulary().are_near(a.text, b.text) else 0.0
    if a.is_foreign != b.is_foreign and len(sounds(a.text)) > 1 and sounds(a.text) == sounds(b.text):
        return _SAME_SOUNDS
    likeness = max(OSA.normalized_similarity(a.text, b.text), _without_ending(a.text, b.text))
    return likeness if likeness >= _SLIPS_FORGIVEN_FROM else 0.0


def _without_ending(a: str, b: str) -> float:
    """A name may have an ending in one language and none in another."""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < _ENDING_MAY_DIFFER_FROM or len(longer) - len(shorter) > _ENDING_AT_MOST:
        return 0.0
    return JaroWinkler.normalized_similarity(a, b) if longer.startswith(shorter[:-1]) else 0.0


def _same_run(one: Sequence[Word], other: Sequence[Word], left: set[int], right: set[int]) -> bool:
    """Whether what is left of two names is the same, written together or in a script without spaces or vowels."""
    a = "".join(one[i].text for i in sorted(left) if one[i].kind == Kind.OWN)
    b = "".join(other[j].text for j in sorted(right) if other[j].kind == Kind.OWN)
    if not a or not b:
        return False
    if OSA.normalized_similarity(a, b) >= _SAME_SOUNDS:
        return True
    heard = (sounds(a), sounds(b))
    is_foreign = any(one[i].is_foreign for i in left) != any(other[j].is_foreign for j in right)
    is_heard = is_foreign and min(map(len, heard)) >= _SOUNDS_AT_LEAST
    return is_heard and OSA.normalized_similarity(*heard) >= _SAME_RUN_OF_SOUNDS


def _same_short_name(a: Comparable, b: Comparable) -> float:
    """What short names tell: the same, or the first letters of the other's name, in another order perhaps."""
    exact = (a.short_names & b.short_names) | (a.short_names & b.initials) | (a.initials & b.short_names)
    if exact:
        return max(map(_tells, exact))
    short, other_short = _shuffled(a.short_names), _shuffled(b.short_names)
    alike = (short & (other_short | _shuffled(b.initials))) | (_shuffled(a.initials) & other_short)
    return max((_tells(one) * _SHUFFLED for one in alike), default=0.0)


def _shuffled(shorts: frozenset[str]) -> set[str]:
    return {"".join(sorted(one)) for one in shorts if len(one) >= _SHUFFLED_FROM}


def _tells(short: str) -> float:
    return _SHORT_NAME_TELLS.get(len(short), _LONG_SHORT_NAME_TELLS if len(short) > 1 else 0.0)


def _kept_apart(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether each has a word that the other would have too if it were the same: police, military; No. 1, No. 2."""
    mine, theirs = _grouped(one), _grouped(other)
    return any(not mine[group] & theirs[group] for group in mine.keys() & theirs.keys())


def _grouped(name: Sequence[Word]) -> dict[str, set[str]]:
    """The words of a name by which names are kept apart."""
    groups: dict[str, set[str]] = {}
    for word in name:
        group = "number" if word.kind == Kind.NUMBER else vocabulary().apart_group(word.text)
        if group is not None and word.kind != Kind.OWN:
            groups.setdefault(group, set()).add(word.text)
    return groups


def _country_factor(a: Comparable, b: Comparable) -> float:
    if a.countries & b.countries:
        return 1.0
    if a.countries and b.countries:
        return _OTHER_COUNTRY
    own = all(any(word.kind == Kind.OWN for name in side.names for word in name) for side in (a, b))
    return _COUNTRY_UNKNOWN if own or a.domains & b.domains else _NOTHING_OWN_NOR_COUNTRY
