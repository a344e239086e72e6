"""Settings: `config.toml`, over it `UNIGO_…` environment variables; secrets also from files.

Nothing is read at import. Wrong settings are told all at once, one sentence each: which key, what it has, what is
allowed. The tables stand in `bot/setting_parts/`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.runtime.watching import WatchRules
from bot.setting_faults import ENVIRONMENT_PREFIX, misnamed_variables, sentences
from bot.setting_parts.alarm import AlarmPart
from bot.setting_parts.backups import BackupsPart
from bot.setting_parts.operating import DatabasePart, Logs, Watch
from bot.setting_parts.part import Part
from bot.setting_parts.people import AnnouncementsPart, DeskPart, People
from bot.setting_parts.telegram import Delivery, Floods, Handling, Telegram

__all__ = [
    "DEFAULT_FILE",
    "AlarmPart",
    "AnnouncementsPart",
    "BackupsPart",
    "DatabasePart",
    "Delivery",
    "DeskPart",
    "Floods",
    "Handling",
    "Logs",
    "Part",
    "People",
    "Settings",
    "SettingsError",
    "Telegram",
    "Watch",
    "load_settings",
    "require_token",
]

DEFAULT_FILE = Path("config.toml")
_NO_TOKEN = "is missing; @BotFather gives one"  # noqa: S105 - a sentence


class SettingsError(Exception):
    """The settings are wrong; `faults` has one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """All settings of the bot."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    telegram: Telegram = Telegram()
    database: DatabasePart = DatabasePart()
    delivery: Delivery = Delivery()
    handling: Handling = Handling()
    floods: Floods = Floods()
    people: People = People()
    desk: DeskPart = DeskPart()
    announcements: AnnouncementsPart = AnnouncementsPart()
    backups: BackupsPart = BackupsPart()
    watch: Watch = Watch()
    alarm: AlarmPart = AlarmPart()
    logs: Logs = Logs()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    def watch_rules(self) -> WatchRules:
        """How the bot is watched over."""
        watch, alarm = self.watch, self.alarm
        return WatchRules(
            watch.host,
            watch.port,
            watch.deaf_after_s,
            watch.mute_after_s,
            server=alarm.server(),
            alarm=alarm.rules(),
            backups=self.backups.rules(self.database.path),
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in any log."""
        return tuple(
            secret.get_secret_value()
            for secret in (self.telegram.token, self.telegram.webhook_secret, self.alarm.password)
            if secret.get_secret_value()
        )


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings from `file`, or from `config.toml` here if it is there, and from the environment.

    Raises:
        SettingsError: with every fault that was found.
    """
    path = file or DEFAULT_FILE
    values: dict[str, Any] = {}
    if path.is_dir():
        raise SettingsError([f"{path}: is a folder; name the file with the settings in it."])
    if file is not None or path.exists():
        try:
            values = TomlConfigSettingsSource(Settings, path).toml_data if path.exists() else _missing(path)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError([f"{path}: is not valid TOML: {error}."]) from None
        except UnicodeDecodeError:
            raise SettingsError([f"{path}: is not a text file."]) from None
        except OSError as error:
            raise SettingsError([f"{path}: cannot be read ({error.strerror})."]) from None
    faults = misnamed_variables(Settings)
    if not faults:
        try:
            return Settings(**values)
        except ValidationError as error:
            faults = sentences(error, Settings)
    raise SettingsError(faults)


def require_token(settings: Settings) -> None:
    """Raises SettingsError if there is no token."""
    if not settings.telegram.token.get_secret_value():
        raise SettingsError([f"telegram.token: {_NO_TOKEN}."])


def _missing(path: Path) -> dict[str, Any]:
    raise SettingsError([f"{path}: there is no such file; copy config.example.toml."])
