"""The engine that goes by meaning: embeddings and the trained classifier, the same for all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.classifier import Classifier, load_classifier
from bot.knowledge.embedding import Embedder, load_embedder
from bot.knowledge.scoring import Label


class MeaningScorer:
    """A `bot.knowledge.scoring.Scorer`. Takes some 10 ms for a question; threads may share it."""

    def __init__(self, embedder: Embedder, classifier: Classifier, live_ids: Iterable[str] = ()) -> None:
        self.embedder = embedder
        self._classifier = classifier
        lively = set(live_ids)
        # A live topic takes the place of the known unknown with its id.
        self._labels = tuple(
            Label("live", label.id) if label.kind == "unknown" and label.id in lively else label
            for label in classifier.labels
        )

    def scores(self, question: str) -> Mapping[Label, float]:
        return self.scores_of([question])[0]

    def scores_of(self, questions: Sequence[str]) -> list[Mapping[Label, float]]:
        """As `scores`, for several at once."""
        probabilities = self._classifier.probabilities(self.embedder.embed(questions))
        return [dict(zip(self._labels, map(float, row), strict=True)) for row in probabilities]


def load_meaning(live_ids: Iterable[str] = ()) -> MeaningScorer | None:
    """The engine, or None where this machine cannot run it or nothing was trained."""
    classifier = load_classifier()
    embedder = None if classifier is None else load_embedder()
    return None if classifier is None or embedder is None else MeaningScorer(embedder, classifier, live_ids)
