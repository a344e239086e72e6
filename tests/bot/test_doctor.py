"""The doctor, and `check`, which prints what it finds: a line for each thing, ok or what to do."""

from __future__ import annotations

import asyncio
import os
import pwd
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import doctor_files
from bot.cli import main
from bot.doctor import Finding, examine
from bot.runtime.api import TELEGRAM_URL, not_accepted
from bot.runtime.clock import Clock
from bot.runtime.spool import spool_folder
from bot.sandbox.server import Sandbox
from bot.settings import AlarmPart, BackupsPart, DatabasePart, Settings, Telegram
from bot.settings import People as PeopleSettings
from storage import about
from storage.database import open_database
from storage.errors import StorageReadOnlyError
from storage.lock import held
from storage.migrate import known_migrations
from tests.chat import People
from tests.conftest import TOKEN, settings_for
from tests.mail_server import alarm_part, mail_server
from tests.rights import MAY_LOOK_EVERYWHERE

EXAMPLE = Path("config.example.toml")
VERSION = len(known_migrations())
ANOTHER_TOKEN = "2234567890:EXAMPLE-token-of-another-bot-000"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest.fixture
def settings(sandbox: Sandbox, people: People, path: Path) -> Settings:
    return settings_for(sandbox, path, people=PeopleSettings(owners=(7,)))


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding async for finding in examine(settings, EXAMPLE)}


async def test_all_is_well_before_the_first_start(settings: Settings, path: Path) -> None:
    found = await findings(settings)
    assert list(found) == [
        "configuration",
        "secrets",
        "token",
        "inline mode",
        "owners",
        "database",
        "files",
        "migrations",
        "backups",
        "disk",
        "content",
        "understanding",
        "time zones",
        "alarm",
    ]
    assert [finding.what for finding in found.values() if not finding.is_ok] == []
    assert str(found["configuration"]) == "ok    configuration: config.example.toml"
    assert str(found["token"]) == "ok    token: this is @unigo_test_bot"
    assert str(found["database"]) == f"ok    database: {path} will be made at the first start"
    assert str(found["files"]) == f"ok    files: {path}.files will be made at the first start"
    assert "topics" in found["content"].told
    assert "en" in found["content"].told
    assert not _exists(path)


async def test_all_is_well_after_it(settings: Settings, path: Path) -> None:
    async with open_database(path, now_us=1) as database:
        await database.write(lambda tx: about.belong_to(tx, int(TOKEN.partition(":")[0]), "unigo_test_bot"))
    found = await findings(settings)
    assert all(finding.is_ok for finding in found.values())
    assert str(found["database"]) == f"ok    database: {path}"
    assert str(found["migrations"]) == f"ok    migrations: version {VERSION}"


async def test_a_folder_for_files_that_cannot_be_written_is_told(settings: Settings, path: Path) -> None:
    folder = spool_folder(path)
    _make(folder, None)
    assert (await findings(settings))["files"] == Finding("files", is_ok=True, told=str(folder))
    folder.rmdir()
    _make(folder, "a file in the place of the folder")
    found = await findings(settings)
    assert [finding.what for finding in found.values() if not finding.is_ok] == ["files"]
    assert found["files"].told == f"{folder} is no folder. Move it away; files to be sent wait there."


@pytest.mark.skipif(MAY_LOOK_EVERYWHERE, reason="this user may write everywhere")
async def test_a_folder_for_files_without_the_right_to_write_is_told(settings: Settings, path: Path) -> None:
    spool_folder(path).mkdir(mode=0o500)
    told = f"{path}.files cannot be written; files to be sent wait there. Give the bot's user the right to."
    assert (await findings(settings))["files"] == Finding("files", is_ok=False, told=told)


async def test_inline_mode_is_told_and_how_to_turn_it_on(settings: Settings, people: People) -> None:
    assert str((await findings(settings))["inline mode"]) == "ok    inline mode: on: Centers can be shared in any chat"
    await people.post("/bots", {"token": TOKEN, "username": "unigo_test_bot", "supports_inline_queries": False})
    off = (await findings(settings))["inline mode"]
    assert off.is_ok, "the bot works without it"
    assert off.told.endswith("To turn it on, write /setinline to @BotFather.")


async def test_a_missing_token_is_told(settings: Settings) -> None:
    found = await findings(settings.model_copy(update={"telegram": Telegram()}))
    assert str(found["token"]) == "MEND  token: telegram.token: is missing; @BotFather gives one."


