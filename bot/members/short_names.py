"""Short names: those that stand in a name, and those that its first letters make."""

from __future__ import annotations

import re

from bot.members import naming
from bot.members.vocabulary import Vocabulary

_IN_CAPITALS = re.compile(r"\b[^\W\d_]{3,10}\b")
_IN_BRACKETS = re.compile(r"[(（\[]([^\s)）\]]{2,12})[)）\]]")
_BETWEEN_PARTS = re.compile(r"[\s–—-]+")
_MARKS = ".,:;"


def without_short_names(name: str, meanings: Vocabulary) -> tuple[str, frozenset[str]]:
    """A name without the short names that stand in it, such as "(ECP)", and those."""
    in_brackets = set(_IN_BRACKETS.findall(name))
    is_all_in_capitals = name.isupper() and " " in name.strip()
    capitals = set() if is_all_in_capitals else {one for one in _IN_CAPITALS.findall(name) if one.isupper()}
    found = frozenset(one for text in in_brackets | capitals for one in compact(text))
    rest = _IN_BRACKETS.sub(" ", name)
    bare = " ".join(part for part in _BETWEEN_PARTS.split(rest) if part.strip(_MARKS) not in capitals)
    # Capitals that are no short name of the rest belong to the name, as in "UN House".
    is_explained = not initials(bare, meanings).isdisjoint(one for text in capitals for one in compact(text))
    return (bare if is_explained else rest), found


def compact(short: str) -> frozenset[str]:
    """A short name without spaces and points, in its script and in Latin letters."""
    forms = {naming.fold(short).replace(" ", ""), naming.latin(short).replace(" ", "")}
    return frozenset(forms - {""})


def initials(name: str, meanings: Vocabulary) -> frozenset[str]:
    """The first letters of a name, with and without words that only join others; "peacekeeping" may count twice."""
    found = set()
    for form in {naming.fold(name), naming.latin(name)}:
        words = form.split()
        telling = [word for word in words if not meanings.is_stop(word)]
        found |= {"".join(word[0] for word in some) for some in (words, telling)}
        found.add("".join("pk" if word.startswith("peacekeep") else word[0] for word in telling))
    return frozenset(one for one in found if len(one) > 1)
