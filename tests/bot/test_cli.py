"""The commands: what they print, and one sentence instead of a traceback for whatever was typed wrongly."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from storage import inbox
from storage.database import Database, open_database
from storage.migrate import known_migrations
from storage.records import NewUpdate
from storage.session import Transaction
from tests.conftest import TOKEN
from tests.inbox import take_in
from tests.mail_server import mail_server
from tests.rights import MAY_LOOK_EVERYWHERE

ROOT = Path(__file__).parents[2]
COMMANDS = ("demo", "sandbox", "run", "check", "migrate", "ask", "aside", "backup", "restore", "export")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands are typed; no settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("UNIGO_") or name == "PORT"]:
        monkeypatch.delenv(name)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """What a command ends with: its status, what it printed, and what it complained of."""
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def in_a_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={"PATH": "", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for name in COMMANDS:
        assert f"\n    {name} " in text
    assert "config.example.toml" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: unigo-bot {command} ")


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("run", "--nonsense"), ("ask", "--lang", "tlh", "Who?")])
def test_what_is_typed_wrongly_is_told_with_the_usage(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: unigo-bot")


@pytest.mark.parametrize("command", ["run", "check", "migrate", "aside"])
def test_wrong_settings_are_told_one_sentence_each(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "config.toml").write_text("[delivery]\nper_second = 0\n[logs]\nlevel = 'loud'\n", encoding="utf-8")
    status, out, err = told(capsys, command)
    assert (status, out) == (1, "")
    lines = err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("unigo-bot: delivery.per_second: has 0")
    assert lines[1].startswith('unigo-bot: logs.level: has "loud"')


def test_settings_that_are_not_there_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "run", "--config", "nowhere.toml") == (
        1,
        "",
        "unigo-bot: nowhere.toml: there is no such file; copy config.example.toml.\n",
    )


def test_the_settings_can_be_named_by_a_variable(folder: Path) -> None:
    (folder / "other.toml").write_text("[logs]\nlevel = 'loud'\n", encoding="utf-8")
    named = in_a_process("migrate", UNIGO_CONFIG=str(folder / "other.toml"))
    assert (named.returncode, named.stdout) == (1, "")
    assert named.stderr.startswith('unigo-bot: logs.level: has "loud"')
    missing = in_a_process("migrate", UNIGO_CONFIG=str(folder / "nowhere.toml"))
    assert missing.stderr == f"unigo-bot: {folder}/nowhere.toml: there is no such file; copy config.example.toml.\n"


def test_run_without_a_token_says_where_to_get_one() -> None:
    ended = in_a_process("run", UNIGO_WATCH__PORT="0")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "unigo-bot: telegram.token: is missing; @BotFather gives one.\n"


def test_migrate_makes_the_database_and_then_has_nothing_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = "".join(f"applied {step.version}: {step.name}\n" for step in known_migrations())
    assert steps.startswith("applied 1: the path\n")
    assert told(capsys, "migrate") == (0, f"{steps}unigo.db is up to date.\n", "")
    assert (folder / "unigo.db").exists()
    assert told(capsys, "migrate") == (0, "unigo.db is up to date.\n", "")


def test_migrate_refuses_what_is_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "unigo.db").write_text("a letter, and no database " * 50, encoding="utf-8")
    status, out, err = told(capsys, "migrate")
    assert (status, out) == (1, "")
    assert err.startswith("unigo-bot: The file is not a database of this bot. Check `database.path`.")
    assert len(err.splitlines()) == 1


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


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_taken_port_is_told_with_a_way_out(command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = in_a_process(command, PORT=port)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == f"unigo-bot: Port {port} is taken. Choose another: --port 8082, or PORT=8082.\n"


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "8081x", ""])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", f"--port={port}"])
    assert ended.value.code == 2
    assert "must be a number from 0 to 65535" in capsys.readouterr().err


def test_a_wrong_port_in_the_environment_concerns_only_who_uses_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "tcp://10.0.0.1:80")
    assert told(capsys, "migrate")[0] == 0
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 2
    assert "must be a number from 0 to 65535" in capsys.readouterr().err


@pytest.fixture
def with_aside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which 150 updates were set aside."""
    path = folder / "aside.db"
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(path))

    async def come(tx: Transaction) -> None:
        await take_in(tx, [NewUpdate(number, 1, "{}") for number in range(1001, 1151)], 1)

    async def set_aside(tx: Transaction) -> None:
        for seq in range(1, 151):
            await inbox.set_aside(tx, seq, "LookupError: of several\nlines", 1)

    async def fill() -> None:
        async with open_database(path, now_us=1) as database:
            await database.write(come)
            await database.write(set_aside)

    asyncio.run(fill())
    return path


def waiting(path: Path) -> list[int]:
    async def look(database: Database) -> list[int]:
        return [row.update_id for row in await inbox.waiting(database.reader, after=0, at_most=1000)]

    async def run() -> list[int]:
        async with open_database(path, now_us=1) as database:
            return await look(database)

    return asyncio.run(run())


def test_aside_lists_every_update_on_one_line(with_aside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "aside")
    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 151)
    assert lines[0] == "1001  tried 1 times  LookupError: of several lines"
    assert lines[-1] == "150 set aside."


