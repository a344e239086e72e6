"""Settings: `config.toml`, over it `UNIGO_…` environment variables; secrets also from files.

Nothing is read at import. Wrong settings are told all at once, one sentence each: which key, what it has, what is
allowed. The tables stand in `bot/setting_parts/`.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.runtime.watching import WatchRules
from bot.setting_faults import ENVIRONMENT_PREFIX, SettingsError, misnamed_variables, sentences
from bot.setting_file import DEFAULT_FILE, table_in, tables_in
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
    "load_alarm",
    "load_settings",
    "require_token",
]

_NO_TOKEN = "is missing; @BotFather gives one"  # noqa: S105 - a sentence


class _FromFileAndEnvironment(BaseSettings):
    """What is given to it comes from the file; the environment goes over it."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="__",
        frozen=True,
        nested_model_default_partial_update=True,
    )

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


class Settings(_FromFileAndEnvironment):
    """All settings of the bot."""

    model_config = SettingsConfigDict(extra="forbid")

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


class _AlarmAlone(_FromFileAndEnvironment):
    model_config = SettingsConfigDict(extra="ignore")

    alarm: AlarmPart = AlarmPart()


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings from `file`, or from `config.toml` here if it is there, and from the environment.

    Raises:
        SettingsError: with every fault that was found.
    """
    values = tables_in(file)
    faults = misnamed_variables(Settings)
    if not faults:
        try:
            return Settings(**values)
        except ValidationError as error:
            faults = sentences(error, Settings)
    raise SettingsError(faults)


def load_alarm(file: Path | None = None) -> AlarmPart:
    """`[alarm]` alone, whatever is wrong elsewhere, and of it what is right: for the mail that the bot does not run.

    Raises:
        SettingsError: what is right does not suffice.
    """
    table = table_in(file, "alarm")
    while True:
        try:
            return _AlarmAlone(alarm=table).alarm
        except ValidationError as error:
            wrong = {fault["loc"][1] for fault in error.errors() if len(fault["loc"]) > 1}
            if not isinstance(table, dict) or not wrong & table.keys():
                raise SettingsError(sentences(error, Settings)) from None
            table = {key: value for key, value in table.items() if key not in wrong}


def require_token(settings: Settings) -> None:
    """Raises SettingsError if there is no token."""
    if not settings.telegram.token.get_secret_value():
        raise SettingsError([f"telegram.token: {_NO_TOKEN}."])
