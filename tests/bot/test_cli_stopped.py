"""The command that tells the owners that the bot does not run."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from tests.commands import told
from tests.mail_server import mail_server

pytestmark = pytest.mark.usefixtures("folder")

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
