"""How far two questions ask the same: by their place among the embeddings and by the words that they share.

Embeddings alone take "How much is the membership fee?" and "How much is the conference fee?" for nearly the same:
the one word that tells them apart weighs little there. Words alone find nothing in common between two languages.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from storage.records import Gist

SAME = 0.75
"""From here on, two questions are taken to ask the same. Chosen on the tuning half of the pairs in
tests/bot/knowledge/questions."""
NEAR = 0.5
"""From here on, they are worth a look: "Did you mean …", and a list for the Secretariat."""


def make_gist(words: Iterable[str], vector: NDArray[np.float32] | None, engine: str) -> Gist:
    """What a question comes to; `vector` has length 1, or there is none."""
    packed = "" if vector is None else base64.b64encode(vector.astype("<f2").tobytes()).decode()
    return Gist(" ".join(sorted(set(words))), packed, engine if packed else "")


class Crowd:
    """Questions to compare another one with."""

    def __init__(self, gists: Sequence[Gist | None]) -> None:
        self._words = [frozenset(gist.words.split()) if gist else frozenset() for gist in gists]
        self._engines = [gist.engine if gist else "" for gist in gists]
        vectors = [_vector(gist) for gist in gists]
        width = max((len(vector) for vector in vectors), default=0)
        self._vectors = np.zeros((len(gists), width), dtype=np.float32)
        for row, vector in zip(self._vectors, vectors, strict=True):
            row[: len(vector)] = vector

    def likeness_to(self, gist: Gist) -> list[float]:
        """For each of them, from 0 (nothing in common) to 1 (the very question)."""
        words, vector = frozenset(gist.words.split()), _vector(gist)
        # Without a vector, or beside vectors of another engine, only the words count.
        cosines = self._vectors @ vector if len(vector) == self._vectors.shape[1] else np.zeros(len(self._words))
        return [
            _likeness(float(cosine) if engine == gist.engine and engine else None, words, theirs)
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


def _likeness(cosine: float | None, words: frozenset[str], theirs: frozenset[str]) -> float:
    shared = len(words & theirs) / len(words | theirs) if words and theirs else 0.0
    if cosine is None:
        return shared
    return max(0.0, min(1.0, (cosine - 0.8) / 0.2)) * 0.6 + shared * 0.4


def _vector(gist: Gist | None) -> NDArray[np.float32]:
    packed = gist.vector if gist else ""
    return np.frombuffer(base64.b64decode(packed), dtype="<f2").astype(np.float32)
