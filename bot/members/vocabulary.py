"""What the words of a Center's name mean, so that names in different languages can be compared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.members.naming import fold, latin

_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of two letters that the CLDR has beside countries."""
_PARTS = re.compile(r"[\u3400-\u9fff]+|\d+|[^\W\d_\u3400-\u9fff]+")
_HAN = re.compile("[\u3400-\u9fff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_FORMS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
_ARABIC_BEFORE = ("وال", "بال", "كال", "لل", "ال")
_ARABIC_AROUND_ONE = ("و", "ل", "ب")
_ARABIC_AFTER = ("ات", "يه", "ين", "ون", "ه", "ي", "ا")
_ARABIC_SHORTEST = 3
_ENDING_AT_MOST = 6
"""Letters that may follow the beginning of a word."""
_STEM_AT_LEAST = 3
_NAME_OF_COUNTRY_AT_MOST = 7
"""Words."""
_ONE_SLIP_FROM, _TWO_SLIPS_FROM = 6, 10
"""Letters."""
_READ_ALOUD_FROM = 5
"""Letters of a word of another script that is understood in Latin letters, too: "zhongxin"."""
_LONGEST_WORD = 40
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}


class Kind(Enum):
    """How much a word of a name tells."""

    GENERIC = "generic"
    TELLING = "telling"
    OWN = "own"
    NUMBER = "number"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: what it means if that is known, else the word itself in Latin letters.

    That of a country is its code. `is_foreign`: it was written in another script.
    """

    text: str
    kind: Kind
    is_foreign: bool = False


class Vocabulary:
    """The words of this field and the names of countries in six languages. Immutable; threads may share it."""

    def __init__(self, table: Mapping[str, Mapping[str, str]], nationalities: Mapping[str, str]) -> None:
        self._kinds = {word: Kind(kind) for kind in ("generic", "telling") for word in table[kind]}
        self._near = _groups(table["near"])
        self._apart = _groups(table["apart"])
        self._stop = {_form(word) for word in table["stop"]["words"].split()}
        self._words: dict[str, tuple[Word, ...]] = {}
        self._stems: dict[str, tuple[Word, ...]] = {}
        self._country_names: dict[str, Word] = {}
        for meaning, written in (*table["compounds"].items(), *table["generic"].items(), *table["telling"].items()):
            self._learn(written, tuple(Word(one, self._kinds[one]) for one in meaning.split()))
        self._learn_countries(nationalities)
        self._lengths = sorted({len(word) for word in self._words if _HAN.match(word)}, reverse=True)
        self._long = [word for word in self._words if len(word) >= _ONE_SLIP_FROM and not _HAN.match(word)]

    def words(self, name: str) -> tuple[Word, ...]:
        """The words of a name, without those that only join others. Takes any string."""
        forms = self._telling_forms(name)
        found: list[Word] = []
        while forms:
            country, length = self._country_at(forms)
            found += [country] if country else self._meaning(forms[0])
            del forms[:length]
        return tuple(found)

    def are_near(self, one: str, other: str) -> bool:
        """Whether two words are put one for the other, or nearly."""
        return one in self._near and self._near[one] == self._near.get(other)

    def apart_group(self, word: str) -> str | None:
        """The group of which names of the same do not have different ones, if the word is in one."""
        return self._apart.get(word)

    def is_stop(self, word: str) -> bool:
        """Whether a word only joins others."""
        return _form(word) in self._stop

    def _learn(self, written: str, meaning: tuple[Word, ...]) -> None:
        for word in written.split():
            known = self._stems if word.endswith("*") else self._words
            form = _form(fold(word))
            known.setdefault(form, meaning)
            in_latin = latin(form).replace(" ", "")
            if len(in_latin) >= _READ_ALOUD_FROM and not _ARABIC.match(form):
                known.setdefault(in_latin, meaning)

    def _learn_countries(self, nationalities: Mapping[str, str]) -> None:
        for language in _LANGUAGES:
            for code, name in Locale.parse(language).territories.items():
                if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:  # noqa: PLR2004 - two letters
                    country = Word(code, Kind.COUNTRY)
                    forms = self._telling_forms(name)
                    self._country_names.setdefault(" ".join(forms), country)
                    if language == "zh":
                        self._words.setdefault(fold(name).replace(" ", ""), (country,))
                    elif len(forms) == 1:
                        self._words.setdefault(forms[0], (country,))
        for code, beginnings in nationalities.items():
            for beginning in beginnings.split():
                if "_" in beginning:
                    self._country_names.setdefault(fold(beginning), Word(code, Kind.COUNTRY))
                else:
                    self._stems.setdefault(fold(beginning), (Word(code, Kind.COUNTRY),))

    def _telling_forms(self, name: str) -> list[str]:
        """Without what only joins; a letter alone tells one from another where it comes last: "Center A"."""
        forms = [_form(part) for part in _PARTS.findall(fold(name))]
        return [form for form in forms[:-1] if form not in self._stop and not _is_letter(form)] + forms[-1:]

    def _country_at(self, forms: Sequence[str]) -> tuple[Word | None, int]:
        for length in range(min(len(forms), _NAME_OF_COUNTRY_AT_MOST), 0, -1):
            if country := self._country_names.get(" ".join(forms[:length])):
                return country, length
        return None, 1

    def _meaning(self, form: str) -> Sequence[Word]:
        if form.isdecimal():
            return (Word(str(int(form[:_LONGEST_WORD])), Kind.NUMBER),)
        if form in _ROMAN or _is_letter(form):
            return (Word(_ROMAN.get(form, form), Kind.NUMBER),)
        if _HAN.match(form):
            return tuple(self._of_han(form))
        return self._known(form) or self._with_slip(form) or _own(form)

    def _known(self, form: str) -> tuple[Word, ...]:
        if form in self._words:
            return self._words[form]
        if _ARABIC.match(form) and form.startswith(_ARABIC_AROUND_ONE):
            return self._words.get(_form(form[1:]), ())
        for length in range(len(form), max(_STEM_AT_LEAST, len(form) - _ENDING_AT_MOST) - 1, -1):
            if form[:length] in self._stems:
                return self._stems[form[:length]]
        return ()

    def _with_slip(self, form: str) -> tuple[Word, ...]:
        """What was meant by a word with a slip or two in it."""
        allowed = 0 if len(form) < _ONE_SLIP_FROM else 1 if len(form) < _TWO_SLIPS_FROM else 2
        if not allowed or len(form) > _LONGEST_WORD:
            return ()
        nearest = process.extractOne(form, self._long, scorer=OSA.distance, score_cutoff=allowed)
        if nearest is None or nearest[0][0] != form[0]:
            return ()
        return self._words[nearest[0]]

    def _of_han(self, text: str) -> Iterator[Word]:
        """Chinese has no spaces: the longest words that are known, and what stands between them."""
        unknown = ""
        while text:
            length = next((length for length in self._lengths if text[:length] in self._words), 0)
            if length:
                yield from _own(unknown)
                yield from self._words[text[:length]]
                unknown = ""
            elif text[0] not in self._stop:
                unknown += text[0]
            text = text[length or 1 :]
        yield from _own(unknown)


@cache
def vocabulary() -> Vocabulary:
    """Read once, at the first use: about a fifth of a second."""
    return Vocabulary(_table("words.toml"), _table("nationalities.toml"))


def _is_letter(form: str) -> bool:
    return len(form) == 1 and form.isalpha() and not _HAN.match(form)


def _own(form: str) -> tuple[Word, ...]:
    written = latin(form).replace(" ", "")
    return (Word(written, Kind.OWN, is_foreign=not form.isascii()),) if written else ()


def _form(word: str) -> str:
    """The form of a word that is compared: Arabic has articles and endings."""
    if not _ARABIC.match(word):
        return word
    word = word.translate(_ARABIC_FORMS)
    before = next((one for one in _ARABIC_BEFORE if word.startswith(one)), "")
    if len(word) - len(before) >= _ARABIC_SHORTEST:
        word = word.removeprefix(before)
    while after := next((one for one in _ARABIC_AFTER if word.endswith(one)), ""):
        if len(word) - len(after) < _ARABIC_SHORTEST:
            break
        word = word.removesuffix(after)
    return word


def _groups(table: Mapping[str, str]) -> dict[str, str]:
    return {word: group for group, words in table.items() for word in words.split()}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("bot.members") / "data" / name).read_text(encoding="utf-8"))
