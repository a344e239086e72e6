"""Backups are whole while a bot writes, and are made where there is room for them."""

# ruff: noqa: ASYNC240 - small files on a local disk

from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.runtime.backup_file import BackupError, make_backup
from bot.runtime.clock import MovableClock
from bot.runtime.restoring import Queued, restore
from bot.runtime.spool import Spool, spool_folder
from storage import outbox
from storage.database import open_database
from storage.records import Call, MessageClass, NewMessage
from storage.session import Transaction
from tests.backups import queued
from tests.chat import People
from tests.conftest import StartBot
from tests.processes import ROOT


async def test_a_backup_holds_what_was_committed_and_the_files_that_wait(
    path: Path, target: Path, clock: MovableClock
) -> None:
    spool = Spool(spool_folder(path), clock)
    async with open_database(path, now_us=1) as database:
        await queued(database, "Here it is", upload=await spool.keep(b"what waits", "list.txt"))
        await spool.keep(b"of nobody", "other.txt")
        made = await make_backup(path, target)
    assert (made.files, stat.S_IMODE(target.stat().st_mode)) == (1, 0o600)
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []
    with pytest.raises(BackupError, match="written over"):
        await make_backup(path, target)
    await restore(target, path, clock, Queued.SEND)
    [kept] = spool_folder(path).iterdir()
    assert kept.read_bytes() == b"what waits"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_a_backup_while_much_is_written_is_one_moment(path: Path, target: Path, clock: MovableClock) -> None:
    """Each transaction writes two rows; a copy that had one alone would be torn."""
    async with open_database(path, now_us=1) as database:

        async def two(tx: Transaction) -> None:
            for person in (1, 2):
                content = Call("sendMessage", {})
                outbox.add(tx, NewMessage(chat_id=person, message_class=MessageClass.REPLY, content=content), 1)

        async def write() -> int:
            written = 0
            while not target.exists():
                await database.write(two)
                written += 1
            return written

        for _ in range(100):
            await database.write(two)
        written, _made = await asyncio.gather(write(), make_backup(path, target))
        assert written > 1
        # Another program that comes and goes still finds this one's locks, and leaves the log where it is.
        look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM inbox'); c.close()"
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", look, str(path))
        assert await process.wait() == 0
        assert path.with_name("bot.db-wal").exists()
        await database.write(two)
    await restore(target, path, clock, Queued.SEND)
    with closing(sqlite3.connect(path)) as conn:
        rows = [number for (number,) in conn.execute("SELECT count(*) FROM outbox GROUP BY chat_id")]
    assert len(rows) == 2
    assert rows[0] == rows[1]


async def test_a_folder_that_cannot_be_used_is_told(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_database(path, now_us=1):
        pass
    (tmp_path / "a file").touch()
    with pytest.raises(BackupError, match=r"cannot be used for backups \(Not a directory\)"):
        await make_backup(path, tmp_path / "a file" / "backup.zip")
    with pytest.raises(BackupError, match=r"cannot be used for backups"):
        await make_backup(path, Path("/dev/full") / "backup.zip")
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(tmp_path / "none.db"))
    assert await asyncio.to_thread(main, ["backup", str(tmp_path / "new.zip")]) == 1
    assert capsys.readouterr().err == f"unigo-bot: There is no database at {tmp_path / 'none.db'}.\n"
    assert not (tmp_path / "none.db").exists()


async def test_a_running_bot_is_backed_up_by_the_command(
    start_bot: StartBot, path: Path, target: Path, people: People
) -> None:
    async with start_bot():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "backup", str(target),
            env={"PATH": "", "PYTHONPATH": str(ROOT), "UNIGO_DATABASE__PATH": str(path)}, cwd=path.parent,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, _ = await process.communicate()
        assert process.returncode == 0
        assert printed.decode().startswith(f"{target}: 0.")
        assert path.with_name("bot.db-wal").exists()
        await (await people.person("Delegate A")).start()  # which waits for the reply
