"""The engine that goes by meaning: embeddings and the trained classifier, the same for all languages."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.classifier import Classifier, load_classifier, unit
from bot.knowledge.embedding import Embedder, Vectors, load_embedder
from bot.knowledge.scoring import Label


class MeaningScorer:
    """A `bot.knowledge.scoring.Scorer`. Takes some 15 ms for a question; threads may share it."""

    def __init__(self, embedder: Embedder, classifier: Classifier) -> None:
        self.embedder = embedder
        self._classifier = classifier

    @property
    def engine(self) -> str:
        """What `place` depends on."""
        return f"{self.embedder.name}, centred"

    def place(self, question: str, language: str) -> Vectors:
        """Where a question is among all questions of its language, as a vector of length 1.

        What every question of a language has in common, such as the language, tells nothing: it is taken off.
        """
        centre = self._classifier.centres.get(language, self._classifier.mean)
        return unit(self.embedder.embed_one(question)[0] - centre)

    def scores(self, question: str) -> Mapping[Label, float]:
        (row,) = self._classifier.probabilities(self.embedder.embed_one(question))
        return dict(zip(self._classifier.labels, map(float, row), strict=True))


def load_meaning() -> MeaningScorer | None:
    """The engine, or None where this machine cannot run it or nothing was trained."""
    classifier = load_classifier()
    embedder = None if classifier is None else load_embedder()
    return None if classifier is None or embedder is None else MeaningScorer(embedder, classifier)
