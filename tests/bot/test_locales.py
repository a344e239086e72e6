"""The template for translators is in step with the sources, and no text for people stands bare in them.

tests/handlers/test_every_sentence.py proves the same of what the running bot says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.locales import template
from bot.locales.catalogues import DEFAULT_LANGUAGE, LANGUAGES
from bot.locales.template import FOLDER

HANDLERS = Path(__file__).parents[2] / "handlers"


def test_the_template_and_the_catalogues_are_in_step_with_the_sources() -> None:
    outdated = [path.name for path, content in template.catalogues() if path.read_bytes() != content]
    assert outdated == [], "run make catalogues"


def test_sentences_for_a_number_are_collected_with_their_plural() -> None:
    """A call within such a call would hide it from the collector: then it would be English in every language."""
    with template.TEMPLATE.open("rb") as file:
        collected = {message.id for message in read_po(file) if isinstance(message.id, tuple)}
    written = {
        pair for path in sorted(HANDLERS.rglob("*.py")) for pair in sentences_for_numbers(path.read_text("utf-8"))
    }
    assert len(written) > 20
    assert written - collected == set()


def sentences_for_numbers(source: str) -> Iterator[tuple[str, str]]:
    """The first two arguments of each `_.n("…", "…", …)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "n":
            one, many = (ast.literal_eval(argument) for argument in node.args[:2])
            yield one, many


def test_no_sentence_stands_bare_in_the_sources() -> None:
    """For what no conversation leads to: text for people stands only in the calls that translate it."""
    found = [
        f"{path.relative_to(HANDLERS)}:{line} {text!r}"
        for path in sorted(HANDLERS.rglob("*.py"))
        for line, text in bare_strings(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('Message(_("Good day."))', 0),
        ('Button(_.plain("Help"), "help")', 0),
        ('_.n("{count} question", "{count} questions", 3)', 0),
        ('def f():\n    """Says good day."""', 0),
        ('x: list["Turn"] = []', 0),
        ('Message(Markup("Good day."))', 1),
        ('Button("Help", "help")', 1),
        ('Message(_(f"Good day, {name}."))', 1),  # no catalogue can know it
        ('Message(_("{a}", a="so it is"))', 1),
    ],
)
def test_bare_strings_are_found(source: str, count: int) -> None:
    assert len(list(bare_strings(ast.parse(source)))) == count


def bare_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings that read like text for people: with a capital at the beginning, or of several words."""
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) or (isinstance(node, ast.Call) and called(node) in template.KEYWORDS):
            first = [node.value] if isinstance(node, ast.Expr) else node.args
            allowed |= {id(argument) for argument in first}
        elif isinstance(node, ast.Subscript):
            allowed |= {id(inside) for inside in ast.walk(node.slice)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed:
            words = re.sub(r"<[^>]*>|\{[^{}]*\}", "", node.value)
            if re.match(r"[A-Z][a-z]", words) or re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", words):
                yield node.lineno, node.value


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {DEFAULT_LANGUAGE}))
def test_every_catalogue_is_complete(language: str) -> None:
    source = FOLDER / language / "LC_MESSAGES" / "unigo.po"
    catalogue = read_po(BytesIO(source.read_bytes()), locale=language)
    missing = [
        message.id
        for message in catalogue
        if message.id and (message.fuzzy or not message.string or not all(_forms(message.string)))
    ]
    faults = [(message.id, str(fault)) for message, found in catalogue.check() for fault in found]

    assert missing == []
    assert faults == []


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
