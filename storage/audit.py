"""The audit log: who did what, when, and what was before and after. Nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Any

from storage import plain_json
from storage.records import Name
from storage.records.audit import AuditEntry, AuditLine
from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are meant; what is empty lets everything pass.

    Attributes:
        act: what the name of the act begins with: 'role' means 'role.give' too.
        since: the first moment, in microseconds.
        before: the first moment that is too late.
    """

    actor_id: int | None = None
    act: str | None = None
    object: str | None = None
    since: int | None = None
    before: int | None = None


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
        before=None if before is None else plain_json.written(before),
        after=None if after is None else plain_json.written(after),
    )


async def latest(session: Session, *, at_most: int = 100) -> list[AuditEntry]:
    """The latest entries, newest first."""
    return [AuditEntry(**dict(row)) for row in await session.all(session.sql.audit.latest, at_most=at_most)]


async def search(
    session: Session, wanted: AuditFilter, *, at_most: int, older_than: int | None = None
) -> list[AuditLine]:
    """Entries, newest first; the next page has those `older_than` the number of the last one."""
    rows = await session.all(session.sql.audit.search, older_than=older_than, at_most=at_most, **_filter(wanted))
    return [_line(row) for row in rows]


async def actors(session: Session, *, at_most: int) -> list[tuple[int, Name]]:
    """Who has done anything and is known, whoever did something last first."""
    rows = await session.all(session.sql.audit.actors, at_most=at_most)
    return [(row["actor_id"], Name(row["first_name"], row["last_name"], row["username"])) for row in rows]


async def count(session: Session, wanted: AuditFilter) -> int:
    """How many entries there are."""
    number: int = await session.value(session.sql.audit.count, **_filter(wanted))
    return number


async def about(session: Session, things: Sequence[str], *, at_most: int, skipped: int = 0) -> list[AuditLine]:
    """What was done to things, three at most, newest first."""
    rows = await session.all(session.sql.audit.about, at_most=at_most, skipped=skipped, **_things(things))
    return [_line(row) for row in rows]


async def count_about(session: Session, things: Sequence[str]) -> int:
    """How many such entries there are."""
    number: int = await session.value(session.sql.audit.count_about, **_things(things))
    return number


def _things(things: Sequence[str]) -> dict[str, str | None]:
    padded = (*things, None, None, None)
    return {"first": padded[0], "second": padded[1], "third": padded[2]}


def _filter(wanted: AuditFilter) -> dict[str, Any]:
    return {**asdict(wanted), "act": None if wanted.act is None else f"{_literal(wanted.act)}%"}


def _literal(text: str) -> str:
    """A text as a pattern that means just this text."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _line(row: Row) -> AuditLine:
    fields = dict(row)
    number = fields.pop("id")
    first, last, username = (fields.pop(name) for name in ("first_name", "last_name", "username"))
    return AuditLine(number, AuditEntry(**fields), None if first is None else Name(first, last, username))
