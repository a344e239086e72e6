"""From a question to what is said about it: an answer, a choice, or an honest "I do not know".

Everything here is plain computation without waiting: call `Answerer.find` in a thread, never in the event loop.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.asking import AskingReader, numbers
from bot.knowledge.bayes import BayesScorer
from bot.knowledge.languages import LanguageGuesser
from bot.knowledge.learned import NOTHING_LEARNED, LearnedIndex, topic_id
from bot.knowledge.lexical import LexicalScorer
from bot.knowledge.library import DEFAULT_LANGUAGE, Library, Shelf
from bot.knowledge.likeness import NEAR as NEARLY_ASKED
from bot.knowledge.likeness import SAME as ASKED_BEFORE
from bot.knowledge.likeness import make_gist, marked
from bot.knowledge.meaning import MeaningScorer
from bot.knowledge.scoring import Label, Phrasings, Scorer
from bot.knowledge.words import WordReader, questions, sentences, tidy_words
from storage.records import Gist

ANSWER_LEAD = 0.03
"""How far an answer must be ahead of every known unknown to be given. A threshold on the score itself would not
tell what can be answered from what cannot; the lead does. Chosen on the tuning half of the test questions."""
ANSWER_LEADS = {"en": 0.1}
"""Where another is better: with as many phrasings as there are in English, what is right leads by more."""
UNSURE_LEAD = 0.0
"""The lead from which a topic is at least offered as "Did you mean …"."""
RIVAL_LEAD = 0.01
"""How far an answer must be ahead of the next answer; closer ones are offered together."""
NEAR = 0.6
"""Which further topics are offered: those with at least this share of the best one's score."""
LEAST_SCORE = 0.12
"""Below this a question has too little in common with anything."""
MEANING_SHARE = 0.4
"""How much the engine that goes by meaning counts, where there is one."""
CLEAR_SCORE = 0.4
"""From here on, two sentences of one message are taken for two questions."""
SMALLTALK_FROM = 0.22
MAX_CANDIDATES = 3
LONG_CHARACTERS = 120
LEAST_WORDS = 4
"""From this length on, a message with a question of so many words is judged by its questions."""
MAX_SENTENCES = 8
"""A message of more is judged as a whole only."""
_ANSWERS = frozenset({"answer", "live"})


@dataclass(frozen=True)
class Finding:
    """What a question is about.

    ``topic`` is the topic's id where ``kind`` is "answer", "live" or "learned" (see `bot.knowledge.learned`), the
    id of the known unknown where it is "unknown" (None: nothing came near), and the kind of small talk where it is
    "smalltalk". ``candidates`` are the topics to choose from where it is "unsure", three at most; where a message
    asks several things, they are what can be answered besides ``topic``; where it is "live", also the published answers
    that are near. ``confidence`` is from 0 to 1.
    ``language`` is the one that the question is written in, None where it does not tell. ``gist`` is what it comes
    to; None where nobody has to know. ``looked_up`` is what a live topic has worked out of the question.
    """

    kind: Literal["answer", "live", "learned", "unsure", "unknown", "smalltalk"]
    topic: str | None
    candidates: tuple[str, ...]
    confidence: float
    language: str | None = None
    gist: Gist | None = None
    looked_up: object = None


_NOTHING = Finding("unknown", None, (), 0.0)


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
        self._guesser = LanguageGuesser(library.languages) if len(library.languages) > 1 else None
        self._searches: dict[str, _Search] = {}
        self._building = threading.Lock()

    def find(self, question: str, language: str, learned: LearnedIndex = NOTHING_LEARNED) -> Finding:
        """What a question is about; `language` is the one that the person speaks with the bot.

        `learned` are the answers that the Secretariat has published.

        Never raises, and takes bounded time: what is beyond 500 characters is not read.
        """
        asked_in = self.language_of(question)
        search = self._search_in(asked_in or language)
        whole = search.judge(question, _point_of(question))
        parts = sentences(question)
        if 1 < len(parts) <= MAX_SENTENCES:
            asked = " ".join(questions(question))
            whole = _joined(whole, [(search.judge(part), part in asked) for part in parts])
        whole = replace(whole, language=asked_in)
        if not learned and whole.kind not in {
            "unknown",
            "unsure",
            "live",
        }:  # of the last, the database may hold nothing
            return whole
        gist = self._gist(question, search)
        return replace(_with_learned(whole, learned.nearest(gist)), language=asked_in, gist=gist)

    def gist(self, question: str, language: str) -> Gist:
        """What a question comes to, to compare it with others; as slow as `find`."""
        return self._gist(question, self._search_in(self.language_of(question) or language))

    def language_of(self, text: str) -> str | None:
        """The language that a text is written in, as far as it tells. Quick."""
        return self._guesser.guess(text) if self._guesser else None

    @property
    def engine(self) -> str:
        """What the gists are made with; empty: by words alone."""
        return self._meaning.engine if self._meaning else ""

    def _gist(self, question: str, search: _Search) -> Gist:
        point = _point_of(question)
        if self._meaning is None:
            return make_gist(search.words(point), None, "")
        return make_gist(search.words(point), self._meaning.place(point, search.language), self._meaning.engine)

    def _search_in(self, language: str) -> _Search:
        shelf = language.partition("-")[0].lower()
        return self._search(shelf if shelf in self._library.shelves else DEFAULT_LANGUAGE)

    def _search(self, language: str) -> _Search:
        """Built when it is first needed: reading the phrasings of a language takes half a second."""
        with self._building:
            if language not in self._searches:
                self._searches[language] = _Search(self._library.shelves[language], self._live, self._meaning)
            return self._searches[language]


