"""Questions that are a question word and nothing else, but for what says nothing beside it."""

from __future__ import annotations

from itertools import combinations

from bot.knowledge.asking import AskingReader
from bot.knowledge.library import AROUND, ASKED_AFTER, ASKED_FOR, NEVER, Vocabulary
from bot.knowledge.words import Courtesies, tidy_words

WORDS_AT_MOST = 12
"""Of a question that is longer, nobody has to look at each part."""
WEAK_AT_MOST, CHINESE_WEAK_AT_MOST = 2, 4
"""So many words that say little may stand around a question word; a Chinese character is a word."""
AROUND_AT_MOST = 5
"""So many, where all but `WEAK_AT_MOST` of them are such as stand around a question word."""


NAMES = frozenset({"unigo", "peacekeeping", "peace"})
"""Words that hardly tell one question from another, and yet say what it is about."""
_STRICT = frozenset({"who", "why", "how"})
"""Beside these, a word more is another question: "who will be there?", "how did it begin?"."""


class QuestionWords:
    """Knows the questions of one language that are a question word and nothing else."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        asking, following = vocabulary.asking, vocabulary.following
        self._asking = AskingReader(
            {thing: (*asking.get(thing, ()), *following.get(thing, ())) for thing in (*ASKED_FOR, *ASKED_AFTER)}
        )
        self._courtesies = Courtesies(vocabulary)
        # "Where are you?" is about whoever is spoken to, whatever was told before.
        whom = {tidy_words(word) for word in vocabulary.whom}
        self._weak = frozenset(tidy_words(word) for word in vocabulary.weak) - whom - NAMES
        self._around = frozenset(tidy_words(word) for word in vocabulary.following.get(AROUND, ()))
        self._never = frozenset(tidy_words(phrase) for phrase in vocabulary.following.get(NEVER, ()))
        self._is_arabic = language == "ar"
        self._weak_at_most = CHINESE_WEAK_AT_MOST if language == "zh" else WEAK_AT_MOST

    def thing(self, tidied: str) -> str | None:
        """What is asked for; None if that is not all, or not one thing."""
        found = self.things(tidied)
        return next(iter(found)) if len(found) == 1 else None

    def things(self, tidied: str) -> frozenset[str]:
        """What may be asked for by words that say no more; nothing if they do."""
        asked = self._courtesies.left_out(tidied)
        words = asked.split()
        if not words or asked in self._never:
            return frozenset()
        if self._is_arabic and not self._asked(words) and words[0].startswith("و"):  # "and" is written with its word
            words = [words[0].removeprefix("و"), *words[1:]]
        return self._asked(words)

    def is_nothing(self, tidied: str) -> bool:
        """Whether hardly anything is left: an article."""
        words = self._courtesies.left_out(tidied).split()
        return len(words) <= 1 and all(word in self._around for word in words)

    def _asked(self, words: list[str]) -> frozenset[str]:
        """By the longest question word beside which nothing stands but what says little."""
        if len(words) > WORDS_AT_MOST:
            return frozenset()
        spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
        for first, behind in spans:
            found = self._asking.whole(" ".join(words[first:behind]))
            if found and self._says_little(words[:first] + words[behind:], is_strict=not _STRICT.isdisjoint(found)):
                return found
        return frozenset()

    def _says_little(self, around: list[str], *, is_strict: bool) -> bool:
        """Whether words change nothing of what is asked."""
        if len(around) <= self._weak_at_most and all(word in self._weak for word in around):
            return True
        others = [word for word in around if word not in self._around]
        is_short = len(around) <= AROUND_AT_MOST and len(others) <= WEAK_AT_MOST
        return is_short and not is_strict and all(word in self._weak for word in others)
