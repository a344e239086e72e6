"""How well questions are answered: test questions, and the rates that an engine reaches on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.knowledge.deciding import Finding
from bot.knowledge.learned import LearnedIndex
from bot.knowledge.likeness import NEAR, SAME, likeness
from storage.records import Gist
from storage.records.learned import LearnedPhrasing


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
    answerable = [(asked, finding) for asked, finding in found if asked.kind in {"answer", "live"}]
    unanswerable = [finding for asked, finding in found if asked.kind == "unknown"]
    return Rates(
        right=_share(asked.is_right(finding) for asked, finding in answerable),
        offered=_share(asked.is_offered(finding) for asked, finding in answerable),
        wrong=_share(
            finding.kind in {"answer", "live"} and not asked.is_right(finding) for asked, finding in answerable
        ),
        falsely_answered=_share(finding.kind in {"answer", "live"} for finding in unanswerable),
        asked_back=_share(finding.kind == "unsure" for finding in unanswerable),
        smalltalk=_share(asked.is_right(finding) for asked, finding in found if asked.kind == "smalltalk"),
    )


@dataclass(frozen=True)
class Pair:
    """Two questions, of which somebody has said whether they ask the same."""

    one: str
    language: str
    other: str
    other_language: str
    is_same: bool


@dataclass(frozen=True)
class PairRates:
    """Shares from 0 to 1: of those that ask the same, and of those that only look like it.

    ``taken`` are taken for the same (`likeness.SAME`), ``near`` at least offered (`likeness.NEAR`).
    """

    same_taken: float
    same_near: float
    other_taken: float
    other_near: float


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """The pairs of a file, one JSON object a line: lang, question, and lists of lang and q, "same" and "other"."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Pair(row["question"], row["lang"], one["q"], one["lang"], is_same=kind == "same")
        for row in rows
        for kind in ("same", "other")
        for one in row[kind]
    )


def pair_rates(
    gist: Callable[[str, str], Gist],
    pairs: Sequence[Pair],
    judge: Callable[[Gist, Gist], float] = likeness,
    *,
    same: float = SAME,
    near: float = NEAR,
) -> PairRates:
    """What share of the pairs is taken for the same, and what is offered.

    `gist` is that of an `Answerer`; `judge` says how alike two are, which from `same` on is the same.
    """
    found = [
        (pair.is_same, judge(gist(pair.one, pair.language), gist(pair.other, pair.other_language))) for pair in pairs
    ]
    return PairRates(
        same_taken=_share(value >= same for is_same, value in found if is_same),
        same_near=_share(value >= near for is_same, value in found if is_same),
        other_taken=_share(value >= same for is_same, value in found if not is_same),
        other_near=_share(value >= near for is_same, value in found if not is_same),
    )


def published(gist: Callable[[str, str], Gist], asked: Sequence[tuple[str, str]]) -> LearnedIndex:
    """What `Answerer.find` goes by if an answer to each of the questions was published, numbered from 1 on.

    `asked` are questions with their languages; `gist` is that of the `Answerer`.
    """
    return LearnedIndex(
        [
            LearnedPhrasing(
                id=number,
                answer=number,
                language=language,
                question=question,
                person_id=None,
                asked=None,
                is_same=True,
                told_at=None,
                gist=gist(question, language),
            )
            for number, (question, language) in enumerate(asked, start=1)
        ]
    )


def _share(verdicts: Iterable[bool]) -> float:
    counted = list(verdicts)
    return sum(counted) / len(counted) if counted else 0.0


def _asked(line: str) -> Asked:
    fields = json.loads(line)
    return Asked(fields["lang"], fields["q"], fields["kind"], fields["topic"], tuple(fields.get("also", ())))
