"""Two questions in one sentence: "When was it founded, and what is it for?"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge.library import BEGIN, JOIN, Vocabulary
from bot.knowledge.words import MAX_CHARACTERS, tidy, tidy_words

CLAUSES_AT_MOST = 4
"""A sentence of more is judged as a whole only."""
WORDS_AT_LEAST, CHINESE_WORDS_AT_LEAST = 2, 3
"""What has fewer is no question of its own: "and when?". A Chinese character is a word."""


class ClauseReader:
    """Knows where in one language another question begins. Never changes."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        joins, begins = _forms(vocabulary.clauses.get(JOIN, ())), _forms(vocabulary.clauses.get(BEGIN, ()))
        self._words_at_least = CHINESE_WORDS_AT_LEAST if language == "zh" else WORDS_AT_LEAST
        self._join: re.Pattern[str] | None = None
        self._is_asked = re.compile(begins if language == "zh" else rf"(?<!\w)(?:{begins})(?!\w)", re.IGNORECASE)
        if language == "zh" and begins:  # without spaces, only a comma is certain
            self._join = re.compile(r"\s*[,，、;；]\s*")
        elif begins:
            # In Arabic, "and" is written with its word.
            between = (
                rf"(?:\s*[,،;؛]\s*|\s+)(?:{joins})?"
                if language == "ar"
                else rf"(?:\s*[,;]\s*(?:(?:{joins})\s+)?|\s+(?:{joins}|&)\s+)"
            )
            self._join = re.compile(rf"{between}(?=(?:{begins})(?!\w))", re.IGNORECASE)

    def clauses(self, sentence: str) -> tuple[str, ...]:
        """The questions of a sentence; one if it seems to have no more."""
        text = sentence[:MAX_CHARACTERS]
        found = [part.strip() for part in self._join.split(text)] if self._join else [text]
        parts = tuple(part for part in found if part)
        are_questions = all(self._is_asked.search(part) and self._has_enough(part) for part in parts)
        return parts if 1 < len(parts) <= CLAUSES_AT_MOST and are_questions else (sentence,)

    def _has_enough(self, part: str) -> bool:
        return len(tidy_words(part).split()) >= self._words_at_least


def _forms(words: Iterable[str]) -> str:
    """Any of the words, as they are written and as they are typed without accents, with any apostrophe."""
    forms = {form for word in words for form in (tidy(word), tidy_words(word))}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace("'", "['\u2019]") for form in longest_first)
