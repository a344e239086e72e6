"""Centers, as they are kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from storage import centers, pieces
from storage.centers import CenterFilter, CenterKeys
from storage.database import Database
from storage.errors import StatementError
from storage.records.members import Center, CenterDetails, CenterKind, CenterState, Focus

FULL = CenterDetails(
    name="Center A",
    short_name="CA",
    kind=CenterKind.UNIVERSITY,
    focus=Focus.MIXED,
    country="KE",
    city="Sampleville",
    website="https://a.example",
    email="a@a.example",
    phone="+254000000000",
    head_name="Delegate A",
    head_title="Director",
)
ALL = CenterFilter()


def keys(details: CenterDetails, web: str | None = None, mail: str | None = None) -> CenterKeys:
    region = {"KE": "africa", "FR": "europe"}.get(details.country or "")
    return CenterKeys(region, details.name.casefold(), web, mail)


async def add(
    database: Database,
    details: CenterDetails,
    *,
    state: CenterState = CenterState.APPROVED,
    by: int | None = None,
    web: str | None = None,
    mail: str | None = None,
) -> int:
    made_of = keys(details, web, mail)
    return await database.write(lambda tx: centers.add(tx, details, made_of, state=state, by=by, now=5))


async def get(database: Database, center_id: int) -> Center:
    center = await centers.by_id(database.reader, center_id)
    assert center is not None
    return center


async def names(database: Database, wanted: CenterFilter, *, at_most: int = 10, skipped: int = 0) -> list[str]:
    page = await centers.page(database.reader, wanted, at_most=at_most, skipped=skipped)
    return [one.details.name for one in page]


async def test_a_center_is_kept_as_it_was_given(database: Database) -> None:
    full = await add(database, FULL, state=CenterState.PENDING, by=7)
    bare = await add(database, CenterDetails("Center B"))
    assert await get(database, full) == Center(
        full, CenterState.PENDING, FULL, "africa", 7, registered_at=5, approved_at=None, changed_at=5, edition=0
    )
    assert await get(database, bare) == Center(
        bare, CenterState.APPROVED, CenterDetails("Center B"), None, None, 5, approved_at=5, changed_at=5, edition=0
    )
    assert await centers.by_id(database.reader, 99) is None
    assert [one.id for one in await centers.of_person(database.reader, 7)] == [full]


async def test_of_two_changes_to_what_was_seen_one_is_made(database: Database) -> None:
    center_id = await add(database, FULL)
    for name, is_made in (("Center C", True), ("Center D", False)):
        details = replace(FULL, name=name)
        change = partial(centers.change, center_id=center_id, details=details, keys=keys(details), edition=0, now=9)
        assert await database.write(change) == is_made
    center = await get(database, center_id)
    assert (center.details.name, center.edition, center.changed_at, center.registered_at) == ("Center C", 1, 9, 5)


async def test_a_state_changes_once_and_only_from_what_it_was(database: Database) -> None:
    center_id = await add(database, FULL, state=CenterState.PENDING)

    async def set_state(before: CenterState, state: CenterState, now: int) -> bool:
        return await database.write(lambda tx: centers.set_state(tx, center_id, before=before, state=state, now=now))

    assert await set_state(CenterState.PENDING, CenterState.APPROVED, 9)
    assert not await set_state(CenterState.PENDING, CenterState.DECLINED, 10)
    assert await set_state(CenterState.APPROVED, CenterState.SUSPENDED, 11)
    assert await set_state(CenterState.SUSPENDED, CenterState.APPROVED, 12)
    center = await get(database, center_id)
    assert (center.state, center.approved_at, center.changed_at) == (CenterState.APPROVED, 9, 12)
    with pytest.raises(StatementError):
        await database.write(
            lambda tx: tx.run(
                tx.sql.centers.set_state, id=center_id, before=CenterState.APPROVED, state="famous", now=13
            )
        )


async def test_a_center_is_merged_once(database: Database) -> None:
    first, second = await add(database, FULL), await add(database, CenterDetails("Center B"))
    merged = [await database.write(lambda tx: centers.merge(tx, second, first, 9)) for _ in range(2)]
    assert merged == [True, False]
    center = await get(database, second)
    assert (center.state, center.merged_into) == (CenterState.MERGED, first)
    with pytest.raises(StatementError, match="FOREIGN KEY"):
        await database.write(lambda tx: centers.merge(tx, first, 99, 9))


async def test_pages_are_by_name_and_filters_let_pass_what_fits(database: Database) -> None:
    await add(database, CenterDetails("c", country="FR", focus=Focus.POLICE))
    await add(database, CenterDetails("b", country="KE", focus=Focus.POLICE), state=CenterState.PENDING)
    await add(database, CenterDetails("a", country="KE", kind=CenterKind.AGENCY))
    assert await names(database, ALL) == ["a", "b", "c"]
    assert await names(database, ALL, at_most=1, skipped=1) == ["b"]
    for wanted, found in (
        (CenterFilter(state=CenterState.APPROVED), ["a", "c"]),
        (CenterFilter(kind=CenterKind.AGENCY), ["a"]),
        (CenterFilter(focus=Focus.POLICE, country="KE"), ["b"]),
        (CenterFilter(region="europe"), ["c"]),
        (CenterFilter(region="europe", country="KE"), []),
    ):
        assert await names(database, wanted) == found
        assert await centers.count(database.reader, wanted) == len(found)
    first = await centers.after(database.reader, 0, at_most=2)
    rest = await centers.after(database.reader, first[-1].id, at_most=2)
    assert [one.details.name for one in (*first, *rest)] == ["c", "b", "a"]


async def test_beginnings_are_by_name(database: Database) -> None:
    for name in ("centre", "center b", "center a", "cente", "\U0010fffe"):
        await add(database, CenterDetails(name))
    found = await centers.beginning(database.reader, ALL, "center", at_most=10)
    assert [one.details.name for one in found] == ["center a", "center b"]
    found = await centers.beginning(database.reader, ALL, "cent", at_most=2)
    assert [one.details.name for one in found] == ["cente", "center a"]


async def test_the_nearest_share_most_pieces(database: Database) -> None:
    ids = []
    for name, letters, state in (
        ("one", "a", CenterState.APPROVED),
        ("three", "abc", CenterState.PENDING),
        ("gone", "abcd", CenterState.DECLINED),
        ("none", "x", CenterState.APPROVED),
    ):
        center_id = await add(database, CenterDetails(name, country="KE"), state=state)
        await database.write(partial(pieces.put, subject="center", subject_id=center_id, pieces=letters))
        ids.append(center_id)

    async def near(wanted: CenterFilter, *, gone_too: bool) -> list[str]:
        found = await centers.nearest(database.reader, wanted, "abcd", gone_too=gone_too, at_most=10)
        return [one.details.name for one in found]

    assert await near(ALL, gone_too=True) == ["gone", "three", "one"]
    assert await near(ALL, gone_too=False) == ["three", "one"]
    assert await near(CenterFilter(state=CenterState.APPROVED, country="KE"), gone_too=True) == ["one"]
    assert await near(CenterFilter(country="FR"), gone_too=True) == []


async def test_the_same_domain_counts_whether_of_a_site_or_of_an_address(database: Database) -> None:
    site = await add(database, CenterDetails("a"), web="a.example")
    address = await add(database, CenterDetails("b"), mail="a.example")
    await add(database, CenterDetails("c"), web="a.example", state=CenterState.DECLINED)
    await add(database, CenterDetails("d"))
    for web, mail in (("a.example", None), (None, "a.example"), ("a.example", "a.example")):
        found = await centers.same_domain(database.reader, web, mail, at_most=9)
        assert [one.id for one in found] == [site, address]
    assert await centers.same_domain(database.reader, None, None, at_most=9) == []


async def test_approved_centers_are_counted(database: Database) -> None:
    await add(database, CenterDetails("a", country="FR", focus=Focus.POLICE, kind=CenterKind.AGENCY))
    await add(database, CenterDetails("b", country="FR"))
    await add(database, CenterDetails("c", country="KE"), state=CenterState.SUSPENDED)
    assert await centers.counts(database.reader, "region") == {"europe": 2}
    assert await centers.counts(database.reader, "focus") == {None: 1, "police": 1}
    assert await centers.counts(database.reader, "kind") == {None: 1, "agency": 1}
    assert await centers.counts(database.reader, "country") == {"FR": 2}
