"""The database as a file, opened with a spreadsheet library and compared cell by cell."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.members import centers, delegates, export
from bot.members.export import Made, Wanted
from bot.members.export import export as make
from bot.members.export_log import export_log, search
from bot.members.export_log import note as note_log
from bot.members.export_rows import CenterColumn, DelegateColumn
from bot.members.roles import NotAllowedError, Rights
from bot.members.tables import FileForm
from bot.places.countries import load_countries
from bot.places.regions import load_regions
from bot.runtime.clock import MovableClock
from storage import audit, people
from storage.audit import AuditFilter
from storage.centers import CenterFilter
from storage.database import Database
from storage.delegates import Consent, DelegateFilter
from storage.records import Name
from storage.records.audit import THE_BOT
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateDetails, DelegateState, Focus
from storage.session import Transaction
from tests.bot.members.export_words import LOG_WORDS, WORDS

OWNER, STRANGER = 1, 2
RIGHTS = Rights(frozenset({OWNER}))
COUNTRIES = load_countries(load_regions())
ALL = Wanted()
AT = 1_805_000_000_000_000
AT_AS_CELL = datetime(2027, 3, 14, 4, 53, 20)  # noqa: DTZ001 - cells have no zone

CENTER_A = CenterDetails(
    name="=Center A", short_name="CA", kind=CenterKind.UNIVERSITY, focus=Focus.POLICE, country="KE",
    city="Example City", website="https://a.example.org",
    email="office@a.example.org", phone="+254200000000", head_name="Head of Center A",
    head_title="@Director",
)  # fmt: skip
DELEGATE_A = DelegateDetails(
    given_name="Delegate", family_name="A", title="-", function="Trainer", email="a@example.org", phone="+41220000000",
    nationality="CH", languages=("en", "fr"), time_zone="Europe/Zurich",
)  # fmt: skip


@pytest.fixture
async def filled(database: Database) -> Database:
    async def fill(tx: Transaction) -> None:
        await people.meet(
            tx, people.meeting(tx.sql, 7, language="en", guessed=True, reachable=True, now=1, name=Name("P"))
        )
        first = await centers.add(tx, CENTER_A, state=CenterState.APPROVED, by=7, now=AT)
        await centers.add(tx, CenterDetails("Center B"), state=CenterState.PENDING, by=None, now=AT)
        await delegates.add(
            tx, DELEGATE_A, person_id=7, center=first, state=DelegateState.ACTIVE, consent=Consent("1", is_shown=True),
            now=AT,
        )  # fmt: skip
        guest = DelegateDetails("Guest", "B", organization="Example University")
        await delegates.add(tx, guest, person_id=None, center=None, state=DelegateState.PENDING, is_guest=True, now=AT)

    await database.write(fill)
    return database


async def made(database: Database, folder: Path, wanted: Wanted = ALL, form: FileForm = FileForm.XLSX) -> Made:
    return await make(
        database.reader, RIGHTS, OWNER, wanted, words=WORDS, countries=COUNTRIES, form=form, folder=folder, now=AT
    )


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


async def test_every_cell_is_what_is_kept(filled: Database, tmp_path: Path) -> None:
    done = await made(filled, tmp_path)
    assert (done.centers, done.delegates) == (2, 2)
    (path,) = done.paths
    heading, first, second = rows(path, "Centers")
    assert heading == [f"Center: {column}" for column in CenterColumn]
    assert dict(zip(CenterColumn, first, strict=True)) == {
        "id": "1", "name": "=Center A", "short_name": "CA", "kind": "kind university", "focus": "focus police",
        "country": "Kenya", "country_code": "KE", "region": "in Africa", "city": "Example City",
        "website": "https://a.example.org", "email": "office@a.example.org", "phone": "+254200000000",
        "head_name": "Head of Center A", "head_title": "@Director", "state": "Center approved",
        "registered_at": AT_AS_CELL, "approved_at": AT_AS_CELL, "changed_at": AT_AS_CELL,
    }  # fmt: skip
    known = {column: value for column, value in zip(CenterColumn, second, strict=True) if value is not None}
    assert known == {
        "id": "2", "name": "Center B", "state": "Center pending", "registered_at": AT_AS_CELL, "changed_at": AT_AS_CELL,
    }  # fmt: skip
    heading, first, second = rows(path, "Delegates")
    assert heading == [f"Delegate: {column}" for column in DelegateColumn]
    assert dict(zip(DelegateColumn, first, strict=True)) == {
        "id": "1", "family_name": "A", "given_name": "Delegate", "title": "-", "function": "Trainer",
        "center": "=Center A", "center_id": "1", "center_country": "Kenya", "center_country_code": "KE",
        "organization": None, "is_guest": "no", "email": "a@example.org", "phone": "+41220000000",
        "nationality": "Switzerland", "nationality_code": "CH", "languages": "en, fr", "time_zone": "Europe/Zurich",
        "state": "delegate active", "writes_to_the_bot": "yes", "is_shown": "yes", "privacy_at": AT_AS_CELL,
        "registered_at": AT_AS_CELL, "joined_at": AT_AS_CELL, "changed_at": AT_AS_CELL,
    }  # fmt: skip
    guest = dict(zip(DelegateColumn, second, strict=True))
    assert (guest["organization"], guest["is_guest"], guest["is_shown"]) == ("Example University", "yes", "no")
    assert rows(path, "About") == [
        ["About", ""],
        ["Made on", AT_AS_CELL],
        ["Which", "all"],
        ["Centers in this file", 2],
        ["Delegates in this file", 2],
    ]


async def test_cells_have_types(filled: Database, tmp_path: Path) -> None:
    (path,) = (await made(filled, tmp_path)).paths
    book = load_workbook(path)
    for sheet, columns in (("Centers", CenterColumn), ("Delegates", DelegateColumn)):
        for row in book[sheet].iter_rows(min_row=2):
            types = {
                column: cell.data_type for column, cell in zip(columns, row, strict=True) if cell.value is not None
            }
            assert types == {column: "d" if column.endswith("_at") else "s" for column in types}
        assert book[sheet].freeze_panes == "A2"


async def test_a_filter_says_what_is_in_it(filled: Database, tmp_path: Path) -> None:
    only = Wanted(CenterFilter(country="KE"), None)
    done = await made(filled, tmp_path, only)
    assert load_workbook(done.paths[0]).sheetnames == ["Centers", "About"]
    assert (done.centers, done.delegates) == (1, 0)
    guests = await made(filled, tmp_path, Wanted(None, DelegateFilter(is_guest=True)))
    assert (guests.centers, guests.delegates) == (0, 1)
    of_africa = await made(filled, tmp_path, Wanted(None, DelegateFilter(region="africa")))
    assert of_africa.delegates == 1


async def test_csv_is_a_file_a_table(filled: Database, tmp_path: Path) -> None:
    done = await made(filled, tmp_path, form=FileForm.CSV)
    assert [path.name for path in done.paths] == ["centers.csv", "delegates.csv"]
    assert done.paths[0].read_bytes().startswith(b"\xef\xbb\xbf")
    with done.paths[0].open(encoding="utf-8-sig", newline="") as file:
        _heading, first, _second = csv.reader(file)
    cells = dict(zip(map(str, CenterColumn), first, strict=True))
    assert (cells["name"], cells["phone"], cells["head_title"]) == ("'=Center A", "'+254200000000", "'@Director")
    assert (cells["registered_at"], cells["country"]) == ("2027-03-14 04:53", "Kenya")


async def test_many_records_are_read_in_pieces(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PIECE", 7)
    new = [centers.prepare(CenterDetails(f"Center {number:03}")) for number in range(50)]
    await database.write(lambda tx: centers.add_many(tx, new, now=AT))
    (path,) = (await made(database, tmp_path)).paths
    assert [row[1] for row in rows(path, "Centers")[1:]] == [f"Center {number:03}" for number in range(50)]


async def test_only_the_secretariat_gets_it_and_the_log_says_so(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        await make(
            filled.reader, RIGHTS, STRANGER, Wanted(), words=WORDS, countries=COUNTRIES, form=FileForm.XLSX,
            folder=tmp_path, now=AT,
        )  # fmt: skip
    done = await made(filled, tmp_path)
    with pytest.raises(NotAllowedError):
        await filled.write(lambda tx: export.note(tx, RIGHTS, STRANGER, Wanted(), done, now=AT))
    await filled.write(lambda tx: export.note(tx, RIGHTS, OWNER, Wanted(CenterFilter(country="KE")), done, now=AT))
    [entry] = await audit.latest(filled.reader)
    assert (entry.act, entry.after) == (
        "database.export",
        '{"centers":2,"delegates":2,"filter":{"centers":{"country":"KE"},"delegates":{}}}',
    )


async def log_something(database: Database, clock: MovableClock) -> None:
    async def work(tx: Transaction) -> None:
        await people.meet(
            tx, people.meeting(tx.sql, 7, language="en", guessed=True, reachable=True, now=1, name=Name("Person", "A"))
        )
        await audit.add(tx, 7, "role.give", "person:8", now=AT, after={"role": "secretariat"})
        await audit.add(tx, THE_BOT, "role_x", "person:9", now=AT + 10)
        await audit.add(tx, 9, "center.change", "center:1", now=AT + 20, before={"name": "=1"})

    await database.write(work)


@pytest.mark.parametrize(
    ("wanted", "acts"),
    [
        (AuditFilter(), ["center.change", "role_x", "role.give"]),
        (AuditFilter(actor_id=7), ["role.give"]),
        (AuditFilter(act="role"), ["role_x", "role.give"]),
        (AuditFilter(act="role_"), ["role_x"]),
        (AuditFilter(act="%"), []),
        (AuditFilter(act="\\"), []),
        (AuditFilter(object="center:1"), ["center.change"]),
        (AuditFilter(since=AT + 10), ["center.change", "role_x"]),
        (AuditFilter(since=AT + 10, before=AT + 20), ["role_x"]),
        (AuditFilter(actor_id=7, object="center:1"), []),
    ],
)
async def test_the_log_is_searched(
    database: Database, clock: MovableClock, wanted: AuditFilter, acts: list[str]
) -> None:
    await log_something(database, clock)
    assert [line.entry.act for line in await audit.search(database.reader, wanted, at_most=10)] == acts
    assert await audit.count(database.reader, wanted) == len(acts)


async def test_the_log_has_pages_and_names(database: Database, clock: MovableClock) -> None:
    await log_something(database, clock)
    first = await search(database.reader, RIGHTS, OWNER, AuditFilter(), at_most=2)
    second = await search(database.reader, RIGHTS, OWNER, AuditFilter(), at_most=2, older_than=first[-1].id)
    assert [line.entry.act for line in (*first, *second)] == ["center.change", "role_x", "role.give"]
    assert second[0].actor == Name("Person", "A")
    with pytest.raises(NotAllowedError):
        await search(database.reader, RIGHTS, STRANGER, AuditFilter(), at_most=2)


async def test_the_log_is_exported(database: Database, clock: MovableClock, tmp_path: Path) -> None:
    await log_something(database, clock)
    done = await export_log(
        database.reader, RIGHTS, OWNER, AuditFilter(), words=LOG_WORDS, form=FileForm.XLSX, folder=tmp_path, now=AT
    )
    assert done.entries == 3
    _heading, first, second, third = rows(done.path, "Log")
    assert first == [AT_AS_CELL, "9", None, "center.change", None, "center:1", '{"name":"=1"}', None]
    assert second[1:4] == ["0", "the bot", "role_x"]
    assert third[1:5] == ["7", "Person A", "role.give", "Role given."]
    await database.write(lambda tx: note_log(tx, RIGHTS, OWNER, AuditFilter(act="role"), done, now=AT))
    [entry, *_] = await audit.latest(database.reader)
    assert (entry.act, entry.after) == ("log.export", '{"entries":3,"filter":{"act":"role"}}')
    with pytest.raises(NotAllowedError):
        await export_log(
            database.reader, RIGHTS, STRANGER, AuditFilter(), words=LOG_WORDS, form=FileForm.CSV, folder=tmp_path,
            now=AT,
        )  # fmt: skip