def _point_of(message: str) -> str:
    """What a long message comes down to: its questions, behind all that leads up to them."""
    asked = " ".join(questions(message))
    return asked if asked and len(asked.split()) >= LEAST_WORDS and len(message) > LONG_CHARACTERS else message


class _Search:
    """The engines over what there is in one language."""

    def __init__(self, shelf: Shelf, live: frozenset[str], meaning: MeaningScorer | None) -> None:
        phrasings = _phrasings(shelf, live)
        reader = WordReader(shelf.vocabulary, [text for p in phrasings for text in (*p.questions, p.context)])
        self._reader = reader
        self._asking = AskingReader(shelf.vocabulary.asking)
        self.language = shelf.language
        self._lead = ANSWER_LEADS.get(shelf.language, ANSWER_LEAD)
        self._live = live
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

    def judge(self, question: str, point: str = "") -> Finding:
        """What a question is about; `point` is what it comes down to, if it is long."""
        asked = self._reader.asked(question)
        if not asked:
            return _NOTHING
        if owner := self._owner.get(tidy_words(question)) or self._owner.get(asked):
            return Finding(owner.kind, owner.id, (), 1.0)
        if not any(word.known for word in self._reader.read_question(question)):
            return _NOTHING  # gibberish has a place among the embeddings, too
        if not point or point == question:
            return _decide(self.ranked(question), self._lead)
        joined = {label: score / 2 for label, score in self.ranked(question)}
        for label, score in self.ranked(point):
            joined[label] = joined.get(label, 0.0) + score / 2
        return _decide(_in_order(joined), self._lead)

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


def _decide(ranked: Sequence[tuple[Label, float]], answer_lead: float) -> Finding:
    answers = [(label, score) for label, score in ranked if label.kind in _ANSWERS]
    others = [(label, score) for label, score in ranked if label.kind not in _ANSWERS]
    other, other_score = others[0] if others else (None, 0.0)
    best, score = answers[0] if answers else (None, 0.0)
    if best is None or score < LEAST_SCORE or score - other_score < UNSURE_LEAD:
        return _not_answered(other, other_score)
    rivals = [label.id for label, rival in answers[1:MAX_CANDIDATES] if rival >= NEAR * score]
    next_score = answers[1][1] if len(answers) > 1 else 0.0
    if score - other_score >= answer_lead and score - next_score >= RIVAL_LEAD:
        return Finding("live" if best.kind == "live" else "answer", best.id, (), _confidence(score))
    rivals = rivals or [label.id for label, _ in answers[1:2]]
    return Finding("unsure", None, (best.id, *rivals), _confidence(score))


def _not_answered(label: Label | None, score: float) -> Finding:
    if label is None or score < LEAST_SCORE:
        return Finding("unknown", None, (), _confidence(score))
    if label.kind == "smalltalk":
        return Finding("smalltalk", label.id, (), _confidence(score)) if score >= SMALLTALK_FROM else _NOTHING
    return Finding("unknown", label.id, (), _confidence(score))


def _with_learned(found: Finding, nearest: Sequence[tuple[int, float]]) -> Finding:
    """What is found in the content, or what the Secretariat has published, whichever is nearer to the question.

    What is looked up in the database stands behind what was published for the same question: it may hold nothing.
    """
    number, likeness = nearest[0] if nearest else (0, 0.0)
    if likeness >= ASKED_BEFORE and likeness >= found.confidence * (found.kind == "answer"):
        return Finding("learned", topic_id(number), (), _confidence(likeness))
    near = tuple(topic_id(number) for number, likeness in nearest[:MAX_CANDIDATES] if likeness >= NEARLY_ASKED)
    if not near or found.kind in {"answer", "smalltalk"}:
        return found
    if found.kind == "live":  # offered where the database holds nothing
        return replace(found, candidates=(*near[:1], *found.candidates)[:MAX_CANDIDATES])
    return Finding("unsure", None, (*near[:1], *found.candidates, *near[1:])[:MAX_CANDIDATES], _confidence(likeness))


def _confidence(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)


def _joined(whole: Finding, judged: Sequence[tuple[Finding, bool]]) -> Finding:
    """The verdict on a message of several sentences, each with whether it ends in a question mark."""
    parts = [part for part, _ in judged]
    answers = {part.topic: part for part in parts if part.kind in _ANSWERS}
    clear = [(part.topic, is_asked) for part, is_asked in judged if part.kind in _ANSWERS and _is_clear(part)]
    asked = tuple(dict.fromkeys(topic for topic, is_asked in clear if topic and is_asked))
    known = tuple(dict.fromkeys((*asked, *(topic for topic, _ in clear if topic))))
    gaps = [(part, is_asked) for part, is_asked in judged if part.kind == "unknown" and part.topic and _is_clear(part)]
    if asked and (gap := next((part for part, is_asked in gaps if is_asked), None)):
        return replace(gap, candidates=asked[:MAX_CANDIDATES])
    if len(known) > 1 and gaps:  # what is known may only lead up to what is asked
        return Finding("unsure", None, known[:MAX_CANDIDATES], min(answers[topic].confidence for topic in known))
    if len(known) > 1:
        return replace(answers[known[0]], candidates=known[1:MAX_CANDIDATES])
    if whole.kind in _ANSWERS:
        return whole
    if len(answers) == 1 and all(part.kind != "unknown" or part.topic is None for part in parts):
        return next(iter(answers.values()))
    talk = [part for part in parts if part.kind == "smalltalk"]
    return talk[0] if len(talk) == len(parts) else whole


def _is_clear(part: Finding) -> bool:
    return part.confidence >= CLEAR_SCORE
