"""The command that writes the lists of people into a file."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import openpyxl
import pytest

from bot.cli import main
from storage import audit
from storage.audit import AuditFilter
from storage.database import open_database


async def test_the_export_is_the_secretariats_and_is_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(path))
    file = tmp_path / "participants.xlsx"
    async with open_database(path, now_us=1) as database:
        assert await asyncio.to_thread(main, ["export", str(file)]) == 0
        [line] = await audit.search(database.reader, AuditFilter(), at_most=5)
    assert (line.entry.act, line.entry.actor_id) == ("database.export", 0)
    assert openpyxl.load_workbook(file).sheetnames == ["Centers", "Delegates and guests", "About this file"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await asyncio.to_thread(main, ["export", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err
