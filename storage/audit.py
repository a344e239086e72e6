"""The audit log: who did what, when, and what was before and after. Nothing in it is ever changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.session import Session, Transaction

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


async def add(
    tx: Transaction,
    actor_id: int,
    act: str,
    what: str,
    *,
    now: int,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note an act, in the transaction that does it."""
    await tx.run(
        tx.sql.audit.add,
        at=now,
        actor_id=actor_id,
        act=act,
        object=what,
        before=None if before is None else json.dumps(before),
        after=None if after is None else json.dumps(after),
    )


async def latest(session: Session, *, at_most: int = 100) -> list[AuditEntry]:
    """The latest entries, newest first."""
    return [AuditEntry(**dict(row)) for row in await session.all(session.sql.audit.latest, at_most=at_most)]
