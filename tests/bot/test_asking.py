"""Questions as lines of JSON: what is answered, and which sentence is said of a line that is none."""

from __future__ import annotations

import json

import pytest

from bot.asking import Asker
from bot.knowledge.loading import load_library
from bot.locales.catalogues import load_catalogues

QUESTION = {"id": 1, "lang": "en", "q": "When was UNIGO founded?"}


def fail(fault: str) -> None:
    pytest.fail(fault)


@pytest.fixture(scope="module")
def asker() -> Asker:
    return Asker(load_library(), load_catalogues())


def test_lines_are_answered_in_order_and_empty_ones_are_passed_over(asker: Asker) -> None:
    lines = [json.dumps(QUESTION), "", "  \n", json.dumps({"id": "b", "q": "xyzzy plugh frobnicate"})]
    first, second = (json.loads(line) for line in asker.ask_lines(lines, fail))
    assert (first["id"], first["kind"], first["topic"]) == (1, "answer", "founding")
    assert (second["id"], second["kind"], second["topic"]) == ("b", "unknown", None)
    assert "Source: " in first["text"]
    assert "<" not in first["text"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "Line 2 is not JSON: "),
        ("[1]", 'Line 2 must be an object with a question "q".'),
        ('{"id": 3}', 'Line 2 must be an object with a question "q".'),
        ('{"q": 5}', 'Line 2 must be an object with a question "q".'),
        ('{"q": "Who?", "lang": "tlh"}', 'Line 2 has the language "tlh"; it must be one of ar, zh, en, fr, ru, es.'),
        ('{"q": "Who?", "lang": ["en"]}', 'Line 2 has the language ["en"]; it must be one of ar, zh, en, fr, ru, es.'),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_answered(asker: Asker, line: str, complaint: str) -> None:
    told: list[str] = []
    answers = asker.ask_lines([json.dumps(QUESTION), line, json.dumps({**QUESTION, "id": 3})], told.append)
    assert [json.loads(answer)["id"] for answer in answers] == [1, 3]
    assert [fault.startswith(complaint) for fault in told] == [True]


def test_half_a_surrogate_pair_in_a_line_is_no_trouble(asker: Asker) -> None:
    (line,) = asker.ask_lines([json.dumps({"id": "\ud83d", "q": "Who are you? \ud83d"})], fail)
    assert line.encode()
    assert json.loads(line)["id"] == "\ud83d"


def test_of_several_questions_the_first_is_answered_and_the_others_are_named(asker: Asker) -> None:
    reply = asker.ask("What is UNIGO? And what are the duties of the Secretariat?", "en")
    assert (reply.kind, reply.topic) == ("answer", "about")
    assert reply.text.endswith("You also asked about this:\n[What the Secretariat does]")
