"""What the headings of a list mean: known words in six languages, also with slips and in another order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.members import naming
from bot.members.importing.fields import Ambiguous, Meaning, Target

HEADING_AT_MOST = 80
"""Characters; what is longer is a note or a value."""
_IN_TWO_LANGUAGES = re.compile(r"[/|\n]")
SLIPS_FORGIVEN_FROM = 0.79
"""One slip in five letters."""
LEAST_FOR_SLIPS = 5
"""Of shorter words, too many are a letter away from each other."""


class Headings:
    """Knows what headings mean. Immutable; threads may share it."""

    def __init__(
        self, meanings: Mapping[Meaning, Iterable[str]], fillers: frozenset[str], spellings: Mapping[str, str]
    ) -> None:
        self._fillers = fillers
        self._spellings = spellings
        self._known: dict[str, Meaning] = {}
        for meaning, words in meanings.items():
            for word in words:
                self._known.setdefault(self._key(word), meaning)
        self._known.pop("", None)
        self._keys = [key for key in self._known if len(key) >= LEAST_FOR_SLIPS]

    def meaning(self, heading: str) -> tuple[Meaning, float] | None:
        """What a heading means, and how sure that is, up to 1; None if it is not known."""
        if len(heading) > HEADING_AT_MOST:
            return None
        whole = self._found(self._key(heading))
        if whole is not None:
            return whole
        parts = [self._found(self._key(part)) for part in _IN_TWO_LANGUAGES.split(heading)]
        return max((part for part in parts if part is not None), key=lambda part: part[1], default=None)

    def _found(self, key: str) -> tuple[Meaning, float] | None:
        if key in self._known:
            return self._known[key], 1.0
        if len(key) < LEAST_FOR_SLIPS:
            return None
        near = process.extractOne(key, self._keys, scorer=OSA.normalized_similarity, score_cutoff=SLIPS_FORGIVEN_FROM)
        return None if near is None else (self._known[near[0]], near[1])

    def recognised(self, cells: Sequence[str]) -> tuple[int, int]:
        """How many of these cells are headings, and of how many different things."""
        found = [meaning[0] for cell in cells if (meaning := self.meaning(cell)) is not None]
        return len(found), len(set(found))

    def _key(self, heading: str) -> str:
        """The words that matter, in one spelling and one order."""
        words = f" {naming.fold(heading.partition('(')[0] or heading)} "
        for other, usual in self._spellings.items():
            words = words.replace(f" {other} ", f" {usual} ")
        telling = [word for word in words.split() if word not in self._fillers]
        return " ".join(sorted(telling))


@dataclass(frozen=True, slots=True)
class ListWords:
    """What is understood in a list: its headings, and what the views call the kinds and focuses, by value."""

    headings: Headings
    labels: Mapping[str, Sequence[str]]


def load_headings(also: Mapping[Target, Iterable[str]] | None = None) -> Headings:
    """Read the words that the package carries. `also`: what our own views call the fields, in every language."""
    table = tomllib.loads((files("bot.members.importing") / "data" / "headings.toml").read_text(encoding="utf-8"))
    meanings: dict[Meaning, list[str]] = {
        _meaning(name): [word.strip() for word in words.split(";")] for name, words in table["meanings"].items()
    }
    for target, words in (also or {}).items():
        meanings[target] = [*words, *meanings[target]]
    return Headings(meanings, frozenset(table["fillers"].split()), table["spellings"])


def _meaning(name: str) -> Meaning:
    return Ambiguous(name) if name.startswith("any_") else Target(name)
