"""How the bot talks with Telegram: as which bot, how fast, and how much it lets anybody say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot.runtime.allowance import Allowance, FloodLimits
from bot.runtime.api import TELEGRAM_URL
from bot.setting_faults import a_host, a_token, a_webhook_url, is_address
from bot.setting_parts.part import Part, with_secrets

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram allows from 1; what can be guessed keeps nobody out


def _a_base_url(value: str) -> str:
    if not is_address(value, "http", "https"):
        raise ValueError(f"must be an address such as {TELEGRAM_URL}")
    return value.rstrip("/")


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
    set_profile: bool = True

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, values: Any) -> Any:
        return with_secrets(values, "token", "webhook_secret")

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
