"""What people want of the bot that it does elsewhere, and what they say to its answers.

"Delete my data", "stop the reminders", "are you sure?". Only what consists of words for a wish and of nothing else is
taken for one: either it is one of the content's phrasings, but for what stands around it, or its parts ("change",
"language", "French") are all there, in whichever order, without another word. So a question is none, nobody else has
to be asked, and nothing more is done than to lead there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.knowledge.library import DEFAULT_LANGUAGE, HOW, NEED, NO_LANGUAGE, PERSON, TONGUE, Library, Shelf, WishKind
from bot.knowledge.spelling import Spelling
from bot.knowledge.words import tidy_words

CHARACTERS_AT_MOST = 120
"""Whoever writes more says more than what they want."""
ANY_ENDING, BEGINNING_AT_LEAST = "*", 3
COMBINED: Mapping[WishKind, tuple[str, ...]] = {
    "language": (
        "change language mine? other? tongue? me?",
        "change tongue speak? reply? me?",
        "change other language speak? reply?",
        "speak tongue language? me?",
        "reply tongue language? me?",
        "reply other language me?",
        "speak other language me?",
        "tongue language?",
        "other language",
    ),
    "data": (
        "remove mine data what?",
        "remove own what?",
        "remove me",
        "remove_me",
        "remove what? keep? about mine? data?",
        "remove mine me data",
        "show mine data me?",
        "show own me?",
        "show what? keep? about data? me?",
        "what keep about mine? data?",
        "what keep me data?",
        "what keep mine data?",
        "what keep own",
        "what data keep? about",
        "change mine data",
        "change mine detail",
        "change own what?",
        "changed mine data change?",
        "changed mine detail change?",
        "changed own change?",
        "changed detail change? mine? data? own?",
        "changed change mine data",
    ),
    "reminders": (
        "stop message speak? me? mine? show? what?",
        "stop speak me?",
        "cancel message mine? me?",
        "remove message mine? me?",
        "remove me message list?",
    ),
    "registration": (
        "cancel registration mine? conference? me?",
        "withdraw registration mine? conference? me?",
        "withdraw mine? conference me?",
        "withdraw me",
        "withdraw me list",
        "remove registration mine conference?",
        "remove me registration conference?",
        "remove me conference list?",
        "remove me list mine? detail?",
        "remove_me conference list?",
        "remove_me list",
        "remove mine detail list",
        "absent conference? registration?",
        "not come conference? registration?",
        "not registration conference?",
    ),
    "secretariat": ("speak secretariat person? me?", "speak person me? how?", "reply person me? how?"),
}
"""Of which parts a wish is made; those with ? may be missing. Their words stand in ``content/<language>/wishes.md``."""
_SAYS_NOTHING: Mapping[WishKind, frozenset[str]] = {"secretariat": frozenset({NEED})}
"""By what is wanted: which parts say nothing more; elsewhere `_SAYS_NOTHING_ELSEWHERE`. Whoever asks how to reach the
Secretariat may want its address, which is a question."""
_SAYS_NOTHING_ELSEWHERE = frozenset({NEED, HOW, PERSON})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants, the language in which they said so, and the one that they want, if they named one."""

    kind: WishKind
    language: str
    tongue: str | None = None


class _Part(NamedTuple):
    """What a phrase is in a wish; of no name: nothing."""

    name: str | None = None
    tongue: str | None = None


class WishReader:
    """Knows the wishes of all languages. Quick; threads may share it."""

    def __init__(self, library: Library) -> None:
        # Languages are called by their own names in any language: "switch to français".
        tongues = [(code, name) for shelf in library.shelves.values() for code, name in _each(shelf.tongues)]
        self._by_language = {language: _Phrasings(shelf, tongues) for language, shelf in library.shelves.items()}

    def read(self, text: str, language: str) -> Wish | None:
        """What a message wants; looked for first in ``language``, which the person speaks with the bot."""
        if len(text) > CHARACTERS_AT_MOST:
            return None
        spoken = language.partition("-")[0].lower()
        tidied = tidy_words(text)
        for known in sorted(self._by_language, key=lambda one: (one != spoken, one != DEFAULT_LANGUAGE)):
            wish = self._by_language[known].wish(tidied)
            if wish is not None:
                return wish
        return None


