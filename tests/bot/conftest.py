"""Where the tests of the application keep what they make."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The database of a bot that is started."""
    return tmp_path / "bot.db"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A backup that is to be made."""
    return tmp_path / "backup.zip"
