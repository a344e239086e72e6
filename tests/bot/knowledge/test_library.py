from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.loading import ContentError, load_library

QUESTIONS = "\n".join(f"  - Question number {number}?" for number in range(8))
GOOD = f"""---
title: A title
facts: [name]
source: the association's web page
questions:
{QUESTIONS}
---
An answer with a **bold** word.
"""


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(folder)
    assert str(caught.value) == "\n".join(str(fault) for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def test_a_good_topic_is_read(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)

    topic = load_library(tmp_path).topic("about", "en")

    assert (topic.title, topic.facts, topic.menu, topic.related) == ("A title", ("name",), None, ())
    assert topic.text == "An answer with a bold word."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A title\n", "", "en/about.md: title: is missing"),
        ("title: A title", "title: 7", "en/about.md: title: has 7, expected text"),
        ("A title", "A" * 41, "en/about.md: title: has 41 characters; a button shows 40"),
        ("facts: [name]", "facts: []", "en/about.md: facts: has 0 entries, expected at least 1"),
        ("facts: [name]", "facts: name", "en/about.md: facts: has 'name', expected a list"),
        ("source:", "sauce:", "en/about.md: sauce: there is no such field"),
        ("  - Question number 0?\n", "", "en/about.md: questions: has 7 entries, expected at least 8"),
        ("number 0?", "number 1?", "en/about.md: questions: 'Question number 1?' stands there twice"),
        (
            "  - Question number 0?",
            "  - on",
            "en/about.md: questions: entry 1 is True, expected text (put it in quotes)",
        ),
        ("facts: [name]", "facts: [name]\nmenu: first", "en/about.md: menu: has 'first', expected a whole number"),
        ("facts: [name]", "facts: [name]\nrelated: [agm]", "en/about.md: related: there is no topic 'agm'"),
        ("An answer with a **bold** word.", "", "en/about.md: the answer is empty"),
        ("**bold** word.", "w" * 600, "en/about.md: the answer has 617 characters; a phone's screen shows 600"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    write(tmp_path, "en/about.md", GOOD.replace(old, new, 1))

    assert expected in faults(tmp_path)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("# Heading", "a heading"),
        ("[a link](there)", "a link or an image"),
        ("<b>bold</b>", "an HTML tag"),
        ("1. one", "a list that does not use"),
        ("* one", "a list that does not use"),
        ("*italic*", "emphasis other than **bold**"),
        ("a **bold that never ends", "not closed"),
        ("`code`", "code"),
    ],
)
def test_other_markdown_is_refused(tmp_path: Path, body: str, what: str) -> None:
    write(tmp_path, "en/about.md", GOOD.replace("An answer with a **bold** word.", body))

    assert any(what in fault for fault in faults(tmp_path))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD.replace("title: A title\n", ""))
    write(tmp_path, "en/agm.md", GOOD.replace("facts: [name]\n", ""))

    assert [fault.partition(": ")[0] for fault in faults(tmp_path)] == ["en/about.md", "en/agm.md"]


def test_broken_front_matter_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", "---\ntitle: [unclosed\n---\nText")

    (fault, *_) = faults(tmp_path)

    assert fault.startswith("en/about.md: the front matter is not YAML")
    assert "\n" not in fault


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    (tmp_path / "en" / "agm.md").write_bytes(b"---\ntitle: \xff\n---\n")

    assert "en/agm.md: is not UTF-8 at byte 11" in faults(tmp_path)


def test_an_unknown_needs_subject_and_reason(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "en/unknown/fees.md", f"---\nreason: because\nquestions:\n{QUESTIONS}\n---\n")

    assert faults(tmp_path) == [
        "en/unknown/fees.md: reason: is none of not-stated, not-entered, out-of-scope",
        "en/unknown/fees.md: subject: is missing",
    ]


def test_small_talk_of_a_kind_that_has_no_reply_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "en/smalltalk/joke.md", f"---\nquestions:\n{QUESTIONS}\n---\n")

    assert any(fault.startswith("en/smalltalk/joke.md: the file's name is none of") for fault in faults(tmp_path))


def test_a_synonym_with_two_meanings_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "en/vocabulary.md", "---\nsynonyms:\n  begin: [start]\n  found: [start]\n---\n")

    assert faults(tmp_path) == ["en/vocabulary.md: synonyms: 'start' is read both as 'begin' and as 'found'"]


def test_a_thing_that_nobody_asks_for_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "en/vocabulary.md", "---\nsynonyms: {}\nasking:\n  wen: [when]\n---\n")

    (fault,) = faults(tmp_path)
    assert fault.startswith("en/vocabulary.md: asking: 'wen' is none of who, when, where")


def test_a_wish_that_the_bot_cannot_grant_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "en/wishes.md", "---\naround: [please]\nwishes:\n  money: [give me money]\n---\n")

    (fault,) = faults(tmp_path)
    assert fault.startswith("en/wishes.md: wishes: 'money' is none of language, data")


def test_a_translation_without_english_original_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "en/about.md", GOOD)
    write(tmp_path, "fr/agm.md", GOOD)

    assert faults(tmp_path) == ["fr/agm.md: there is no English topic with this id"]


def test_no_content_at_all(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "missing")

    assert fault.startswith("en: there is no content folder for this language")
