"""A small classifier on embeddings: which label a question belongs to, the known unknowns among them.

Softmax regression, trained when the content is built (`bot.knowledge.training`) on every phrasing in every language.
What ships is its weights, some tens of kilobytes beside the content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.knowledge.embedding import Vectors
from bot.knowledge.library import Library
from bot.knowledge.loading import CONTENT_FOLDER
from bot.knowledge.scoring import Label

WEIGHTS_FILE = CONTENT_FOLDER / "classifier.npz"

SHARPNESS = 8.0
"""Embeddings of this model lie close together: they are centred, brought to length 1 and drawn apart by this."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """The weights; `fingerprint` tells from what they were made.

    `centres` are the middles of the embeddings of each language's phrasings, `mean` is that of all.
    """

    labels: tuple[Label, ...]
    mean: Vectors
    weights: Vectors
    bias: Vectors
    fingerprint: str
    centres: Mapping[str, Vectors]

    def probabilities(self, embeddings: Vectors) -> Vectors:
        """A row for each embedding: the probability of each of `labels`."""
        scores = centred(embeddings, self.mean) @ self.weights + self.bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Vectors = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def save(self, file: Path = WEIGHTS_FILE) -> None:
        names = json.dumps([[label.kind, label.id] for label in self.labels])
        np.savez_compressed(
            file,
            labels=np.array(names),
            fingerprint=np.array(self.fingerprint),
            mean=self.mean.astype(np.float16),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float16),
            languages=np.array(json.dumps(list(self.centres))),
            centres=np.array(list(self.centres.values())).astype(np.float16),
        )


def load_classifier(file: Path = WEIGHTS_FILE) -> Classifier | None:
    """The classifier that was trained last; None if none was."""
    if not file.exists():
        return None
    with np.load(file, allow_pickle=False) as stored:
        return Classifier(
            labels=tuple(Label(kind, label_id) for kind, label_id in json.loads(str(stored["labels"]))),
            mean=stored["mean"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            fingerprint=str(stored["fingerprint"]),
            centres=dict(zip(json.loads(str(stored["languages"])), stored["centres"].astype(np.float32), strict=True)),
        )


def centred(embeddings: Vectors, mean: Vectors) -> Vectors:
    """Embeddings as the classifier sees them."""
    drawn: Vectors = SHARPNESS * unit(embeddings - mean)
    return drawn


def unit(vectors: Vectors) -> Vectors:
    """Vectors (along the last axis), drawn to length 1."""
    drawn: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)
    return drawn


@dataclass(frozen=True, slots=True)
class Example:
    """A phrasing and what it asks for."""

    label: Label
    question: str
    language: str


def examples(library: Library) -> list[Example]:
    """Every phrasing of a library, in a fixed order."""
    found: list[Example] = []
    for language in library.languages:
        shelf = library.shelves[language]
        for topic in shelf.topics.values():
            found += _of(Label("answer", topic.id), (*topic.questions, topic.title), language)
        for unknown in shelf.unknowns.values():
            found += _of(Label("unknown", unknown.id), unknown.questions, language)
        for talk in shelf.smalltalk.values():
            found += _of(Label("smalltalk", talk.id), talk.questions, language)
    return sorted(found, key=lambda example: (example.label.kind, example.label.id, example.question))


def fingerprint(made_from: Iterable[Example], embedder_name: str) -> str:
    """Changes with any phrasing and with the embedding model."""
    digest = hashlib.sha256(embedder_name.encode())
    for example in made_from:
        digest.update(f"\0{example.label.kind}\0{example.label.id}\0{example.question}".encode())
    return digest.hexdigest()[:16]


def _of(label: Label, questions: Sequence[str], language: str) -> list[Example]:
    return [Example(label, question, language) for question in questions]