class _Phrasings:
    def __init__(self, shelf: Shelf, tongues: Iterable[tuple[str, str]]) -> None:
        around = _alternatives(shelf.wishes_around)
        self._language = shelf.language
        self._before, self._behind = re.compile(rf"^(?:{around} )+"), re.compile(rf"(?: {around})+$")
        self._kinds = {tidy_words(one): kind for kind, phrasings in shelf.wishes.items() for one in phrasings}
        words = {_with_ending(phrase): _Part(part) for part, phrase in _each(shelf.wish_parts)}
        names = {_with_ending(name): _Part(TONGUE, code) for code, name in tongues}
        self._parts = {tidy_words(one): _Part() for one in shelf.wishes_around} | names | words
        self._words_at_most = max((len(phrase.split()) for phrase in self._parts), default=0)
        spelt = " ".join((*self._kinds, *self._parts)).split()
        self._known = frozenset(spelt)
        self._spelling = Spelling(word for word in spelt if not word.endswith(ANY_ENDING))

    def wish(self, tidied: str) -> Wish | None:
        spelt = self._spelt(tidied)
        if spelt is None:
            return None
        kind = self._kinds.get(spelt) or self._kinds.get(self._bare(spelt))
        return Wish(kind, self._language) if kind is not None else self._combined(spelt, is_as_typed=spelt == tidied)

    def _combined(self, spelt: str, *, is_as_typed: bool) -> Wish | None:
        found = self._read(spelt.split())
        parts = {part.name for part in found if part.name is not None}
        if not parts:
            return None
        tongues = {part.tongue for part in found if part.tongue is not None}
        if TONGUE in parts and parts <= {TONGUE, NEED} and (NEED in parts or not is_as_typed):
            return None  # "Russia", or "do I need English?"
        for kind, ways in COMBINED.items():
            said = parts - _SAYS_NOTHING.get(kind, _SAYS_NOTHING_ELSEWHERE)
            if any(_is_made_of(said, way) for way in ways):
                named = next(iter(tongues)) if len(tongues) == 1 else None
                return Wish(kind, self._language, None if named == NO_LANGUAGE else named)
        return None

    def _read(self, words: list[str]) -> list[_Part]:
        """What the phrases of a text mean, the longest first; nothing if there is another word among them."""
        found, at = [], 0
        while at < len(words):
            ends = range(min(len(words), at + self._words_at_most), at, -1)
            phrases = ((end, self._part(" ".join(words[at:end]))) for end in ends)
            end, part = next(((end, part) for end, part in phrases if part is not None), (0, None))
            if part is None:
                return []
            found.append(part)
            at = end
        return found

    def _part(self, phrase: str) -> _Part | None:
        if phrase in self._parts or " " in phrase:
            return self._parts.get(phrase)
        return next((part for form in _beginnings(phrase) if (part := self._parts.get(form)) is not None), None)

    def _bare(self, tidied: str) -> str:
        return self._behind.sub("", self._before.sub("", tidied))

    def _spelt(self, tidied: str) -> str | None:
        """The words as they are spelt; None if one of them is in no wish."""
        spelt = []
        for word in tidied.split():
            is_known = word in self._known or any(form in self._known for form in _beginnings(word))
            right = word if is_known else self._spelling.repaired(word)
            if right is None:
                return None
            spelt.append(right)
        return " ".join(spelt)


def _is_made_of(parts: set[str], way: str) -> bool:
    names = way.split()
    needed = {name for name in names if not name.endswith("?")}
    return needed <= parts <= needed | {name.removesuffix("?") for name in names}


def _each(phrases: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((name, phrase) for name, mine in phrases.items() for phrase in mine)


def _with_ending(phrase: str) -> str:
    """A phrase tidied; "reminder*" stays so, and has any ending."""
    return tidy_words(phrase) + (ANY_ENDING if phrase.endswith(ANY_ENDING) else "")


def _beginnings(word: str) -> Iterator[str]:
    """What a word may be a form of, the longest first."""
    return (word[:length] + ANY_ENDING for length in range(len(word), BEGINNING_AT_LEAST - 1, -1))


def _alternatives(phrases: Iterable[str]) -> str:
    longest_first = sorted({tidy_words(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else r"(?!)"
