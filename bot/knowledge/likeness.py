"""How far two questions ask the same: by their place among the embeddings, their words, and what they are after.

Embeddings tell well whether two questions are about the same thing, in whatever languages, and badly whether they
ask the same about it: "How much is the membership fee?" and "How much is the conference fee?" lie as close together
as two wordings of one question. So there are two estimates, each a logistic curve. The one says how likely it is that
two questions are about the same thing, by the cosine of their embeddings. The other says how likely it is that they
ask the same, where they are about the same thing. This counts against it: that one is after a person and the other
after a time; that they name different numbers, of years most often; and the words that they share, where each has one
that the other lacks, for then it is the shared ones that bring the embeddings together. Between two languages there
are no words to compare, but the cosine tells more. The likeness is the mean of the two estimates.

The weights were fitted to the tuning half of the pairs in tests/bot/knowledge/questions by `bot.knowledge.fitting`;
`make bench` prints what they reach on the other half.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.records import Gist

SAME = 0.75
"""From here on, two questions are taken to ask the same."""
NEAR = 0.5
"""From here on, they are worth a look: "Did you mean …", and a list for the Secretariat."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the logarithm of the odds; see `features`."""

    cosine: float
    other_thing: float
    other_number: float
    shared: float
    bias: float


NEARNESS = Weights(cosine=18.0, other_thing=0, other_number=0, shared=0, bias=-7.05)
"""Not that they ask the same, but that they are about the same thing."""
ONE_LANGUAGE = Weights(cosine=3.82, other_thing=-2.55, other_number=-1.93, shared=-2.68, bias=-2.29)
TWO_LANGUAGES = Weights(cosine=4.68, other_thing=-3.25, other_number=-3.26, shared=0, bias=-3.32)
"""For each of the two, the bias is set so that `SAME` takes few of those pairs that only look the same."""

SHARED_LEAST = 0.5
"""The share of common words below which a question that says no more than another one says too little: "conference"
is no question about it."""
VERY_QUESTION = 0.99
"""The cosine from which on the same words are the very question, but for capitals, marks and rounding."""
_LESS_THAN_SAME = SAME - 0.01
_AFTER, _NUMBER = "?", "#"


def marked(language: str, words: Iterable[str], things: Iterable[str], numbers: Iterable[str]) -> frozenset[str]:
    """What a gist has for words: "fr.parking" is not "en.parking", "?when" is what is asked for, "#2027" a number.

    A word that two languages happen to share says little, and the others would look like a conflict.
    """
    return frozenset(
        {
            *(f"{language}.{word}" for word in words),
            *(_AFTER + thing for thing in things),
            *(_NUMBER + number for number in numbers),
        }
    )


