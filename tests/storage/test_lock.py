"""One bot at a time on one database."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from bot.app import Running
from storage.errors import StorageLockedError
from storage.lock import held
from tests.conftest import StartBot


def test_it_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            held(tmp_path / "new folder" / "bot.db"),
            pytest.raises(StorageLockedError, match="running with"),
            held(tmp_path / "new folder" / "bot.db"),
        ):
            raise AssertionError("Held twice.")


async def test_a_second_bot_on_the_same_database_is_refused(bot: Running, start_bot: StartBot) -> None:
    with pytest.raises(StorageLockedError, match="Stop that one first"):
        async with start_bot():
            raise AssertionError("Two bots run.")


async def test_what_is_kept_is_nobody_elses_to_read(bot: Running) -> None:
    files = sorted(bot.database.path.parent.glob("bot.db*"))
    assert "bot.db-wal" in [file.name for file in files]
    modes = {file.suffix: stat.S_IMODE(file.stat().st_mode) for file in files if file.suffix != ".lock"}
    assert modes == {".db": 0o600, ".db-wal": 0o600, ".db-shm": 0o600, ".files": 0o700}


async def test_another_program_that_leaves_does_not_take_the_log_away(bot: Running) -> None:
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM inbox'); c.close()"
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", look, str(bot.database.path))
        assert await process.wait() == 0
        assert bot.database.path.with_name("bot.db-wal").exists()
