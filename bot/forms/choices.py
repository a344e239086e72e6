"""Choices: pressed, or typed in any of the languages, by number, in part or with a typo."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Unsure, Wrong
from bot.forms.texts import tidy
from bot.places.digits import western_digits
from storage.records.drafts import Json

VALUE = re.compile(r"[a-z0-9_]{1,30}")
"""What an option is called in a button's data, of 64 bytes in all."""
SUGGESTED_AT_MOST = 4
TYPED_AT_MOST = 200
CODE_LETTERS = 2
"""A value that is no longer is a code, such as that of a language."""
LEAST_FOR_BEGINNINGS = 3
"""Latin letters that say which option begins so; with fewer one is asked whether it is meant."""
LEAST_FOR_TYPOS = 4
"""Of shorter words, too many are a letter away from each other."""
LETTERS_A_TYPO = 5
_SEPARATORS = re.compile(r"\s*[,;/+&،؛、，；\n]\s*|\s+(?:and|et|y|e|и|و)\s+|\s+و(?=\w)|和|与|及", re.IGNORECASE)
_SAME_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None, "ё": "е"})
_ALL = frozenset(
    {"all", "all of them", "tous", "toutes", "todos", "todas", "все", "全部", "都", "كلها", "الكل", "جميعها"}
)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `also` are further words for it, in any language, beside its labels."""

    value: str
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not VALUE.fullmatch(self.value):
            raise ValueError(f"{self.value!r} does not fit into a button's data.")


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of several options; the value is that of the option."""

    options: tuple[Option, ...]

    def read(self, typed: str, at: Circumstances) -> Outcome:
        return _chosen(typed, self.options, at.labels)

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return data if self.fits(data) else None

    def fits(self, value: Json) -> bool:
        return any(option.value == value for option in self.options)

    def offers(self, _at: Circumstances) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Choices(Kind):
    """Any of several options; the value is the list of theirs, in the order of the options."""

    options: tuple[Option, ...]
    at_least: int = 1

    def read(self, typed: str, at: Circumstances) -> Outcome:
        if folded(typed) in _ALL:
            return self.taken([option.value for option in self.options])
        whole = _chosen(typed, self.options, at.labels)
        if isinstance(whole, Understood):
            return self.taken([whole.value])
        for parts in (_SEPARATORS.split(tidy(typed, several_lines=True)), tidy(typed).split()):
            found = [_chosen(part, self.options, at.labels) for part in parts if part.strip()]
            if found and all(isinstance(one, Understood) for one in found):
                return self.taken([one.value for one in found if isinstance(one, Understood)])
        return whole

    def taken(self, values: Sequence[str]) -> Outcome:
        """The answer that these options come to."""
        chosen = [option.value for option in self.options if option.value in values]
        return Understood(chosen) if len(chosen) >= self.at_least else Wrong(Problem.TOO_FEW, self.at_least)

    def has(self, value: str) -> bool:
        """Whether it is one of the options."""
        return any(option.value == value for option in self.options)

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return [data] if self.has(data) else None

    def fits(self, value: Json) -> bool:
        known = {option.value for option in self.options}
        return isinstance(value, list) and len(value) >= self.at_least and all(one in known for one in value)

    def offers(self, _at: Circumstances) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)


_YES_NO = (
    Option(
        "yes", ("y", "yes please", "ok", "okay", "sure", "oui", "o", "sí", "s", "да", "д", "是", "是的", "好", "نعم")
    ),
    Option("no", ("n", "nope", "non", "no", "нет", "н", "否", "不", "不是", "لا", "كلا")),
)


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """Yes or no; the value is True or False."""

    def read(self, typed: str, at: Circumstances) -> Outcome:
        found = _chosen(typed, _YES_NO, at.labels)
        if isinstance(found, Understood):
            return Understood(found.value == "yes")
        return Wrong(Problem.NOT_YES_OR_NO)

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return {"yes": True, "no": False}.get(data)

    def fits(self, value: Json) -> bool:
        return isinstance(value, bool)

    def offers(self, _at: Circumstances) -> tuple[str, ...]:
        return ("yes", "no")


def folded(text: str) -> str:
    """A text as it is compared: without case, accents and punctuation."""
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", tidy(text).casefold()) if not unicodedata.combining(one)
    )
    letters = "".join(one if one.isalnum() else " " for one in plain.translate(_SAME_LETTERS) if one.isprintable())
    return western_digits(" ".join(letters.split()))


def _chosen(typed: str, options: Sequence[Option], labels: Mapping[str, Sequence[str]]) -> Outcome:
    """The option that is meant; several where that is not clear."""
    text = folded(typed[:TYPED_AT_MOST])
    if not text:
        return Wrong(Problem.NOT_OFFERED)
    names = [
        (folded(name), option.value)
        for option in options
        for name in (*_own_name(option), *labels.get(option.value, ()), *option.also)
    ]
    exact = {value for name, value in names if name == text}
    if not exact and text.isdecimal() and 1 <= int(text[:6]) <= len(options):
        return Understood(options[int(text[:6]) - 1].value)
    says_which = len(text) >= LEAST_FOR_BEGINNINGS or not text.isascii()
    for found, is_sure in ((exact, True), (_begun(text, names), says_which), (_with_typos(text, names), True)):
        if len(found) == 1 and is_sure:
            return Understood(found.pop())
        if found:
            return _unsure(found, options)
    return _unsure({value for name, value in names if _mentions(text, name)}, options)


def _own_name(option: Option) -> tuple[str, ...]:
    """What an option is called where nothing else is; codes are no names: "no" and "si" are also answers."""
    return () if len(option.value) <= CODE_LETTERS else (option.value.replace("_", " "),)


def _begun(text: str, names: Sequence[tuple[str, str]]) -> set[str]:
    """What the text is the beginning of, or whose words it begins: "pol" and "train center"."""
    if text.isascii() and any(len(begun) == 1 for begun in text.split()):
        return set()
    beginning = {value for name, value in names if name.startswith(text)}
    return beginning or {
        value
        for name, value in names
        if all(any(word.startswith(begun) for word in name.split()) for begun in text.split())
    }


def _with_typos(text: str, names: Sequence[tuple[str, str]]) -> set[str]:
    """What is nearest to the text, if it is near at all."""
    if len(text) < LEAST_FOR_TYPOS or not names:
        return set()
    far = max(1, len(text) // LETTERS_A_TYPO)
    distances = {(OSA.distance(text, name, score_cutoff=far), value) for name, value in names}
    nearest = min(distance for distance, _ in distances)
    return {value for distance, value in distances if distance == nearest <= far}


def _mentions(text: str, name: str) -> bool:
    """Whether the name stands in the text: not enough to take it, "not police" has it, too."""
    return len(name) > 1 and f" {name} " in f" {text} "


def _unsure(values: set[str], options: Sequence[Option]) -> Outcome:
    found = tuple(option.value for option in options if option.value in values)
    return Unsure(found[:SUGGESTED_AT_MOST]) if found else Wrong(Problem.NOT_OFFERED)