def test_aside_tries_one_again_or_all(with_aside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "will be tried again; the running bot takes them up by itself."
    assert told(capsys, "aside", "--retry", "1150") == (0, f"1 {sentence}\n", "")
    assert waiting(with_aside) == [1150]
    assert told(capsys, "aside", "--retry", "1150") == (
        1,
        "",
        "unigo-bot: Nothing with the number 1150 was set aside.\n",
    )
    assert told(capsys, "aside", "--retry", "x") == (1, "", "unigo-bot: Nothing with the number x was set aside.\n")
    assert told(capsys, "aside", "--retry", "all") == (0, f"149 {sentence}\n", "")
    assert len(waiting(with_aside)) == 150
    assert told(capsys, "aside", "--retry", "all") == (0, f"0 {sentence}\n", "")


def test_aside_without_a_database_says_so_and_makes_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "aside")
    assert (status, out) == (1, "")
    assert err == "unigo-bot: unigo.db is not there or not up to date; start the bot first.\n"
    assert not (folder / "unigo.db").exists()


BROKEN = {
    "a slip of the pen": (
        "[people]\nownrs = [1]\n",
        ["- people.ownrs: there is no such setting; did you mean owners?"],
    ),
    "no TOML": (
        '[people]\nowners = [1\n[logs]\nlevel = "\n',
        ["- config.toml: is not valid TOML: Unclosed array (at line 11, column 1)."],
    ),
    "a slip of the pen beside": (
        "after_minuts = 5\n",
        ["- alarm.after_minuts: there is no such setting; did you mean after_minutes?"],
    ),
    "nothing": ("", []),
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_owners_are_told_that_it_does_not_run_whatever_is_wrong_with_the_settings(
    broken: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with mail_server() as box:
        alarm = (
            f'[alarm]\nsmtp_host = "127.0.0.1"\nsmtp_port = {box.port}\nsecurity = "none"\n'
            'sender = "bot@example.org"\nrecipients = [\n  "owner@example.org",\n]\n'
        )
        (folder / "config.toml").write_text(f"{alarm}{BROKEN[broken][0]}", encoding="utf-8-sig")
        assert await asyncio.to_thread(main, ["stopped"]) == 0
        assert capsys.readouterr() == ("", "")
        assert box.subjects() == ["UNIGO bot: it does not run"]
        wrong = [line for line in box.text().splitlines() if line.startswith("- ")]
    assert wrong == BROKEN[broken][1]


def test_without_a_mail_server_nobody_can_be_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "config.toml").write_text('[alarm]\nsmtp_host = "127.0.0.1"\n', encoding="utf-8")
    assert told(capsys, "stopped") == (
        1,
        "",
        "unigo-bot: alarm.sender: is missing; with smtp_host it must be an e-mail address.\n",
    )


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


def test_an_export_that_cannot_be_written_is_told_and_not_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "migrate")
    status, _, err = told(capsys, "export", "nowhere/people.xlsx")
    sentence = "people.xlsx cannot be made (No such file or directory). Name a file in another folder."
    assert (status, err) == (1, f"unigo-bot: {folder}/nowhere/{sentence}\n")
    with closing(sqlite3.connect(folder / "unigo.db")) as database:
        assert database.execute("SELECT count(*) FROM audit").fetchone() == (0,)


def test_an_export_that_comes_to_nothing_leaves_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(folder / "unigo.db")):
        pass
    assert told(capsys, "export", "people.xlsx")[0] == 1
    assert not (folder / "people.xlsx").exists()


@pytest.mark.skipif(MAY_LOOK_EVERYWHERE, reason="this user may look everywhere")
@pytest.mark.parametrize("arguments", [("check",), ("run",), ("aside",), ("backup", "b.zip"), ("export", "p.xlsx")])
def test_a_database_in_a_folder_that_may_not_be_entered_is_told_in_a_sentence(
    arguments: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    monkeypatch.setenv("UNIGO_DATABASE__PATH", "closed/unigo.db")
    rule = "must be in a folder that the bot's user may enter (Permission denied)."
    sentence = f'UNIGO_DATABASE__PATH (database.path): has "closed/unigo.db"; {rule}'
    assert told(capsys, *arguments) == (1, "", f"unigo-bot: {sentence}\n")
    monkeypatch.delenv("UNIGO_DATABASE__PATH")
    assert told(capsys, "migrate", "--config", "closed/config.toml") == (
        1,
        "",
        "unigo-bot: closed/config.toml: cannot be read (Permission denied).\n",
    )


def test_a_host_that_is_none_of_this_machine_is_told() -> None:
    ended = in_a_process("run", UNIGO_WATCH__HOST="192.0.2.1", UNIGO_TELEGRAM__TOKEN=TOKEN)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1] == (
        "unigo-bot: watch.host: 192.0.2.1:8090 cannot be listened on (Cannot assign requested address); "
        "it must be an address of this machine."
    )


def on_a_disk_of_its_own(folder: Path, how: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command with a small disk at `folder`, which nobody else sees."""
    mounted = f'mount -t tmpfs -o {how} none "{folder}" && exec "$@"'
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def may_mount() -> bool:
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.skipif(not may_mount(), reason="needs the right to mount a disk")
def test_a_disk_that_is_full_or_may_not_be_written_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(capsys, "migrate")
    told(capsys, "backup", "before.zip")
    disk = folder / "disk"
    disk.mkdir()
    ended = on_a_disk_of_its_own(disk, "ro", "backup", str(disk / "backup.zip"))
    sentence = "Choose another folder, or allow the service this one: docs/backup.md tells how."
    reason = "cannot be used for backups (Read-only file system)"
    assert (ended.returncode, ended.stderr) == (1, f"unigo-bot: {disk} {reason}. {sentence}\n")
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(disk / "unigo.db"))
    ended = on_a_disk_of_its_own(disk, "size=100k", "restore", "before.zip")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"unigo-bot: There is no room for a backup in {disk}. Free some space.\n"
