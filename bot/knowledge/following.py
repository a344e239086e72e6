"""Questions that are only a word or two, and are read together with the one that was answered just before.

"When is the next conference?" – "And in which city?". Only what is certain is read so: nothing but a question word and
what says nothing beside it, soon after an answer. What that may be asked of is listed in `bot.knowledge.subjects`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from bot.knowledge.deciding import Finding
from bot.knowledge.library import Library
from bot.knowledge.meetings import AGM
from bot.knowledge.question_words import QuestionWords
from bot.knowledge.subjects import NOT_CLEAR, as_a_rule, told_of
from bot.knowledge.words import tidy_words
from storage.records import Gist
from storage.records.durations import MINUTE_US

Where = tuple[int, int]
"""A chat and, in a group that has topics, the one of them; else 0."""
WITHIN_US = 10 * MINUTE_US
CHATS_AT_MOST = 10_000
ALONE_WORDS_AT_MOST = 3
"""Of a "why?" that follows on nothing: "how did it all begin?" stands for itself; a Chinese character is a word."""
_IN_PASSING = frozenset({"thanks", "greeting"})
"""Small talk after which one goes on with what was talked about."""


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A question that was answered: whose message it was, in which words."""

    person_id: int
    message_id: int
    question: str
    gist: Gist | None


@dataclass(frozen=True, slots=True)
class _Told:
    topic: str | None
    language: str | None
    looked_up: object
    at: int
    asked: AskedHere | None


class Lately:
    """Remembers what was told last in each chat, for a few minutes; a restart forgets it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._readers: dict[str, QuestionWords] = {}
        self._told: OrderedDict[Where, _Told] = OrderedDict()

    def note(self, where: Where, finding: Finding, now: int, asked: AskedHere | None = None) -> None:
        """A question was answered, or something else was asked: then nothing follows on what was before.

        `asked` is the question, where one was answered.
        """
        if _is_in_passing(finding):
            return
        self._told.pop(where, None)
        others = set(finding.candidates) - {AGM}  # it takes place at the conference
        is_certain = finding.kind in {"answer", "live", "learned"} and (not others or finding.follows is not None)
        topic = finding.topic if is_certain else None
        if topic is not None or asked is not None:
            self._told[where] = _Told(topic, finding.language, finding.looked_up, now, asked)
            if len(self._told) > CHATS_AT_MOST:
                self._told.popitem(last=False)

    def _reader(self, language: str) -> QuestionWords | None:
        """Built when it is first needed: a bot's start need not wait for all of them."""
        if language not in self._readers and (shelf := self._library.shelves.get(language)) is not None:
            self._readers[language] = QuestionWords(shelf.vocabulary, language)
        return self._readers.get(language)

    def topic(self, where: Where, now: int) -> str | None:
        """What was told last."""
        before = self._before(where, now)
        return None if before is None else before.topic

    def asked(self, where: Where, person_id: int, now: int) -> AskedHere | None:
        """What was asked last and answered, if this person asked it."""
        before = self._before(where, now)
        asked = None if before is None else before.asked
        return asked if asked is not None and asked.person_id == person_id else None

    def follow_up(self, where: Where, question: str, language: str, now: int, live: Collection[str]) -> Finding | None:
        """What a question is about that follows on the last one; None if it does not, or stands for itself.

        Nothing is told to a "why?" or a "how?" before which nothing was.
        """
        before = self._before(where, now)
        tidied = tidy_words(question)
        subject = (before.topic if before else None) or ""
        if not subject and len(tidied.split()) > ALONE_WORDS_AT_MOST:
            return None
        spoken = (before.language if before else None) or language
        for asked_in in dict.fromkeys((spoken, language)):
            reader = self._reader(asked_in)
            things = reader.things(tidied) if reader else frozenset[str]()
            topics = {topic for thing in things if (topic := told_of(subject, thing)) is not None}
            topic = topics.pop() if len(topics) == 1 else None
            if topic is not None:
                told_in = before.language if before and asked_in == spoken else asked_in
                looked_up = before.looked_up if before else None
                return self._found(subject, topic if subject else NOT_CLEAR, told_in, looked_up, live)
        return None

    def _before(self, where: Where, now: int) -> _Told | None:
        before = self._told.get(where)
        return before if before is not None and 0 <= now - before.at <= WITHIN_US else None

    def _found(
        self, subject: str, topic: str, told_in: str | None, looked_up: object, live: Collection[str]
    ) -> Finding | None:
        if topic in live:
            rule = as_a_rule(subject, topic)
            others = (rule,) if rule is not None else ()
            return Finding("live", topic, others, 1.0, told_in, None, looked_up, follows=subject, may_mean_others=True)
        if topic in self._library.shelf("").topics:
            return Finding("answer", topic, (), 1.0, told_in, follows=subject)
        return Finding("unknown", topic or None, (), 1.0, told_in, follows=subject)


def _is_in_passing(finding: Finding) -> bool:
    """Whether one goes on with what was talked about."""
    if finding.kind == "smalltalk" and finding.topic in _IN_PASSING:
        return True
    has_no_answer = finding.follows is not None and finding.kind == "unknown"
    return has_no_answer or finding.wish in {"doubt", "misunderstood"}
