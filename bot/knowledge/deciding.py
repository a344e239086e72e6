"""From scores to a verdict: an answer, a choice, or an honest "I do not know"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.learned import topic_id
from bot.knowledge.library import WishKind
from bot.knowledge.likeness import NEAR as NEARLY_ASKED
from bot.knowledge.likeness import SAME as ASKED_BEFORE
from bot.knowledge.scoring import Label
from storage.records import Gist

ANSWER_LEAD = 0.06
"""How far an answer must be ahead of every known unknown to be given. A threshold on the score itself would not
tell what can be answered from what cannot; the lead does. Chosen on the tuning half of the test questions."""
UNSURE_LEAD = 0.0
"""The lead from which a topic is at least offered as "Did you mean …"."""
RIVAL_LEAD = 0.01
"""How far an answer must be ahead of the next answer; closer ones are offered together."""
NEAR = 0.6
"""Which further topics are offered: those with at least this share of the best one's score."""
LEAST_SCORE = 0.12
"""Below this a question has too little in common with anything."""
ANSWER_SCORE = 0.25
"""From here on an answer is given, below it is at most offered. Chosen on the tuning half, where it costs nothing."""
CLEAR_SCORE = 0.4
"""From here on, two sentences of one message are taken for two questions."""
SMALLTALK_FROM = 0.22
GOODBYE_FROM = 0.45
"""To "and before?" a goodbye is rude; whoever takes leave scores above it."""
MAX_CANDIDATES = 3
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
    to; None where nobody has to know. ``looked_up`` is what a live topic has worked out of the question. ``wish`` is
    what is wanted of the bot itself, where that is certain: then ``kind`` is "unknown", and nothing else is said;
    ``tongue`` is the language that is wanted of it. ``follows``: the question was read together with what was told
    before, which was this topic (empty: there was none). ``may_mean_others``: what was asked may have been about one of
    the ``candidates`` instead; where it is "unknown", they are what comes near to a question that cannot be answered as
    it was put. ``is_of_another``: it is about another organization. ``besides`` are further known unknowns that the
    message asks for, where it is "unknown".
    """

    kind: Literal["answer", "live", "learned", "unsure", "unknown", "smalltalk"]
    topic: str | None
    candidates: tuple[str, ...]
    confidence: float
    language: str | None = None
    gist: Gist | None = None
    looked_up: object = None
    wish: WishKind | None = None
    tongue: str | None = None
    follows: str | None = None
    may_mean_others: bool = False
    is_of_another: bool = False
    besides: tuple[str, ...] = ()


NOTHING = Finding("unknown", None, (), 0.0)


def decide(ranked: Sequence[tuple[Label, float]]) -> Finding:
    """The verdict on labels with their scores, best first."""
    answers = [(label, score) for label, score in ranked if label.kind in _ANSWERS]
    others = [(label, score) for label, score in ranked if label.kind not in _ANSWERS]
    other, other_score = others[0] if others else (None, 0.0)
    best, score = answers[0] if answers else (None, 0.0)
    if best is None or score < LEAST_SCORE or score - other_score < UNSURE_LEAD:
        return _not_answered(other, other_score)
    rivals = [label.id for label, rival in answers[1:MAX_CANDIDATES] if rival >= NEAR * score]
    next_score = answers[1][1] if len(answers) > 1 else 0.0
    is_ahead = score - other_score >= ANSWER_LEAD and score - next_score >= RIVAL_LEAD
    if score >= ANSWER_SCORE and is_ahead:
        return Finding("live" if best.kind == "live" else "answer", best.id, (), _confidence(score))
    rivals = rivals or [label.id for label, _ in answers[1:2]]
    return Finding("unsure", None, (best.id, *rivals), _confidence(score))


def _not_answered(label: Label | None, score: float) -> Finding:
    if label is None or score < LEAST_SCORE:
        return Finding("unknown", None, (), _confidence(score))
    if label.kind == "smalltalk":
        least = GOODBYE_FROM if label.id == "goodbye" else SMALLTALK_FROM
        return Finding("smalltalk", label.id, (), _confidence(score)) if score >= least else NOTHING
    return Finding("unknown", label.id, (), _confidence(score))


def with_learned(found: Finding, nearest: Sequence[tuple[int, float]]) -> Finding:
    """What is found in the content, or what the Secretariat has published, whichever is nearer to the question.

    What is looked up in the database stands behind what was published for the same question, since it may hold
    nothing, or not so much; but it is offered, since what was published may be of last year. Where it is sure to hold
    as much, `handlers.outdated` turns the order around.
    """
    number, likeness = nearest[0] if nearest else (0, 0.0)
    if likeness >= ASKED_BEFORE and likeness >= found.confidence * (found.kind == "answer"):
        looked_up = (found.topic,) if found.kind == "live" and found.topic else ()
        return Finding("learned", topic_id(number), looked_up, _confidence(likeness))
    near = tuple(topic_id(number) for number, likeness in nearest[:MAX_CANDIDATES] if likeness >= NEARLY_ASKED)
    if not near or found.kind in {"answer", "smalltalk"}:
        return found
    if found.kind == "live":  # offered where the database holds nothing
        return replace(found, candidates=(*near[:1], *found.candidates)[:MAX_CANDIDATES])
    return Finding("unsure", None, (*near[:1], *found.candidates, *near[1:])[:MAX_CANDIDATES], _confidence(likeness))


def _confidence(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)


def joined(
    whole: Finding, judged: Sequence[tuple[Finding, bool]], beside_the_point: Collection[str] = frozenset()
) -> Finding:
    """The verdict on a message of several sentences, each with whether it ends in a question mark.

    Of the known unknowns `beside_the_point` nothing is said where another is asked for.
    """
    parts = [part for part, _ in judged]
    answers = {part.topic: part for part in parts if part.kind in _ANSWERS}
    clear = [(part.topic, is_asked) for part, is_asked in judged if part.kind in _ANSWERS and _is_clear(part)]
    asked = tuple(dict.fromkeys(topic for topic, is_asked in clear if topic and is_asked))
    known = tuple(dict.fromkeys((*asked, *(topic for topic, _ in clear if topic))))
    gaps = [(part, is_asked) for part, is_asked in judged if part.kind == "unknown" and part.topic and _is_clear(part)]
    asked_gaps: dict[str, Finding] = {}
    for part, is_asked in gaps:
        if is_asked and part.topic:
            asked_gaps.setdefault(part.topic, part)
    to_the_point = tuple(topic for topic in asked_gaps if topic not in beside_the_point)
    if asked_gaps and (asked or len(to_the_point) > 1):
        gap = asked_gaps[(to_the_point or tuple(asked_gaps))[0]]
        besides = to_the_point[1:MAX_CANDIDATES]
        return replace(gap, candidates=asked[:MAX_CANDIDATES], may_mean_others=False, besides=besides)
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
