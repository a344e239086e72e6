from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from checks.secret_scan import Found, scan

TOKEN = "1234567890:" + "AA" + "x9Yz_-4" * 4 + "Qw3rT"
KEY = "-----BEGIN " + "RSA PRIVATE KEY-----"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def keep(repository: Path, name: str, text: str) -> None:
    (repository / name).write_text(text)
    subprocess.run(["git", "-C", str(repository), "add", name], check=True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f'[telegram]\n\ntoken = "{TOKEN}"\n', "Telegram Bot Token"),
        (f"first\nsee bot{TOKEN}\nurl: https://example.org/bot{TOKEN}/getMe\n", "Telegram Bot Token"),
        (f"a\nb\n{KEY}\n", "Private Key"),
    ],
)
def test_what_is_planted_is_found(repository: Path, text: str, kind: str) -> None:
    keep(repository, "notes.md", text)
    found = scan(repository)
    assert Found("notes.md", found[-1].line, kind) in found
    assert found[-1].line == 3
    assert all(TOKEN not in str(one) for one in found)


def test_what_git_does_not_track_is_nobodys_business(repository: Path) -> None:
    (repository / "config.toml").write_text(f'token = "{TOKEN}"')
    assert scan(repository) == []
