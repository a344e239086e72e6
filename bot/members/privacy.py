"""What the privacy notice promises, as far as the bot counts with it; its words stand in `handlers/views/`."""

from __future__ import annotations

PRIVACY_NOTICE_VERSION = "2026-11-25"
"""Raised whenever the notice says something else of registered people: they are asked whether they agree."""
BACKUPS_DAYS = 30
"""For so long backups may hold what was deleted. Whoever makes backups keeps to it."""
