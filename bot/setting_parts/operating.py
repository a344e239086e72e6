"""How the bot is run: where it keeps everything, who watches over it, what it logs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.runtime.housekeeping import Retention
from bot.setting_faults import a_file, a_host
from bot.setting_parts.part import Part


class DatabasePart(Part):
    """Where everything is kept."""

    path: Annotated[Path, AfterValidator(a_file)] = Path("unigo.db")
    keep_messages_days: int = Field(default=7, ge=1, le=365)
    keep_letters_days: int = Field(default=730, ge=90, le=36_500)

    def retention(self) -> Retention:
        """What these settings mean."""
        return Retention(messages_days=self.keep_messages_days, letters_days=self.keep_letters_days)


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
