"""The test questions, and the rates below which the answers must not fall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.knowledge.answering import Answerer
from bot.knowledge.classifier import examples
from bot.knowledge.deciding import Finding
from bot.knowledge.library import Library
from bot.knowledge.measure import Asked, Rates, rates, read_questions
from bot.knowledge.words import tidy
from handlers.live import LIVE

FOLDER = Path(__file__).with_name("questions")
TUNING, MEASURING = read_questions(FOLDER / "tuning.jsonl"), read_questions(FOLDER / "measuring.jsonl")


def of(questions: Sequence[Asked], *, is_english: bool) -> list[Asked]:
    return [asked for asked in questions if (asked.language == "en") == is_english]


def test_test_questions_are_many_of_all_kinds_and_languages(library: Library) -> None:
    assert len(MEASURING) >= 300
    assert {asked.language for asked in MEASURING} == set(library.languages)
    for language in library.languages:
        mine = [asked for asked in MEASURING if asked.language == language]
        assert {a.topic for a in mine if a.kind == "answer"} == set(library.shelf("en").topics)
        assert sum(a.kind == "unknown" for a in mine) >= 15


def test_what_is_measured_with_is_not_what_was_learned(library: Library) -> None:
    learned = {tidy(example.question).rstrip("?.! ") for example in examples(library)}
    copied = [a.question for a in MEASURING if tidy(a.question).rstrip("?.! ؟？") in learned]

    # Short keywords ("police?") coincide; whole questions hardly ever do.
    assert len([question for question in copied if len(question) > 30]) <= 0.05 * len(MEASURING), copied
    assert not {a.question for a in MEASURING} & {a.question for a in TUNING}


@pytest.mark.parametrize(("is_english", "right"), [(True, 0.95), (False, 0.90)], ids=["English", "others"])
def test_the_goal_is_reached_on_questions_not_tuned_on(answerer: Answerer, *, is_english: bool, right: float) -> None:
    found = rates(answerer, of(MEASURING, is_english=is_english))

    assert found.right >= right
    assert found.smalltalk >= 0.9


def test_at_most_three_in_a_hundred_unanswerable_questions_are_answered(answerer: Answerer) -> None:
    assert rates(answerer, MEASURING).falsely_answered <= 0.03


def test_without_the_embedding_the_bot_is_still_honest(library: Library) -> None:
    found = rates(Answerer(library, LIVE), of(MEASURING, is_english=True))

    assert found.right >= 0.75
    assert found.falsely_answered <= 0.1


def test_rates_count_what_they_say(answerer: Answerer) -> None:
    questions = (
        Asked("en", "What is the AGM?", "answer", "agm"),
        Asked("en", "What is the AGM?", "answer", "about"),
        Asked("en", "What is the AGM?", "unknown", None),
        Asked("en", "What is the capital of France?", "unknown", None),
        Asked("en", "Hello", "smalltalk", "greeting"),
    )

    assert rates(answerer, questions) == Rates(0.5, 0.0, 0.5, 0.5, 0.0, 1.0)


def test_a_choice_that_has_the_right_topic_counts_as_offered() -> None:
    asked = Asked("en", "?", "answer", "agm", also=("about",))
    unsure = Finding("unsure", None, ("about", "forum"), 0.5)

    assert asked.is_offered(unsure)
    assert not asked.is_right(unsure)
    assert asked.is_right(Finding("answer", "about", (), 0.9))
