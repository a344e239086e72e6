"""How much two people's names have in common: in any order and script, with initials, accents and slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.members import naming
from bot.members.sounds import sounds
from storage.records.members import DelegateDetails

LIKELY = 0.75
"""From here on two names may be one person's."""

_INITIAL = 0.85
_SAME_SOUNDS = 0.9
_SLIPS_FORGIVEN_FROM = 0.75
_SLIPS_FORGIVEN_LETTERS = 4
_TOGETHER_FROM = 0.9
_NAME_MORE = 0.05
"""What each name counts against that one has and the other has not, such as a middle name."""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's names, prepared to be compared with many others."""

    words: tuple[_Name, ...]
    together: tuple[str, str]
    """Given name first, family name first."""


def person_name(details: DelegateDetails) -> PersonName:
    """Prepare a person's names."""
    given, family = (naming.latin(name).replace(" ", "") for name in (details.given_name, details.family_name))
    words = naming.fold(f"{details.given_name} {details.family_name}").split()
    names = (_Name(naming.latin(word).replace(" ", ""), is_foreign=not word.isascii()) for word in words)
    return PersonName(tuple(name for name in names if name.text), (given + family, family + given))


def score(a: PersonName, b: PersonName) -> float:
    """How likely two names are one person's: 0 to 1."""
    if not a.words or not b.words:
        return 0.0
    together = max(OSA.normalized_similarity(a.together[0], other) for other in b.together)
    return max(together if together >= _TOGETHER_FROM else 0.0, _in_any_order(*sorted((a.words, b.words), key=len)))


def _in_any_order(fewer: Sequence[_Name], more: Sequence[_Name]) -> float:
    pairs = sorted(((_same(x, y), i, j) for i, x in enumerate(fewer) for j, y in enumerate(more)), reverse=True)
    left, right = set(range(len(fewer))), set(range(len(more)))
    shared = 0.0
    is_certain = False
    for likeness, i, j in pairs:
        if likeness and i in left and j in right:
            left.discard(i)
            right.discard(j)
            shared += likeness
            is_certain = is_certain or len(fewer[i].text) > 1 < len(more[j].text)
    if not is_certain or (len(fewer) == 1 < len(more)):
        return 0.0
    return shared / len(fewer) - _NAME_MORE * (len(more) - len(fewer))


def _same(a: _Name, b: _Name) -> float:
    if a.text == b.text:
        return 1.0
    if 1 in {len(a.text), len(b.text)}:
        return _INITIAL if a.text[0] == b.text[0] else 0.0
    if a.is_foreign != b.is_foreign and len(sounds(a.text)) > 1 and sounds(a.text) == sounds(b.text):
        return _SAME_SOUNDS
    if min(len(a.text), len(b.text)) < _SLIPS_FORGIVEN_LETTERS:
        return 0.0
    likeness = OSA.normalized_similarity(a.text, b.text)
    return likeness if likeness >= _SLIPS_FORGIVEN_FROM else 0.0
