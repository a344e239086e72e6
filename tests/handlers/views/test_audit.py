"""Whatever the bot notes in the audit log has words."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.locales.catalogues import load_catalogues
from bot.members.audit_search import ActGroup, AuditChoice, Span
from handlers.views.audit import deeds, what
from handlers.views.audit_log import groups, spans
from handlers.views.audit_state import packed, unpacked
from storage.records.members import RequestKind

_ = load_catalogues().translator("en")
BOT = Path(__file__).parents[3] / "bot"
VERDICTS = ("approved", "declined", "correction")
FILLED_IN = {
    "kind": tuple(RequestKind),
    "request.kind": tuple(RequestKind),
    "_ACTS[state]": ("pause", "resume", "stop"),  # of announcements
    "verdict": VERDICTS,
    "state": ("declined", "withdrawn"),  # of a role that was offered
    ("participating.py", "act"): ("answer", "approved"),
    ("answers.py", "act"): ("draft", "change", "publish", "withdraw", "discard", "same"),
}
"""What the names of acts are filled with, by the expression; where it means several things, by file, too."""


def noted() -> Iterator[tuple[str, str]]:
    """Every name of an act in the code, with the file that has it."""
    for path in sorted(BOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.add":
                for name in _names(node.args[2], tree, path):
                    yield path.name, name


def _names(argument: ast.expr, tree: ast.Module, path: Path) -> Iterable[str]:
    match argument:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.JoinedStr(values=parts):
            return ["".join(one) for one in itertools.product(*(_filled(part, path) for part in parts))]
        case ast.IfExp(body=one, orelse=other):
            return [*_names(one, tree, path), *_names(other, tree, path)]
        case ast.Name(id=variable):
            values = [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [variable]
            ]
            assert values, f"{path}: where does {variable} come from?"
            return [name for value in values for name in _names(value, tree, path)]
    raise AssertionError(f"{path}:{argument.lineno}: tell this test what {ast.unparse(argument)} may be.")


def _filled(part: ast.expr, path: Path) -> Iterable[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    expression = ast.unparse(part.value)
    return FILLED_IN.get((path.name, expression)) or FILLED_IN[expression]


ACTS = sorted(set(noted()))


def test_acts_are_found() -> None:
    names = {name for _file, name in ACTS}
    assert {"role.take", "refused", "guest.correction", "answer.publish", "database.import"} <= names


@pytest.mark.parametrize(("file", "name"), ACTS)
def test_every_act_has_words(file: str, name: str) -> None:
    assert name in deeds(_), f"{file} notes {name}: word it in handlers/views/audit.py"
    assert any(name.startswith(group) for group in ActGroup), f"{name} belongs to no group that can be chosen"


@pytest.mark.parametrize(
    ("act", "before", "after", "words"),
    [
        ("role.take", '{"role": "secretariat", "scope": ""}', None, "Role taken back. Role: Secretariat."),
        ("center.edit", '{"name": "A"}', '{"name": "B", "city": "C"}',
         "Center changed. Fields: Official name and City."),
        ("delegate.change", None, '{"fields": ["email"]}', "Own details changed. Fields: E-mail."),
        ("database.export", None, '{"centers": 1200, "delegates": 3}',
         "The database was exported. Centers: 1,200. People: 3."),
        ("database.import", None, '{"centers_created": 1, "delegates_created": 2}',
         "A list was read in. New Centers: 1. New people: 2."),
        ("log.export", None, '{"entries": 7}', "The audit log was exported. Entries: 7."),
        ("center.merge", None, '{"into": 4}', "Center merged with another. The one that stays is no. 4."),
        ("delegate.absorb", None, '{"delegate": 4}',
         "Another record of a person merged with this one. The other was no. 4."),
        ("participation.answer", None, '{"conference": 1, "state": "registered", "attendance": "online"}',
         "Registered for the conference."),
        ("participation.answer", None, '{"conference": 1, "state": "waiting", "attendance": "in_person"}',
         "Registered for the conference; waits for a place."),
        ("participation.answer", None, '{"conference": 1, "state": "withdrawn", "attendance": null}',
         "Own registration for the conference withdrawn."),
        ("participation.answer", None, '{"conference": 1, "state": "declined", "attendance": null}',
         "Said that they do not come to the conference."),
        ("participation.answer", None, '{"accepted": true}', "Offered place in the conference accepted."),
        ("participation.answer", None, '{"accepted": false}', "Offered place in the conference not accepted."),
        ("participation.answer", None, None, "Answered whether to take part in the conference."),
        ("nobody.knows", None, "[1]", "Something else was done (nobody.knows)."),
    ],
)  # fmt: skip
def test_what_is_told_of_it(act: str, before: str | None, after: str | None, words: str) -> None:
    assert what(_, act, before, after) == words


@pytest.mark.parametrize(
    "choice",
    [
        AuditChoice(),
        AuditChoice(9_999_999_999_999_999, "person:9999999999999999", ActGroup.REFUSED, Span.YEAR),
        AuditChoice(object="chat:-1001234567890"),
    ],
)
def test_what_is_looked_for_fits_on_a_button(choice: AuditChoice) -> None:
    assert unpacked(packed(choice)) == choice
    assert len(f"audit:show:{packed(choice)}:999999999999") <= 64


@pytest.mark.parametrize("text", ["", "..z-", "..-9", "1.x2.--", "...--"])
def test_what_was_forged_means_nothing(text: str) -> None:
    assert unpacked(text) is None


def test_every_choice_has_words() -> None:
    assert (set(groups(_)), set(spans(_))) == (set(ActGroup), set(Span))
