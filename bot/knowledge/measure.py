"""How well questions are answered: test questions, and the rates that an engine reaches on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.knowledge.answering import Finding


class Finder(Protocol):
    """What is measured: an `Answerer`, or another engine beside it."""

    def find(self, question: str, language: str) -> Finding: ...


@dataclass(frozen=True)
class Asked:
    """A test question; ``also`` are further topics that answer it rightly."""

    language: str
    question: str
    kind: str
    topic: str | None
    also: tuple[str, ...] = ()

    def is_right(self, finding: Finding) -> bool:
        """Whether the first answer is right. For what cannot be answered: that none is given."""
        if self.kind == "unknown":
            return finding.kind == "unknown"
        return finding.kind == self.kind and finding.topic in {self.topic, *self.also}

    def is_offered(self, finding: Finding) -> bool:
        """Whether "Did you mean …" offers the right topic."""
        return finding.kind == "unsure" and not {self.topic, *self.also}.isdisjoint(finding.candidates)


@dataclass(frozen=True)
class Rates:
    """Shares from 0 to 1.

    Of the answerable: ``right``, ``offered`` (among the topics to choose from),
    ``wrong`` (another answer was given), the rest got none. Of the unanswerable: ``falsely_answered``
    and ``asked_back``. ``smalltalk``: recognised as what it is.
    """

    right: float
    offered: float
    wrong: float
    falsely_answered: float
    asked_back: float
    smalltalk: float


def read_questions(file: Path) -> tuple[Asked, ...]:
    """The questions of a file, one JSON object a line: lang, q, kind, topic and perhaps also."""
    return tuple(_asked(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def rates(answerer: Finder, questions: Sequence[Asked]) -> Rates:
    """What share of the questions is answered rightly, wrongly, and so on."""
    found = [(asked, answerer.find(asked.question, asked.language)) for asked in questions]
    answerable = [(asked, finding) for asked, finding in found if asked.kind == "answer"]
    unanswerable = [finding for asked, finding in found if asked.kind == "unknown"]
    return Rates(
        right=_share(asked.is_right(finding) for asked, finding in answerable),
        offered=_share(asked.is_offered(finding) for asked, finding in answerable),
        wrong=_share(finding.kind == "answer" and not asked.is_right(finding) for asked, finding in answerable),
        falsely_answered=_share(finding.kind in {"answer", "live"} for finding in unanswerable),
        asked_back=_share(finding.kind == "unsure" for finding in unanswerable),
        smalltalk=_share(asked.is_right(finding) for asked, finding in found if asked.kind == "smalltalk"),
    )


def _share(verdicts: Iterable[bool]) -> float:
    counted = list(verdicts)
    return sum(counted) / len(counted) if counted else 0.0


def _asked(line: str) -> Asked:
    fields = json.loads(line)
    return Asked(fields["lang"], fields["q"], fields["kind"], fields["topic"], tuple(fields.get("also", ())))
