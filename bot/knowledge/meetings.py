"""Short questions about "the meeting", which may be the conference or the AGM: the first is told, the other offered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.knowledge.library import BESIDE, CALLED, Vocabulary
from bot.knowledge.question_words import QuestionWords
from bot.knowledge.words import alternatives, tidy_words

CONFERENCE: Mapping[str, str] = MappingProxyType(
    {
        "when": "conference-date",
        "long": "conference-date",
        "where": "conference-place",
        "who": "conference-host-next",
    }
)
"""Which topic tells what may be asked of the conference, by its name in `ASKED_FOR`."""
AGM = "agm-details"


class MeetingReader:
    """Knows by which words a language speaks of a meeting without saying which. Never changes."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._called = alternatives(tidy_words(one) for one in vocabulary.meetings.get(CALLED, ()))
        self._beside = alternatives(tidy_words(one) for one in vocabulary.meetings.get(BESIDE, ()))
        self._question_words = QuestionWords(vocabulary, language)

    def topic(self, tidied: str) -> str | None:
        """What a question wants to know of "the meeting", as a topic of the conference; None if that is not all."""
        if self._called is None or self._called.search(tidied) is None:
            return None
        bare = self._called.sub(" ", tidied)
        rest = " ".join((self._beside.sub(" ", bare) if self._beside else bare).split())
        if rest != " ".join(bare.split()) and self._question_words.is_nothing(rest):  # "next meeting"
            return CONFERENCE["when"]
        return CONFERENCE.get(self._question_words.thing(rest) or "")
