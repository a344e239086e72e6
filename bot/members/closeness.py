"""How close a text that somebody types is to what something is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.members import naming

_EXACT, _BEGINNING, _ALL_WORDS, _SOMEWHERE, _NEARLY = 5.0, 4.0, 3.0, 2.0, 0.9
_EXACT_IN_LATIN = 4.6
_NEARLY_WHOLE = 0.85
_SLIPS_FORGIVEN_FROM = 0.6
_ENOUGH = 0.72
_UNFINISHED = 0.95
"""What a word counts for that is the beginning of another, but for slips."""
_SOMEWHERE_FROM = 3


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it is compared: in its script, in Latin letters, and the words of both."""

    folded: str
    latin: str
    words: tuple[str, ...]


def form(text: str) -> Form:
    """Prepare a text."""
    folded, latin = naming.fold(text), naming.latin(text)
    return Form(folded, latin, tuple(dict.fromkeys((*folded.split(), *latin.split()))))


def closeness(sought: Form, names: Sequence[Form], *, others: Sequence[Form] = (), address: str | None = None) -> float:
    """How close a text is to something with these names, other texts about it, and an e-mail address; 0: not that.

    Whole names come first, then beginnings, then names with all the words, then those with slips.
    """
    if not sought.folded:
        return 0.0
    best = max(*(_to_name(sought, name) for name in (*names, *others)), _to_address(sought, address or ""))
    if best >= _BEGINNING:
        return best
    there = [word for text in (*names, *others) for word in text.words]
    return max(best, _to_words(sought.folded.split(), there), _to_words(sought.latin.split(), there))


def _to_name(sought: Form, name: Form) -> float:
    """A whole name, its beginning, or what stands somewhere in it, as in languages without spaces."""
    best = 0.0
    for text, whole in ((sought.folded, name.folded), (sought.latin, name.latin)):
        if text and whole:
            share = len(text) / len(whole)
            if text == whole:
                best = max(best, _EXACT if whole == name.folded else _EXACT_IN_LATIN)
            elif whole.startswith(text):
                best = max(best, _BEGINNING + share / 2)
            elif len(text) >= _SOMEWHERE_FROM - (not text.isascii()) and text in whole:
                best = max(best, _SOMEWHERE + share)
            else:
                likeness = OSA.normalized_similarity(text, whole, score_cutoff=_NEARLY_WHOLE)
                best = max(best, _NEARLY + likeness if likeness else 0.0)
    return best


def _to_address(sought: Form, address: str) -> float:
    """A whole address or its beginning, or that of its domain."""
    whole, domain = naming.fold(address), naming.fold(address.rpartition("@")[2])
    if sought.folded in {whole, domain}:
        return _EXACT
    return _BEGINNING if whole.startswith(sought.folded) or domain.startswith(sought.folded) else 0.0


def _to_words(words: Sequence[str], there: Sequence[str]) -> float:
    if not words or not there:
        return 0.0
    if all(any(other.startswith(word) for other in there) for word in words):
        return _ALL_WORDS + sum(word in there for word in words) / len(words) / 2
    close = sum(max(_to_word(word, other) for other in there) for word in words) / len(words)
    return _NEARLY + close if close >= _ENOUGH else 0.0


def _to_word(word: str, other: str) -> float:
    begun = OSA.normalized_similarity(word, other[: len(word)]) * _UNFINISHED
    likeness = max(OSA.normalized_similarity(word, other), begun)
    return likeness if likeness >= _SLIPS_FORGIVEN_FROM else 0.0
