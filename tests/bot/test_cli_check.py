"""`check` prints what the doctor finds: a line for each thing, ok or what to do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from tests.conftest import TOKEN
from tests.examined import ANOTHER_TOKEN


@pytest.fixture
def environment(settings: Settings, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIGO_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("UNIGO_TELEGRAM__BASE_URL", settings.telegram.base_url)
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(path))
    monkeypatch.setenv("UNIGO_PEOPLE__OWNERS", "7")


@pytest.mark.usefixtures("environment")
async def test_check_prints_a_line_for_each_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert await asyncio.to_thread(main, ["check"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    lines = printed.out.splitlines()
    assert len(lines) == 14
    assert all(line.startswith("ok    ") for line in lines)
    assert "defaults and the environment" in lines[0]


@pytest.mark.usefixtures("environment")
async def test_check_goes_through_everything_and_ends_badly_if_one_thing_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIGO_TELEGRAM__TOKEN", ANOTHER_TOKEN)
    assert await asyncio.to_thread(main, ["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in lines] == ["ok  ", "ok  ", "MEND", *["ok  "] * 10]
    assert ANOTHER_TOKEN not in "".join(lines)