def make_gist(words: Iterable[str], vector: NDArray[np.float32] | None, engine: str) -> Gist:
    """What a question comes to; `words` are `marked`, `vector` has length 1 and is centred, or there is none."""
    packed = "" if vector is None else base64.b64encode(vector.astype("<f2").tobytes()).decode()
    return Gist(" ".join(sorted(set(words))), packed, engine if packed else "")


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words of two questions say about whether they ask the same.

    `other_thing`: they are after different things. `other_number`: they name different numbers. `shared`: the share
    of common words. `no_more`: one has no word that the other lacks, and half of its words at least.
    """

    one_language: bool
    other_thing: bool
    other_number: bool
    no_more: bool
    shared: float


class Words:
    """The words of a gist, by their kinds."""

    __slots__ = ("language", "numbers", "things", "words")

    def __init__(self, gist: Gist | None) -> None:
        found = gist.words.split() if gist else []
        self.things = frozenset(word for word in found if word.startswith(_AFTER))
        self.numbers = frozenset(word for word in found if word.startswith(_NUMBER))
        self.words = frozenset(found) - self.things - self.numbers
        self.language = next(iter(self.words), "").partition(".")[0]

    def signs(self, other: Words) -> Signs:
        """What there is to say for and against."""
        common = len(self.words & other.words)
        shared = common / len(self.words | other.words) if common else 0.0
        return Signs(
            one_language=self.language == other.language,
            other_thing=bool(self.things and other.things) and self.things.isdisjoint(other.things),
            other_number=bool(self.numbers and other.numbers) and self.numbers.isdisjoint(other.numbers),
            no_more=shared >= SHARED_LEAST and common == min(len(self.words), len(other.words)),
            shared=shared,
        )


class Crowd:
    """Questions to compare another one with."""

    def __init__(self, gists: Sequence[Gist | None]) -> None:
        self._words = [Words(gist) for gist in gists]
        self._engines = [gist.engine if gist else "" for gist in gists]
        vectors = [vector_of(gist) for gist in gists]
        width = max((len(vector) for vector in vectors), default=0)
        self._vectors = np.zeros((len(gists), width), dtype=np.float32)
        for row, vector in zip(self._vectors, vectors, strict=True):
            row[: len(vector)] = vector

    def likeness_to(self, gist: Gist) -> list[float]:
        """For each of them, from 0 (nothing in common) to 1 (the very question)."""
        words, vector = Words(gist), vector_of(gist)
        # Without a vector, or beside vectors of another engine, only the words count.
        cosines = self._vectors @ vector if len(vector) == self._vectors.shape[1] else np.zeros(len(self._words))
        return [
            _likeness(float(cosine), words.signs(theirs))
            if engine == gist.engine and engine
            else _likeness_of_words(words.signs(theirs))
            for cosine, engine, theirs in zip(cosines, self._engines, self._words, strict=True)
        ]


def likeness(one: Gist, other: Gist) -> float:
    """How far two questions ask the same, from 0 to 1."""
    return Crowd([one]).likeness_to(other)[0]


def groups(gists: Sequence[Gist | None], *, least: float = NEAR) -> list[list[int]]:
    """The places of questions that ask the same together, the largest group first.

    The first of a group stands for it: each further one is like that one. What has no gist stands alone.
    """
    found: list[list[int]] = []
    crowd = Crowd(gists)
    taken = [False] * len(gists)
    for place, gist in enumerate(gists):
        if taken[place]:
            continue
        likenesses = crowd.likeness_to(gist) if gist else []
        group = [place] + [
            other for other in range(place + 1, len(likenesses)) if not taken[other] and likenesses[other] >= least
        ]
        for one in group:
            taken[one] = True
        found.append(group)
    return sorted(found, key=len, reverse=True)


def features(cosine: float, signs: Signs) -> tuple[float, ...]:
    """What the weights are for, in their order; the last one is for the bias."""
    shared_in_conflict = 0.0 if signs.no_more else signs.shared
    return (cosine, float(signs.other_thing), float(signs.other_number), shared_in_conflict, 1.0)


def _likeness(cosine: float, signs: Signs) -> float:
    if signs.shared == 1.0 and cosine >= VERY_QUESTION:
        return 1.0
    found = features(cosine, signs)
    asking = chance(ONE_LANGUAGE if signs.one_language else TWO_LANGUAGES, found)
    return (chance(NEARNESS, found) + asking) / 2


def chance(weights: Weights, found: Sequence[float]) -> float:
    """The logistic curve over the weighted `features`."""
    return 1 / (1 + math.exp(-log_odds(weights, found)))


def log_odds(weights: Weights, found: Sequence[float]) -> float:
    """The weighted sum of the `features`."""
    given = (weights.cosine, weights.other_thing, weights.other_number, weights.shared, weights.bias)
    return sum(weight * value for weight, value in zip(given, found, strict=True))


def _likeness_of_words(signs: Signs) -> float:
    if signs.other_thing or signs.other_number:
        return min(signs.shared, _LESS_THAN_SAME)
    if signs.no_more:
        return (1 + signs.shared) / 2  # half of the words is enough for the same
    return min(signs.shared, _LESS_THAN_SAME)


def vector_of(gist: Gist | None) -> NDArray[np.float32]:
    """As it was given to `make_gist`; empty where there is none."""
    packed = gist.vector if gist else ""
    return np.frombuffer(base64.b64decode(packed), dtype="<f2").astype(np.float32)
