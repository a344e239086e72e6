"""From a question to what it is about.

Everything here is plain computation without waiting: but for what is said to be quick, it is called in a thread, never
in the event loop.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.knowledge.asking import AskingReader, numbers
from bot.knowledge.bayes import BayesScorer
from bot.knowledge.clauses import ClauseReader
from bot.knowledge.deciding import NOTHING, Finding, decide, joined, with_learned
from bot.knowledge.languages import LanguageGuesser
from bot.knowledge.learned import NOTHING_LEARNED, LearnedIndex
from bot.knowledge.lexical import LexicalScorer
from bot.knowledge.library import DEFAULT_LANGUAGE, Library, Shelf
from bot.knowledge.likeness import make_gist, marked
from bot.knowledge.meaning import MeaningScorer
from bot.knowledge.meetings import AGM, MeetingReader
from bot.knowledge.others import BELONGING, BELONGS, OTHERS, OthersReader
from bot.knowledge.scoring import Label, Phrasings, Scorer
from bot.knowledge.wishes import WishReader
from bot.knowledge.words import WordReader, questions, sentences, tidy_words
from storage.records import Gist

MEANING_SHARE = 0.4
"""How much the engine that goes by meaning counts, where there is one."""
_SETTLED = frozenset({"answer", "smalltalk"})
"""Kinds of findings for which nobody has to know whether others have asked the same."""
LONG_CHARACTERS = 120
LEAST_WORDS = 4
"""From this length on, a message with a question of so many words is judged by its questions."""
REASONS = "reasons"
"""The known unknown of why something is so, which it need not be."""
FITTING_SCORE = 0.085
"""From here on an answer is offered where a question cannot be answered as it is put."""
FITTING_SHARE, FITTING_AT_MOST = 0.9, 2
"""Another one is offered beside it if it comes as near."""
_OF_A_CONFERENCE = ("annual-conference", "conference-", "past-conferences", "agm")
MAX_SENTENCES = 8
"""A message of more is judged as a whole only."""


class Answerer:
    """Threads may share it; new content means a new one.

    Args:
        live: which of the known unknowns are answered from the database: their kind is "live", not "unknown".
        meaning: the engine that goes by meaning, where there is one; without it the lexical engines work alone.
    """

    def __init__(self, library: Library, live: Collection[str] = (), *, meaning: MeaningScorer | None = None) -> None:
        self._library = library
        self._live = frozenset(live)
        self._meaning = meaning
        self._wishes = WishReader(library)
        self._guesser = LanguageGuesser(library.languages) if len(library.languages) > 1 else None
        self._searches: dict[str, _Search] = {}
        self._building = threading.Lock()

    def find(self, question: str, language: str, learned: LearnedIndex = NOTHING_LEARNED) -> Finding:
        """What a question is about; `language` is the one that the person speaks with the bot.

        `learned` are the answers that the Secretariat has published.

        Never raises, and takes bounded time: what is beyond 500 characters is not read.
        """
        wish = self._wish(question, language)
        if wish is not None and not learned:
            return wish
        search, asked_in = self._search_for(question, language)
        whole = search.judge(question, _point_of(question))
        parts = sentences(question)
        clauses = search.clauses(question) if len(parts) == 1 else ()
        if len(clauses) > 1:
            both = search.joined(whole, [(search.judge(clause), True) for clause in clauses])
            is_answered = whole.kind in {"answer", "live"} and whole.topic not in both.candidates
            whole = whole if is_answered and both.kind == "unknown" else both
        elif 1 < len(parts) <= MAX_SENTENCES:
            asked = " ".join(questions(question))
            whole = search.joined(whole, [(search.judge(part), part in asked) for part in parts])
        whole = replace(whole, language=asked_in)
        if not learned and whole.kind in _SETTLED:
            return whole
        gist = self._gist(question, search)
        found = replace(with_learned(whole, learned.nearest(gist)), language=asked_in, gist=gist)
        return found if wish is None or found.kind == "learned" else wish

    def known(self, question: str, language: str) -> Finding | None:
        """What `find` finds if the question is one of the content's, word for word; None if it has to look. Quick."""
        spoken = self._searches.get(self._shelf_of(language))
        owner = None if spoken is None else spoken.owner(question)
        # What has an answer is no wish.
        if (owner is None or owner.kind != "answer") and (wish := self._wish(question, language)) is not None:
            return wish
        if spoken is None or len(sentences(question)) != 1:
            return None
        asked_in = self._asked_in(question, spoken, owner)
        search = self._searches.get(self._shelf_of(asked_in or language))
        if search is not spoken:
            owner = None if search is None else search.owner(question)
        if owner is None or owner.kind not in _SETTLED:
            return None
        return Finding(owner.kind, owner.id, (), 1.0, language=asked_in)

    def _wish(self, question: str, language: str) -> Finding | None:
        wish = self._wishes.read(question, language)
        if wish is None:
            return None
        return Finding("unknown", None, (), 1.0, language=wish.language, wish=wish.kind, tongue=wish.tongue)

    def gist(self, question: str, language: str) -> Gist:
        """What a question comes to, to compare it with others; as slow as `find`."""
        search, _asked_in = self._search_for(question, language)
        return self._gist(question, search)

    def language_of(self, text: str) -> str | None:
        """The language that a text is written in, as far as it tells. Quick."""
        return self._guesser.guess(text) if self._guesser else None

    @property
    def engine(self) -> str:
        """What the gists are made with; empty: by words alone."""
        return self._meaning.engine if self._meaning else ""

    def _search_for(self, question: str, language: str) -> tuple[_Search, str | None]:
        """Where a question is looked for, and the language that it is in, if that can be told."""
        spoken = self._search_in(language)
        asked_in = self._asked_in(question, spoken, spoken.owner(question))
        return self._search_in(asked_in or language), asked_in

    def _asked_in(self, question: str, spoken: _Search, owner: Label | None) -> str | None:
        """The language of a question: the one that is spoken, if it has it word for word, or what it seems to be."""
        if owner is not None and self._guesser is not None and self._guesser.fits(question, spoken.language):
            return spoken.language
        return self.language_of(question)

    def _gist(self, question: str, search: _Search) -> Gist:
        point = _point_of(question)
        if self._meaning is None:
            return make_gist(search.words(point), None, "")
        return make_gist(search.words(point), self._meaning.place(point, search.language), self._meaning.engine)

    def _search_in(self, language: str) -> _Search:
        return self._search(self._shelf_of(language))

    def _shelf_of(self, language: str) -> str:
        shelf = language.partition("-")[0].lower()
        return shelf if shelf in self._library.shelves else DEFAULT_LANGUAGE

    def _search(self, language: str) -> _Search:
        """Built when it is first needed: reading the phrasings of a language takes half a second."""
        with self._building:
            if language not in self._searches:
                self._searches[language] = _Search(self._library, language, self._live, self._meaning)
            return self._searches[language]


