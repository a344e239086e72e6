"""Settings: `config.toml`, over it `UNIGO_…` environment variables; secrets also from files.

Nothing is read at import. Wrong settings are told all at once, one sentence each: which key, what it has, what is
allowed.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import SettingsError as SourceError

from bot.runtime.api import TELEGRAM_URL

ENVIRONMENT_PREFIX = "UNIGO_"
DEFAULT_FILE = Path("config.toml")
_NO_TOKEN = "is missing; @BotFather gives one"  # noqa: S105 - a sentence


class SettingsError(Exception):
    """The settings are wrong; `faults` has one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _a_token(value: SecretStr) -> SecretStr:
    number, _, secret = value.get_secret_value().partition(":")
    if value.get_secret_value() and not (number.isdigit() and len(secret) >= 20 and secret.isascii()):  # noqa: PLR2004
        raise ValueError("must look like 123456:ABC… (a number, a colon, and letters), as @BotFather gives it")
    return value


def _a_base_url(value: str) -> str:
    TypeAdapter(HttpUrl).validate_python(value)
    return value.rstrip("/")


def _a_webhook_url(value: str) -> str:
    if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError("must start with https://")
    return value


class Part(BaseModel):
    """A table of the file; a key that it does not know is a fault, most likely a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Part):
    """Which bot this is, and how it talks to Telegram."""

    token: Annotated[SecretStr, AfterValidator(_a_token)] = SecretStr("")
    token_file: Path | None = None
    base_url: Annotated[str, AfterValidator(_a_base_url)] = TELEGRAM_URL
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[str, AfterValidator(_a_webhook_url)] = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=0, le=65535)
    webhook_secret: SecretStr = SecretStr("")
    webhook_secret_file: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, values: Any) -> Any:
        if isinstance(values, dict):
            values = dict(values)
            for name in ("token", "webhook_secret"):
                path = values.get(f"{name}_file")
                if path and not values.get(name):
                    values[name] = _read_secret(f"{name}_file", Path(path))
        return values

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Telegram:
        if self.mode == "webhook":
            if not self.webhook_url:
                raise ValueError("webhook_url is missing, and mode is webhook")
            secret = self.webhook_secret.get_secret_value()
            if not 16 <= len(secret) <= 256 or not all(c.isalnum() or c in "_-" for c in secret):  # noqa: PLR2004
                raise ValueError("webhook_secret must have 16 to 256 of A-Z, a-z, 0-9, _ and - when mode is webhook")
        return self


class DatabasePart(Part):
    """Where everything is kept."""

    path: Path = Path("unigo.db")
    keep_messages_days: int = Field(default=7, ge=1, le=365)


class Delivery(Part):
    """How fast the bot speaks."""

    per_second: float = Field(default=30.0, gt=0, le=1000)
    private_per_second: float = Field(default=1.0, gt=0, le=1000)
    private_burst: int = Field(default=3, ge=1, le=20)
    group_per_minute: int = Field(default=20, ge=1, le=1000)
    in_flight: int = Field(default=10, ge=1, le=500)


class Handling(Part):
    """How updates are handled."""

    tries: int = Field(default=3, ge=1, le=20)


class People(Part):
    """Who the bot serves."""

    owners: tuple[int, ...] = ()
    default_language: Literal["ar", "zh", "en", "fr", "ru", "es"] = "en"


class Watch(Part):
    """Health and figures, on a local address."""

    host: str = "127.0.0.1"
    port: int = Field(default=8090, ge=0, le=65535)
    deaf_after_s: float = Field(default=180.0, gt=0)
    mute_after_s: float = Field(default=120.0, gt=0)


class Logs(Part):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    style: Literal["text", "json"] = "text"


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
    people: People = People()
    watch: Watch = Watch()
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

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in any log."""
        return tuple(
            secret.get_secret_value()
            for secret in (self.telegram.token, self.telegram.webhook_secret)
            if secret.get_secret_value()
        )


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings from `file`, or from `config.toml` here if it is there, and from the environment.

    Raises:
        SettingsError: with every fault that was found.
    """
    path = file or DEFAULT_FILE
    values: dict[str, Any] = {}
    if file is not None or path.exists():
        try:
            values = TomlConfigSettingsSource(Settings, path).toml_data if path.exists() else _missing(path)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError([f"{path}: is not valid TOML: {error}."]) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError([f"{path}: cannot be read ({error})."]) from None
    faults = _unknown_variables()
    try:
        settings = Settings(**values)
    except ValidationError as error:
        faults += [_sentence(fault) for fault in error.errors()]
    except SourceError as error:  # a list in a variable that is not JSON
        faults.append(f"environment: {error}; lists are written like [1, 2].")
    if faults:
        raise SettingsError(faults)
    return settings


def require_token(settings: Settings) -> None:
    """Raises SettingsError if there is no token."""
    if not settings.telegram.token.get_secret_value():
        raise SettingsError([f"telegram.token: {_NO_TOKEN}."])


def _missing(path: Path) -> dict[str, Any]:
    raise SettingsError([f"{path}: there is no such file; copy config.example.toml."])


def _read_secret(key: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{key}: the file {path} cannot be read ({error})") from None


def _sentence(fault: Any) -> str:
    key = ".".join(str(part) for part in fault["loc"]) or "settings"
    told = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    if fault["type"] == "extra_forbidden":
        return f"{key}: there is no such setting; see config.example.toml."
    is_secret = any(name in key for name in ("token", "secret"))
    if is_secret or (fault["type"] == "value_error" and isinstance(fault["input"], dict)):
        return f"{key}: {told}."
    return f"{key}: has {fault['input']!r}; {_lower_first(told)}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _unknown_variables() -> list[str]:
    known = {f"{ENVIRONMENT_PREFIX}{part.upper()}" for part in Settings.model_fields}
    return [
        f"{name}: there is no such setting; see config.example.toml."
        for name in sorted(os.environ)
        if name.startswith(ENVIRONMENT_PREFIX) and name.partition("__")[0] not in known
    ]
