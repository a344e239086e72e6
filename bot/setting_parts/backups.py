"""When backups are made, where they stand and how many are kept."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.runtime.backups import BackupRules
from bot.setting_faults import a_time
from bot.setting_parts.part import Part


class BackupsPart(Part):
    """The daily backup."""

    folder: Path | None = None
    time_utc: Annotated[str, AfterValidator(a_time)] = "03:00"
    keep_daily: int = Field(default=7, ge=0, le=30)
    keep_weekly: int = Field(default=4, ge=0, le=4)

    def rules(self, database: Path) -> BackupRules:
        """What these settings mean for a database."""
        folder = self.folder or database.with_name(f"{database.name}.backups")
        return BackupRules(folder, time.fromisoformat(self.time_utc), self.keep_daily, self.keep_weekly)
