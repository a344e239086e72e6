"""Lists that are mapped, planned and read in without the chat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.forms.places import load_places
from bot.members.importing.applying import apply, make_ready
from bot.members.importing.headings import load_headings
from bot.members.importing.mapping import guess
from bot.members.importing.plan import Plan
from bot.members.importing.planning import Mapped, Progress, dry_run
from bot.members.importing.reading import read_content
from bot.members.importing.values import ReadingOf
from bot.members.roles import Rights
from storage import centers as kept_centers
from storage import delegates as kept_delegates
from storage.centers import EVERY_CENTER
from storage.database import Database
from storage.delegates import EVERY_DELEGATE
from storage.records.members import Center, Delegate

OWNER, STRANGER, NOW = 1, 2, 1_805_000_000_000_000
RIGHTS = Rights(frozenset({OWNER}))
READING = ReadingOf("en", date(2027, 3, 12), load_places())
HEADINGS = load_headings()


def mapped(path: Path) -> list[Mapped]:
    """The sheets of a file, with what their headings are taken for."""
    return [Mapped(sheet, guess(sheet, HEADINGS)) for sheet in read_content(path.read_bytes(), HEADINGS)]


def table(folder: Path, *rows: str) -> list[Mapped]:
    """A file of these lines, of which the first has the headings."""
    path = folder / "list.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return mapped(path)


async def planned(database: Database, these: list[Mapped], progress: Progress | None = None) -> Plan:
    """What would become of a list."""
    return await dry_run(database.reader, RIGHTS, OWNER, these, reading=READING, progress=progress)


async def read_in(database: Database, these: list[Mapped]) -> Plan:
    """Read a list in; what was planned for it."""
    plan = await planned(database, these)
    ready = await make_ready(plan)
    await database.write(lambda tx: apply(tx, RIGHTS, OWNER, ready, now=NOW))
    return plan


async def everything(database: Database) -> tuple[list[Center], list[Delegate]]:
    """All Centers and people that there are."""
    return (
        await kept_centers.page(database.reader, EVERY_CENTER, at_most=20_000),
        await kept_delegates.page(database.reader, EVERY_DELEGATE, at_most=20_000),
    )
