from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.library import Vocabulary
from bot.knowledge.stemming import stem
from bot.knowledge.words import MAX_CHARACTERS, WordReader, questions, sentences, tidy, tidy_words

READER = WordReader(
    Vocabulary(
        synonyms={"set up": "found", "established": "found", "agm": "agm", "general meeting": "agm", "e-mail": "email"},
        courtesies=("could you please tell me", "thank you"),
        weak=frozenset({"the", "was"}),
    ),
    ["When was the association founded?", "conference", "secretariat", "military"],
)


def stems(text: str) -> list[str]:
    return [word.stem for word in READER.read(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trained", "training"),
        ("founded", "found"),
        ("duties", "duty"),
        ("organises", "organized"),
        ("centre", "Centers"),
        ("programmes", "program"),
        ("specialised", "specialized"),
        ("conferences", "conference"),
        ("operation", "operations"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(tidy_words(one)) == stem(tidy_words(other))


def test_organization_and_to_organize_stay_apart() -> None:
    assert stem("organization") != stem("organize")


def test_contractions_are_written_out() -> None:
    assert tidy_words("Who’s that? I can't, they've, UN's") == "who is that i can not they have un"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("secreteriat", "secretariat"),
        ("conferance", "conference"),
        ("militray", "military"),
        ("was it set up", "was it found"),
        ("established", "founded"),
        ("general meetings", "general meetings"),
        ("general meeting", "AGM"),
        ("E-mail", "email"),
    ],
)
def test_spelling_and_synonyms(typed: str, meant: str) -> None:
    assert stems(typed) == stems(meant)


def test_a_word_that_is_merely_similar_is_not_repaired() -> None:
    (word,) = READER.read("confidence")

    assert (word.stem, word.known) == (stem("confidence"), False)


def test_courtesies_are_left_out_unless_there_is_nothing_else() -> None:
    assert [word.typed for word in READER.read_question("Could you please tell me WHEN, thank you")] == ["when"]
    assert [word.typed for word in READER.read_question("Thank you!")] == ["thank", "you"]


def test_sentences() -> None:
    assert sentences("Hello! Who? \n When.") == ("Hello", "Who", "When")


@given(st.text(alphabet=st.characters(codec=None), max_size=800))
def test_tidy_takes_anything(text: str) -> None:
    tidied = tidy(text)

    assert tidied == tidied.strip()
    tidied.encode()
    assert len(tidy("ﷺ" * 10_000)) <= MAX_CHARACTERS


def test_the_questions_of_a_message_are_found_far_behind_what_leads_up_to_them() -> None:
    message = "We are a small Center. " * 60 + "Who hosts it? وهل يشمل الشرطة؟ 谁主办？"

    assert questions(message) == ("Who hosts it?", "وهل يشمل الشرطة؟", "谁主办？")
