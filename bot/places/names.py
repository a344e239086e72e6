"""Names as people type them: made comparable, looked up, and found again in spite of slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_CHARACTERS = 100
MAX_SUGGESTIONS = 4
SURE_MARGIN = 2
"""A slip is taken without asking if everything else is at least so many slips further away."""

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_HAN = re.compile("[\u3400-\u9fff]")
_CONNECTIVES = frozenset({"the", "of", "and", "et", "y", "и"})
"""Left out or put one for the other by many, and of no weight in any name."""
_LEADING_ARTICLES = frozenset({"l", "la", "le", "les", "el", "los", "las", "al"})
_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic"}
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_ARABIC_FORMS = str.maketrans({"\u0649": "\u064a", "\u0629": "\u0647", "\u0640": None})
"""Letters that are typed one for the other: alef maqsura and yeh, teh marbuta and heh; and the stretching mark."""
_NO_DECOMPOSITION = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SLIPS = ((4, 0), (6, 1), (10, 2))
"""Slips that are forgiven in a text of fewer than so many characters; three in a longer one."""
_SLIPS_IN_LONG = 3
_SURE_FROM = (5, 11)
"""From so many characters on, one slip and two are taken without asking."""
_MOST_ALIKE = 40
_NAMED_FROM = 4
_PARTIAL_FROM = 3
_PARTIAL_FROM_HAN = 2
_SURE_WORD_LONGER_BY = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggestions(Generic[T]):
    """What may have been meant: one to `MAX_SUGGESTIONS`, the likeliest first."""

    choices: tuple[T, ...]


def words_of(text: str) -> str:
    """The words of ``text`` a space apart: small letters, no accents, no connectives. Takes any string."""
    words = _all_words(text)
    return " ".join([word for word in words if word not in _CONNECTIVES] or words)


def _all_words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS]).casefold()[:MAX_CHARACTERS]
    text = unicodedata.normalize("NFKD", text).translate(_ARABIC_FORMS).translate(_NO_DECOMPOSITION)
    text = "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Cf", "Cs", "Lm"})
    return [_WRITTEN_OUT.get(word, word) for word in _WORD.findall(text)]


def key_of(text: str) -> str:
    """The words of ``text`` without the spaces, in which people differ most: "Timor-Leste", "Timor Leste"."""
    return words_of(text).replace(" ", "")


def _without_article(text: str) -> str:
    first, _, rest = words_of(text).partition(" ")
    if rest and first in _LEADING_ARTICLES:
        return rest
    return words_of(_ARABIC_ARTICLE.sub("", text))


class NameIndex(Generic[T]):
    """Finds what bears a name. Immutable; threads may share it."""

    def __init__(self, names: Iterable[tuple[str, T]], *, also: Iterable[tuple[str, T]] = ()) -> None:
        """``also``: names that count only when they are typed whole or nearly so, such as official ones."""
        self._by_key: dict[str, dict[T, None]] = {}
        self._spaced: dict[str, dict[T, None]] = {}
        for name, value in dict.fromkeys(names):
            self._add(name, value)
            self._spaced.setdefault(f" {words_of(name)} ", {})[value] = None
        for name, value in dict.fromkeys(also):
            self._add(name, value)
        self._by_spelling: dict[str, dict[T, None]] = {}
        for key, values in self._by_key.items():
            self._by_spelling.setdefault(_simply_spelt(key), {}).update(values)
        self._spelt = list(self._by_spelling)

    def _add(self, name: str, value: T) -> None:
        for words in (words_of(name), _without_article(name), "".join(_all_words(name))):
            if words:
                self._by_key.setdefault(words.replace(" ", ""), {})[value] = None

    def whole(self, text: str) -> tuple[T, ...]:
        """All that bear exactly this name."""
        for words in (words_of(text), _without_article(text)):
            if words and (found := self._by_key.get(words.replace(" ", ""))):
                return tuple(found)
        return ()

    def near(self, text: str) -> T | Suggestions[T] | None:
        """What ``text`` is part of, is a slip of, or holds the name of."""
        part = self._with_part(text)
        if part is not None and not isinstance(part, Suggestions):
            return part
        slip = self._with_slips(_simply_spelt(key_of(text)))
        if part is not None:
            return slip if slip in part.choices else part
        return slip or self._within(text)

    def _with_part(self, text: str) -> T | Suggestions[T] | None:
        """Those with ``text`` as one of their words, which is sure if it is one; or as their beginning."""
        words = words_of(text)
        least = _PARTIAL_FROM_HAN if _HAN.search(words) else _PARTIAL_FROM
        if len(words) < least:
            return None
        whole_words = self._among(name for name in self._spaced if f" {words} " in name)
        if len(whole_words) == 1 and len(words) >= least + _SURE_WORD_LONGER_BY:
            return whole_words[0]
        beginnings = self._among(name for name in self._spaced if name.startswith(f" {words}"))
        return _suggested(dict.fromkeys((*whole_words, *beginnings)))

    def _within(self, text: str) -> Suggestions[T] | None:
        """Those whose name stands somewhere in ``text``, unless it is within a longer one that stands there, too."""
        words = f" {words_of(text)} "
        names = [name for name in self._spaced if name in words and len(name.strip()) >= _NAMED_FROM]
        longest = [name for name in names if not any(name != other and name in other for other in names)]
        return _suggested(dict.fromkeys(self._among(sorted(longest, key=words.index))))

    def _among(self, names: Iterable[str]) -> tuple[T, ...]:
        return tuple(dict.fromkeys(value for name in names for value in self._spaced[name]))

    def _with_slips(self, key: str) -> T | Suggestions[T] | None:
        """Those that ``key`` is few slips away from."""
        allowed = next((slips for below, slips in _SLIPS if len(key) < below), _SLIPS_IN_LONG)
        if not allowed:
            return None
        found = process.extract(
            key, self._spelt, scorer=OSA.distance, score_cutoff=allowed + SURE_MARGIN - 1, limit=_MOST_ALIKE
        )
        # In a short name a few slips make another name of it: two of "Mali" are "Lima".
        near = [(name, int(slips)) for name, slips, _place in found if slips * 3 <= len(name)]
        if not near or near[0][1] > allowed:
            return None
        fewest = near[0][1]
        likely = dict.fromkeys(
            value for name, slips in near if slips < fewest + SURE_MARGIN for value in self._by_spelling[name]
        )
        pardoned = sum(len(key) >= length for length in _SURE_FROM)
        is_sure = len(likely) == 1 and near[0][0][0] == key[0] and fewest <= pardoned
        return next(iter(likely)) if is_sure else Suggestions(tuple(likely)[:MAX_SUGGESTIONS])


def _simply_spelt(key: str) -> str:
    """Without doubled letters: nobody is sure of "Morocco", "Philippines"."""
    return _DOUBLED.sub(r"\1", key)


def _suggested(values: Iterable[T]) -> Suggestions[T] | None:
    """All of them, unless there are so many that the text says nothing."""
    choices = tuple(values)
    return Suggestions(choices) if 0 < len(choices) <= MAX_SUGGESTIONS else None
