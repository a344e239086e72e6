"""What a question is after, by its words."""

from __future__ import annotations

import pytest

from bot.knowledge.asking import AskingReader, numbers
from bot.knowledge.library import ASKED_FOR, Library
from bot.knowledge.words import tidy_words


@pytest.mark.parametrize(
    ("language", "question", "things"),
    [
        ("en", "How long is the AGM?", {"long"}),
        ("en", "How do I get there?", {"how"}),
        ("en", "Is there a shower?", set()),
        ("en", "When and where is it?", {"when", "where"}),
        ("en", "What about the showers?", set()),
        ("fr", "Qui signe ?", {"who"}),
        ("fr", "Les délégués qui signent ?", set()),
        ("fr", "Où est-ce ?", {"where"}),
        ("fr", "Oui ou non ?", set()),
        ("es", "¿Cuanto cuesta?", {"price"}),
        ("ru", "Сколько это?", {"price", "many"}),
        ("zh", "什么时候开始？", {"when"}),
        ("zh", "要多少钱", {"price"}),
        ("ar", "من يوقّع؟", {"who"}),
        ("ar", "قادم من المطار", set()),
        ("ar", "متى تبدأ؟", {"when"}),
    ],
)
def test_words_show_what_a_question_is_after(library: Library, language: str, question: str, things: set[str]) -> None:
    reader = AskingReader(library.shelf(language).vocabulary.asking)
    assert reader.things(tidy_words(question)) == things


def test_every_language_has_words_for_all_that_one_may_be_after(library: Library) -> None:
    for language in library.languages:
        assert set(library.shelf(language).vocabulary.asking) == set(ASKED_FOR), language


def test_a_language_without_such_words_shows_nothing() -> None:
    assert AskingReader({}).things("when is it") == frozenset()


def test_numbers_are_the_same_in_all_digits() -> None:
    assert numbers("2027 or 007") == {"2027", "7"}
    assert numbers("٢٠٢٧") == {"2027"}
    assert numbers("none") == frozenset()
