"""Training of the classifier: `python -m bot.knowledge.training`, whenever the content has changed.

`--check` tells whether the weights that ship are those of the content, without training.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.classifier import Classifier, Example, centred, examples, fingerprint, load_classifier
from bot.knowledge.embedding import Embedder, Vectors, load_embedder, why_missing
from bot.knowledge.loading import load_library

STEPS = 300
STEP_SIZE = 0.05
WEIGHT_DECAY = 2e-4
_KEEP_MEAN, _KEEP_SQUARE, _TINY = 0.9, 0.99, 1e-8


def train(made_from: Sequence[Example], embedder: Embedder) -> Classifier:
    """Softmax regression on all examples at once, with Adam (Kingma and Ba, 2015). The same input, the same result."""
    embeddings = embedder.embed([example.question for example in made_from])
    labels = tuple(sorted({example.label for example in made_from}, key=lambda label: (label.kind, label.id)))
    mean = embeddings.mean(axis=0)
    place = {label: number for number, label in enumerate(labels)}
    wanted = np.eye(len(labels))[[place[example.label] for example in made_from]]
    weights, bias = _fit(centred(embeddings, mean), wanted)
    written_in = np.array([example.language for example in made_from])
    centres = {str(language): embeddings[written_in == language].mean(axis=0) for language in np.unique(written_in)}
    return Classifier(labels, mean, weights, bias, fingerprint(made_from, embedder.name), centres)


def _fit(inputs: Vectors, wanted: NDArray[np.float64]) -> tuple[Vectors, Vectors]:
    parameters = [np.zeros((inputs.shape[1], wanted.shape[1])), np.zeros(wanted.shape[1])]
    means = [np.zeros_like(values) for values in parameters]
    squares = [np.zeros_like(values) for values in parameters]
    for step in range(1, STEPS + 1):
        scores = inputs @ parameters[0] + parameters[1]
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        excess = (raised / raised.sum(axis=1, keepdims=True) - wanted) / len(inputs)
        slopes = (inputs.T @ excess + WEIGHT_DECAY * parameters[0], excess.sum(axis=0))
        for number, slope in enumerate(slopes):
            means[number] = _KEEP_MEAN * means[number] + (1 - _KEEP_MEAN) * slope
            squares[number] = _KEEP_SQUARE * squares[number] + (1 - _KEEP_SQUARE) * slope**2
            mean = means[number] / (1 - _KEEP_MEAN**step)
            square = squares[number] / (1 - _KEEP_SQUARE**step)
            parameters[number] = parameters[number] - STEP_SIZE * mean / (np.sqrt(square) + _TINY)
    return parameters[0].astype(np.float32), parameters[1].astype(np.float32)


def main(arguments: Sequence[str]) -> int:
    """Train, or check; 0 if the weights are in step with the content now."""
    made_from = examples(load_library())
    embedder = load_embedder()
    if embedder is None:
        print(f"Nothing was done: {why_missing()}.")
        return 0
    before = load_classifier()
    in_step = before is not None and before.fingerprint == fingerprint(made_from, embedder.name)
    if "--check" in arguments:
        told = "in step with" if in_step else "older than"
        print(f"The classifier is {told} the content ({len(made_from)} phrasings).")
        return 0 if in_step else 1
    if not in_step:
        print(f"Training on {len(made_from)} phrasings; this takes a minute or two.", flush=True)
        train(made_from, embedder).save()
    print("The classifier is in step with the content.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
