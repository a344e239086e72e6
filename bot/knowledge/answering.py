"""From a question to what is said about it: an answer, a choice, or an honest "I do not know".

Everything here is plain computation without waiting: call `Answerer.find` in a thread, never in the event loop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.bayes import BayesScorer
from bot.knowledge.lexical import LexicalScorer
from bot.knowledge.library import DEFAULT_LANGUAGE, Library, Shelf
from bot.knowledge.live import LiveTopic
from bot.knowledge.scoring import Label, Phrasings, Scorer
from bot.knowledge.words import WordReader, sentences, tidy_words

ANSWER_LEAD = 0.06
"""How far an answer must be ahead of every known unknown to be given. A threshold on the score itself would not
tell what can be answered from what cannot; the lead does. Chosen on the tuning half of the test questions."""
UNSURE_LEAD = 0.0
"""The lead from which a topic is at least offered as "Did you mean …"."""
RIVAL_LEAD = 0.02
"""How far an answer must be ahead of the next answer; closer ones are offered together."""
NEAR = 0.6
"""Which further topics are offered: those with at least this share of the best one's score."""
LEAST_SCORE = 0.12
"""Below this a question has too little in common with anything."""
CLEAR_SCORE = 0.4
"""From here on, two sentences of one message are taken for two questions."""
SMALLTALK_FROM = 0.22
MAX_CANDIDATES = 3
MAX_SENTENCES = 8
"""A message of more is judged as a whole only."""
_ANSWERS = frozenset({"answer", "live"})


@dataclass(frozen=True)
class Finding:
    """What a question is about.

    ``topic`` is the topic's id where ``kind`` is "answer" or "live", the id of the known unknown where it is
    "unknown" (None: nothing came near), and the kind of small talk where it is "smalltalk". ``candidates``
    are the two or three topics to choose from where it is "unsure". ``confidence`` is from 0 to 1.
    """

    kind: Literal["answer", "live", "unsure", "unknown", "smalltalk"]
    topic: str | None
    candidates: tuple[str, ...]
    confidence: float


_NOTHING = Finding("unknown", None, (), 0.0)


class Answerer:
    """Immutable once it is built: threads may share it, and new content means a new one."""

    def __init__(self, library: Library, live: Sequence[LiveTopic] = ()) -> None:
        self._searches = {language: _Search(library.shelves[language], live) for language in library.languages}

    def find(self, question: str, language: str) -> Finding:
        """Never raises, and takes bounded time: what is beyond 500 characters is not read."""
        search = self._searches.get(language.partition("-")[0].lower(), self._searches[DEFAULT_LANGUAGE])
        whole = search.judge(question)
        parts = sentences(question)
        if not 1 < len(parts) <= MAX_SENTENCES:
            return whole
        return _joined(whole, [search.judge(part) for part in parts])


class _Search:
    """The engines over what there is in one language."""

    def __init__(self, shelf: Shelf, live: Sequence[LiveTopic]) -> None:
        phrasings = _phrasings(shelf, live)
        reader = WordReader(shelf.vocabulary, [text for p in phrasings for text in (*p.questions, p.context)])
        self._reader = reader
        self._scorers: tuple[Scorer, ...] = (LexicalScorer(phrasings, reader), BayesScorer(phrasings, reader))
        # Two labels that share a phrasing: neither can claim it, so the last word is left to the engines.
        owners: dict[str, set[Label]] = defaultdict(set)
        for entry in phrasings:
            for question in entry.questions:
                owners[tidy_words(question)].add(entry.label)
                # "What can I ask you?" without its courtesies would be "What?".
                if entry.label.kind != "smalltalk":
                    owners[reader.asked(question)].add(entry.label)
        self._owner = {asked: labels.pop() for asked, labels in owners.items() if len(labels) == 1}

    def judge(self, question: str) -> Finding:
        asked = self._reader.asked(question)
        if not asked:
            return _NOTHING
        if owner := self._owner.get(tidy_words(question)) or self._owner.get(asked):
            return Finding(owner.kind, owner.id, (), 1.0)
        return _decide(self.ranked(question))

    def ranked(self, question: str) -> list[tuple[Label, float]]:
        """The engines' mean for each label, best first."""
        total: dict[Label, float] = {}
        for scorer in self._scorers:
            for label, score in scorer.scores(question).items():
                total[label] = total.get(label, 0.0) + score / len(self._scorers)
        return sorted(total.items(), key=lambda item: (-item[1], item[0].kind, item[0].id))


def _phrasings(shelf: Shelf, live: Sequence[LiveTopic]) -> list[Phrasings]:
    lively = {topic.id: topic.questions.get(shelf.language, ()) for topic in live}
    found = [
        Phrasings(Label("answer", topic.id), (*topic.questions, topic.title), topic.text)
        for topic in shelf.topics.values()
    ]
    for unknown in shelf.unknowns.values():
        label = Label("live" if unknown.id in lively else "unknown", unknown.id)
        found.append(Phrasings(label, (*unknown.questions, *lively.pop(unknown.id, ()))))
    found += [Phrasings(Label("live", topic_id), questions) for topic_id, questions in lively.items()]
    found += [Phrasings(Label("smalltalk", talk.id), talk.questions) for talk in shelf.smalltalk.values()]
    return found


def _decide(ranked: Sequence[tuple[Label, float]]) -> Finding:
    answers = [(label, score) for label, score in ranked if label.kind in _ANSWERS]
    others = [(label, score) for label, score in ranked if label.kind not in _ANSWERS]
    other, other_score = others[0] if others else (None, 0.0)
    best, score = answers[0] if answers else (None, 0.0)
    if best is None or score < LEAST_SCORE or score - other_score < UNSURE_LEAD:
        return _not_answered(other, other_score)
    rivals = [label.id for label, rival in answers[1:MAX_CANDIDATES] if rival >= NEAR * score]
    next_score = answers[1][1] if len(answers) > 1 else 0.0
    if score - other_score >= ANSWER_LEAD and score - next_score >= RIVAL_LEAD:
        return Finding("live" if best.kind == "live" else "answer", best.id, (), _confidence(score))
    rivals = rivals or [label.id for label, _ in answers[1:2]]
    return Finding("unsure", None, (best.id, *rivals), _confidence(score))


def _not_answered(label: Label | None, score: float) -> Finding:
    if label is None or score < LEAST_SCORE:
        return Finding("unknown", None, (), _confidence(score))
    if label.kind == "smalltalk":
        return Finding("smalltalk", label.id, (), _confidence(score)) if score >= SMALLTALK_FROM else _NOTHING
    return Finding("unknown", label.id, (), _confidence(score))


def _confidence(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)


def _joined(whole: Finding, parts: Sequence[Finding]) -> Finding:
    """The verdict on a message of several sentences."""
    answers = {part.topic: part for part in parts if part.kind in _ANSWERS}
    clear = tuple(topic for topic, part in answers.items() if topic and part.confidence >= CLEAR_SCORE)
    if len(clear) > 1:
        return Finding("unsure", None, clear[:MAX_CANDIDATES], min(answers[topic].confidence for topic in clear))
    if whole.kind in _ANSWERS:
        return whole
    if len(answers) == 1 and all(part.kind != "unknown" or part.topic is None for part in parts):
        return next(iter(answers.values()))
    talk = [part for part in parts if part.kind == "smalltalk"]
    return talk[0] if len(talk) == len(parts) else whole
