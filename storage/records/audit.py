"""What the audit log has, as values. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Name

THE_BOT = 0
"""The actor where nobody did it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what. `before` and `after` are JSON."""

    at: int
    actor_id: int
    act: str
    object: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry with its number and with the name that Telegram shows today for who did it; None: not known."""

    id: int
    entry: AuditEntry
    actor: Name | None
