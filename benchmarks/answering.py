"""How well and how fast questions are answered: `python -m benchmarks.answering`.

Prints, by language, the rates on questions whose misses nobody has looked at, for the engine as it is, for its
parts alone, and for SQLite's full-text search over the same phrasings; and what a question costs.
"""

from __future__ import annotations

import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.knowledge.answering import Answerer, Finding
from bot.knowledge.classifier import WEIGHTS_FILE, Example, examples
from bot.knowledge.library import Library, load_library
from bot.knowledge.meaning import MeaningScorer, load_meaning
from bot.knowledge.measure import Asked, Finder, rates, read_questions
from bot.knowledge.words import tidy

QUESTIONS = Path(__file__).parents[1] / "tests" / "bot" / "knowledge" / "questions"


class FullText:
    """SQLite's full-text search: the phrasing with the best bm25 decides."""

    def __init__(self, made_from: Sequence[Example]) -> None:
        self._examples = made_from
        self._index = sqlite3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE phrasings USING fts5(question)")
        self._index.executemany("INSERT INTO phrasings VALUES (?)", [(tidy(entry.question),) for entry in made_from])

    def find(self, question: str, language: str) -> Finding:
        del language  # one index for all
        words = " OR ".join(f'"{word}"' for word in tidy(question).replace('"', " ").split())
        query = "SELECT rowid FROM phrasings WHERE phrasings MATCH ? ORDER BY bm25(phrasings) LIMIT 1"
        row = self._index.execute(query, (words,)).fetchone() if words else None
        return _said(self._examples[row[0] - 1]) if row else Finding("unknown", None, (), 0.0)


class MeaningAlone:
    """The classifier's most probable label."""

    def __init__(self, meaning: MeaningScorer) -> None:
        self._meaning = meaning

    def find(self, question: str, language: str) -> Finding:
        del language  # the same for all
        label, _score = max(self._meaning.scores(question).items(), key=lambda item: item[1])
        return _said(Example(label, question))


def _said(example: Example) -> Finding:
    return Finding(example.label.kind, example.label.id, (), 1.0)


def main() -> None:
    started = time.perf_counter()
    library = load_library()
    meaning = load_meaning()
    answerer = Answerer(library, meaning=meaning)
    for language in library.languages:
        answerer.find("warm up", language)
    print(f"content read and indexed in {time.perf_counter() - started:.1f} s, weights {WEIGHTS_FILE.stat().st_size} B")
    asked = read_questions(QUESTIONS / "measuring.jsonl")
    engines: dict[str, Finder] = {
        "all together": answerer,
        "words alone": Answerer(library),
        "full-text search": FullText(examples(library)),
    }
    if meaning is not None:
        engines["meaning alone"] = MeaningAlone(meaning)
    for name, engine in engines.items():
        _table(name, engine, asked, library)
    for name, engine in engines.items():
        _latency(name, engine.find, asked)
    print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def _table(name: str, engine: Finder, asked: Sequence[Asked], library: Library) -> None:
    print(
        f"\n{name:18}{'questions':>10}{'right':>8}{'wrong':>8}{'offered':>9}{'falsely answered':>18}{'small talk':>12}"
    )
    groups = {language: [one for one in asked if one.language == language] for language in library.languages}
    groups["all but en"] = [one for one in asked if one.language != "en"]
    for language, mine in groups.items():
        found = rates(engine, mine)
        print(
            f"{language:18}{len(mine):>10}{found.right:>8.1%}{found.wrong:>8.1%}{found.offered:>9.1%}"
            f"{found.falsely_answered:>18.1%}{found.smalltalk:>12.1%}"
        )


def _latency(name: str, find: Callable[[str, str], Finding], asked: Sequence[Asked]) -> None:
    taken_ms = []
    for one in asked:
        started = time.perf_counter()
        find(one.question, one.language)
        taken_ms.append(1000 * (time.perf_counter() - started))
    percentiles = statistics.quantiles(taken_ms, n=100)
    print(f"{name}: {percentiles[49]:.1f} ms a question (median), {percentiles[98]:.1f} ms (99th percentile)")


if __name__ == "__main__":
    main()
