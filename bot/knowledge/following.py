"""Questions that are only a word or two, and are read together with the one that was answered just before.

"When is the next conference?" – "And where?". Only what is certain is read so: nothing but a question word, soon after
an answer whose subject has an answer to it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from bot.knowledge.asking import AskingReader
from bot.knowledge.deciding import Finding
from bot.knowledge.library import Library, Vocabulary
from bot.knowledge.words import tidy_words

WITHIN_US = 10 * 60 * 1_000_000
CHATS_AT_MOST = 10_000
WORDS_AT_MOST = 3
CHINESE_AT_MOST = 6
"""Characters, each of which is a word as they are read."""
_CONFERENCE: Mapping[str, str] = {
    "when": "conference-date",
    "where": "conference-place",
    "who": "conference-host-next",
}
_AGM: Mapping[str, str] = {"when": "agm-details", "where": "agm-details", "who": "agm-details"}
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "annual-conference": _CONFERENCE,
    "conference-date": _CONFERENCE,
    "conference-host": _CONFERENCE,
    "conference-host-next": _CONFERENCE,
    "conference-place": _CONFERENCE,
    "conference-theme": _CONFERENCE,
    "agm": _AGM,
    "agm-details": _AGM,
}
"""By what was answered: which topic tells what may be asked then, by its name in `ASKED_FOR`."""


@dataclass(frozen=True, slots=True)
class _Answered:
    topic: str
    language: str | None
    looked_up: object
    at: int


class Lately:
    """Remembers what each chat was told last, for a few minutes; a restart forgets it."""

    def __init__(self, library: Library) -> None:
        self._readers = {language: _Reader(shelf.vocabulary, language) for language, shelf in library.shelves.items()}
        self._answered: OrderedDict[int, _Answered] = OrderedDict()

    def note(self, chat_id: int, finding: Finding, now: int) -> None:
        """A question was answered, or something else was asked: then nothing follows on what was before."""
        self._answered.pop(chat_id, None)
        topic, is_certain = finding.topic, finding.kind in {"answer", "live"} and not finding.candidates
        if is_certain and topic is not None and topic in SUBJECTS:
            self._answered[chat_id] = _Answered(topic, finding.language, finding.looked_up, now)
            if len(self._answered) > CHATS_AT_MOST:
                self._answered.popitem(last=False)

    def follow_up(self, chat_id: int, question: str, language: str, now: int, live: Collection[str]) -> Finding | None:
        """What a question is about that follows on the last one; None if it does not, or has no answer then."""
        before = self._answered.get(chat_id)
        if before is None or not 0 <= now - before.at <= WITHIN_US:
            return None
        tidied = tidy_words(question)
        spoken = before.language or language
        for asked_in in dict.fromkeys((spoken, language)):
            reader = self._readers.get(asked_in)
            topic = SUBJECTS[before.topic].get(reader.thing(tidied) or "") if reader else None
            if topic in live:
                told_in = before.language if asked_in == spoken else asked_in
                return Finding("live", topic, (), 1.0, told_in, looked_up=before.looked_up, follows=True)
        return None


class _Reader:
    """Knows the questions of one language that are a question word and nothing else."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._asking = AskingReader(vocabulary.asking)
        # "Where are you?" is about whoever is spoken to, whatever was told before.
        whom = {tidy_words(word) for word in vocabulary.whom}
        self._weak = frozenset(tidy_words(word) for word in vocabulary.weak) - whom
        self._is_arabic = language == "ar"
        self._at_most = CHINESE_AT_MOST if language == "zh" else WORDS_AT_MOST

    def thing(self, tidied: str) -> str | None:
        """What is asked for; None if that is not all, or not one thing."""
        words = tidied.split()
        if not 1 <= len(words) <= self._at_most:
            return None
        if self._is_arabic and not self._asked(words) and words[0].startswith("و"):  # "and" is written with its word
            words = [words[0].removeprefix("و"), *words[1:]]
        found = self._asked(words)
        return next(iter(found)) if len(found) == 1 else None

    def _asked(self, words: list[str]) -> frozenset[str]:
        """By the longest question word beside which nothing stands but what says little."""
        spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
        for first, behind in spans:
            around = words[:first] + words[behind:]
            found = self._asking.whole(" ".join(words[first:behind]))
            if found and all(self._is_weak(word) for word in around):
                return found
        return frozenset()

    def _is_weak(self, word: str) -> bool:
        return word in self._weak or not word
