"""The settings: the example is whole, the environment goes over the file, and every fault is one clear sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Part, Settings, SettingsError, load_settings, require_token

pytestmark = pytest.mark.usefixtures("folder")

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TOKEN = "1234567890:EXAMPLE-token-for-tests-only-0000"
COMMENTED_SETTING = re.compile(r"^# (\w+ = .*)$", re.MULTILINE)


def written(toml: str) -> Path:
    path = Path("config.toml")
    path.write_text(toml, encoding="utf-8")
    return path


def faults(toml: str = "") -> list[str]:
    written(toml)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).splitlines() == caught.value.faults
    return caught.value.faults


def keys(tables: dict[str, Any]) -> set[str]:
    return {f"{table}.{key}" for table, settings in tables.items() for key in settings}


def every_key() -> set[str]:
    parts = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {
        f"{name}.{key}"
        for name, part in parts.items()
        if isinstance(part, type) and issubclass(part, Part)
        for key in part.model_fields
    }


def test_the_example_loads_and_is_the_defaults() -> None:
    assert load_settings(EXAMPLE) == Settings()


def test_the_example_has_every_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    stated, all_of_them = tomllib.loads(text), tomllib.loads(COMMENTED_SETTING.sub(r"\1", text))
    assert keys(all_of_them) == every_key()
    # Only what is not set by default cannot be stated: TOML has no word for nothing.
    assert keys(all_of_them) - keys(stated) == {
        "telegram.token_file",
        "telegram.webhook_secret_file",
        "alarm.password_file",
        "backups.folder",
    }


def test_the_example_explains_every_setting() -> None:
    paragraphs = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    unexplained = [p for p in paragraphs[1:] if not re.match(r'(\[\w+\]\n)?# [\w"]', p)]
    assert unexplained == []


def test_without_a_file_there_are_defaults() -> None:
    assert load_settings() == Settings()


def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(Path("other.toml"))
    assert caught.value.faults == ["other.toml: there is no such file; copy config.example.toml."]


def test_the_environment_goes_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file = written('[logs]\nlevel = "debug"\nstyle = "json"\n[people]\nowners = [1]')
    monkeypatch.setenv("UNIGO_LOGS__LEVEL", "error")
    monkeypatch.setenv("unigo_delivery__per_second", "2.5")
    monkeypatch.setenv("UNIGO_PEOPLE__OWNERS", "12345678, 23456789")
    settings = load_settings(file)
    assert (settings.logs.level, settings.logs.style) == ("error", "json")
    assert settings.delivery.per_second == 2.5
    assert settings.people.owners == (12345678, 23456789)


@pytest.mark.parametrize("text", ["[7, 8]", "7,8", " 7 , 8 ", "[7,8,]"])
def test_lists_in_the_environment(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("UNIGO_PEOPLE__OWNERS", text)
    assert load_settings().people.owners == (7, 8)


def test_secrets_come_from_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("token.txt").write_text(f"{TOKEN}\n", encoding="utf-8")
    Path("secret.txt").write_text("only_telegram_knows_this\n", encoding="utf-8")
    settings = load_settings(written('[telegram]\ntoken_file = "token.txt"\nwebhook_secret_file = "secret.txt"'))
    assert settings.secrets == (TOKEN, "only_telegram_knows_this")
    monkeypatch.setenv("UNIGO_TELEGRAM__TOKEN", f"9{TOKEN}")
    assert load_settings().secrets == (f"9{TOKEN}", "only_telegram_knows_this")


def test_a_mark_that_an_editor_puts_at_the_beginning_is_not_read() -> None:
    Path("token.txt").write_text(f"{TOKEN}\r\n", encoding="utf-8-sig")
    Path("config.toml").write_text('[telegram]\r\ntoken_file = "token.txt"\r\n', encoding="utf-8-sig")
    assert load_settings().secrets == (TOKEN,)


def test_a_printed_setting_holds_no_secret() -> None:
    assert TOKEN not in repr(load_settings(written(f'[telegram]\ntoken = "{TOKEN}"')))


def test_a_missing_token_is_told() -> None:
    with pytest.raises(SettingsError) as caught:
        require_token(load_settings())
    assert caught.value.faults == ["telegram.token: is missing; @BotFather gives one."]


WRONG = {
    # what stands in the file: what is told
    '[telegram]\ntoken = "none"': "telegram.token: must look like 123456:ABC… (a number, a colon, and letters), "
    "as @BotFather gives it.",
    "[telegram]\ntoken = 5": "telegram.token: must be text in quotes.",
    '[telegram]\nbase_url = "nonsense"': 'telegram.base_url: has "nonsense"; '
    "must be an address such as https://api.telegram.org.",
    '[telegram]\nbase_url = "https://a b"': 'telegram.base_url: has "https://a b"; '
    "must be an address such as https://api.telegram.org.",
    '[telegram]\nmode = "push"': 'telegram.mode: has "push"; must be one of: polling, webhook.',
    '[telegram]\nmode = "webhook"': 'telegram.webhook_url: is missing; with mode = "webhook" it must be the address '
    "of this bot.",
    '[telegram]\nmode = "webhook"\nwebhook_url = "https://bot.example.org"\nwebhook_secret = "guess me"': (
        'telegram.webhook_secret: has the length 8; with mode = "webhook" it must have 16 to 256 of '
        "A-Z, a-z, 0-9, _ and -."
    ),
    '[telegram]\nwebhook_url = "http://bot.example.org"': 'telegram.webhook_url: has "http://bot.example.org"; '
    "must be an address that starts with https://.",
    '[telegram]\nwebhook_host = ""': 'telegram.webhook_host: has ""; '
    "must be an address of this machine, such as 127.0.0.1.",
    "[telegram]\nwebhook_port = 70000": "telegram.webhook_port: has 70000; must be a whole number from 0 to 65535.",
    "[telegram]\ntoken_file = 5": "telegram.token_file: has 5; must be a path, in quotes.",
    '[telegram]\ntoken_file = "gone.txt"': "telegram.token_file: the file gone.txt cannot be read "
    "(No such file or directory).",
    '[telegram]\ntoken_file = "."': "telegram.token_file: the file . cannot be read (Is a directory).",
    "telegram = 5": "telegram: has 5; must be a table with settings of its own.",
    '[desk]\noffice_from = "9 am"': 'desk.office_from: has "9 am"; must be a time of day such as "09:00".',
    '[desk]\noffice_from = "18:00"': 'desk.office_to: is "17:00"; it must be later than office_from.',
    '[desk]\ntime_zone = "Geneva"': 'desk.time_zone: has "Geneva"; '
    'must be the name of a time zone, such as "Europe/Zurich" or "UTC".',
    "[desk]\nanswer_within_hours = -1": "desk.answer_within_hours: has -1; must be a whole number from 0 to 1000.",
    '[desk]\noffice_days = ["monday"]': 'desk.office_days: has "monday"; '
    "must be a list with at least one of: mon, tue, wed, thu, fri, sat, sun.",
    "[backups]\nfolder = 5": "backups.folder: has 5; must be a path, in quotes.",
    "[people]\nowners = [-1001]": "people.owners: has [-1001]; must be a list of the numbers of persons, which are "
    "above 0; the bot tells yours at /me.",
    "[people]\nowners = [0]": "people.owners: has [0]; must be a list of the numbers of persons, which are above 0; "
    "the bot tells yours at /me.",
    "[desk]\noffice_days = []": "desk.office_days: has []; "
    "must be a list with at least one of: mon, tue, wed, thu, fri, sat, sun.",
    '[database]\npath = ""': 'database.path: has ""; must be the path of a file, not of a folder.',
    "[database]\nkeep_messages_days = 0": "database.keep_messages_days: has 0; must be a whole number from 1 to 365.",
    '[delivery]\nper_second = "many"': 'delivery.per_second: has "many"; must be a number above 0 and at most 1000.',
    "[delivery]\nper_second = nan": "delivery.per_second: has NaN; must be a number above 0 and at most 1000.",
    "[delivery]\nprivate_burst = 1.5": "delivery.private_burst: has 1.5; must be a whole number from 1 to 20.",
    "[delivery]\nin_flight = true": "delivery.in_flight: has true; must be a whole number from 1 to 500.",
    "[watch]\ndeaf_after_s = -1": "watch.deaf_after_s: has -1; must be a number above 0.",
    "[watch]\nmute_after_s = inf": "watch.mute_after_s: has Infinity; must be a number above 0.",
    '[alarm]\nsmtp_host = "mail.example.org"': "alarm.sender: is missing; with smtp_host it must be an e-mail address.",
    '[alarm]\nsmtp_host = "mail.example.org"\nsender = "bot@example.org"': "alarm.recipients: is missing; "
    "with smtp_host it must be a list of e-mail addresses.",
    '[alarm]\nrecipients = ["owner"]': 'alarm.recipients: has "owner"; '
    'must be an e-mail address such as "owner@example.org".',
    "[alarm]\nrecipients = 5": "alarm.recipients: has 5; "
    'must be a list of e-mail addresses such as ["owner@example.org"].',
    '[alarm]\nsmtp_host = "mail.example.org"\nsender = "bot@example.org"\nrecipients = ["owner@example.org"]\n'
    'user = "bot"\nsecurity = "none"': 'alarm.security: is "none"; with a user it must be one of: starttls, tls.',
    '[people]\nowners = "me"': 'people.owners: has "me"; must be a list of whole numbers such as [12345678, 23456789].',
    "[people]\nowners = 5": "people.owners: has 5; must be a list of whole numbers such as [12345678, 23456789].",
    '[people]\ndefault_language = "de"': 'people.default_language: has "de"; must be one of: ar, zh, en, fr, ru, es.',
    '[logs]\nlevle = "debug"': "logs.levle: there is no such setting; did you mean level?",
    "[elsewhere]": "elsewhere: there is no such setting; config.example.toml has them all.",
    "[logs": "config.toml: is not valid TOML: Expected ']' at the end of a table declaration (at end of document).",
}


@pytest.mark.parametrize(("toml", "told"), WRONG.items())
def test_a_wrong_setting_is_told_in_one_sentence(toml: str, told: str) -> None:
    assert faults(toml) == [told]


def test_every_fault_is_told_at_once() -> None:
    assert faults('[logs]\nlevel = "loud"\nstyle = "rhyme"') == [
        'logs.level: has "loud"; must be one of: debug, info, warning, error.',
        'logs.style: has "rhyme"; must be one of: text, json.',
    ]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "UNIGO_LOGS__LEVEL",
            "loud",
            'UNIGO_LOGS__LEVEL (logs.level): has "loud"; must be one of: debug, info, warning, error.',
        ),
        (
            "UNIGO_WATCH__PORT",
            "my own",
            'UNIGO_WATCH__PORT (watch.port): has "my own"; must be a whole number from 0 to 65535.',
        ),
        ("UNIGO_LOGS__LEVLE", "info", "UNIGO_LOGS__LEVLE (logs.levle): there is no such setting; did you mean level?"),
        ("UNIGO_LOGS", "info", "UNIGO_LOGS: there is no such setting; its name must be like UNIGO_LOGS__LEVEL."),
        ("UNIGO_TOKEN", TOKEN, "UNIGO_TOKEN: there is no such setting; its name must be like UNIGO_LOGS__LEVEL."),
    ],
)
def test_a_wrong_variable_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    assert faults() == [told]


@pytest.mark.parametrize(
    "toml",
    [
        f'[telegram]\ntoken = ["{TOKEN}"]',
        f'[telegram]\ntoken = "{TOKEN} and more"\nmode = "webhook"',
        f'[telegram]\ntoken = "bot{TOKEN}"',
        f'[telegram]\ntokn = "{TOKEN}"',
        f'[telegram]\nmode = "{TOKEN}"',  # in the wrong line
        f'[telegram]\ntoken = "{TOKEN}"\nmode = "webhook"',
        f'[telegram]\nwebhook_secret = "{TOKEN}"\nmode = "webhook"\nwebhook_url = "https://bot.example.org"',
        f'telegram = "{TOKEN}"',
    ],
)
def test_no_sentence_repeats_a_secret(toml: str) -> None:
    told = "\n".join(faults(toml))
    assert TOKEN.partition(":")[2] not in told


def test_a_file_that_is_no_text_is_told() -> None:
    Path("token.txt").write_bytes(b"\xff\xfe\x00")
    assert faults('[telegram]\ntoken_file = "token.txt"') == [
        "telegram.token_file: the file token.txt is not a text file."
    ]
    Path("token.txt").write_text("\n", encoding="utf-8")
    assert faults('[telegram]\ntoken_file = "token.txt"') == ["telegram.token_file: the file token.txt is empty."]
    Path("config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.faults == ["config.toml: is not a text file."]
