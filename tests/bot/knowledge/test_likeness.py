"""Whether two questions ask the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.answering import Answerer
from bot.knowledge.learned import answer_id, topic_id
from bot.knowledge.library import Library
from bot.knowledge.likeness import NEAR, SAME, Crowd, groups, likeness, make_gist, marked
from bot.knowledge.measure import Pair, pair_rates, published, read_pairs, read_questions
from storage.records import Gist

QUESTIONS = Path(__file__).parent / "questions"
TUNING, MEASURING = (read_pairs(QUESTIONS / f"learned_{half}.jsonl") for half in ("tuning", "measuring"))
HEADS = list(dict.fromkeys((pair.one, pair.language) for pair in MEASURING))


@pytest.fixture(scope="module")
def answerer(answerer: Answerer) -> Answerer:
    if not answerer.engine:
        pytest.skip("the engine that goes by meaning is not there on this machine")
    return answerer


@pytest.fixture(scope="module")
def gist(answerer: Answerer) -> Callable[[str, str], Gist]:
    """Every text is worked out once."""
    return cache(answerer.gist)


@pytest.fixture(scope="module")
def plain(library: Library) -> Answerer:
    """Without the engine."""
    return Answerer(library)


def in_languages(*, one: bool) -> list[Pair]:
    return [pair for pair in MEASURING if (pair.language == pair.other_language) == one]


def test_the_pairs_are_many_of_all_languages(library: Library) -> None:
    for half in (TUNING, MEASURING):
        heads = {(pair.one, pair.language) for pair in half}
        assert len(heads) >= 50
        assert all(sum(head[1] == language for head in heads) >= 5 for language in library.languages)
        assert sum(pair.is_same for pair in half) >= 300
        assert sum(not pair.is_same for pair in half) >= 250
        assert sum(pair.is_same and pair.language != pair.other_language for pair in half) >= 150


def test_what_is_measured_with_is_not_what_was_tuned_on() -> None:
    assert not {pair.one for pair in TUNING} & {pair.one for pair in MEASURING}
    assert not {pair.other for pair in TUNING if pair.is_same} & {pair.other for pair in MEASURING if pair.is_same}


@pytest.mark.parametrize("one", [True, False], ids=["within one language", "between two"])
def test_both_within_a_language_and_between_two(gist: Callable[[str, str], Gist], *, one: bool) -> None:
    found = pair_rates(gist, in_languages(one=one))
    assert found.other_taken <= 0.04
    assert found.same_taken >= 0.22
    assert found.same_near >= 0.8


def test_what_only_looks_the_same_is_seldom_taken_for_it(gist: Callable[[str, str], Gist]) -> None:
    found = pair_rates(gist, MEASURING)
    assert found.other_taken <= 0.03
    assert found.same_taken >= 0.24
    assert found.same_near >= 0.83


def test_words_alone_find_little_and_take_little(gist: Callable[[str, str], Gist]) -> None:
    found = pair_rates(
        lambda question, language: replace(gist(question, language), vector="", engine=""), in_languages(one=True)
    )
    assert found.other_taken <= 0.03
    assert found.same_taken >= 0.18


def test_published_answers_leave_the_questions_that_have_one_alone(
    answerer: Answerer, gist: Callable[[str, str], Gist]
) -> None:
    index = published(gist, HEADS)
    asked = [one for one in read_questions(QUESTIONS / "tuning.jsonl") if one.kind == "answer"][::8]
    stolen = [one.question for one in asked if answerer.find(one.question, one.language, index).kind == "learned"]
    assert len(asked) > 50
    assert len(stolen) <= 0.01 * len(asked), stolen


def test_other_wordings_get_the_published_answer_or_are_offered_it(
    answerer: Answerer, gist: Callable[[str, str], Gist]
) -> None:
    index = published(gist, HEADS)
    asked = [pair for pair in MEASURING if pair.is_same][::10]
    found = [
        (answerer.find(pair.other, pair.other_language, index), topic_id(1 + HEADS.index((pair.one, pair.language))))
        for pair in asked
    ]
    assert [finding for finding, topic in found if finding.kind == "learned" and finding.topic != topic] == []
    assert sum(finding.topic == topic for finding, topic in found) >= 0.2 * len(found)
    assert sum(topic in {finding.topic, *finding.candidates} for finding, topic in found) >= 0.7 * len(found)


def test_the_very_question_gets_its_answer(answerer: Answerer, gist: Callable[[str, str], Gist]) -> None:
    index = published(gist, HEADS)
    missed = [
        head for number, head in enumerate(HEADS[::5]) if answerer.find(*head, index).topic != topic_id(1 + 5 * number)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("known", "asked", "kind"),
    [
        ("Is there parking at the venue?", "parking at the venue", "learned"),
        ("Is there parking at the venue?", "Is there PARKING at the venue??", "learned"),
        ("How much is the membership fee?", "How much is the conference fee?", "unsure"),
        ("What was the membership fee in 2027?", "What was the membership fee in 2028?", "unsure"),
        ("Is there parking at the venue?", "What will the weather be like tomorrow?", "unknown"),
    ],
)
def test_a_published_answer_is_given_offered_or_left_out(
    answerer: Answerer, gist: Callable[[str, str], Gist], known: str, asked: str, kind: str
) -> None:
    finding = answerer.find(asked, "en", published(gist, [(known, "en")]))
    assert finding.kind == kind
    if kind == "learned":
        assert answer_id(finding.topic or "") == 1
    if kind == "unsure":
        assert topic_id(1) in finding.candidates


def test_two_languages_are_compared_by_meaning(answerer: Answerer) -> None:
    one = answerer.gist("Is there parking at the venue of the conference?", "en")
    assert likeness(one, answerer.gist("Y a-t-il un parking sur le lieu de la conférence ?", "fr")) >= NEAR
    assert likeness(one, answerer.gist("Qui est le président de l’association ?", "fr")) < NEAR


def test_another_thing_or_another_number_counts_in_any_two_languages(answerer: Answerer) -> None:
    one = answerer.gist("Who hosts the conference in 2027?", "en")
    same = likeness(one, answerer.gist("Qui accueille la conférence en 2027 ?", "fr"))
    another_thing = likeness(one, answerer.gist("Quand a lieu la conférence en 2027 ?", "fr"))
    another_year = likeness(one, answerer.gist("Qui accueille la conférence en 2028 ?", "fr"))
    assert max(another_thing, another_year) < SAME <= same


def test_without_the_engine_words_decide(plain: Answerer) -> None:
    one = plain.gist("Is there parking at the venue?", "en")
    assert one.vector == one.engine == ""
    assert likeness(one, plain.gist("is there parking at the venue", "en")) >= SAME
    assert likeness(one, plain.gist("When is there parking at the venue?", "en")) >= NEAR
    assert likeness(one, plain.gist("Who signs the certificate?", "en")) < NEAR
    when, where = plain.gist("When is the dinner?", "en"), plain.gist("Where is the dinner?", "en")
    assert likeness(when, where) < SAME


def test_one_word_of_many_is_no_question_about_them(plain: Answerer) -> None:
    one = plain.gist("Is there parking at the hotel of the conference?", "en")
    assert likeness(one, plain.gist("conference", "en")) < NEAR
    assert likeness(one, plain.gist("parking at the hotel", "en")) >= NEAR


def test_gists_of_two_engines_are_compared_by_their_words() -> None:
    words = marked("en", ["park", "venue"], [], [])
    east, north = np.eye(2, dtype=np.float32)
    one = make_gist(words, east, "one")
    assert likeness(one, make_gist(words, north, "another")) == 1.0
    assert likeness(one, make_gist(words, north, "one")) < SAME


def test_the_words_of_two_languages_have_nothing_in_common() -> None:
    one = make_gist(marked("en", ["parking"], [], []), None, "")
    assert likeness(one, make_gist(marked("fr", ["parking"], [], []), None, "")) == 0.0
    assert likeness(one, Gist("", "", "")) == 0.0


def test_what_asks_the_same_is_one_group_the_largest_first(answerer: Answerer) -> None:
    asked = [
        "Do you have vacancies?",
        "Is there parking at the venue?",
        "parking at the venue",
        "Is there any parking at the venue of the conference?",
    ]
    found = groups([answerer.gist(one, "en") for one in asked] + [None], least=SAME)
    assert found[0] == [1, 2, 3]
    assert sorted(found[1:]) == [[0], [4]]


def test_nothing_is_like_an_empty_crowd(answerer: Answerer) -> None:
    assert Crowd([]).likeness_to(answerer.gist("parking", "en")) == []
