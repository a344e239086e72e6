"""What people want of the bot that it does elsewhere: "delete my data", "stop the reminders".

Only what is one of the content's phrasings word for word, but for what stands around it, is taken for a wish: then it
is certain, and nobody else has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.library import DEFAULT_LANGUAGE, Library, Shelf, WishKind
from bot.knowledge.words import tidy_words

CHARACTERS_AT_MOST = 120
"""Whoever writes more says more than what they want."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants, and the language in which they said so."""

    kind: WishKind
    language: str


class WishReader:
    """Knows every phrasing in all languages. Quick; threads may share it."""

    def __init__(self, library: Library) -> None:
        self._by_language = {language: _Phrasings(shelf) for language, shelf in library.shelves.items()}

    def read(self, text: str, language: str) -> Wish | None:
        """What a message wants; looked for first in ``language``, which the person speaks with the bot."""
        if len(text) > CHARACTERS_AT_MOST:
            return None
        spoken = language.partition("-")[0].lower()
        tidied = tidy_words(text)
        for known in sorted(self._by_language, key=lambda one: (one != spoken, one != DEFAULT_LANGUAGE)):
            kind = self._by_language[known].kind(tidied)
            if kind is not None:
                return Wish(kind, known)
        return None


class _Phrasings:
    def __init__(self, shelf: Shelf) -> None:
        around = _alternatives(shelf.wishes_around)
        self._before, self._behind = re.compile(rf"^(?:{around} )+"), re.compile(rf"(?: {around})+$")
        self._kinds = {tidy_words(one): kind for kind, phrasings in shelf.wishes.items() for one in phrasings}

    def kind(self, tidied: str) -> WishKind | None:
        return self._kinds.get(tidied) or self._kinds.get(self._behind.sub("", self._before.sub("", tidied)))


def _alternatives(phrases: Iterable[str]) -> str:
    longest_first = sorted({tidy_words(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else r"(?!)"
