"""What the shipped content must hold to."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.library import SMALLTALK_KINDS, Library
from bot.knowledge.markup import fault_in

FACTS = {
    "name",
    "nature",
    "start",
    "purpose",
    "contacts",
    "forum",
    "conference-yearly",
    "conference-host",
    "conference-aim",
    "conference-agm",
    "focus",
    "segments",
    "participants",
    "secretariat-first",
    "secretariat-now",
    "secretariat-duties",
}
"""Every fact that the association's page states; it states nothing else."""


def test_every_fact_is_stated_and_no_other(library: Library) -> None:
    stated = {fact for topic in library.shelf("en").topics.values() for fact in topic.facts}

    assert stated == FACTS


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("name", ["UN Peacekeeping Forces Mission International", "UNIGO"]),
        ("nature", ["open", "voluntary", "Centers, institutions and programs"]),
        ("start", ["America", "2013", "2010", "contradicts"]),
        ("purpose", ["understood", "goals", "methods", "all types"]),
        ("contacts", ["international organizations", "universities", "effective"]),
        ("forum", ["national interests", "national restrictions"]),
        ("conference-yearly", ["each year"]),
        ("conference-host", ["host country", "host organization", "theme", "agenda"]),
        ("conference-aim", ["topical issues"]),
        ("conference-agm", ["Annual General Meeting"]),
        ("focus", ["military", "civilian", "police", "mixed"]),
        ("segments", ["specialized segments"]),
        ("participants", ["2010", "all regions", "no number"]),
        ("secretariat-first", ["Peacekeeping Center"]),
        ("secretariat-now", ["Center for Peacekeeping in the world", "October 2010"]),
        ("secretariat-duties", ["host", "database", "advice", "web site"]),
    ],
)
def test_a_topic_that_claims_a_fact_states_it(library: Library, fact: str, words: list[str]) -> None:
    texts = [topic.text for topic in library.shelf("en").topics.values() if fact in topic.facts]

    assert any(all(word in text for word in words) for text in texts)


def test_both_years_are_disclosed_wherever_the_start_is_told(library: Library) -> None:
    for topic in library.shelf("en").topics.values():
        if "2013" in topic.text:
            assert "2010" in topic.text
            assert "contradicts" in topic.text


def test_answers_invent_no_figures_addresses_or_numbers(library: Library) -> None:
    for topic in library.shelf("en").topics.values():
        shown = f"{topic.title} {topic.text}"
        assert set(re.findall(r"\d+", shown)) <= {"2010", "2013"}, topic.id
        assert not re.search(r"@|https?:|www\.|\.(?:org|int|com|net)\b", shown), topic.id


def test_answers_fit_a_phone_and_use_only_plain_formatting(library: Library) -> None:
    for topic in library.shelf("en").topics.values():
        assert 0 < len(topic.text) <= 500, topic.id
        assert 0 < len(topic.title) <= 40, topic.id
        assert fault_in(topic.body) is None, topic.id
        assert topic.source == "the association's web page"


def test_titles_on_buttons_tell_topics_apart(library: Library) -> None:
    titles = [topic.title for topic in library.shelf("en").topics.values()]

    assert len(titles) == len(set(titles))


def test_no_phrasing_belongs_to_two_things(library: Library) -> None:
    owners: dict[str, str] = {}
    for entry in library.shelf("en").entries:
        for question in entry.questions:
            assert owners.setdefault(question.casefold(), entry.id) == entry.id, question


def test_every_kind_of_small_talk_has_phrasings(library: Library) -> None:
    assert set(library.shelf("en").smalltalk) == set(SMALLTALK_KINDS)


def test_menu_is_in_order_and_fits_a_screen(library: Library) -> None:
    numbers = [topic.menu for topic in library.menu("en")]

    assert numbers == sorted(set(numbers), key=lambda number: number or 0)
    assert 4 <= len(numbers) <= 10


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_every_language_has_all_that_english_has(library: Library, language: str) -> None:
    shelf, english = library.shelves[language], library.shelf("en")

    assert shelf.topics.keys() == english.topics.keys()
    assert shelf.unknowns.keys() == english.unknowns.keys()
    assert shelf.smalltalk.keys() == english.smalltalk.keys()
    for topic_id, topic in shelf.topics.items():
        original = english.topics[topic_id]
        assert (topic.facts, topic.related, topic.menu) == (original.facts, original.related, original.menu)
    for unknown_id, unknown in shelf.unknowns.items():
        assert unknown.reason == english.unknowns[unknown_id].reason


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_both_years_are_disclosed_in_every_language(library: Library, language: str) -> None:
    body = library.topic("founding", language).text

    assert "2010" in body
    assert "2013" in body


def test_a_language_without_content_falls_back_to_english(library: Library) -> None:
    assert library.topic("agm", "de").language == "en"
