"""The doctor: what it finds of the settings, the token, the owners and the mail."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import Finding, examine
from bot.runtime.api import TELEGRAM_URL, not_accepted
from bot.settings import AlarmPart, Settings, Telegram
from bot.settings import People as PeopleSettings
from storage import about
from storage.database import open_database
from tests.chat import People
from tests.conftest import TOKEN
from tests.examined import ANOTHER_TOKEN, EXAMPLE, VERSION, findings
from tests.mail_server import alarm_part, mail_server


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


def _exists(path: Path) -> bool:
    return path.exists()


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
