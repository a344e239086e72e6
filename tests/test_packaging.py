"""The built wheel holds everything that the three packages hold: a forgotten line in pyproject.toml fails here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage")
BESIDE = ("pyproject.toml", "README.md", "LICENSE")
LEFT_BY_TOOLS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*~")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the wheel is built from: building leaves files behind."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=LEFT_BY_TOOLS)
    for name in BESIDE:
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = out.iterdir()
    return ZipFile(path)


def in_metadata(name: str) -> bool:
    return name.partition("/")[0].endswith(".dist-info")


def test_the_wheel_holds_every_file(wheel: ZipFile, source: Path) -> None:
    expected = {
        path.relative_to(source).as_posix()
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file()
    }
    assert {name for name in wheel.namelist() if not in_metadata(name)} == expected


@pytest.mark.parametrize(
    "needed",
    [
        "bot/knowledge/content/en/about.md",
        "bot/knowledge/content/en/unknown/fees.md",
        "bot/locales/unigo.pot",
        "bot/py.typed",
        "bot/sandbox/bot_api.json",
        "bot/sandbox/page/index.html",
        "storage/migrations/0001_the_path.sql",
        "storage/queries/outbox.sql",
    ],
)
def test_what_is_no_code_is_there_and_not_empty(wheel: ZipFile, needed: str) -> None:
    assert needed in wheel.namelist()
    assert wheel.getinfo(needed).file_size > 0 or needed.endswith("py.typed")


def test_the_command_is_there(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    entry_points = ConfigParser()
    entry_points.read_string(wheel.read(name).decode())
    assert dict(entry_points["console_scripts"]) == {"unigo-bot": "bot.__main__:main"}


def test_the_licence_is_there(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()


def test_the_installed_bot_answers_without_its_sources(wheel: ZipFile, tmp_path: Path) -> None:
    """The wheel's own files are enough: content, catalogues and code are found where pip puts them."""
    wheel.extractall(tmp_path)
    program = "import sys, bot.cli; print(bot.cli.__file__); sys.exit(bot.cli.main())"
    asked = subprocess.run(
        [sys.executable, "-P", "-c", program, "ask", "What is the AGM?"],
        cwd="/",
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert asked.returncode == 0, asked.stderr
    run_from, _, answer = asked.stdout.partition("\n")
    assert run_from == str(tmp_path / "bot" / "cli.py")
    assert "Source:" in answer
