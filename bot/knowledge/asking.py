"""What a question is after: a person, a time, a price. Questions that are after different things ask differently."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.knowledge.words import tidy_words

AT_THE_BEGINNING = "^"
_NUMBER = re.compile(r"\d+")


class AskingReader:
    """Knows by which words the questions of a language show what they are after. Never changes."""

    def __init__(self, asking: Mapping[str, tuple[str, ...]]) -> None:
        """``asking``: for each thing that one may be after, the words or phrases, see `Vocabulary`."""
        self._things: dict[str, set[str]] = {}
        for thing, phrases in asking.items():
            for phrase in phrases:
                begins = AT_THE_BEGINNING if phrase.startswith(AT_THE_BEGINNING) else ""
                self._things.setdefault(begins + tidy_words(phrase), set()).add(thing)
        # The longest first: "how long" is no "how".
        patterns = (self._pattern(phrase) for phrase in sorted(self._things, key=lambda phrase: (-len(phrase), phrase)))
        self._phrases = re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)") if self._things else None

    def things(self, asked: str) -> frozenset[str]:
        """What a question is after, by its tidied words; nothing where it does not show."""
        found: set[str] = set()
        for match in self._phrases.finditer(asked) if self._phrases else ():
            phrase = match[0]
            found |= self._things.get(phrase, set())
            if match.start() == 0:
                found |= self._things.get(AT_THE_BEGINNING + phrase, set())
        return frozenset(found)

    def whole(self, asked: str) -> frozenset[str]:
        """What tidied words are after that are one of the phrases, and nothing else."""
        return frozenset(self._things.get(asked, set()) | self._things.get(AT_THE_BEGINNING + asked, set()))

    @staticmethod
    def _pattern(phrase: str) -> str:
        bare = phrase.removeprefix(AT_THE_BEGINNING)
        return re.escape(bare) if bare == phrase else "^" + re.escape(bare)


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, whichever digits they are written in."""
    return frozenset(str(int(number)) for number in _NUMBER.findall(text))
