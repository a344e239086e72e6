"""Short questions about "the meeting" are about the conference, with the AGM beside it."""

from __future__ import annotations

import pytest

from bot.knowledge.answering import Answerer

ASKED = {
    "en": ("next meeting", "When is the meeting?", "Where is the next meeting?", "When do you meet?"),
    "fr": (
        "prochaine réunion",
        "Quand est la réunion ?",
        "Où est la prochaine réunion ?",
        "Quand vous réunissez-vous ?",
    ),
    "es": ("próximo encuentro", "¿Cuándo es la reunión?", "¿Dónde es la próxima reunión?", "¿Cuándo se reúnen?"),
    "ru": ("следующая встреча", "Когда заседание?", "Где следующая встреча?", "Когда вы собираетесь?"),
    "ar": ("الاجتماع القادم", "متى الاجتماع؟", "أين الاجتماع القادم؟", "متى تجتمعون؟"),
    "zh": ("下次会议", "下次会议什么时候？", "下次会议在哪里？", "大会什么时候？"),
}
"""When, when, where, when."""


@pytest.mark.parametrize("language", ASKED)
def test_a_meeting_is_the_conference_and_perhaps_the_agm(answerer: Answerer, language: str) -> None:
    found = [answerer.find(question, language) for question in ASKED[language]]
    assert [(one.kind, one.topic, one.candidates) for one in found] == [
        ("live", f"conference-{what}", ("agm-details",)) for what in ("date", "date", "place", "date")
    ]


@pytest.mark.parametrize(
    ("language", "question", "topics"),
    [
        ("en", "When is the next conference?", {"conference-date"}),
        ("en", "When is the general meeting?", {"agm", "agm-details"}),
        ("en", "Where is the meeting room?", {"conference-place", "agm-details", "headquarters", None}),
        ("fr", "Quand a lieu l’assemblée générale ?", {"agm", "agm-details"}),
        ("es", "¿Cuándo es la asamblea?", {"agm", "agm-details"}),
        ("ru", "Когда следующее собрание?", {"agm", "agm-details"}),
        ("ar", "متى الجمعية العامة؟", {"agm", "agm-details"}),
        ("zh", "下届会员大会什么时候开", {"agm-details"}),
    ],
)
def test_where_it_is_said_which_it_is_that_one(
    answerer: Answerer, language: str, question: str, topics: set[str | None]
) -> None:
    found = answerer.find(question, language)
    assert found.topic in topics
    assert "agm-details" not in found.candidates or found.kind == "unsure"
