"""The commands: their help, and one sentence instead of a traceback for whatever was typed or set wrongly."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.cli import main
from tests.commands import in_a_process, told
from tests.conftest import TOKEN
from tests.rights import MAY_LOOK_EVERYWHERE

pytestmark = pytest.mark.usefixtures("folder")

COMMANDS = ("demo", "sandbox", "run", "check", "migrate", "ask", "aside", "backup", "restore", "export")


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
