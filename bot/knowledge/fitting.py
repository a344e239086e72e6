"""Fits the weights of `bot.knowledge.likeness`: `python -m bot.knowledge.fitting PAIRS` prints them.

PAIRS is a file as `read_pairs` reads it, such as tests/bot/knowledge/questions/learned_tuning.jsonl. The same pairs,
the same weights; rounded, they stand there as constants.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.answering import Answerer
from bot.knowledge.likeness import SAME, Weights, Words, chance, features, log_odds, vector_of
from bot.knowledge.loading import load_library
from bot.knowledge.meaning import load_meaning
from bot.knowledge.measure import Pair, read_pairs
from storage.records import Gist

FALSE_AT_MOST = 0.02
"""The share of the pairs that only look the same and are taken for it all the same. Below the 3 in 100 that are
bearable: questions that the weights were not fitted to fare a little worse."""
RIDGE = 0.3
"""Keeps a sign that is seldom seen from weighing without bound."""
STEPS = 50
DIGITS = 2
_NAMES = tuple(field.name for field in fields(Weights))
_SIGNS = _NAMES[:-1]
_SIGNS_BETWEEN_LANGUAGES = ("cosine", "other_thing", "other_number")
"""No words are shared there."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """As they stand in `bot.knowledge.likeness`."""

    nearness: Weights
    one_language: Weights
    two_languages: Weights


@dataclass(frozen=True)
class _Question:
    """A question in all its wordings, the first one in front, and questions that only look like it."""

    same: tuple[Gist, ...]
    other: tuple[Gist, ...]


def fitted(gist: Callable[[str, str], Gist], pairs: Sequence[Pair]) -> Fitted:
    """The weights that suit the pairs best; `gist` is that of an `Answerer` that has the engine."""
    asked = _questions(gist, pairs)
    same = [pair for one in asked for pair in combinations(one.same, 2)]
    alike = [pair for one in asked for pair in product(one.same, one.other)]
    firsts = [pair for one in asked for pair in product(one.same[:1], one.other)]
    strangers = [(a, another.same[0]) for one in asked for another in asked if one is not another for a in one.same]

    nearness = _weights(("cosine",), _rows(same), _rows(strangers))
    found = []
    for one_language, signs in ((True, _SIGNS), (False, _SIGNS_BETWEEN_LANGUAGES)):
        asking = _weights(signs, _rows(same, one_language=one_language), _rows(alike, one_language=one_language))
        found.append(_with_few_false(asking, nearness, _rows(firsts, one_language=one_language)))
    return Fitted(nearness, *found)


def _questions(gist: Callable[[str, str], Gist], pairs: Sequence[Pair]) -> list[_Question]:
    texts = {(pair.one, pair.language) for pair in pairs} | {(pair.other, pair.other_language) for pair in pairs}
    gists = {text: gist(*text) for text in sorted(texts)}
    heads: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        heads.setdefault((pair.one, pair.language), []).append(pair)
    return [
        _Question(
            (gists[head], *(gists[pair.other, pair.other_language] for pair in mine if pair.is_same)),
            tuple(gists[pair.other, pair.other_language] for pair in mine if not pair.is_same),
        )
        for head, mine in heads.items()
    ]


def _rows(pairs: Sequence[tuple[Gist, Gist]], *, one_language: bool | None = None) -> Numbers:
    """The features of each pair; only of those within one language, or between two, if that is said."""
    rows = []
    for one, other in pairs:
        signs = Words(one).signs(Words(other))
        if one_language in {None, signs.one_language}:
            rows.append(features(float(vector_of(one) @ vector_of(other)), signs))
    return np.array(rows)


def _weights(signs: Sequence[str], same: Numbers, other: Numbers) -> Weights:
    """Logistic regression by Newton's method on pairs that ask the same and others; further signs have no weight."""
    names = (*signs, "bias")
    rows = np.concatenate([same, other])[:, [_NAMES.index(name) for name in names]]
    wanted = np.repeat([1.0, 0.0], [len(same), len(other)])
    found = np.zeros(len(names))
    held = RIDGE * np.eye(len(found))
    held[-1, -1] = 0  # the bias is free
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (chances - wanted) + held @ found
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + held
        found -= np.linalg.solve(bend, slope)
    return Weights(**(dict.fromkeys(_NAMES, 0.0) | dict(zip(names, found.round(DIGITS).tolist(), strict=True))))


def _with_few_false(weights: Weights, nearness: Weights, alike: Numbers) -> Weights:
    """The same weights with the highest bias at which `SAME` takes at most `FALSE_AT_MOST` of the pairs."""
    reached_at = []
    for row in alike:
        # The likeness is the mean of two chances, see there.
        least = 2 * SAME - chance(nearness, row)
        without_bias = log_odds(replace(weights, bias=0.0), row)
        reached_at.append(math.log(least / (1 - least)) - without_bias if least < 1 else math.inf)
    bias = sorted(reached_at)[int(FALSE_AT_MOST * len(reached_at))]
    # Less than that: the pair that reaches it is one too many.
    return replace(weights, bias=round(float(bias) - 10**-DIGITS, DIGITS))


def main(arguments: Sequence[str]) -> int:
    """Print the weights; 0 if there are any."""
    meaning = load_meaning()
    if len(arguments) != 1 or meaning is None:
        print("usage: python -m bot.knowledge.fitting PAIRS (where the engine that goes by meaning is there)")
        return 2
    found = fitted(Answerer(load_library(), meaning=meaning).gist, read_pairs(Path(arguments[0])))
    print(f"NEARNESS = {found.nearness}\nONE_LANGUAGE = {found.one_language}\nTWO_LANGUAGES = {found.two_languages}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
