"""The doctor, and `check`, which prints what it finds: a line for each thing, ok or what to do."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import main
from bot.doctor import Finding, examine
from bot.runtime.spool import spool_folder
from bot.sandbox.server import Sandbox
from bot.settings import Settings, Telegram
from storage import about
from storage.database import open_database
from storage.migrate import known_migrations
from tests.chat import People
from tests.conftest import TOKEN, settings_for
from tests.mail_server import alarm_part, mail_server

VERSION = len(known_migrations())
ANOTHER_TOKEN = "2234567890:EXAMPLE-token-of-another-bot-000"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest.fixture
def settings(sandbox: Sandbox, people: People, path: Path) -> Settings:
    return settings_for(sandbox, path)


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding async for finding in examine(settings, "config.toml")}


async def test_all_is_well_before_the_first_start(settings: Settings, path: Path) -> None:
    found = await findings(settings)
    assert list(found) == [
        "configuration",
        "token",
        "inline mode",
        "database",
        "files",
        "migrations",
        "backups",
        "content",
        "understanding",
        "time zones",
        "alarm",
    ]
    assert [finding.what for finding in found.values() if not finding.is_ok] == []
    assert str(found["configuration"]) == "ok    configuration: config.toml"
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
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
    assert str(found["token"]) == (
        "MEND  token: Telegram refuses it (Unauthorized). Copy it anew from @BotFather."
    )  # fmt: skip


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


@pytest.mark.usefixtures("environment")
async def test_check_prints_a_line_for_each_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert await asyncio.to_thread(main, ["check"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    lines = printed.out.splitlines()
    assert len(lines) == 11
    assert all(line.startswith("ok    ") for line in lines)
    assert "defaults and the environment" in lines[0]


@pytest.mark.usefixtures("environment")
async def test_check_goes_through_everything_and_ends_badly_if_one_thing_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIGO_TELEGRAM__TOKEN", ANOTHER_TOKEN)
    assert await asyncio.to_thread(main, ["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in lines] == ["ok  ", "MEND", *["ok  "] * 8]
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
        told = {finding.what: finding async for finding in examine(alarmed, "config.toml", test_mail=True)}["alarm"]
        assert told == Finding("alarm", is_ok=True, told="a test mail was sent; see whether it arrived")
        assert box.subjects() == ["UNIGO bot: a test"]
        box.refusal = "550 no"
        told = {finding.what: finding async for finding in examine(alarmed, "config.toml", test_mail=True)}["alarm"]
        assert told.told == "The mail server takes no mail for any of the recipients. Check [alarm] in the settings."
        assert not told.is_ok
