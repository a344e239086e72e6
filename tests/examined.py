"""What the doctor finds, by what it looked at."""

from __future__ import annotations

from pathlib import Path

from bot.doctor import Finding, examine
from bot.settings import Settings
from storage.migrate import known_migrations

EXAMPLE = Path("config.example.toml")
VERSION = len(known_migrations())
ANOTHER_TOKEN = "2234567890:EXAMPLE-token-of-another-bot-000"


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding async for finding in examine(settings, EXAMPLE)}


def make(path: Path, content: str | None) -> None:
    """A file with this content; a folder if there is none."""
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")
