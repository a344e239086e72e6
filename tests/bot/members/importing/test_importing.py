"""A messy list of 5,000 rows is read in, once, whatever is tried."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from bot.members.importing.applying import StalePlanError, apply, make_ready
from bot.members.importing.mapping import ColumnMapping
from bot.members.importing.plan import Effect, Reason, Record
from bot.members.importing.planning import Mapped, dry_run
from bot.members.roles import NotAllowedError
from storage import audit
from storage.database import Database
from storage.records.members import CenterDetails, CenterState, DelegateState
from storage.session import Transaction
from tests.bot.members.importing.example_list import as_csv, as_xlsx, example_list
from tests.bot.members.importing.planned_lists import (
    NOW,
    OWNER,
    READING,
    RIGHTS,
    STRANGER,
    everything,
    mapped,
    planned,
    read_in,
    table,
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
