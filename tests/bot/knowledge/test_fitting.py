"""How the weights are found that say whether two questions ask the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.knowledge.fitting import FALSE_AT_MOST, Fitted, fitted, main
from bot.knowledge.likeness import SAME, Words, chance, features, make_gist, marked, vector_of
from bot.knowledge.measure import Pair
from storage.records import Gist

QUESTIONS = 40
NOISE = 0.08
WIDTH = 32


def unit(vector: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture(scope="module")
def made() -> tuple[tuple[Pair, ...], dict[tuple[str, str], Gist]]:
    """Questions with a place each; wordings lie around it, and so do others, which are after something else."""
    dice = np.random.default_rng(7)
    gists: dict[tuple[str, str], Gist] = {}
    pairs = []
    for number in range(QUESTIONS):
        place = unit(dice.normal(size=WIDTH))
        head = (f"head {number}", "en")
        gists[head] = make_gist(marked("en", [f"common{number}"], ["when"], []), place, "made")
        for kind, thing, far in (("same", "when", NOISE), ("other", "who" if number % 2 else "when", 2 * NOISE)):
            for language, one in product(("en", "fr"), range(3)):
                text = (f"{kind} {number} {one}", language)
                words = marked(language, [f"common{number}", f"{kind}{one}"], [thing], [])
                gists[text] = make_gist(words, unit(place + far * dice.normal(size=WIDTH)), "made")
                pairs.append(Pair(*head, *text, is_same=kind == "same"))
    return tuple(pairs), gists


@pytest.fixture(scope="module")
def found(made: tuple[tuple[Pair, ...], dict[tuple[str, str], Gist]]) -> Fitted:
    pairs, gists = made
    return fitted(lambda question, language: gists[question, language], pairs)


def test_what_asks_for_something_else_counts_against(found: Fitted) -> None:
    for weights in (found.one_language, found.two_languages):
        assert weights.cosine > 0
        assert weights.other_thing < 0
        assert weights.other_number == 0  # none was seen
    assert found.two_languages.shared == 0


def test_few_of_those_that_only_look_the_same_are_taken(
    made: tuple[tuple[Pair, ...], dict[tuple[str, str], Gist]], found: Fitted
) -> None:
    pairs, gists = made
    for weights, is_one in ((found.one_language, True), (found.two_languages, False)):
        taken: dict[bool, list[bool]] = {True: [], False: []}
        for pair in pairs:
            if (pair.language == pair.other_language) == is_one:
                one, other = gists[pair.one, pair.language], gists[pair.other, pair.other_language]
                row = features(float(vector_of(one) @ vector_of(other)), Words(one).signs(Words(other)))
                taken[pair.is_same].append((chance(found.nearness, row) + chance(weights, row)) / 2 >= SAME)
        assert sum(taken[False]) <= FALSE_AT_MOST * len(taken[False])
        assert sum(taken[True]) > 0.25 * len(taken[True])


def test_what_has_its_place_elsewhere_is_about_something_else(found: Fitted) -> None:
    alike, apart = (chance(found.nearness, (cosine, 0, 0, 0, 1)) for cosine in (0.9, 0.1))
    assert alike > 0.9
    assert apart < 0.1


def test_the_same_pairs_give_the_same_weights(
    made: tuple[tuple[Pair, ...], dict[tuple[str, str], Gist]], found: Fitted
) -> None:
    pairs, gists = made
    assert fitted(lambda question, language: gists[question, language], pairs) == found


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().out
