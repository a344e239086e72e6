"""Settings: `config.toml`, over it `UNIGO_…` environment variables; secrets also from files.

Nothing is read at import. Wrong settings are told all at once, one sentence each: which key, what it has, what is
allowed.
"""

from __future__ import annotations

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.announcements.limits import Limits
from bot.desk.hours import WEEK_DAYS, Office
from bot.runtime.allowance import Allowance, FloodLimits
from bot.runtime.api import TELEGRAM_URL
from bot.runtime.housekeeping import Retention
from bot.setting_faults import (
    ENVIRONMENT_PREFIX,
    a_file,
    a_host,
    a_list,
    a_time,
    a_time_zone,
    a_token,
    a_webhook_url,
    allowed,
    is_address,
    misnamed_variables,
    sentences,
)

DEFAULT_FILE = Path("config.toml")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram allows from 1; what can be guessed keeps nobody out
OfficeDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_NO_TOKEN = "is missing; @BotFather gives one"  # noqa: S105 - a sentence


class SettingsError(Exception):
    """The settings are wrong; `faults` has one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _a_base_url(value: str) -> str:
    if not is_address(value, "http", "https"):
        raise ValueError(f"must be an address such as {TELEGRAM_URL}")
    return value.rstrip("/")


class Part(BaseModel):
    """A table of the file; a key that it does not know is a fault, most likely a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, bool) and field.annotation is not bool:
            raise ValueError(allowed(field))
        return value


class Telegram(Part):
    """Which bot this is, and how it talks to Telegram."""

    token: Annotated[SecretStr, AfterValidator(a_token)] = SecretStr("")
    token_file: Path | None = None
    base_url: Annotated[str, AfterValidator(_a_base_url)] = TELEGRAM_URL
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[str, AfterValidator(a_webhook_url)] = ""
    webhook_host: Annotated[str, AfterValidator(a_host)] = "127.0.0.1"
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
                if isinstance(path, str | Path) and str(path) and not values.get(name):
                    values[name] = _read_secret(f"{name}_file", Path(path))
        return values

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Telegram:
        if self.mode == "webhook":
            if not self.webhook_url:
                raise ValueError('webhook_url: is missing; with mode = "webhook" it must be the address of this bot')
            secret = self.webhook_secret.get_secret_value()
            if not _SECRET.fullmatch(secret):
                raise ValueError(
                    f"webhook_secret: has the length {len(secret)}; "
                    'with mode = "webhook" it must have 16 to 256 of A-Z, a-z, 0-9, _ and -'
                )
        return self


class DatabasePart(Part):
    """Where everything is kept."""

    path: Annotated[Path, AfterValidator(a_file)] = Path("unigo.db")
    keep_messages_days: int = Field(default=7, ge=1, le=365)
    keep_letters_days: int = Field(default=730, ge=90, le=36_500)

    def retention(self) -> Retention:
        """What these settings mean."""
        return Retention(messages_days=self.keep_messages_days, letters_days=self.keep_letters_days)


class Delivery(Part):
    """How fast the bot speaks."""

    per_second: float = Field(default=30.0, gt=0, le=1000)
    private_per_second: float = Field(default=1.0, gt=0, le=1000)
    private_burst: int = Field(default=3, ge=1, le=20)
    group_per_minute: int = Field(default=20, ge=1, le=1000)
    in_flight: int = Field(default=10, ge=1, le=500)
    paid_per_second: float = Field(default=1000.0, gt=0, le=10_000)
    paid_in_flight: int = Field(default=100, ge=1, le=500)


class Handling(Part):
    """How updates are handled."""

    tries: int = Field(default=3, ge=1, le=20)


class Floods(Part):
    """How much one person may send before the bot does not read on for a while."""

    messages_at_once: int = Field(default=100, ge=20, le=1000)
    messages_per_minute: float = Field(default=30.0, ge=6, le=600)
    group_at_once: int = Field(default=20, ge=5, le=1000)
    group_per_minute: float = Field(default=10.0, ge=1, le=600)
    presses_at_once: int = Field(default=60, ge=20, le=1000)
    presses_per_minute: float = Field(default=60.0, ge=6, le=600)
    queries_at_once: int = Field(default=100, ge=20, le=1000)
    queries_per_minute: float = Field(default=120.0, ge=6, le=600)
    pause_minutes: float = Field(default=2.0, ge=1, le=60)

    def limits(self) -> FloodLimits:
        """What these settings mean."""
        return FloodLimits(
            messages=Allowance(self.messages_at_once, self.messages_per_minute),
            in_groups=Allowance(self.group_at_once, self.group_per_minute),
            presses=Allowance(self.presses_at_once, self.presses_per_minute),
            queries=Allowance(self.queries_at_once, self.queries_per_minute),
            pause_s=60 * self.pause_minutes,
        )


class People(Part):
    """Who the bot serves."""

    owners: Annotated[tuple[int, ...], NoDecode, BeforeValidator(a_list)] = ()
    default_language: Literal["ar", "zh", "en", "fr", "ru", "es"] = "en"


class DeskPart(Part):
    """When the Secretariat is there, and what people may expect of it."""

    answer_within_hours: int = Field(default=48, ge=0, le=1000)
    alarm_after_hours: float = Field(default=8.0, ge=0, le=1000)
    letters_in_ten_minutes: int = Field(default=20, ge=3, le=1000)
    office_days: Annotated[tuple[OfficeDay, ...], NoDecode, BeforeValidator(a_list)] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    office_from: Annotated[str, AfterValidator(a_time)] = "09:00"
    office_to: Annotated[str, AfterValidator(a_time)] = "17:00"
    time_zone: Annotated[str, AfterValidator(a_time_zone)] = "UTC"

    @field_validator("office_days")
    @classmethod
    def _is_open_some_day(cls, value: tuple[OfficeDay, ...], info: ValidationInfo) -> tuple[OfficeDay, ...]:
        if not value:
            raise ValueError(allowed(cls.model_fields[info.field_name or ""]))
        return value

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> DeskPart:
        if self.office_from >= self.office_to:
            raise ValueError(f'office_to: is "{self.office_to}"; it must be later than office_from')
        return self

    def office(self) -> Office:
        """The office hours that these settings mean."""
        return Office(
            days=frozenset(WEEK_DAYS.index(day) for day in self.office_days),
            opens=time.fromisoformat(self.office_from),
            closes=time.fromisoformat(self.office_to),
            zone=ZoneInfo(self.time_zone),
            answer_within_hours=self.answer_within_hours,
            alarm_after_hours=self.alarm_after_hours,
            letters_in_ten_minutes=self.letters_in_ten_minutes,
        )


class AnnouncementsPart(Part):
    """What is to be careful about when many are written to at once."""

    second_person_from: int = Field(default=500, ge=0, le=1_000_000_000)

    def limits(self, per_second: float) -> Limits:
        """What these settings mean, at the pace at which the bot speaks."""
        return Limits(self.second_person_from, per_second)


class Watch(Part):
    """Health and figures, on a local address."""

    host: Annotated[str, AfterValidator(a_host)] = "127.0.0.1"
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
    floods: Floods = Floods()
    people: People = People()
    desk: DeskPart = DeskPart()
    announcements: AnnouncementsPart = AnnouncementsPart()
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


def _read_secret(key: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{key}: the file {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"{key}: the file {path} is not a text file") from None
    if not secret:
        raise ValueError(f"{key}: the file {path} is empty")
    return secret
