"""A list on its way into the database: it waits for a person, then for a worker, and is never done twice.

Where it is stands in a row, so a process that is killed goes on from there. Every step checks whose list it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.members.importing.fields import Target
from bot.members.importing.headings import Headings
from bot.members.importing.mapping import ColumnMapping, guess
from bot.members.importing.planning import Mapped
from bot.members.importing.reading import Sheet
from bot.members.roles import NotAllowedError, Rights
from storage import imports, requests
from storage.records.durations import DAY_US
from storage.records.imports import OPEN, ImportRun, ImportState, SeenSheet
from storage.records.members import Awaited
from storage.session import Session, Transaction

LIST = "list"
"""What is awaited, in `answers_awaited`."""
AWAITED_US = DAY_US
"""A file that comes a day later is an ordinary one."""
HEADING_AT_MOST = 60
"""Characters of a heading that are kept to be shown."""


class NoSuchImportError(Exception):
    """There is no such list, or it is gone."""


class StaleImportError(Exception):
    """The list is no longer where whoever pressed saw it."""


@dataclass(frozen=True, slots=True)
class Received:
    """A list that was read: where Telegram has it, and its sheets."""

    file_id: str
    filename: str
    sheets: tuple[SeenSheet, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a sheet; both count from 0."""

    sheet: int
    column: int


def seen(sheets: Sequence[Sheet], headings: Headings) -> tuple[SeenSheet, ...]:
    """Sheets with the likeliest mapping; one that names nobody is left out where others do."""
    guesses = [(sheet, guess(sheet, headings)) for sheet in sheets]
    some_fit = any(mapping.fault is None for _, mapping in guesses)
    return tuple(
        SeenSheet(
            sheet.name,
            tuple(" ".join(f"{one.group} {one.text}".split())[:HEADING_AT_MOST] for one in sheet.headings),
            len(sheet.rows),
            mapping.as_text(),
            is_read=mapping.fault is None or not some_fit,
        )
        for sheet, mapping in guesses
    )


