"""Lists that members of the Secretariat read in, and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from sqlite3 import Row

from storage import plain_json
from storage.records.imports import ImportRun, ImportState, SeenSheet
from storage.session import Session, Transaction


async def add(
    tx: Transaction, person_id: int, *, file_id: str, filename: str, sheets: Sequence[SeenSheet], now: int
) -> int:
    """Keep a new one; its id. A person has one open at a time (StatementError)."""
    number: int = await tx.value(
        tx.sql.imports.add, person_id=person_id, file_id=file_id, filename=filename, sheets=_json(sheets), now=now
    )
    return number


async def by_id(session: Session, number: int) -> ImportRun | None:
    """One, whatever became of it."""
    return _found(await session.one(session.sql.imports.by_id, id=number))


async def open_of(session: Session, person_id: int) -> ImportRun | None:
    """The one that somebody has under way."""
    return _found(await session.one(session.sql.imports.open_of, person_id=person_id))


async def at_work(session: Session) -> list[ImportRun]:
    """Those that a worker has to go on with, whoever waits longest first."""
    return [_run(row) for row in await session.all(session.sql.imports.at_work)]


async def step(
    tx: Transaction,
    seen: ImportRun,
    state: ImportState,
    *,
    outcome: str | None = None,
    message_id: int | None = None,
    now: int,
) -> bool:
    """Lead one as it was `seen` into another state; False if it is no longer so."""
    touched = await tx.run(
        tx.sql.imports.step,
        id=seen.id, before=seen.state, edition=seen.edition, state=state, outcome=outcome, message_id=message_id,
        now=now,
    )  # fmt: skip
    return touched == 1


async def set_sheets(tx: Transaction, seen: ImportRun, sheets: Sequence[SeenSheet], *, now: int) -> bool:
    """Set what its columns are read into; False if it is no longer as it was seen."""
    touched = await tx.run(tx.sql.imports.set_sheets, id=seen.id, edition=seen.edition, sheets=_json(sheets), now=now)
    return touched == 1


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` that nobody has touched since before a time; returns how many."""
    return await tx.run(tx.sql.imports.forget_old, before=before, at_most=at_most)


def _json(sheets: Sequence[SeenSheet]) -> str:
    return plain_json.written([asdict(sheet) for sheet in sheets])


def _found(row: Row | None) -> ImportRun | None:
    return None if row is None else _run(row)


def _run(row: Row) -> ImportRun:
    fields = dict(row)
    sheets = [SeenSheet(**{**one, "headings": tuple(one["headings"])}) for one in plain_json.read(fields["sheets"])]
    return ImportRun(**{**fields, "state": ImportState(fields["state"]), "sheets": tuple(sheets)})
