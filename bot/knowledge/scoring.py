"""What an engine is: it says how near a question is to each thing that may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Label:
    """What a question may turn out to be about. The known unknowns compete with the answers."""

    kind: Literal["answer", "live", "unknown", "smalltalk"]
    id: str


@dataclass(frozen=True)
class Phrasings:
    """The ways in which ``label`` is asked for; ``context`` has further words that belong to it."""

    label: Label
    questions: tuple[str, ...]
    context: str = ""


class Scorer(Protocol):
    """An engine. Must be safe to share between threads, and must not raise whatever the question is."""

    def scores(self, question: str) -> Mapping[Label, float]:
        """From 0 (nothing in common) to 1 (the very words), for each label worth a thought."""
