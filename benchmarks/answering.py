"""How well and how fast questions are answered: ``python -m benchmarks.answering``.

Prints the rates on both halves of the test questions, and the time a question takes. The engine's phrasings were
written with the misses of the one half in view; the rates of the other chose its parameters, but none of its misses
was looked at. Both are therefore kinder to it than questions that it has never met.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import asdict
from pathlib import Path

from bot.knowledge.answering import Answerer
from bot.knowledge.library import load_library
from bot.knowledge.measure import Asked, rates, read_questions

QUESTIONS = Path(__file__).parents[1] / "tests" / "bot" / "knowledge" / "questions_en.jsonl"


def main() -> None:
    started = time.perf_counter()
    answerer = Answerer(load_library())
    print(f"content read and indexed in {time.perf_counter() - started:.2f} s")
    tuning, measuring = read_questions(QUESTIONS)
    table = {"misses unseen": rates(answerer, measuring), "tuned on": rates(answerer, tuning)}
    print(f"{'':18}" + "".join(f"{name:>15}" for name in table))
    columns = [asdict(found) for found in table.values()]
    for name in columns[0]:
        print(f"{name.replace('_', ' '):18}" + "".join(f"{column[name]:>15.1%}" for column in columns))
    print(f"{'questions':18}{len(measuring):>15}{len(tuning):>15}")
    _print_latency(answerer, (*tuning, *measuring))


def _print_latency(answerer: Answerer, questions: tuple[Asked, ...]) -> None:
    taken_ms = []
    for asked in questions:
        started = time.perf_counter()
        answerer.find(asked.question, "en")
        taken_ms.append(1000 * (time.perf_counter() - started))
    percentiles = statistics.quantiles(taken_ms, n=100)
    print(f"a question takes {percentiles[49]:.2f} ms (median), {percentiles[98]:.2f} ms (99th percentile)")


if __name__ == "__main__":
    main()
