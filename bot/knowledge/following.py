"""Questions that are only a word or two, and are read together with the one that was answered just before.

"When is the next conference?" – "And in which city?". Only what is certain is read so: nothing but a question word and
what says nothing beside it, soon after an answer whose subject has an answer to it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from bot.knowledge.asking import AskingReader
from bot.knowledge.deciding import Finding
from bot.knowledge.library import AROUND, ASKED_FOR, NEVER, Library, Vocabulary
from bot.knowledge.words import WordReader, tidy_words

Where = tuple[int, int]
"""A chat and, in a group that has topics, the one of them; else 0."""
WITHIN_US = 10 * 60 * 1_000_000
CHATS_AT_MOST = 10_000
WORDS_AT_MOST = 12
"""Of a question that is longer, nobody has to look at each part."""
WEAK_AT_MOST, CHINESE_WEAK_AT_MOST = 2, 4
"""So many words that say little may stand around a question word; a Chinese character is a word."""
AROUND_AT_MOST = 5
"""So many, where all but `WEAK_AT_MOST` of them are such as stand around a question word."""
SESSION = "session"
"""A session of the agenda, which somebody has opened; what was looked up is its number."""
_CONFERENCE: Mapping[str, str] = {
    "when": "conference-date",
    "long": "conference-date",
    "where": "conference-place",
    "who": "conference-host-next",
}
_AGM: Mapping[str, str] = dict.fromkeys(("when", "long", "where", "who"), "agm-details")
_OCCASION: Mapping[str, str] = {thing: topic for thing, topic in _CONFERENCE.items() if thing != "who"}
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "annual-conference": _CONFERENCE,
    "conference-date": _CONFERENCE,
    "conference-host": _CONFERENCE,
    "conference-host-next": _CONFERENCE,
    "conference-place": _CONFERENCE,
    "conference-theme": _CONFERENCE,
    "conference-agenda": _OCCASION,
    "conference-programme": _OCCASION,
    "conference-practical": {"when": "conference-practical"},
    "conference-registration": {"when": "conference-registration"},
    "agm": _AGM,
    "agm-details": _AGM,
    SESSION: dict.fromkeys(("when", "long", "where", "who"), SESSION),
}
"""By what was answered: which topic tells what may be asked then, by its name in `ASKED_FOR`."""
_IN_PASSING = frozenset({"thanks", "greeting"})
"""Small talk after which one goes on with what was talked about."""


@dataclass(frozen=True, slots=True)
class _Answered:
    topic: str
    language: str | None
    looked_up: object
    at: int


class Lately:
    """Remembers what was told last in each chat, for a few minutes; a restart forgets it."""

    def __init__(self, library: Library) -> None:
        self._readers = {language: _Reader(shelf.vocabulary, language) for language, shelf in library.shelves.items()}
        self._answered: OrderedDict[Where, _Answered] = OrderedDict()

    def note(self, where: Where, finding: Finding, now: int) -> None:
        """A question was answered, or something else was asked: then nothing follows on what was before."""
        if finding.kind == "smalltalk" and finding.topic in _IN_PASSING:
            return
        self._answered.pop(where, None)
        topic, is_certain = finding.topic, finding.kind in {"answer", "live"} and not finding.candidates
        if is_certain and topic is not None and topic in SUBJECTS:
            self._answered[where] = _Answered(topic, finding.language, finding.looked_up, now)
            if len(self._answered) > CHATS_AT_MOST:
                self._answered.popitem(last=False)

    def follow_up(self, where: Where, question: str, language: str, now: int, live: Collection[str]) -> Finding | None:
        """What a question is about that follows on the last one; None if it does not, or has no answer then."""
        before = self._answered.get(where)
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
        following = {thing: phrases for thing, phrases in vocabulary.following.items() if thing in ASKED_FOR}
        self._asking = AskingReader(
            {thing: (*vocabulary.asking.get(thing, ()), *following.get(thing, ())) for thing in ASKED_FOR}
        )
        self._words = WordReader(vocabulary, ())
        # "Where are you?" is about whoever is spoken to, whatever was told before.
        whom = {tidy_words(word) for word in vocabulary.whom}
        self._weak = frozenset(tidy_words(word) for word in vocabulary.weak) - whom
        self._around = frozenset(tidy_words(word) for word in vocabulary.following.get(AROUND, ()))
        self._never = frozenset(tidy_words(phrase) for phrase in vocabulary.following.get(NEVER, ()))
        self._is_arabic = language == "ar"
        self._weak_at_most = CHINESE_WEAK_AT_MOST if language == "zh" else WEAK_AT_MOST

    def thing(self, tidied: str) -> str | None:
        """What is asked for; None if that is not all, or not one thing."""
        asked = self._words.without_courtesies(tidied)
        words = asked.split()
        if not words or asked in self._never:
            return None
        if self._is_arabic and not self._asked(words) and words[0].startswith("و"):  # "and" is written with its word
            words = [words[0].removeprefix("و"), *words[1:]]
        found = self._asked(words)
        return next(iter(found)) if len(found) == 1 else None

    def _asked(self, words: list[str]) -> frozenset[str]:
        """By the longest question word beside which nothing stands but what says little."""
        if len(words) > WORDS_AT_MOST:
            return frozenset()
        spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
        for first, behind in spans:
            found = self._asking.whole(" ".join(words[first:behind]))
            if found and self._says_little(words[:first] + words[behind:], is_of_people="who" in found):
                return found
        return frozenset()

    def _says_little(self, around: list[str], *, is_of_people: bool) -> bool:
        """Whether words change nothing of what is asked; "who will be there?" is no "who?"."""
        if len(around) <= self._weak_at_most and all(word in self._weak for word in around):
            return True
        others = [word for word in around if word not in self._around]
        is_short = len(around) <= AROUND_AT_MOST and len(others) <= WEAK_AT_MOST
        return is_short and not is_of_people and all(word in self._weak for word in others)