def _point_of(message: str) -> str:
    """What a long message comes down to: its questions, behind all that leads up to them."""
    asked = " ".join(questions(message))
    return asked if asked and len(asked.split()) >= LEAST_WORDS and len(message) > LONG_CHARACTERS else message


class _Search:
    """The engines over what there is in one language."""

    def __init__(self, library: Library, language: str, live: frozenset[str], meaning: MeaningScorer | None) -> None:
        shelf = library.shelves[language]
        phrasings = _phrasings(shelf, live)
        reader = WordReader(shelf.vocabulary, [text for p in phrasings for text in (*p.questions, p.context)])
        self._reader = reader
        self._asking = AskingReader(shelf.vocabulary.asking)
        self._meetings = MeetingReader(shelf.vocabulary, language)
        self._clauses = ClauseReader(shelf.vocabulary, language)
        self._others = OthersReader(library, language, reader)
        self.language = language
        self._live = live
        self._beside_the_point = {one.id for one in shelf.unknowns.values() if one.reason == "out-of-scope"} | {REASONS}
        self._scorers: list[tuple[float, Scorer]] = [
            (0.5, LexicalScorer(phrasings, reader)),
            (0.5, BayesScorer(phrasings, reader)),
        ]
        if meaning is not None:
            self._scorers = [(MEANING_SHARE, meaning)] + [
                (share * (1 - MEANING_SHARE), scorer) for share, scorer in self._scorers
            ]
        # Two labels that share a phrasing: neither can claim it, so the last word is left to the engines.
        owners: dict[str, set[Label]] = defaultdict(set)
        for entry in phrasings:
            for question in entry.questions:
                owners[tidy_words(question)].add(entry.label)
                # "What can I ask you?" without its courtesies would be "What?".
                if entry.label.kind != "smalltalk":
                    owners[reader.asked(question)].add(entry.label)
        self._owner = {asked: labels.pop() for asked, labels in owners.items() if len(labels) == 1}

    def owner(self, question: str) -> Label | None:
        """What has the question among its phrasings, word for word but for courtesies."""
        tidied = tidy_words(question)
        return (self._owner.get(tidied) or self._owner.get(self._reader.without_courtesies(tidied))) if tidied else None

    def judge(self, question: str, point: str = "") -> Finding:
        """What a question is about; `point` is what it comes down to, if it is long."""
        asked = self._reader.asked(question)
        if not asked:
            return NOTHING
        if owner := self.owner(question):
            return Finding(owner.kind, owner.id, (), 1.0)
        if (topic := self._meetings.topic(tidy_words(question))) is not None and topic in self._live:
            return Finding("live", topic, tuple({AGM} & self._live), 1.0, may_mean_others=True)
        words = self._reader.read_question(question)
        means = any(word.known and word.stem not in self._reader.weak for word in words)
        if not means and 2 * sum(word.known for word in words) < len(words):
            return NOTHING  # gibberish has a place among the embeddings, too, and "of" is in many phrasings
        ranked = self._ranked_with(question, point or question)
        found = decide(ranked)
        return self._of_another(found, question) or self._with_what_fits(found, ranked, question)

    def _ranked_with(self, question: str, point: str) -> list[tuple[Label, float]]:
        if point == question:
            return self.ranked(question)
        both = {label: score / 2 for label, score in self.ranked(question)}
        for label, score in self.ranked(point):
            both[label] = both.get(label, 0.0) + score / 2
        return _in_order(both)

    def _of_another(self, found: Finding, question: str) -> Finding | None:
        """What is found instead if a question is about another organization; what it seemed to be about is offered."""
        topic = found.topic or next(iter(found.candidates), None)
        if topic is None or found.kind == "smalltalk":
            return None
        asked = " ".join(questions(question)) or question
        if topic in BELONGING and self._others.asks_whether_it_belongs(asked):
            return Finding("unknown", BELONGS, (), found.confidence)
        is_of_a_conference = topic.startswith(_OF_A_CONFERENCE)
        if topic == OTHERS or not self._others.is_about_another(asked, topic, is_of_a_conference=is_of_a_conference):
            return None
        offered = () if found.kind == "unknown" else (topic,)
        return Finding("unknown", OTHERS, offered, found.confidence, may_mean_others=True, is_of_another=True)

    def _with_what_fits(self, found: Finding, ranked: Sequence[tuple[Label, float]], question: str) -> Finding:
        """With the answer that comes nearest, where a question about the association takes for true what may not be."""
        if found.kind != "unknown" or found.topic not in self._beside_the_point:
            return found
        if found.topic != REASONS and not self._others.is_about_us(question):
            return found
        scores = [(label.id, score) for label, score in ranked if label.kind == "answer" and score >= FITTING_SCORE]
        near = [topic for topic, score in scores if score >= FITTING_SHARE * scores[0][1]]
        return replace(found, candidates=tuple(near[:FITTING_AT_MOST]), may_mean_others=bool(near))

    def joined(self, whole: Finding, judged: Sequence[tuple[Finding, bool]]) -> Finding:
        """The verdict on a message of several questions, see `bot.knowledge.deciding.joined`."""
        return joined(whole, judged, self._beside_the_point)

    def clauses(self, sentence: str) -> tuple[str, ...]:
        """The questions of a sentence, as `ClauseReader` has them; one if it is word for word one of the content's."""
        return (sentence,) if self.owner(sentence) else self._clauses.clauses(sentence)

    def words(self, question: str) -> frozenset[str]:
        """The words that say what is asked, as they are compared, and what the question is after."""
        words = {word.stem for word in self._reader.read_question(question)}
        asked = self._reader.asked(question)
        return marked(self.language, words - self._reader.weak or words, self._asking.things(asked), numbers(asked))

    def ranked(self, question: str) -> list[tuple[Label, float]]:
        """The engines' weighted mean for each label, best first."""
        total: dict[Label, float] = {}
        for share, scorer in self._scorers:
            for known, score in scorer.scores(question).items():
                # The classifier was trained without knowing what is live.
                label = Label("live", known.id) if known.kind == "unknown" and known.id in self._live else known
                total[label] = total.get(label, 0.0) + share * score
        return _in_order(total)


def _in_order(scores: Mapping[Label, float]) -> list[tuple[Label, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0].kind, item[0].id))


def _phrasings(shelf: Shelf, live: frozenset[str]) -> list[Phrasings]:
    found = [
        Phrasings(Label("answer", topic.id), (*topic.questions, topic.title), topic.text)
        for topic in shelf.topics.values()
    ]
    for unknown in shelf.unknowns.values():
        label = Label("live" if unknown.id in live else "unknown", unknown.id)
        found.append(Phrasings(label, unknown.questions))
    found += [Phrasings(Label("smalltalk", talk.id), talk.questions) for talk in shelf.smalltalk.values()]
    return found
