"""The command that writes the lists of people into a file."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from bot.cli import main
from storage import audit
from storage.audit import AuditFilter
from storage.database import open_database
from tests.commands import told

pytestmark = pytest.mark.usefixtures("folder")


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


def test_an_export_that_cannot_be_written_is_told_and_not_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "migrate")
    status, _, err = told(capsys, "export", "nowhere/people.xlsx")
    sentence = "people.xlsx cannot be made (No such file or directory). Name a file in another folder."
    assert (status, err) == (1, f"unigo-bot: {folder}/nowhere/{sentence}\n")
    with closing(sqlite3.connect(folder / "unigo.db")) as database:
        assert database.execute("SELECT count(*) FROM audit").fetchone() == (0,)


def test_an_export_that_comes_to_nothing_leaves_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(folder / "unigo.db")):
        pass
    assert told(capsys, "export", "people.xlsx")[0] == 1
    assert not (folder / "people.xlsx").exists()
