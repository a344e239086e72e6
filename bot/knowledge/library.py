"""What the bot knows from its content files, one shelf a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.knowledge.markup import plain_text

DEFAULT_LANGUAGE = "en"

UnknownReason = Literal["not-stated", "not-entered", "out-of-scope"]
WishKind = Literal["language", "data", "reminders", "registration", "secretariat", "doubt", "misunderstood"]
SmallTalkKind = Literal["greeting", "thanks", "goodbye", "bot", "help"]
UNKNOWN_REASONS: Mapping[str, UnknownReason] = {
    "not-stated": "not-stated",
    "not-entered": "not-entered",
    "out-of-scope": "out-of-scope",
}
SMALLTALK_KINDS: Mapping[str, SmallTalkKind] = {
    "greeting": "greeting",
    "thanks": "thanks",
    "goodbye": "goodbye",
    "bot": "bot",
    "help": "help",
}
WISH_KINDS: Mapping[str, WishKind] = {
    "language": "language",
    "data": "data",
    "reminders": "reminders",
    "registration": "registration",
    "secretariat": "secretariat",
    "doubt": "doubt",
    "misunderstood": "misunderstood",
}
TONGUE, HOW, NEED, PERSON = "tongue", "how", "need", "person"
"""In the parts of wishes: the name of a language, "how do I", "I need", and "somebody"."""
WISH_PARTS = (
    *("change", "language", "other", "speak", "reply", "remove", "remove_me", "keep", "what", "about", "me", "mine"),
    *("data", "own", "detail", "changed", "show", "stop", "message", "cancel", "withdraw", "registration"),
    *("conference", "list", "not", "come", "absent", "secretariat", PERSON, HOW, NEED),
)
"""What wishes are made of, see `bot.knowledge.wishes`; the same in all languages."""
NO_LANGUAGE = "none"
"""Stands for the languages that the bot does not speak."""
ASKED_FOR = ("who", "when", "where", "price", "many", "long", "often", "far", "why", "how")
"""What a question may be after; the same in all languages."""
ASKED_AFTER = ("before", "does", "about", "leads", "chooses")
"""What only a question that follows on another may be after: who had it before, what it does, who leads it."""
AROUND, NEVER = "around", "never"
"""In the words of questions that follow on others: what says nothing there, and what is a question of its own."""
JOIN, BEGIN = "join", "begin"
"""In the words for clauses."""
CALLED, BESIDE = "called", "beside"
"""In the words for meetings."""


@dataclass(frozen=True)
class Topic:
    """One answer in one language; ``body`` is in the Markdown of `bot.knowledge.markup`."""

    id: str
    language: str
    title: str
    body: str
    facts: tuple[str, ...]
    source: str
    related: tuple[str, ...]
    menu: int | None
    questions: tuple[str, ...]

    @property
    def text(self) -> str:
        """The body without formatting."""
        return plain_text(self.body)


@dataclass(frozen=True)
class Unknown:
    """Something that people ask and the bot cannot answer.

    ``subject`` completes "I have no information about …" and is empty where the reason is "out-of-scope".
    ``reason``: the source does not say it ("not-stated"), the Secretariat or a host will enter it
    ("not-entered"), or it is not about the association at all ("out-of-scope").
    """

    id: str
    language: str
    subject: str
    reason: UnknownReason
    related: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class SmallTalk:
    id: SmallTalkKind
    language: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Words of one language: ``synonyms`` maps a word or phrase to the one that it is read as.

    ``courtesies`` are phrases that ask nothing themselves; ``weak`` are words that say little about the subject.
    ``asking`` are the words by which a question shows what it is after, under the name of it (`ASKED_FOR`); those
    that begin with ^ count at the beginning of a question only. ``whom`` are words for people who are spoken to, or
    of: with one of them, a question is about these. ``following`` are words of questions that are read together with
    the one before: more for what they are after, under its name, what stands around these (`AROUND`), and questions
    that look so and are of their own (`NEVER`). ``meetings`` are words for a meeting that do not say which (`CALLED`),
    and what may stand beside them (`BESIDE`). ``clauses`` are the words that join two questions in one sentence
    (`JOIN`), and those that the second one begins with (`BEGIN`).
    """

    synonyms: Mapping[str, str]
    courtesies: tuple[str, ...]
    weak: frozenset[str]
    asking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whom: frozenset[str] = frozenset()
    following: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meetings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Others:
    """How one language speaks of other organizations.

    ``names``: what they are called. ``before`` and ``behind``: what stands right beside the name of the one whose
    matter is asked about, ``between``: what may stand between it and the name. ``own``: words with which a question
    is about this association all the same. ``belongs``: what stands before the name of what it may be a part of, and
    ``parents``: names that count only there. ``asker``: what leads up to the name of the asker's own. ``no_names``:
    abbreviations that name no organization.
    """

    names: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    belongs: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    asker: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """Everything there is in one language.

    ``wishes`` are the phrasings of each kind of wish, ``wishes_around`` what may stand around one, ``wish_parts`` the
    words for what a wish may be made of, and ``tongues`` the names of languages, by their codes.
    """

    language: str
    topics: Mapping[str, Topic]
    unknowns: Mapping[str, Unknown]
    smalltalk: Mapping[str, SmallTalk]
    vocabulary: Vocabulary
    wishes: Mapping[WishKind, tuple[str, ...]] = field(default_factory=dict)
    wishes_around: tuple[str, ...] = ()
    wish_parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tongues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Others = Others()

    @property
    def entries(self) -> tuple[Topic | Unknown | SmallTalk, ...]:
        """All that a question may turn out to be about."""
        return (*self.topics.values(), *self.unknowns.values(), *self.smalltalk.values())


@dataclass(frozen=True)
class Library:
    shelves: Mapping[str, Shelf]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self.shelves))

    def shelf(self, language: str) -> Shelf:
        """The shelf of ``language`` ("pt-BR" counts as "pt"), or the English one."""
        return self.shelves.get(language.partition("-")[0].lower(), self.shelves[DEFAULT_LANGUAGE])

    def topic(self, topic_id: str, language: str) -> Topic:
        """The topic in ``language``, or else in English: compare its ``language``. KeyError: no such topic."""
        return self._in(language, topic_id).topics[topic_id]

    def unknown(self, unknown_id: str, language: str) -> Unknown:
        """As `topic`, for a known unknown."""
        unknowns = self.shelf(language).unknowns
        return unknowns[unknown_id] if unknown_id in unknowns else self._default.unknowns[unknown_id]

    def menu(self, language: str) -> tuple[Topic, ...]:
        """The topics of the main menu in their order."""
        numbered = sorted((t.menu, t.id) for t in self._default.topics.values() if t.menu is not None)
        return tuple(self.topic(topic_id, language) for _, topic_id in numbered)

    @property
    def _default(self) -> Shelf:
        return self.shelves[DEFAULT_LANGUAGE]

    def _in(self, language: str, topic_id: str) -> Shelf:
        shelf = self.shelf(language)
        return shelf if topic_id in shelf.topics else self._default
