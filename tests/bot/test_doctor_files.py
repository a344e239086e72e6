"""The doctor: what it finds of the database, the files and the disk."""

from __future__ import annotations

import os
import pwd
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import doctor_files
from bot.doctor import Finding
from bot.runtime.clock import Clock
from bot.runtime.spool import spool_folder
from bot.settings import BackupsPart, DatabasePart, Settings
from storage import about
from storage.database import open_database
from storage.errors import StorageReadOnlyError
from storage.lock import held
from tests.examined import VERSION, findings, make
from tests.rights import MAY_LOOK_EVERYWHERE


async def test_a_folder_for_files_that_cannot_be_written_is_told(settings: Settings, path: Path) -> None:
    folder = spool_folder(path)
    make(folder, None)
    assert (await findings(settings))["files"] == Finding("files", is_ok=True, told=str(folder))
    folder.rmdir()
    make(folder, "a file in the place of the folder")
    found = await findings(settings)
    assert [finding.what for finding in found.values() if not finding.is_ok] == ["files"]
    assert found["files"].told == f"{folder} is no folder. Move it away; files to be sent wait there."


@pytest.mark.skipif(MAY_LOOK_EVERYWHERE, reason="this user may write everywhere")
async def test_a_folder_for_files_without_the_right_to_write_is_told(settings: Settings, path: Path) -> None:
    spool_folder(path).mkdir(mode=0o500)
    told = f"{path}.files cannot be written; files to be sent wait there. Give the bot's user the right to."
    assert (await findings(settings))["files"] == Finding("files", is_ok=False, told=told)


async def test_another_bots_database_is_told(settings: Settings, path: Path) -> None:
    async with open_database(path, now_us=1) as database:
        await database.write(lambda tx: about.belong_to(tx, 5, "other_bot"))
    assert str((await findings(settings))["token"]) == (
        f"MEND  token: it is @unigo_test_bot's, but the database {path} belongs to @other_bot. "
        "Use another database.path."
    )


async def test_a_newer_database_is_told(settings: Settings, path: Path) -> None:
    async with open_database(path, now_us=1):
        pass
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO schema_migrations VALUES (9999, 'of the future', 'x', 1)")
    found = await findings(settings)
    assert not found["migrations"].is_ok
    assert found["migrations"].told.startswith(f"The database is at version {VERSION + 1}, but this program knows")
    assert found["token"].is_ok


@pytest.mark.parametrize("content", ["a letter, and no database " * 50, None], ids=["a letter", "a folder"])
async def test_what_is_no_database_is_told(settings: Settings, path: Path, content: str | None) -> None:
    make(path, content)
    migrations = (await findings(settings))["migrations"]
    assert not migrations.is_ok
    assert migrations.told.startswith(
        "The file is not a database of this bot." if content else "The database cannot be opened."
    )


async def test_a_database_of_another_program_is_told(settings: Settings, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    assert (await findings(settings))["migrations"] == Finding(
        "migrations", is_ok=False, told="The file is the database of another program. Check `database.path`."
    )


async def test_a_disk_without_room_for_a_copy_is_told(settings: Settings, path: Path) -> None:
    assert (await findings(settings))["disk"].told.endswith(" MB are left")
    make(path, "")
    os.truncate(path, 2**43)  # as large as all of the disk; nothing of it is written
    disk = (await findings(settings))["disk"]
    assert not disk.is_ok
    assert disk.told.startswith("only ")
    assert f" MB are left on the disk of {path.parent}; 17,592,286 MB should be" in disk.told


async def test_a_database_in_what_is_no_folder_is_told(settings: Settings, tmp_path: Path) -> None:
    make(tmp_path / "a file", "")
    path = tmp_path / "a file" / "there" / "unigo.db"
    found = (await findings(settings.model_copy(update={"database": DatabasePart(path=path)})))["database"]
    assert (found.is_ok, found.told) == (
        False,
        f"{tmp_path}/a file is no folder. Set database.path to a place where the bot's user may write.",
    )


@pytest.mark.skipif(MAY_LOOK_EVERYWHERE, reason="this user may write everywhere")
@pytest.mark.parametrize("which", ["", ".lock", "-wal"])
async def test_a_file_of_the_databases_that_is_anothers_is_told(path: Path, which: str) -> None:
    async with open_database(path, now_us=1):
        pass
    file = path.with_name(f"{path.name}{which}")
    file.touch()
    file.chmod(0o400)
    user = pwd.getpwuid(os.geteuid()).pw_name
    told = f"{file} cannot be written. Type: sudo chown {user} {file}"
    assert doctor_files.database(path) == Finding("database", is_ok=False, told=told)
    if which == ".lock":
        with pytest.raises(StorageReadOnlyError, match="the right to write it: `sudo chown` does that"), held(path):
            pass


@pytest.mark.skipif(MAY_LOOK_EVERYWHERE, reason="this user may write everywhere")
async def test_a_folder_that_may_not_be_entered_is_told(settings: Settings, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    part = DatabasePart(path=closed / "unigo.db")
    closed.chmod(0)
    found = await findings(settings.model_copy(update={"database": part}))
    assert found["database"].told == f"{closed} cannot be written. Give the bot's user the right to."
    assert found["migrations"].told.startswith(f"{closed}/unigo.db cannot be opened (Permission denied). Give the")


async def test_a_bot_that_has_run_for_long_without_a_backup_is_told(settings: Settings, path: Path) -> None:
    kept = settings.model_copy(update={"backups": BackupsPart()})
    async with open_database(path, now_us=Clock().now_us()):
        assert (await findings(kept))["backups"].is_ok
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE schema_migrations SET applied_at = 1")
    assert (await findings(kept))["backups"] == Finding(
        "backups",
        is_ok=False,
        told=f"the bot makes one each day in {path}.backups; none is there yet. Is the bot running? Look for "
        "backup_failed in its log.",
    )