async def test_a_token_that_telegram_refuses_is_told_without_the_token(settings: Settings) -> None:
    wrong = Telegram(token=SecretStr(ANOTHER_TOKEN), base_url=settings.telegram.base_url)
    found = await findings(settings.model_copy(update={"telegram": wrong}))
    url = settings.telegram.base_url
    assert str(found["token"]) == (
        f"MEND  token: {url} does not accept this token. Is telegram.base_url right? If it is, copy the token anew. "
        "(It said: Unauthorized.)"
    )
    assert not_accepted(TELEGRAM_URL) == "Telegram does not accept this token. Copy it anew from @BotFather."


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("500", "Telegram could not tell (Internal Server Error). Try again in a minute."),
        ("429", "Telegram could not tell (Too Many Requests: retry after 7). Try again in a minute."),
        ("drop", "it could not be tried: Telegram was not reached (ServerDisconnectedError). Check this machine's c"),
    ],
)
async def test_a_token_that_could_not_be_tried_is_not_called_wrong(
    settings: Settings, people: People, kind: str, told: str
) -> None:
    await people.fault(kind, method="getMe", retry_after=7)
    token = (await findings(settings))["token"]
    assert (token.is_ok, token.told[: len(told)]) == (False, told)


async def test_a_dead_connection_is_told_without_the_token(settings: Settings) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    dead = Telegram(token=SecretStr(TOKEN), base_url=url)
    token = (await findings(settings.model_copy(update={"telegram": dead})))["token"]
    assert not token.is_ok
    assert token.told.startswith("it could not be tried: Telegram was not reached (")
    assert TOKEN not in token.told


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
    _make(path, content)
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


@pytest.fixture
def environment(settings: Settings, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("UNIGO_")]:
        monkeypatch.delenv(name)
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


def _exists(path: Path) -> bool:
    return path.exists()


def _make(path: Path, content: str | None) -> None:
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")


async def test_the_mail_server_is_tried_and_a_test_mail_is_sent_on_demand(settings: Settings) -> None:
    async with mail_server() as box:
        alarmed = settings.model_copy(update={"alarm": alarm_part(box)})
        assert (await findings(alarmed))["alarm"].is_ok
        assert box.mails == []
        told = {finding.what: finding async for finding in examine(alarmed, EXAMPLE, test_mail=True)}["alarm"]
        assert told == Finding("alarm", is_ok=True, told="a test mail was sent; see whether it arrived")
        assert box.subjects() == ["UNIGO bot: a test"]
        box.refusal = "550 no"
        told = {finding.what: finding async for finding in examine(alarmed, EXAMPLE, test_mail=True)}["alarm"]
        assert told.told == "The mail server takes no mail for any of the recipients. Check [alarm] in the settings."
        assert not told.is_ok


async def test_a_bot_that_nobody_owns_is_told_with_the_way_to_own_it(settings: Settings) -> None:
    assert (await findings(settings))["owners"].is_ok
    owners = (await findings(settings.model_copy(update={"people": PeopleSettings()})))["owners"]
    assert not owners.is_ok
    assert "Write /me to the bot: it tells your number for people.owners." in owners.told


async def test_secrets_that_everybody_may_read_are_told_with_what_to_type(settings: Settings, tmp_path: Path) -> None:
    config, token, password = (tmp_path / name for name in ("config.toml", "token.txt", "password.txt"))
    _write(config, "[logs]\n")
    _write(token, TOKEN)
    _write(password, "of the mail")
    telegram = settings.telegram.model_copy(update={"token_file": token})
    alarm = AlarmPart(password_file=password)
    kept = settings.model_copy(update={"telegram": telegram, "alarm": alarm})

    async def told() -> tuple[bool, str]:
        found = {finding.what: finding async for finding in examine(kept, config)}["secrets"]
        return found.is_ok, found.told

    token.chmod(0o640)
    password.chmod(0o600)
    assert await told() == (True, "nobody else on this machine may read them")
    token.chmod(0o644)
    password.chmod(0o602)
    assert await told() == (
        False,
        f"everybody on this machine may read {token} and {password}. Type: chmod o= {token} {password}",
    )
    token.chmod(0o600)
    password.chmod(0o600)
    _write(config, f'[telegram]\ntoken = "{TOKEN}"\n')
    assert await told() == (False, f"everybody on this machine may read {config}. Type: chmod o= {config}")
    config.chmod(0o600)
    assert (await told())[0]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644)


async def test_a_disk_without_room_for_a_copy_is_told(settings: Settings, path: Path) -> None:
    assert (await findings(settings))["disk"].told.endswith(" MB are left")
    _make(path, "")
    os.truncate(path, 2**43)  # as large as all of the disk; nothing of it is written
    disk = (await findings(settings))["disk"]
    assert not disk.is_ok
    assert disk.told.startswith("only ")
    assert f" MB are left on the disk of {path.parent}; 17,592,286 MB should be" in disk.told


async def test_a_database_in_what_is_no_folder_is_told(settings: Settings, tmp_path: Path) -> None:
    _make(tmp_path / "a file", "")
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
