"""Delegates and guests, as they are kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from storage import centers, delegates, people, pieces
from storage.centers import CenterKeys
from storage.database import Database
from storage.delegates import Consent, DelegateFilter
from storage.errors import StatementError
from storage.records.members import (
    CenterDetails,
    CenterKind,
    CenterState,
    Delegate,
    DelegateDetails,
    DelegateState,
    Focus,
)
from storage.session import load_sql

FULL = DelegateDetails(
    given_name="Ann",
    family_name="Example",
    title="Col.",
    function="Trainer",
    organization="Example Network",
    email="ann@example.org",
    phone="+254000000000",
    nationality="KE",
    languages=("en", "fr"),
    time_zone="Africa/Nairobi",
)
EVERYBODY = DelegateFilter()
PERSON = 7


async def meet(database: Database, *numbers: int) -> None:
    for number in numbers:
        meeting = people.meeting(load_sql(), number, language="en", guessed=True, reachable=True, now=1)
        await database.write(partial(people.meet, meeting=meeting))


async def center(database: Database, country: str, region: str, focus: Focus | None = None) -> int:
    details = CenterDetails(f"Center of {country}", country=country, focus=focus, kind=CenterKind.AGENCY)
    keys = CenterKeys(region, details.name, None, None)
    return await database.write(lambda tx: centers.add(tx, details, keys, state=CenterState.APPROVED, by=None, now=1))


async def add(
    database: Database,
    details: DelegateDetails,
    *,
    person_id: int | None = None,
    center_id: int | None = None,
    state: DelegateState = DelegateState.ACTIVE,
    is_guest: bool = False,
    consent: Consent | None = None,
    now: int = 5,
) -> int:
    name = f"{details.family_name} {details.given_name}".casefold()
    return await database.write(
        lambda tx: delegates.add(
            tx, details,
            sort_name=name, person_id=person_id, center=center_id, state=state, is_guest=is_guest, consent=consent,
            now=now,
        )
    )  # fmt: skip


async def get(database: Database, delegate_id: int) -> Delegate:
    delegate = await delegates.by_id(database.reader, delegate_id)
    assert delegate is not None
    return delegate


def named(given_name: str) -> DelegateDetails:
    return DelegateDetails(given_name, "Example")


async def test_a_delegate_is_kept_as_they_were_given(database: Database) -> None:
    await meet(database, PERSON)
    here = await center(database, "KE", "africa")
    consent = Consent("2026-01", is_shown=True)
    full = await add(database, FULL, person_id=PERSON, center_id=here, consent=consent)
    bare = await add(database, named("Bea"), state=DelegateState.PENDING, is_guest=True)
    kept = await get(database, full)
    assert kept == Delegate(
        full, PERSON, here, DelegateState.ACTIVE, is_guest=False, details=FULL, privacy_version="2026-01",
        privacy_at=5, shown_since=5, registered_at=5, joined_at=5, changed_at=5, edition=0,
    )  # fmt: skip
    assert kept.details.full_name == "Col. Ann Example"
    assert await delegates.of_person(database.reader, PERSON) == kept
    guest = await get(database, bare)
    assert (guest.is_guest, guest.privacy_at, guest.shown_since, guest.joined_at) == (True, None, None, None)
    assert guest.details.languages == ()
    assert await delegates.by_id(database.reader, 99) is None


async def test_a_person_has_one_record(database: Database) -> None:
    await meet(database, PERSON)
    await add(database, FULL, person_id=PERSON)
    with pytest.raises(StatementError, match="UNIQUE"):
        await add(database, named("Bea"), person_id=PERSON)


async def test_a_record_that_was_read_in_is_given_to_one_person(database: Database) -> None:
    await meet(database, PERSON, 8)
    record = await add(database, FULL)
    links = [partial(delegates.link, delegate_id=record, person_id=who, now=9) for who in (PERSON, 8)]
    linked = [await database.write(link) for link in links]
    assert linked == [True, False]
    assert (await get(database, record)).person_id == PERSON


async def test_of_two_changes_to_what_was_seen_one_is_made(database: Database) -> None:
    record = await add(database, FULL)
    for given_name, is_made in (("Bea", True), ("Eve", False)):
        details = replace(FULL, given_name=given_name, languages=())
        change = partial(delegates.change, delegate_id=record, details=details, sort_name="x", edition=0, now=9)
        assert await database.write(change) == is_made
    kept = await get(database, record)
    assert (kept.details, kept.edition, kept.changed_at) == (replace(FULL, given_name="Bea", languages=()), 1, 9)


async def test_consent_is_dated_and_being_shown_can_be_taken_back(database: Database) -> None:
    record = await add(database, FULL)
    await database.write(lambda tx: delegates.consent(tx, record, "2026-02", 8))
    for is_shown, since in ((True, 9), (False, None)):
        await database.write(partial(delegates.set_shown, delegate_id=record, is_shown=is_shown, now=9))
        kept = await get(database, record)
        assert (kept.privacy_version, kept.privacy_at, kept.shown_since) == ("2026-02", 8, since)


async def test_a_state_changes_only_from_what_it_was(database: Database) -> None:
    here = await center(database, "KE", "africa")
    record = await add(database, FULL, center_id=here, state=DelegateState.PENDING)

    async def set_state(before: DelegateState, state: DelegateState, now: int) -> bool:
        return await database.write(lambda tx: delegates.set_state(tx, record, before=before, state=state, now=now))

    assert await set_state(DelegateState.PENDING, DelegateState.ACTIVE, 9)
    assert not await set_state(DelegateState.PENDING, DelegateState.DECLINED, 10)
    placed = [
        await database.write(
            lambda tx: delegates.place(
                tx, record, center=None, is_guest=True, before=DelegateState.ACTIVE, state=DelegateState.LEFT, now=11
            )
        )
        for _ in range(2)
    ]
    assert placed == [True, False]
    kept = await get(database, record)
    assert (kept.state, kept.center, kept.is_guest, kept.joined_at) == (DelegateState.LEFT, None, True, 9)


async def test_a_record_is_merged_once_and_then_has_nobody_and_no_center(database: Database) -> None:
    await meet(database, PERSON)
    here = await center(database, "KE", "africa")
    first, second = await add(database, FULL), await add(database, FULL, person_id=PERSON, center_id=here)
    assert len(await delegates.same_email(database.reader, "ann@example.org")) == 2
    merged = [await database.write(lambda tx: delegates.merge(tx, second, first, 9)) for _ in range(2)]
    assert merged == [True, False]
    kept = await get(database, second)
    assert (kept.state, kept.merged_into, kept.person_id, kept.center) == (DelegateState.MERGED, first, None, None)
    assert [one.id for one in await delegates.same_email(database.reader, "ann@example.org")] == [first]
    assert await database.write(lambda tx: delegates.erase(tx, first))
    assert (await get(database, second)).merged_into is None
    assert not await database.write(lambda tx: delegates.erase(tx, first))


async def test_pages_are_by_family_name_and_filters_also_look_at_the_center(database: Database) -> None:
    here = await center(database, "KE", "africa", Focus.POLICE)
    there = await center(database, "FR", "europe")
    await add(database, DelegateDetails("c", "x"), center_id=here, now=3)
    await add(database, DelegateDetails("b", "x"), center_id=there, state=DelegateState.PENDING)
    await add(database, DelegateDetails("a", "y"), is_guest=True, now=2)
    for wanted, found in (
        (EVERYBODY, ["b", "c", "a"]),
        (DelegateFilter(state=DelegateState.ACTIVE), ["c", "a"]),
        (DelegateFilter(center=there), ["b"]),
        (DelegateFilter(is_guest=True), ["a"]),
        (DelegateFilter(is_guest=False, focus=Focus.POLICE), ["c"]),
        (DelegateFilter(kind=CenterKind.AGENCY, region="europe"), ["b"]),
        (DelegateFilter(country="KE"), ["c"]),
        (DelegateFilter(country="KE", center=there), []),
    ):
        page = await delegates.page(database.reader, wanted, at_most=10)
        assert [one.details.given_name for one in page] == found
        assert await delegates.count(database.reader, wanted) == len(found)
    page = await delegates.page(database.reader, EVERYBODY, at_most=1, skipped=1)
    assert [one.details.given_name for one in page] == ["c"]
    begins = await delegates.beginning(database.reader, EVERYBODY, "x ", at_most=10)
    assert [one.details.given_name for one in begins] == ["b", "c"]
    assert [one.details.given_name for one in await delegates.after(database.reader, 1, at_most=1)] == ["b"]
    assert await delegates.registered_at(database.reader) == [2, 3]
    assert await database.write(lambda tx: delegates.move_center(tx, here, there, 9)) == 1
    assert await delegates.count(database.reader, DelegateFilter(center=there)) == 2


async def test_the_nearest_share_most_pieces(database: Database) -> None:
    here = await center(database, "KE", "africa")
    for given_name, letters, center_id, state in (
        ("one", "a", here, DelegateState.ACTIVE),
        ("two", "ab", None, DelegateState.LEFT),
        ("gone", "abc", here, DelegateState.DECLINED),
    ):
        record = await add(database, named(given_name), center_id=center_id, state=state)
        await database.write(partial(pieces.put, subject="delegate", subject_id=record, pieces=letters))

    async def near(wanted: DelegateFilter, *, gone_too: bool) -> list[str]:
        found = await delegates.nearest(database.reader, wanted, "abc", gone_too=gone_too, at_most=10)
        return [one.details.given_name for one in found]

    assert await near(EVERYBODY, gone_too=True) == ["gone", "two", "one"]
    assert await near(EVERYBODY, gone_too=False) == ["two", "one"]
    assert await near(DelegateFilter(country="KE"), gone_too=False) == ["one"]