async def expect(tx: Transaction, rights: Rights, by: int, now: int) -> None:
    """The file that somebody sends next in private is a list. Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    await requests.await_answer(tx, Awaited(by, by, LIST, 0, None, now))


async def is_expected(session: Session, rights: Rights, by: int, now: int) -> bool:
    """Whether the file that somebody sends next in private is a list."""
    row = await requests.awaited(session, by, by)
    return row is not None and row.what == LIST and now - row.since <= AWAITED_US and await rights.is_staff(session, by)


async def expect_no_more(tx: Transaction, by: int, chat_id: int) -> bool:
    """What somebody sends in a chat is an ordinary file; False if it was before."""
    row = await requests.awaited(tx, by, chat_id)
    return row is not None and row.what == LIST and await requests.stop_awaiting(tx, by, chat_id)


async def begin(tx: Transaction, rights: Rights, received: Received, *, by: int, now: int) -> ImportRun:
    """Take a list; the one that they had under way is given up for it.

    Raises:
        NotAllowedError: only the Secretariat reads lists in.
        StaleImportError: theirs is being read in right now.
    """
    await rights.need_staff(tx, by)
    await expect_no_more(tx, by, by)
    before = await imports.open_of(tx, by)
    if before is not None:
        await _step(tx, before, ImportState.CANCELLED, now=now)
    number = await imports.add(
        tx, by, file_id=received.file_id, filename=received.filename, sheets=received.sheets, now=now
    )
    return await find(tx, rights, number, by=by)


async def find(session: Session, rights: Rights, number: int, *, by: int) -> ImportRun:
    """A list of theirs, whatever became of it.

    Raises NotAllowedError (nobody has to do with another's list, either) and NoSuchImportError.
    """
    await rights.need_staff(session, by)
    run = await imports.by_id(session, number)
    if run is None:
        raise NoSuchImportError
    if run.person_id != by:
        raise NotAllowedError
    return run


async def set_column(
    tx: Transaction, rights: Rights, number: int, place: Place, target: Target | None, *, by: int, now: int
) -> ImportRun:
    """Say what a column is read into. Raises NotAllowedError, NoSuchImportError, StaleImportError."""
    run = await find(tx, rights, number, by=by)
    shown = _sheet(run, place.sheet)
    if place.column >= len(shown.headings):
        raise StaleImportError
    mapping = ColumnMapping.from_text(shown.mapping).changed(place.column, target)
    return await _with_sheet(tx, rights, run, place.sheet, replace(shown, mapping=mapping.as_text()), now=now)


async def set_read(
    tx: Transaction, rights: Rights, number: int, sheet: int, *, is_read: bool, by: int, now: int
) -> ImportRun:
    """Say whether a sheet is read at all. Raises NotAllowedError, NoSuchImportError, StaleImportError."""
    run = await find(tx, rights, number, by=by)
    return await _with_sheet(tx, rights, run, sheet, replace(_sheet(run, sheet), is_read=is_read), now=now)


async def check(
    tx: Transaction, rights: Rights, number: int, *, edition: int, message_id: int | None, by: int, now: int
) -> ImportRun:
    """Hand it to the worker for a dry run. Raises NotAllowedError, NoSuchImportError, StaleImportError."""
    run = await _as_seen(tx, rights, number, edition, by)
    if run.state != ImportState.MAPPING or not can_be_read(run):
        raise StaleImportError
    await _step(tx, run, ImportState.CHECKING, message_id=message_id, now=now)
    return await find(tx, rights, number, by=by)


async def confirm(
    tx: Transaction, rights: Rights, number: int, *, edition: int, message_id: int | None, by: int, now: int
) -> ImportRun:
    """Hand it to the worker to be done as the dry run told.

    Raises NotAllowedError, NoSuchImportError, StaleImportError.
    """
    run = await _as_seen(tx, rights, number, edition, by)
    if run.state != ImportState.CHECKED or run.outcome is None:
        raise StaleImportError
    await _step(tx, run, ImportState.APPLYING, outcome=run.outcome, message_id=message_id, now=now)
    return await find(tx, rights, number, by=by)


async def change_columns(tx: Transaction, rights: Rights, number: int, *, edition: int, by: int, now: int) -> ImportRun:
    """Go back to what the columns are. Raises NotAllowedError, NoSuchImportError, StaleImportError."""
    run = await _as_seen(tx, rights, number, edition, by)
    if run.state != ImportState.CHECKED:
        raise StaleImportError
    await _step(tx, run, ImportState.MAPPING, now=now)
    return await find(tx, rights, number, by=by)


async def cancel(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> ImportRun:
    """Give it up; not while it is being done. Raises NotAllowedError, NoSuchImportError, StaleImportError."""
    run = await find(tx, rights, number, by=by)
    await _step(tx, run, ImportState.CANCELLED, now=now)
    return await find(tx, rights, number, by=by)


async def give_up(tx: Transaction, by: int, *, now: int) -> bool:
    """Give up the list on which they had the word, or were about to; False if there is none of the last day."""
    run = await imports.open_of(tx, by)
    if run is None or run.state == ImportState.APPLYING or now - run.touched_at > AWAITED_US:
        return False
    await _step(tx, run, ImportState.CANCELLED, now=now)
    return True


async def checked(tx: Transaction, run: ImportRun, outcome: str | None, *, now: int) -> bool:
    """The worker has looked through it; False if that is not wanted any more. Without an outcome: nothing to do."""
    state = ImportState.DONE if outcome is None else ImportState.CHECKED
    return await imports.step(tx, run, state, outcome=outcome, now=now)


async def done(tx: Transaction, run: ImportRun, *, now: int) -> None:
    """The worker has done it, in this transaction. Raises StaleImportError, which takes everything back."""
    if not await imports.step(tx, run, ImportState.DONE, now=now):
        raise StaleImportError


async def failed(tx: Transaction, run: ImportRun, *, now: int) -> bool:
    """It cannot be gone on with; False if that is so already."""
    return await imports.step(tx, run, ImportState.FAILED, now=now)


def can_be_read(run: ImportRun) -> bool:
    """Whether every sheet that is read says whom or what it names, and there is one."""
    read = [sheet for sheet in run.sheets if sheet.is_read]
    return bool(read) and all(ColumnMapping.from_text(sheet.mapping).fault is None for sheet in read)


def mapped(run: ImportRun, sheets: Sequence[Sheet]) -> tuple[Mapped, ...]:
    """The sheets of the file as they are to be read. Raises StaleImportError where it is not the same file."""
    if [len(sheet.headings) for sheet in sheets] != [len(sheet.headings) for sheet in run.sheets]:
        raise StaleImportError
    pairs = zip(sheets, run.sheets, strict=True)
    return tuple(Mapped(sheet, ColumnMapping.from_text(shown.mapping)) for sheet, shown in pairs if shown.is_read)


async def _as_seen(session: Session, rights: Rights, number: int, edition: int, by: int) -> ImportRun:
    run = await find(session, rights, number, by=by)
    if run.edition != edition:
        raise StaleImportError
    return run


async def _with_sheet(
    tx: Transaction, rights: Rights, run: ImportRun, number: int, sheet: SeenSheet, *, now: int
) -> ImportRun:
    sheets = [*run.sheets[:number], sheet, *run.sheets[number + 1 :]]
    if not await imports.set_sheets(tx, run, sheets, now=now):
        raise StaleImportError
    return await find(tx, rights, run.id, by=run.person_id)


def _sheet(run: ImportRun, number: int) -> SeenSheet:
    if number >= len(run.sheets):
        raise StaleImportError
    return run.sheets[number]


async def _step(
    tx: Transaction,
    run: ImportRun,
    state: ImportState,
    *,
    outcome: str | None = None,
    message_id: int | None = None,
    now: int,
) -> None:
    if run.state not in OPEN - {ImportState.APPLYING} or not await imports.step(
        tx, run, state, outcome=outcome, message_id=message_id, now=now
    ):
        raise StaleImportError
