"""What deploy/ and docs/operations.md name is there: commands, files, settings and figures."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from prometheus_client.parser import text_string_to_metric_families

from bot.cli import _parser
from bot.runtime.metrics import Metrics
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
INSTALLED = "/opt/unigo-bot/"
DOCS = ROOT / "docs" / "operations.md"
ALERTS = ROOT / "deploy" / "alerts.yml"
ALERT_TESTS = ROOT / "tests" / "alerts.yml"
COMMAND = ROOT / "deploy" / "unigo-bot"


def rules() -> list[dict[str, str]]:
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_figure_in_an_alert_is_one_that_the_bot_serves() -> None:
    served = {
        sample.name for family in text_string_to_metric_families(Metrics().page().decode()) for sample in family.samples
    }
    named = {name for rule in rules() for name in re.findall(r"\bunigo_\w+", rule["expr"])}
    assert named
    assert named <= served


def test_every_outcome_in_an_alert_is_one_that_is_counted() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "runtime").glob("*.py"))
    outcomes = {name for rule in rules() for name in re.findall(r'outcome="(\w+)"', rule["expr"])}
    assert outcomes == {"set_aside", "failed"}
    assert all(f'"{outcome}"' in source for outcome in outcomes)


def test_every_alert_is_explained() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [rule["alert"] for rule in rules() if rule["alert"] not in text] == []


def test_each_alert_is_tried_both_ways() -> None:
    tests = yaml.safe_load(ALERT_TESTS.read_text(encoding="utf-8"))["tests"]
    tried = [(case["alertname"], bool(case["exp_alerts"])) for test in tests for case in test["alert_rule_test"]]
    assert {(rule["alert"], comes) for rule in rules() for comes in (True, False)} == set(tried)


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
@pytest.mark.parametrize(
    "told", [("check", "rules", ALERTS), ("test", "rules", ALERT_TESTS)], ids=["form", "behaviour"]
)
def test_the_alerts_come_when_they_should(told: tuple[str, str, Path]) -> None:
    checked = subprocess.run(["promtool", *map(str, told)], capture_output=True, text=True, check=False, timeout=60)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_a_command_of_the_bot(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    commands = re.findall(r"^Exec\w+=(.*)$", text, re.MULTILINE)
    assert commands
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == f"{INSTALLED}.venv/bin/unigo-bot"
        _parser().parse_args(arguments)  # ends the test if there is no such command
    for document in re.findall(rf"file:{INSTALLED}(\S+)", text):
        assert (ROOT / document).is_file()
    for other in re.findall(r"^OnFailure=(.*)$", text, re.MULTILINE):
        assert (ROOT / "deploy" / other).is_file()
    _are_settings(text)


def _are_settings(text: str) -> None:
    for table, key in re.findall(r"UNIGO_([A-Z]+)__([A-Z_]+)=", text):
        part = Settings.model_fields[table.lower()].annotation
        assert key.lower() in getattr(part, "model_fields", {})


def test_the_command_has_the_same_settings_as_the_service() -> None:
    command, service = COMMAND.read_text(encoding="utf-8"), (UNITS[-1]).read_text(encoding="utf-8")
    _are_settings(command)
    assert UNITS[-1].name == "unigo-bot.service"
    for pattern in (
        r"UNIGO_CONFIG=(\S+)",
        r"UNIGO_DATABASE__PATH=(\S+)",
        r"(/opt/\S+/unigo-bot)\b",
        r"(/etc/\S+/token)",
    ):
        [said] = set(re.findall(pattern, service))
        assert said in re.findall(pattern, command)
    [user] = re.findall(r"^User=(\S+)$", service, re.MULTILINE)
    assert f"runuser -u {user} -- " in command


def placed(folder: Path, user: str) -> Path:
    """The command as it would be installed, with the folders of this test for those of the machine."""
    text = COMMAND.read_text(encoding="utf-8")
    program = str(Path(sys.executable).with_name("unigo-bot"))
    for there, here in (
        (f"{INSTALLED}.venv/bin/unigo-bot", program),
        ("/etc/unigo-bot", str(folder / "etc")),
        ("/var/lib/unigo-bot", str(folder / "lib")),
        ("-u unigo-bot", f"-u {user}"),
    ):
        assert there in text
        text = text.replace(there, here)
    (folder / "etc").mkdir()
    (folder / "lib").mkdir()
    command = folder / "unigo-bot"
    command.write_text(text, encoding="utf-8")
    command.chmod(0o755)
    return command


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_the_command_runs_with_the_services_settings_in_its_folder(tmp_path: Path) -> None:
    command = placed(tmp_path, "root")
    (tmp_path / "etc" / "config.toml").write_text("[people]\nowners = [7]\n[watch]\nport = 1\n", encoding="utf-8")
    (tmp_path / "etc" / "token").write_text("no token\n", encoding="utf-8")

    def told(*arguments: str) -> str:
        ended = subprocess.run([command, *arguments], capture_output=True, text=True, check=False, timeout=60)
        return ended.stdout + ended.stderr

    assert told("check").startswith("unigo-bot: UNIGO_TELEGRAM__TOKEN (telegram.token): must look like")
    (tmp_path / "etc" / "token").unlink()
    assert told("migrate").endswith(f"{tmp_path}/lib/unigo.db is up to date.\n")
    assert told("backup", "before.zip").startswith(f"{tmp_path}/lib/before.zip: ")
    assert told("restore", "before.zip").startswith(
        f"{tmp_path}/lib/unigo.db is now the database that before.zip holds."
    )
    assert told("--help").startswith("usage: unigo-bot")
    (tmp_path / "etc" / "config.toml").unlink()
    assert "etc/config.toml: there is no such file" in told("check")


def test_the_command_asks_for_sudo() -> None:
    nobody = 65_534 if os.geteuid() == 0 else None
    with COMMAND.open(encoding="utf-8") as script:
        ended = subprocess.run(
            ["sh", "-s", "check"], stdin=script, capture_output=True, text=True, check=False, timeout=60, user=nobody
        )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "unigo-bot: write sudo before it: sudo unigo-bot check\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:  # on a machine where the bot is not installed, another program stands for it
        text = unit.read_text(encoding="utf-8").replace(f"{INSTALLED}.venv/bin/unigo-bot", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    complaints = [line for line in checked.stderr.splitlines() if "unigo-bot" in line]
    assert complaints == []


def test_what_the_container_copies_and_runs_is_there() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    copied = [file for word, rest in lines if word == "COPY" and "--from" not in rest for file in rest.split()[:-1]]
    assert {"requirements.lock", "bot", "handlers", "storage", "pyproject.toml"} <= set(copied)
    assert [file for file in copied if not (ROOT / file).exists()] == []
    said = dict(lines)
    _parser().parse_args(json.loads(said["CMD"]))
    assert said["USER"] == "10001"
    assert f":{Settings().watch.port}/healthz" in text
    sent = (ROOT / "deploy" / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in sent if line.startswith("!")} == set(copied)
    assert "--require-hashes" in text
