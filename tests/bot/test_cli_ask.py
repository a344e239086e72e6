"""The command that answers questions as the bot would."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.commands import told
from tests.conftest import TOKEN
from tests.processes import ROOT

pytestmark = pytest.mark.usefixtures("folder")


def test_ask_answers_as_the_bot_would(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "ask", "--lang", "en", "When was UNIGO founded?")
    assert (status, err) == (0, "")
    assert "2010" in out
    assert "2013" in out
    assert "Source: " in out
    assert "<b>" not in out


LINES = [{"id": 1, "lang": "en", "q": "When was UNIGO founded?"}, {"id": "b", "q": "xyzzy plugh frobnicate"}]


def as_file(lines: list[Any]) -> str:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


@pytest.mark.parametrize("source", ["questions.jsonl", "-"])
def test_ask_answers_lines(
    source: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "questions.jsonl").write_text(as_file([LINES[0], "", LINES[1]]), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(as_file(LINES)))
    status, out, err = told(capsys, "ask", "--jsonl", source)
    assert (status, err) == (0, "")
    first, second = (json.loads(line) for line in out.splitlines())
    assert list(first) == ["id", "kind", "topic", "text"]
    assert (first["id"], first["kind"], first["topic"]) == (1, "answer", "founding")
    assert (second["id"], second["kind"], second["topic"]) == ("b", "unknown", None)


def test_a_broken_line_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "questions.jsonl").write_text(as_file([LINES[0], "{", LINES[1]]), encoding="utf-8")
    status, out, err = told(capsys, "ask", "--jsonl", "questions.jsonl")
    assert status == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, "b"]  # the others are answered
    assert err.startswith("unigo-bot: Line 2 is not JSON: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "Who?", "--jsonl", "x")])
def test_ask_wants_one_kind_of_question(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("unigo-bot ask: error: give either a question or --jsonl FILE\n")


def test_a_file_of_questions_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "ask", "--jsonl", "nowhere.jsonl")
    assert (status, out, err) == (1, "", "unigo-bot: nowhere.jsonl: No such file or directory.\n")


def test_no_complaint_gives_a_token_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert TOKEN not in told(capsys, "ask", "--jsonl", f"/bot{TOKEN}/getMe")[2]


def test_whoever_reads_only_the_beginning_is_told_nothing_more(folder: Path) -> None:
    (folder / "questions.jsonl").write_text(as_file([LINES[0]] * 500), encoding="utf-8")
    command = [sys.executable, "-m", "bot", "ask", "--jsonl", "questions.jsonl"]
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        assert asked.stdout.readline().startswith("{")
        asked.stdout.close()
        assert asked.stderr.read() == ""
        assert asked.wait(30) == 1
