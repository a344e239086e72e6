"""A list is read in beside what is known already: gaps are filled, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.members import centers, delegates
from bot.members.export import Wanted
from bot.members.export import export as make_export
from bot.members.importing.applying import StalePlanError, apply, make_ready
from bot.members.importing.plan import Reason, Record
from bot.members.importing.planning import Mapped
from bot.members.tables import FileForm
from storage import delegates as kept_delegates
from storage import pieces
from storage.database import Database
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateDetails, DelegateState
from storage.session import Transaction
from tests.bot.members.export_words import WORDS
from tests.bot.members.importing.planned_lists import (
    NOW,
    OWNER,
    READING,
    RIGHTS,
    everything,
    mapped,
    planned,
    read_in,
    table,
)


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
