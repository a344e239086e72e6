"""The test questions, and the rates below which the answers must not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.answering import Answerer, Finding
from bot.knowledge.library import Library
from bot.knowledge.measure import Asked, Rates, rates, read_questions

QUESTIONS = Path(__file__).with_name("questions_en.jsonl")
TUNING, MEASURING = read_questions(QUESTIONS)


def test_test_questions_are_many_and_not_copied_from_the_content(library: Library) -> None:
    asked = [question for half in (TUNING, MEASURING) for question in half]
    shelf = library.shelf("en")
    phrasings = {question.casefold().rstrip("?.! ") for entry in shelf.entries for question in entry.questions}
    copied = [a.question for a in MEASURING if a.question.casefold().rstrip("?.! ") in phrasings]

    assert len(asked) >= 300
    assert len(copied) <= 0.1 * len(MEASURING), copied
    assert {a.topic for a in asked if a.kind == "answer"} == set(shelf.topics)
    assert sum(a.kind == "unknown" for a in asked) >= 100


@pytest.mark.parametrize(("half", "right"), [(TUNING, 0.9), (MEASURING, 0.8)], ids=["tuning", "measuring"])
def test_rates_do_not_fall(answerer: Answerer, half: tuple[Asked, ...], right: float) -> None:
    found = rates(answerer, half)

    assert found.right >= right
    assert found.wrong <= 0.03
    assert found.falsely_answered <= 0.03
    assert found.asked_back <= 0.1
    assert found.smalltalk >= 0.7


def test_rates_count_what_they_say(answerer: Answerer) -> None:
    questions = (
        Asked("What is the AGM?", "answer", "agm"),
        Asked("What is the AGM?", "answer", "about"),
        Asked("What is the AGM?", "unknown", None),
        Asked("What is the capital of France?", "unknown", None),
        Asked("Hello", "smalltalk", "greeting"),
    )

    assert rates(answerer, questions) == Rates(0.5, 0.0, 0.5, 0.5, 0.0, 1.0)


def test_a_choice_that_has_the_right_topic_counts_as_offered() -> None:
    asked = Asked("?", "answer", "agm", also=("about",))
    unsure = Finding("unsure", None, ("about", "forum"), 0.5)

    assert asked.is_offered(unsure)
    assert not asked.is_right(unsure)
    assert asked.is_right(Finding("answer", "about", (), 0.9))
