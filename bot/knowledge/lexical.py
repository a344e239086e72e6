"""The lexical engine: how near a question is to each known phrasing, by weighted words and character runs.

A phrasing is a vector of its words and pairs of neighbouring words, and another of its runs of characters;
rare features weigh more. The score of a label joins its nearest phrasings and the share of the question
that the label has words for, so that "the budget of the UN" is not taken for "the meaning of UN".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.knowledge.scoring import Label, Phrasings
from bot.knowledge.words import Word, WordReader, character_runs

_WORDS_SHARE = 0.7
_RUNS_SHARE = 1 - _WORDS_SHARE
_PAIR_WEIGHT = 0.6
_WEAK_WEIGHT = 0.35
_UNEXPLAINED_WORTH = 0.4
_POOL = (0.7, 0.2, 0.1)
"""How much the nearest, second and third nearest phrasing of a label count."""


class LexicalScorer:
    """Immutable once it is built, so threads may share it."""

    def __init__(self, phrasings: Sequence[Phrasings], reader: WordReader) -> None:
        self._reader = reader
        self._stems: dict[Label, frozenset[str]] = {}
        owners: list[Label] = []
        readings: list[Sequence[Word]] = []
        for entry in phrasings:
            texts = (*entry.questions, entry.context)
            self._stems[entry.label] = frozenset(word.stem for text in texts for word in reader.read(text))
            owners += [entry.label] * len(entry.questions)
            readings += [reader.read_question(question) for question in entry.questions]
        self._owners = tuple(owners)
        self._words = _Index(owners, [self._word_features(read) for read in readings])
        self._runs = _Index(owners, [self._run_features(read) for read in readings])

    def scores(self, question: str) -> Mapping[Label, float]:
        read = self._reader.read_question(question)
        by_words = self._words.cosines(self._word_features(read))
        by_runs = self._runs.cosines(self._run_features(read))
        near: dict[Label, list[float]] = defaultdict(list)
        for number in by_words.keys() | by_runs.keys():
            similarity = _WORDS_SHARE * by_words.get(number, 0.0) + _RUNS_SHARE * by_runs.get(number, 0.0)
            near[self._owners[number]].append(similarity)
        return {label: self._explained(read, label) * _pooled(found) for label, found in near.items()}

    def _explained(self, read: Sequence[Word], label: Label) -> float:
        """The share of the question's weight that ``label`` has words for, softened."""
        total = explained = 0.0
        for word in read:
            weight = self._words.rarity(word.stem) * self._strength(word)
            total += weight
            explained += weight if word.stem in self._stems[label] else 0.0
        return _UNEXPLAINED_WORTH + (1 - _UNEXPLAINED_WORTH) * (explained / total if total else 0.0)

    def _strength(self, word: Word) -> float:
        return _WEAK_WEIGHT if word.stem in self._reader.weak else 1.0

    def _word_features(self, read: Sequence[Word]) -> dict[str, float]:
        features = {word.stem: self._strength(word) for word in read}
        for first, second in pairwise(read):
            strength = max(self._strength(first), self._strength(second))
            features[f"{first.stem} {second.stem}"] = _PAIR_WEIGHT * strength
        return features

    def _run_features(self, read: Sequence[Word]) -> dict[str, float]:
        return dict.fromkeys(character_runs(word.stem for word in read if word.stem not in self._reader.weak), 1.0)


class _Index:
    """Cosine similarity to every phrasing; a feature weighs more the fewer labels it occurs in."""

    def __init__(self, owners: Sequence[Label], documents: Sequence[Mapping[str, float]]) -> None:
        labels_with: dict[str, set[Label]] = defaultdict(set)
        for owner, document in zip(owners, documents, strict=True):
            for feature in document:
                labels_with[feature].add(owner)
        count = len(set(owners))
        self._rarity = {feature: math.log((1 + count) / (0.5 + len(labels))) for feature, labels in labels_with.items()}
        self._rarest = math.log((1 + count) / 0.5)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for feature, weight in self._unit(document).items():
                self._postings[feature].append((number, weight))

    def rarity(self, feature: str) -> float:
        return self._rarity.get(feature, self._rarest)

    def cosines(self, features: Mapping[str, float]) -> dict[int, float]:
        """By phrasing number, those with anything in common only."""
        found: dict[int, float] = defaultdict(float)
        for feature, weight in self._unit(features).items():
            for number, theirs in self._postings.get(feature, ()):
                found[number] += weight * theirs
        return found

    def _unit(self, features: Mapping[str, float]) -> dict[str, float]:
        weighted = {feature: weight * self.rarity(feature) for feature, weight in features.items()}
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {feature: weight / length for feature, weight in weighted.items()} if length else {}


def _pooled(similarities: Iterable[float]) -> float:
    best = sorted(similarities, reverse=True)[: len(_POOL)]
    return sum(share * similarity for share, similarity in zip(_POOL, best, strict=False))
