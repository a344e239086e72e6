"""Questions that are only a word or two, and are read together with the one that was answered just before.

"When is the next conference?" – "And in which city?". Only what is certain is read so: nothing but a question word and
what says nothing beside it, soon after an answer whose subject has an answer to it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.knowledge.deciding import Finding
from bot.knowledge.library import Library
from bot.knowledge.meetings import AGM, CONFERENCE
from bot.knowledge.question_words import QuestionWords
from bot.knowledge.words import tidy_words

Where = tuple[int, int]
"""A chat and, in a group that has topics, the one of them; else 0."""
WITHIN_US = 10 * 60 * 1_000_000
CHATS_AT_MOST = 10_000
SESSION = "session"
"""A session of the agenda, which somebody has opened; what was looked up is its number."""
_AGM: Mapping[str, str] = dict.fromkeys(CONFERENCE, AGM)
_OCCASION: Mapping[str, str] = {thing: topic for thing, topic in CONFERENCE.items() if thing != "who"}
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "annual-conference": CONFERENCE,
    "conference-date": CONFERENCE,
    "conference-host": CONFERENCE,
    "conference-host-next": CONFERENCE,
    "conference-place": CONFERENCE,
    "conference-theme": CONFERENCE,
    "conference-agenda": _OCCASION,
    "conference-programme": _OCCASION,
    "conference-practical": {"when": "conference-practical"},
    "conference-registration": {"when": "conference-registration"},
    "agm": _AGM,
    "agm-details": _AGM,
    SESSION: dict.fromkeys(CONFERENCE, SESSION),
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
        self._readers = {
            language: QuestionWords(shelf.vocabulary, language) for language, shelf in library.shelves.items()
        }
        self._answered: OrderedDict[Where, _Answered] = OrderedDict()

    def note(self, where: Where, finding: Finding, now: int) -> None:
        """A question was answered, or something else was asked: then nothing follows on what was before."""
        if finding.kind == "smalltalk" and finding.topic in _IN_PASSING:
            return
        self._answered.pop(where, None)
        others = set(finding.candidates) - {AGM}  # it takes place at the conference
        topic, is_certain = finding.topic, finding.kind in {"answer", "live"} and not others
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
