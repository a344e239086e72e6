"""Where the tests of the application keep what they make, and with which settings they run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from bot.settings import People as PeopleSettings
from bot.settings import Settings
from tests.chat import People
from tests.conftest import settings_for


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The database of a bot that is started."""
    return tmp_path / "bot.db"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A backup that is to be made."""
    return tmp_path / "backup.zip"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands are typed; no settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("UNIGO_") or name == "PORT"]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def settings(sandbox: Sandbox, people: People, path: Path) -> Settings:
    """Of a bot at the sandbox that somebody owns."""
    return settings_for(sandbox, path, people=PeopleSettings(owners=(7,)))
