"""Questions as lines of JSON: what is answered, and which sentence is said of a line that is none."""

from __future__ import annotations

import json

import pytest

from bot.asking import Asker
from bot.knowledge.library import load_library
from bot.locales.catalogues import load_catalogues

QUESTION = {"id": 1, "lang": "en", "q": "When was UNIGO founded?"}


@pytest.fixture(scope="module")
def asker() -> Asker:
    return Asker(load_library(), load_catalogues())


def test_lines_are_answered_in_order_and_empty_ones_are_passed_over(asker: Asker) -> None:
    lines = [json.dumps(QUESTION), "", "  \n", json.dumps({"id": "b", "q": "xyzzy plugh frobnicate"})]
    first, second = (json.loads(line) for line in asker.ask_lines(lines))
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
def test_a_broken_line_is_named_once_those_before_it_are_answered(asker: Asker, line: str, complaint: str) -> None:
    answers = asker.ask_lines([json.dumps(QUESTION), line])
    assert json.loads(next(answers))["id"] == 1
    with pytest.raises(ValueError, match=r"^Line 2") as raised:
        next(answers)
    assert str(raised.value).startswith(complaint)


def test_half_a_surrogate_pair_in_a_line_is_no_trouble(asker: Asker) -> None:
    (line,) = asker.ask_lines([json.dumps({"id": "\ud83d", "q": "Who are you? \ud83d"})])
    assert line.encode()
    assert json.loads(line)["id"] == "\ud83d"
