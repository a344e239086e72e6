"""The audit log, or a part of it, as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.members.roles import Rights
from bot.members.tables import Book, Cell, Column, CsvBook, FileForm, Table, XlsxBook, moment
from storage import audit
from storage.audit import AuditFilter
from storage.records.audit import THE_BOT, AuditLine
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

PIECE = 500
"""Entries that are in memory at a time."""
LOG = "log"


class LogColumn(StrEnum):
    """What a row tells of an act, in this order."""

    AT = "at"
    ACTOR_ID = "actor_id"
    ACTOR = "actor"
    ACT = "act"
    WHAT = "what"
    OBJECT = "object"
    BEFORE = "before"
    AFTER = "after"


_WIDTHS = {
    LogColumn.AT: 18, LogColumn.ACTOR_ID: 14, LogColumn.ACTOR: 28, LogColumn.ACT: 22, LogColumn.WHAT: 40,
    LogColumn.OBJECT: 18,
        LogColumn.BEFORE: 50, LogColumn.AFTER: 50,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogWords:
    """What stands in the file, in the language of whoever wants it. `the_bot` is who did what nobody did.

    `acts`: what was done, by the name of the act.
    """

    language: str
    log: str
    columns: Mapping[LogColumn, str]
    the_bot: str
    acts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MadeLog:
    """What was written."""

    path: Path
    entries: int


async def search(
    session: Session, rights: Rights, by: int, wanted: AuditFilter, *, at_most: int, older_than: int | None = None
) -> list[AuditLine]:
    """Entries, newest first; the next page has those `older_than` the number of the last one.

    Raises:
        NotAllowedError: only the Secretariat reads the log.
    """
    await rights.need_staff(session, by)
    return await audit.search(session, wanted, at_most=at_most, older_than=older_than)


async def export_log(
    session: Session,
    rights: Rights,
    by: int,
    wanted: AuditFilter,
    *,
    words: LogWords,
    form: FileForm,
    folder: Path,
    now: int,
) -> MadeLog:
    """Write the log, newest first, into a file in a folder. Not in a transaction: it takes a while.

    Raises:
        NotAllowedError: only the Secretariat gets the log.
    """
    await rights.need_staff(session, by)
    table = Table(words.log, tuple(Column(words.columns[column], _WIDTHS[column]) for column in LogColumn))
    with await asyncio.to_thread(_book, form, folder, table, words, now) as book:
        older_than: int | None = None
        while lines := await audit.search(session, wanted, at_most=PIECE, older_than=older_than):
            await asyncio.to_thread(book.add, LOG, [_row(line, words) for line in lines])
            older_than = lines[-1].id
        await asyncio.to_thread(book.close)
    return MadeLog(book.paths[0], book.rows[LOG])


async def note(tx: Transaction, rights: Rights, by: int, wanted: AuditFilter, made: MadeLog, *, now: int) -> None:
    """Note in the audit log who was given it. Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    wishes = {key: value for key, value in asdict(wanted).items() if value is not None}
    await audit.add(tx, by, "log.export", "audit", now=now, after={"entries": made.entries, "filter": wishes})


def _book(form: FileForm, folder: Path, table: Table, words: LogWords, now: int) -> Book:
    folder.mkdir(parents=True, exist_ok=True)
    if form == FileForm.CSV:
        return CsvBook(folder, {LOG: table})
    made_at = datetime.fromtimestamp(now / SECOND_US, UTC)
    return XlsxBook(folder / "log.xlsx", {LOG: table}, language=words.language, made_at=made_at)


def _row(line: AuditLine, words: LogWords) -> list[Cell]:
    entry = line.entry
    name = None if line.actor is None else line.actor.full
    if entry.actor_id == THE_BOT:
        name = words.the_bot
    what = words.acts.get(entry.act)
    return [moment(entry.at), str(entry.actor_id), name, entry.act, what, entry.object, entry.before, entry.after]
