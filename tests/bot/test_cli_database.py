"""The commands for the database: to migrate it, and to try again what was set aside; where a disk has no room."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage import inbox
from storage.database import Database, open_database
from storage.migrate import known_migrations
from storage.records import NewUpdate
from storage.session import Transaction
from tests.commands import told
from tests.inbox import take_in
from tests.processes import ROOT

pytestmark = pytest.mark.usefixtures("folder")


def test_migrate_makes_the_database_and_then_has_nothing_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = "".join(f"applied {step.version}: {step.name}\n" for step in known_migrations())
    assert steps.startswith("applied 1: the path\n")
    assert told(capsys, "migrate") == (0, f"{steps}unigo.db is up to date.\n", "")
    assert (folder / "unigo.db").exists()
    assert told(capsys, "migrate") == (0, "unigo.db is up to date.\n", "")


def test_migrate_refuses_what_is_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "unigo.db").write_text("a letter, and no database " * 50, encoding="utf-8")
    status, out, err = told(capsys, "migrate")
    assert (status, out) == (1, "")
    assert err.startswith("unigo-bot: The file is not a database of this bot. Check `database.path`.")
    assert len(err.splitlines()) == 1


@pytest.fixture
def with_aside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which 150 updates were set aside."""
    path = folder / "aside.db"
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(path))

    async def come(tx: Transaction) -> None:
        await take_in(tx, [NewUpdate(number, 1, "{}") for number in range(1001, 1151)], 1)

    async def set_aside(tx: Transaction) -> None:
        for seq in range(1, 151):
            await inbox.set_aside(tx, seq, "LookupError: of several\nlines", 1)

    async def fill() -> None:
        async with open_database(path, now_us=1) as database:
            await database.write(come)
            await database.write(set_aside)

    asyncio.run(fill())
    return path


def waiting(path: Path) -> list[int]:
    async def look(database: Database) -> list[int]:
        return [row.update_id for row in await inbox.waiting(database.reader, after=0, at_most=1000)]

    async def run() -> list[int]:
        async with open_database(path, now_us=1) as database:
            return await look(database)

    return asyncio.run(run())


def test_aside_lists_every_update_on_one_line(with_aside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "aside")
    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 151)
    assert lines[0] == "1001  tried 1 times  LookupError: of several lines"
    assert lines[-1] == "150 set aside."


def test_aside_tries_one_again_or_all(with_aside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "will be tried again; the running bot takes them up by itself."
    assert told(capsys, "aside", "--retry", "1150") == (0, f"1 {sentence}\n", "")
    assert waiting(with_aside) == [1150]
    assert told(capsys, "aside", "--retry", "1150") == (
        1,
        "",
        "unigo-bot: Nothing with the number 1150 was set aside.\n",
    )
    assert told(capsys, "aside", "--retry", "x") == (1, "", "unigo-bot: Nothing with the number x was set aside.\n")
    assert told(capsys, "aside", "--retry", "all") == (0, f"149 {sentence}\n", "")
    assert len(waiting(with_aside)) == 150
    assert told(capsys, "aside", "--retry", "all") == (0, f"0 {sentence}\n", "")


def test_aside_without_a_database_says_so_and_makes_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "aside")
    assert (status, out) == (1, "")
    assert err == "unigo-bot: unigo.db is not there or not up to date; start the bot first.\n"
    assert not (folder / "unigo.db").exists()


def on_a_disk_of_its_own(folder: Path, how: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command with a small disk at `folder`, which nobody else sees."""
    mounted = f'mount -t tmpfs -o {how} none "{folder}" && exec "$@"'
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def may_mount() -> bool:
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.skipif(not may_mount(), reason="needs the right to mount a disk")
def test_a_disk_that_is_full_or_may_not_be_written_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(capsys, "migrate")
    told(capsys, "backup", "before.zip")
    disk = folder / "disk"
    disk.mkdir()
    ended = on_a_disk_of_its_own(disk, "ro", "backup", str(disk / "backup.zip"))
    sentence = "Choose another folder, or allow the service this one: docs/backup.md tells how."
    reason = "cannot be used for backups (Read-only file system)"
    assert (ended.returncode, ended.stderr) == (1, f"unigo-bot: {disk} {reason}. {sentence}\n")
    monkeypatch.setenv("UNIGO_DATABASE__PATH", str(disk / "unigo.db"))
    ended = on_a_disk_of_its_own(disk, "size=100k", "restore", "before.zip")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"unigo-bot: There is no room for a backup in {disk}. Free some space.\n"
