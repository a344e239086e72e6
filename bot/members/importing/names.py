"""Full names of people in one cell, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.forms.texts import tidy
from bot.members import naming
from bot.members.importing.words import load_words

_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|инична)$")
_HAN_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_RUSSIAN_NAMES = 3
_LEAST = 2


@dataclass(frozen=True, slots=True)
class PersonsName:
    """A name in its parts."""

    given: str
    family: str
    title: str | None = None


def taken_apart(full: str) -> PersonsName | None:
    """The parts of a name: "Family, Given", "Title Given FAMILY", "Given Family". None where there is but one word."""
    text = tidy(full)
    family, comma, given = text.replace("،", ",").replace("，", ",").partition(",")
    if comma and family.strip() and given.strip():
        title, rest = _without_title(given.split())
        before, own = _without_title(family.split())
        if rest and own:
            return PersonsName(" ".join(rest), " ".join(own), title or before)
    title, words = _without_title(text.replace(",", " ").split())
    if len(words) == 1 and _HAN_NAME.fullmatch(words[0]):
        return PersonsName(words[0][1:], words[0][0], title)
    if len(words) < _LEAST:
        return None
    given_words, family_words = _parts(words)
    return PersonsName(" ".join(given_words), " ".join(family_words), title)


def _parts(words: list[str]) -> tuple[list[str], list[str]]:
    """Given and family names. Where only some are in capitals, those are the family's."""
    in_capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if in_capitals and len(in_capitals) < len(words):
        return [word for word in words if word not in in_capitals], in_capitals
    if len(words) == _RUSSIAN_NAMES and _PATRONYMIC.search(words[-1].casefold()):
        return words[1:], words[:1]
    return words[:-1], words[-1:]


def _without_title(words: list[str]) -> tuple[str | None, list[str]]:
    """Titles and ranks at the beginning, and the rest; something is always left."""
    count = 0
    while count < len(words) - 1 and _is_title(words[count]):
        count += 1
    return " ".join(words[:count]) or None, words[count:]


def _is_title(word: str) -> bool:
    """A single letter is an initial."""
    parts = naming.fold(word).split()
    return len(word) > 1 and bool(parts) and load_words().titles.issuperset(parts)
