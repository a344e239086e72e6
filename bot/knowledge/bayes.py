"""A second lexical engine: how likely a label is, given all the words of a question together.

Naive Bayes over the same words as `bot.knowledge.lexical`. It learns from all phrasings of a label at once,
so it finds what mixes the words of several of them; and the known unknowns, being labels too, take their
share of the probability away from an answer that merely sounds alike.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.knowledge.scoring import Label, Phrasings
from bot.knowledge.words import Word, WordReader

_SMOOTHING = 0.01
_SHARPNESS = 0.5
"""Below 1: words are not independent of one another, so the plain product is too sure of itself."""
_WEAK_WEIGHT = 0.2
_PAIR_WEIGHT = 0.5
_CONTEXT_WEIGHT = 0.3
_UNFAMILIAR = "?"
"""Stands for any word that at most one phrasing has, so that "who founded Rome" is near "who founded Apple"."""
_UNFAMILIAR_WEIGHT = 0.6


class BayesScorer:
    """Immutable once it is built, so threads may share it."""

    def __init__(self, phrasings: Sequence[Phrasings], reader: WordReader) -> None:
        self._reader = reader
        in_phrasings = Counter(
            word
            for entry in phrasings
            for question in entry.questions
            for word in {word.stem for word in reader.read_question(question)}
        )
        self._familiar = frozenset(word for word, times in in_phrasings.items() if times > 1)
        counts: dict[Label, dict[str, float]] = {}
        for entry in phrasings:
            count = counts.setdefault(entry.label, defaultdict(float))
            for question in entry.questions:
                for feature in self._features(reader.read_question(question)):
                    count[feature] += 1 / len(entry.questions)
            for word in reader.read(entry.context):
                count[word.stem] += _CONTEXT_WEIGHT / len(entry.questions)
        self._seen: dict[str, dict[Label, float]] = defaultdict(dict)
        self._labels = tuple(counts)
        for label, count in counts.items():
            for feature, amount in count.items():
                self._seen[feature][label] = amount

    def scores(self, question: str) -> Mapping[Label, float]:
        read = self._reader.read_question(question)
        # How much more likely each label is than one that has never been asked for with these words.
        gains = dict.fromkeys(self._labels, 0.0)
        for feature, strength in self._features(read).items():
            for label, amount in self._seen.get(feature, {}).items():
                gains[label] += strength * math.log1p(amount / _SMOOTHING)
        top = max(gains.values(), default=0.0)
        odds = {label: math.exp(_SHARPNESS * (gain - top)) for label, gain in gains.items()}
        share = self._known_share(read) / sum(odds.values()) if odds else 0.0
        return {label: value * share for label, value in odds.items()}

    def _known_share(self, read: Sequence[Word]) -> float:
        """What is left of the probability where there are words that no phrasing has: "who founded Rome"."""
        telling = [word for word in read if word.stem not in self._reader.weak]
        if not telling:
            return 1.0
        return sum(word.stem in self._seen for word in telling) / len(telling)

    def _features(self, read: Sequence[Word]) -> dict[str, float]:
        weak = self._reader.weak
        stems = [word.stem for word in read]
        general = [stem if stem in self._familiar or stem in weak else _UNFAMILIAR for stem in stems]
        features = {stem: _WEAK_WEIGHT if stem in weak else 1.0 for stem in stems}
        if _UNFAMILIAR in general:
            features[_UNFAMILIAR] = _UNFAMILIAR_WEIGHT
        for first, second in {*pairwise(stems), *pairwise(general)}:
            if first not in weak or second not in weak:
                features[f"{first} {second}"] = _PAIR_WEIGHT
        return features
