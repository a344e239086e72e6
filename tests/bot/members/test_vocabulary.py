"""What the words of a name mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.members.vocabulary import vocabulary


def meant(name: str) -> list[str]:
    return sorted(word.text for word in vocabulary().words(name))


@pytest.mark.parametrize(
    "name",
    [
        "International Center for Police Training",
        "Centre international de formation de la police",
        "Centro Internacional de Capacitación Policial",
        "Международный центр подготовки полиции",
        "المركز الدولي لتدريب الشرطة",
        "国际警察培训中心",
        "Internatoinal Centre for Police Trainig",
        "Guoji Jingcha Peixun Zhongxin",
    ],
)
def test_a_name_means_the_same_in_every_language(name: str) -> None:
    assert meant(name) == ["center", "international", "police", "training"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenyan", "KE"), ("kényane", "KE"), ("Keniana", "KE"), ("кенийского", "KE"), ("الكينية", "KE"),
        ("肯尼亚", "KE"), ("South African", "ZA"), ("République démocratique du Congo", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Nigerian", "NG"), ("Nigérien", "NE"), ("Côte d'Ivoire", "CI"), ("Bosnia and Herzegovina", "BA"),
        ("Österreichisch", None),
    ],
)  # fmt: skip
def test_countries_are_known_by_name_and_adjective(name: str, code: str | None) -> None:
    found = {word.text for word in vocabulary().words(name) if word.kind.value == "country"}
    assert found == ({code} if code else set())


def test_peacekeeping_is_one_word_or_two() -> None:
    assert meant("Peace-keeping") == meant("peacekeeping") == meant("维和") == meant("миротворческий")


def test_a_letter_or_a_number_tells_one_from_another() -> None:
    assert meant("Center A") != meant("Center B")
    assert meant("School No. 2") == meant("School II") == meant("School ２") != meant("School 3")


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_words(text: str) -> None:
    assert all(word.text for word in vocabulary().words(text))
