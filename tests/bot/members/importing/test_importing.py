"""A messy list of 5,000 rows is read in, once, whatever is tried."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.forms.places import load_places
from bot.members import centers, delegates
from bot.members.export import Wanted
from bot.members.export import export as make_export
from bot.members.importing.applying import StalePlanError, apply, make_ready
from bot.members.importing.headings import load_headings
from bot.members.importing.mapping import ColumnMapping, guess
from bot.members.importing.plan import Effect, Plan, Reason, Record
from bot.members.importing.planning import Mapped, Progress, dry_run
from bot.members.importing.reading import read_content
from bot.members.importing.values import ReadingOf
from bot.members.roles import NotAllowedError, Rights
from bot.members.tables import FileForm
from storage import audit, pieces
from storage import centers as kept_centers
from storage import delegates as kept_delegates
from storage.centers import EVERY_CENTER
from storage.database import Database
from storage.delegates import EVERY_DELEGATE
from storage.records.members import (
    Center,
    CenterDetails,
    CenterKind,
    CenterState,
    Delegate,
    DelegateDetails,
    DelegateState,
)
from storage.session import Transaction
from tests.bot.members.export_words import WORDS
from tests.bot.members.importing.example_list import as_csv, as_xlsx, example_list

OWNER, STRANGER, NOW = 1, 2, 1_805_000_000_000_000
RIGHTS = Rights(frozenset({OWNER}))
READING = ReadingOf("en", date(2027, 3, 12), load_places())
HEADINGS = load_headings()


def mapped(path: Path) -> list[Mapped]:
    return [Mapped(sheet, guess(sheet, HEADINGS)) for sheet in read_content(path.read_bytes(), HEADINGS)]


def table(folder: Path, *rows: str) -> list[Mapped]:
    path = folder / "list.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return mapped(path)


async def planned(database: Database, these: list[Mapped], progress: Progress | None = None) -> Plan:
    return await dry_run(database.reader, RIGHTS, OWNER, these, reading=READING, progress=progress)


async def read_in(database: Database, these: list[Mapped]) -> Plan:
    plan = await planned(database, these)
    ready = await make_ready(plan)
    await database.write(lambda tx: apply(tx, RIGHTS, OWNER, ready, now=NOW))
    return plan


async def everything(database: Database) -> tuple[list[Center], list[Delegate]]:
    return (
        await kept_centers.page(database.reader, EVERY_CENTER, at_most=20_000),
        await kept_delegates.page(database.reader, EVERY_DELEGATE, at_most=20_000),
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_messy_file_of_5000_rows(database: Database, tmp_path: Path, form: str) -> None:
    example = example_list()
    path = tmp_path / "list.bin"
    if form == "csv":
        path.write_bytes(as_csv(example, delimiter="\t", encoding="utf-16"))
    else:
        as_xlsx(example, path)
    told: list[tuple[int, int]] = []

    async def progress(done: int, of: int) -> None:
        told.append((done, of))

    these = mapped(path)
    plan = await planned(database, these, progress)
    counts = plan.counts
    assert told[0] == (0, 5_000)
    assert told[-1] == (5_000, 5_000)
    assert len(told) > 10
    assert plan == await planned(database, these), "the same file, mapping and database give the same plan"
    assert counts.rows == 5_000
    # What may be the same as something else is for a person to say; it is little.
    refused = Counter(row.refused.reason for row in plan.rows if row.refused)
    assert set(refused) <= {Reason.MAYBE_SAME_CENTER, Reason.MAYBE_SAME_PERSON}
    assert counts.refused <= 50
    assert example.centers - 2 <= counts.centers_created <= example.centers
    assert example.people - 60 <= counts.delegates_created <= example.people
    assert all(row.refused.like is not None for row in plan.rows if row.refused)

    await read_in(database, these)
    there = await everything(database)
    assert (len(there[0]), len(there[1])) == (counts.centers_created, counts.delegates_created)
    assert {center.state for center in there[0]} == {CenterState.APPROVED}
    assert {(one.state, one.person_id, one.is_guest) for one in there[1]} == {(DelegateState.ACTIVE, None, False)}

    again = await read_in(database, mapped(path))
    assert again.changes_nothing
    assert (again.counts.refused, again.counts.unchanged) == (counts.refused, 5_000 - counts.refused)
    assert await everything(database) == there

    [second, first] = await audit.latest(database.reader)
    assert (first.act, second.act, first.actor_id) == ("database.import", "database.import", OWNER)
    assert json.loads(first.after or "")["delegates_created"] == counts.delegates_created
    assert "@" not in (first.after or "")


async def test_rows_tell_what_becomes_of_them(database: Database, tmp_path: Path) -> None:
    these = table(
        tmp_path,
        "Organisation,Country,City,Full name,E-mail,Phone",
        'Example Center Bagudo,Kenya,,"Ramelo, Sidunu",s@example.org,020 271 0000',
        'EXAMPLE CENTER BAGUDO,KE,Nairobi,"Kofati, Lumena",l@example.org,nonsense',
        'Example Center Bagudo,Kenya,Mombasa,"RAMELO, Sidunu",S@example.org,',
        "Example Center Zuvikai,Uruguay,,,,",
        ',,,"Alone, Guest",guest@example.org,',
        ",,,,x@example.org,",
        "Example Center Bagudo,Kenya,,Mononym,,",
        'Example Center Bagudo,Kenya,,"Somebody, Else",s@example.org,',
    )
    plan = await read_in(database, these)
    rows = {row.number: row for row in plan.rows}
    first = rows[2]
    assert first.center is not None
    assert first.delegate is not None
    assert (first.center.effect, first.delegate.effect) == (Effect.CREATED, Effect.CREATED)
    assert first.center.record == Record(None, 2)
    second = rows[3]
    assert second.center is not None
    assert (second.center.effect, second.center.filled, second.left_out) == (Effect.FILLED, ("city",), ("phone",))
    third = rows[4]
    assert third.center is not None
    assert third.delegate is not None
    assert (third.center.effect, third.center.differing) == (Effect.UNCHANGED, ("city",))
    assert (third.delegate.effect, third.delegate.record) == (Effect.UNCHANGED, Record(None, 2))
    assert rows[5].delegate is None
    assert rows[6].center is None
    reasons = {number: row.refused.reason for number, row in rows.items() if row.refused}
    assert reasons == {7: Reason.NO_NAME, 8: Reason.HALF_A_NAME, 9: Reason.EMAIL_OF_ANOTHER}
    there = await everything(database)
    assert {(center.details.name, center.details.city, center.region) for center in there[0]} == {
        ("Example Center Bagudo", "Nairobi", "africa"),
        ("Example Center Zuvikai", None, "americas"),
    }
    assert {(one.details.family_name, one.is_guest, one.center is None) for one in there[1]} == {
        ("Ramelo", False, False),
        ("Kofati", False, False),
        ("Alone", True, True),
    }


@pytest.fixture
async def filled(database: Database) -> Database:
    """A Center and its delegate with gaps, and others in other states."""

    async def fill(tx: Transaction) -> None:
        details = CenterDetails("Example Center Bagudo", country="KE", kind=CenterKind.AGENCY)
        first = await centers.add(tx, details, state=CenterState.APPROVED, by=None, now=1)
        person = DelegateDetails("Sidunu", "Ramelo", email="s@example.org", function="Trainer")
        await delegates.add(tx, person, person_id=None, center=first, state=DelegateState.ACTIVE, now=1)
        pending = CenterDetails("Example Center Zuvikai", country="UY")
        await centers.add(tx, pending, state=CenterState.PENDING, by=None, now=1)
        left = DelegateDetails("Lumena", "Kofati", email="l@example.org")
        await delegates.add(tx, left, person_id=None, center=first, state=DelegateState.LEFT, now=1)

    await database.write(fill)
    return database


async def test_gaps_are_filled_and_nothing_is_overwritten(filled: Database, tmp_path: Path) -> None:
    these = table(
        tmp_path,
        "Organisation,Country,Type,City,Full name,E-mail,Job title,Nationality",
        'Example Center Bagudo,Kenya,University,Nairobi,"Ramelo, Sidunu",s@example.org,Director,Ghana',
    )
    plan = await read_in(filled, these)
    (row,) = plan.rows
    assert row.center is not None
    assert row.delegate is not None
    assert (row.center.record, row.center.filled, row.center.differing) == (Record(1, None), ("city",), ("kind",))
    assert (row.delegate.filled, row.delegate.differing) == (("nationality",), ("function",))
    center = await centers.find(filled.reader, 1)
    assert (center.details.kind, center.details.city, center.edition) == (CenterKind.AGENCY, "Nairobi", 1)
    delegate = await kept_delegates.by_id(filled.reader, 1)
    assert delegate is not None
    assert (delegate.details.function, delegate.details.nationality) == ("Trainer", "GH")
    assert await pieces.rarest(filled.reader, "center", ["nai"], rows_at_most=10) == ("nai",)


async def test_what_is_in_the_way_is_told(filled: Database, tmp_path: Path) -> None:
    these = table(
        tmp_path,
        "Organisation,Country,Full name,E-mail",
        'Example Center Zuvikai,Uruguay,"Pamoti, Rufena",r@example.org',
        'Example Center Bagudo,Kenya,"Kofati, Lumena",l@example.org',
        'Example Center Hotilu,Ghana,"Ramelo, Sidunu",s@example.org',
        'Example Center Bagudo,Kenya,"Ramelo, Sidunnu",',
        'Example Center Bagudoo,Kenya,"Vadeko, Misane",m@example.org',
    )
    plan = await planned(filled, these)
    reasons = [(row.refused.reason, row.refused.like) if row.refused else None for row in plan.rows]
    assert reasons[:4] == [
        (Reason.CENTER_NOT_APPROVED, Record(2, None)),
        (Reason.NOT_ACTIVE, Record(2, None)),
        (Reason.OTHER_CENTER, Record(1, None)),
        (Reason.MAYBE_SAME_PERSON, Record(1, None)),
    ]
    assert plan.new_centers == ()


async def test_a_plan_holds_as_long_as_the_database_is_as_it_was(filled: Database, tmp_path: Path) -> None:
    these = table(tmp_path, "Organisation,Country", "Example Center Hotilu,Ghana")
    plan = await planned(filled, these)
    ready = await make_ready(plan)

    async def change(tx: Transaction) -> None:
        center = await centers.find(tx, 1)
        await centers.change(tx, center, replace(center.details, city="Mombasa"), NOW)

    await filled.write(change)
    with pytest.raises(StalePlanError):
        await filled.write(lambda tx: apply(tx, RIGHTS, OWNER, ready, now=NOW))
    assert len((await everything(filled))[0]) == 2
    assert (await planned(filled, these)).fingerprint != plan.fingerprint
    other_mapping = [Mapped(these[0].sheet, these[0].mapping.changed(1, None))]
    assert (await planned(filled, other_mapping)).fingerprint != (await planned(filled, these)).fingerprint


async def test_two_who_confirm_at_once_read_it_in_once(database: Database, tmp_path: Path) -> None:
    these = table(tmp_path, "Organisation,Country", "Example Center Hotilu,Ghana")
    ready = await make_ready(await planned(database, these))
    outcomes = await asyncio.gather(
        *(database.write(lambda tx: apply(tx, RIGHTS, OWNER, ready, now=NOW)) for _ in range(3)), return_exceptions=True
    )
    assert Counter(map(type, outcomes)) == {type(None): 1, StalePlanError: 2}
    assert len((await everything(database))[0]) == 1


async def test_all_or_nothing(database: Database, tmp_path: Path) -> None:
    class TroubleError(Exception):
        pass

    these = table(
        tmp_path, "Organisation,Full name", *(f'Example Center {n},"F{n}kamo, G{n}rita"' for n in range(10, 99))
    )
    ready = await make_ready(await planned(database, these))

    async def work(tx: Transaction) -> None:
        await apply(tx, RIGHTS, OWNER, ready, now=NOW)
        raise TroubleError

    with pytest.raises(TroubleError):
        await database.write(work)
    assert await everything(database) == ([], [])
    assert await audit.latest(database.reader) == []


async def test_lists_are_read_in_by_the_secretariat(database: Database, tmp_path: Path) -> None:
    these = table(tmp_path, "Organisation,Country", "Example Center Hotilu,Ghana")
    with pytest.raises(NotAllowedError):
        await dry_run(database.reader, RIGHTS, STRANGER, these, reading=READING)
    ready = await make_ready(await planned(database, these))
    with pytest.raises(NotAllowedError):
        await database.write(lambda tx: apply(tx, RIGHTS, STRANGER, ready, now=NOW))


async def test_a_mapping_that_was_put_right_is_what_counts(database: Database, tmp_path: Path) -> None:
    (one,) = table(tmp_path, "Organisation,Country", "Example Center Hotilu,Ghana")
    cities = ColumnMapping.from_text("center_name,center_city")
    plan = await planned(database, [Mapped(one.sheet, cities)])
    assert plan.new_centers == (CenterDetails("Example Center Hotilu", city="Ghana"),)


@pytest.mark.parametrize("form", FileForm)
async def test_what_was_exported_changes_nothing_when_it_is_read_in(
    filled: Database, tmp_path: Path, form: FileForm
) -> None:
    headings = {
        "center_columns": {column: column.replace("_", " ") for column in WORDS.center_columns},
        "delegate_columns": {column: column.replace("_", " ") for column in WORDS.delegate_columns},
        "kinds": {kind: kind.replace("_", " ") for kind in WORDS.kinds},
    }
    words = replace(WORDS, **headings)  # type: ignore[arg-type]
    made = await make_export(
        filled.reader, RIGHTS, OWNER, Wanted(), words=words, countries=READING.places.countries, form=form,
        folder=tmp_path, now=NOW,
    )  # fmt: skip
    these = [one for path in made.paths for one in mapped(path) if one.mapping.fault is None]
    plan = await planned(filled, these)
    assert plan.changes_nothing
    assert plan.counts.rows == 4
    assert {row.refused.reason for row in plan.rows if row.refused} == {Reason.CENTER_NOT_APPROVED, Reason.NOT_ACTIVE}
