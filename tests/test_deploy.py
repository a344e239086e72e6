"""What deploy/ and docs/operations.md name is there: commands, files, settings and figures."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
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


def rules() -> list[dict[str, str]]:
    groups = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
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


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
def test_the_alerts_are_well_formed() -> None:
    checked = subprocess.run(
        ["promtool", "check", "rules", str(ROOT / "deploy" / "alerts.yml")], capture_output=True, text=True, check=False
    )
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
    for table, key in re.findall(r"UNIGO_([A-Z]+)__([A-Z_]+)=", text):
        part = Settings.model_fields[table.lower()].annotation
        assert key.lower() in getattr(part, "model_fields", {})


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
    assert "--require-hashes" in text
