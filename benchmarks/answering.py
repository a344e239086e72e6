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
from functools import cache
from pathlib import Path

from bot.knowledge.answering import Answerer
from bot.knowledge.classifier import WEIGHTS_FILE, Example, examples
from bot.knowledge.deciding import Finding
from bot.knowledge.learned import topic_id
from bot.knowledge.library import Library
from bot.knowledge.likeness import vector_of
from bot.knowledge.loading import load_library
from bot.knowledge.meaning import MeaningScorer, load_meaning
from bot.knowledge.measure import (
    Asked,
    Finder,
    Pair,
    PairRates,
    pair_rates,
    published,
    rates,
    read_pairs,
    read_questions,
)
from bot.knowledge.scoring import Label
from bot.knowledge.words import tidy
from handlers.live import LIVE
from storage.records import Gist

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
        return _said(self._examples[row[0] - 1].label) if row else Finding("unknown", None, (), 0.0)


class MeaningAlone:
    """The classifier's most probable label."""

    def __init__(self, meaning: MeaningScorer) -> None:
        self._meaning = meaning

    def find(self, question: str, language: str) -> Finding:
        del language  # the same for all
        label, _score = max(self._meaning.scores(question).items(), key=lambda item: item[1])
        return _said(label)


def _said(label: Label) -> Finding:
    return Finding(label.kind, label.id, (), 1.0)


def main() -> None:
    started = time.perf_counter()
    library = load_library()
    meaning = load_meaning()
    answerer = Answerer(library, LIVE, meaning=meaning)
    for language in library.languages:
        answerer.find("warm up", language)
    print(f"content read and indexed in {time.perf_counter() - started:.1f} s, weights {WEIGHTS_FILE.stat().st_size} B")
    asked = read_questions(QUESTIONS / "measuring.jsonl")
    engines: dict[str, Finder] = {
        "all together": answerer,
        "words alone": Answerer(library, LIVE),
        "full-text search": FullText(examples(library)),
    }
    if meaning is not None:
        engines["meaning alone"] = MeaningAlone(meaning)
    for name, engine in engines.items():
        _table(name, engine, asked, library)
    _alike(answerer, Answerer(library))
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


def _alike(answerer: Answerer, by_words: Answerer) -> None:
    """Whether two questions ask the same: the engine as it is, the vectors alone, the words alone."""
    gist, gist_of_words = cache(answerer.gist), cache(by_words.gist)
    tuning, measuring = (read_pairs(QUESTIONS / f"learned_{half}.jsonl") for half in ("tuning", "measuring"))
    for half, pairs in (("tuning", tuning), ("measuring", measuring)):
        _pairs(f"alike, {half}", pairs, lambda mine: pair_rates(gist, mine))
    if answerer.engine:
        # As many of the tuning half's others are taken and offered as with the words.
        aim = pair_rates(gist, tuning)
        cosines = sorted((_cosine(*_gists(gist, pair)) for pair in tuning if not pair.is_same), reverse=True)
        same, near = (cosines[round(share * len(cosines))] for share in (aim.other_taken, aim.other_near))
        _pairs("vectors alone", measuring, lambda mine: pair_rates(gist, mine, _cosine, same=same, near=near))
    _pairs("words alone", measuring, lambda mine: pair_rates(gist_of_words, mine))
    _published(answerer, measuring)


def _pairs(name: str, pairs: Sequence[Pair], measure: Callable[[Sequence[Pair]], PairRates]) -> None:
    print(f"\n{name:18}{'pairs':>8}{'same: taken':>14}{'offered':>10}{'others: taken':>16}{'offered':>10}")
    groups = {
        "all": pairs,
        "in one language": [pair for pair in pairs if pair.language == pair.other_language],
        "in two": [pair for pair in pairs if pair.language != pair.other_language],
    }
    for group, mine in groups.items():
        found = measure(mine)
        print(
            f"{group:18}{len(mine):>8}{found.same_taken:>14.1%}{found.same_near:>10.1%}"
            f"{found.other_taken:>16.1%}{found.other_near:>10.1%}"
        )


def _gists(gist: Callable[[str, str], Gist], pair: Pair) -> tuple[Gist, Gist]:
    return gist(pair.one, pair.language), gist(pair.other, pair.other_language)


def _cosine(one: Gist, other: Gist) -> float:
    return float(vector_of(one) @ vector_of(other))


def _published(answerer: Answerer, pairs: Sequence[Pair]) -> None:
    """What becomes of questions once the first wordings of the pairs are published with an answer."""
    heads = list(dict.fromkeys((pair.one, pair.language) for pair in pairs))
    index = published(answerer.gist, heads)
    asked = [one for one in read_questions(QUESTIONS / "measuring.jsonl") if one.kind != "unknown"]
    taken = [one for one in asked if answerer.find(one.question, one.language, index).kind == "learned"]
    print(f"\n{len(heads)} published answers take {len(taken) / len(asked):.1%} of {len(asked)} questions from others")
    found = [(pair, answerer.find(pair.other, pair.other_language, index)) for pair in pairs if pair.is_same]
    mine = [(finding, topic_id(1 + heads.index((pair.one, pair.language)))) for pair, finding in found]
    right = sum(finding.topic == topic for finding, topic in mine)
    offered = sum(topic in finding.candidates for finding, topic in mine)
    wrong = sum(finding.kind == "learned" and finding.topic != topic for finding, topic in mine)
    print(
        f"of {len(mine)} other wordings of theirs, {right / len(mine):.1%} get the answer at once, "
        f"{offered / len(mine):.1%} are offered it, {wrong / len(mine):.1%} get another published answer"
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
