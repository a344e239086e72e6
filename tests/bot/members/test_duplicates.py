"""Whether two Centers, or two records of a person, are the same one."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.members import centers, delegates, person_likeness
from bot.members.center_likeness import LIKELY, SAME, comparable, marks, score
from bot.members.duplicates import SHOWN_AT_MOST, likely_same, likely_same_person
from bot.members.person_likeness import person_name
from storage import centers as kept
from storage.database import Database
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState
from storage.session import Transaction
from tests.bot.members.made_up import pairs

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def likeness(one: CenterDetails, other: CenterDetails) -> float:
    return score(comparable(one), comparable(other))


async def add(database: Database, *all_details: CenterDetails, state: CenterState = CenterState.APPROVED) -> list[int]:
    async def work(tx: Transaction) -> list[int]:
        return [await centers.add(tx, one, state=state, by=None, now=1) for one in all_details]

    return await database.write(work)


def test_what_is_the_same_is_likely_the_same() -> None:
    missed = [(one.name, other.name) for one, other in pairs("same") if likeness(one, other) < LIKELY]
    assert len(pairs("same")) >= 80
    assert len(missed) <= 1, missed


def test_what_is_not_the_same_is_not_shown() -> None:
    alarms = [(one.name, other.name) for one, other in pairs("others") if likeness(one, other) >= LIKELY]
    assert len(pairs("others")) >= 60
    assert len(alarms) <= 1, alarms


def test_most_of_what_is_the_same_is_taken_for_it_and_nothing_else() -> None:
    taken = [likeness(one, other) >= SAME for one, other in pairs("same")]
    assert sum(taken) >= 0.75 * len(taken)
    assert not any(likeness(one, other) >= SAME for one, other in pairs("others"))


@given(TEXT, TEXT, TEXT)
def test_any_two_can_be_compared_whichever_comes_first(name: str, other_name: str, more: str) -> None:
    one, other = CenterDetails(name, short_name=more, city=more), CenterDetails(other_name, website=more, email=more)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@pytest.mark.parametrize("table", ["same", "others"])
def test_everything_is_the_same_as_itself(table: str) -> None:
    for pair in pairs(table):
        for one in pair:
            assert likeness(one, one) >= LIKELY
            assert marks(comparable(one))


async def test_the_same_is_found_among_many(database: Database) -> None:
    ids = await add(database, *(one for one, _ in pairs("same")), *(one for pair in pairs("others") for one in pair))
    missed = []
    for (one, other), one_id in zip(pairs("same"), ids, strict=False):
        found = await likely_same(database.reader, other)
        assert len(found) <= SHOWN_AT_MOST
        best = [likeness(other, center.details) for center in found]
        assert best == sorted(best, reverse=True)
        # Some pairs of the table share a Center, so more than five may be as likely.
        if one_id not in {center.id for center in found} and not (best and min(best) >= likeness(one, other)):
            missed.append((one.name, other.name))
    assert len(missed) <= 1, missed


async def test_those_that_wait_are_shown_and_those_that_are_gone_are_not(database: Database) -> None:
    details = CenterDetails("Example Academy of Peace", country="KE")
    ids = {state: (await add(database, details, state=state))[0] for state in CenterState if state != "merged"}
    approved = ids[CenterState.APPROVED]
    [merged] = await add(database, details)
    await database.write(lambda tx: kept.merge(tx, merged, approved, 2))
    found = await likely_same(database.reader, CenterDetails("Académie Example de la paix", country="KE"))
    assert {one.id for one in found} == {approved, ids[CenterState.PENDING], ids[CenterState.SUSPENDED]}
    found = await likely_same(database.reader, details, but=approved)
    assert {one.id for one in found} == {ids[CenterState.PENDING], ids[CenterState.SUSPENDED]}


async def test_the_same_domain_is_enough_to_ask(database: Database) -> None:
    [known] = await add(database, CenterDetails("Example Academy", website="https://www.academy.example/en"))
    same = CenterDetails("Something Else Entirely", email="office@academy.example")
    assert [one.id for one in await likely_same(database.reader, same)] == [known]
    assert await likely_same(database.reader, CenterDetails("Something Else Entirely")) == ()


async def test_a_changed_name_is_found_by_the_new_one(database: Database) -> None:
    [known] = await add(database, CenterDetails("Exampleland Academy"))
    center = await centers.find(database.reader, known)
    await database.write(lambda tx: centers.change(tx, center, CenterDetails("Samplestan Academy"), 2))
    assert await likely_same(database.reader, CenterDetails("Exampleland Academy")) == ()
    assert [one.id for one in await likely_same(database.reader, CenterDetails("Academia de Samplestan"))] == [known]


SAME_PERSON = [
    (("Ann", "Example"), ("Example", "Ann")),
    (("Ann", "Éxample"), ("ANN", "EXAMPLE")),
    (("A.", "Example"), ("Ann", "Example")),
    (("Ann Maria", "Example"), ("Ann", "Example")),
    (("Ann", "Example-Sample"), ("Ann", "Example Sample")),
    (("Anne", "Exampel"), ("Anne", "Example")),
    (("Анна", "Пример"), ("Anna", "Primer")),
    (("名", "示例"), ("Ming", "Shili")),
    (("مثال", "نموذجي"), ("مثال", "النموذجي")),
    (("Delegate", "A"), ("Delegate", "A")),
]
OTHER_PEOPLE = [
    (("Ann", "Example"), ("Bea", "Example")),
    (("Ann", "Example"), ("Ann", "Sample")),
    (("A.", "Example"), ("B.", "Example")),
    (("Delegate", "A"), ("Delegate", "B")),
    (("名", "示例"), ("名", "样本")),
    (("", ""), ("", "")),
    (("Example", ""), ("Ann", "Example")),
]


def names_alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    return person_likeness.score(person_name(DelegateDetails(*one)), person_name(DelegateDetails(*other)))


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_names_of_one_person(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert names_alike(one, other) >= person_likeness.LIKELY


@pytest.mark.parametrize(("one", "other"), OTHER_PEOPLE)
def test_names_of_two_people(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert names_alike(one, other) < person_likeness.LIKELY


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_two_names_can_be_compared(a: str, b: str, c: str, d: str) -> None:
    assert 0 <= names_alike((a, b), (c, d)) <= 1
    assert names_alike((a, b), (c, d)) == pytest.approx(names_alike((c, d), (a, b)))


async def test_a_person_is_known_by_address_or_by_name_and_place(database: Database) -> None:
    here, near, far = await add(
        database,
        CenterDetails("Center A", country="KE"), CenterDetails("Center B", country="KE"),
        CenterDetails("Center C", country="FR"),
    )  # fmt: skip
    numbers = count(1)

    async def join(details: DelegateDetails, center: int | None, state: DelegateState = DelegateState.ACTIVE) -> int:
        now = next(numbers)
        return await database.write(
            lambda tx: delegates.add(tx, details, person_id=None, center=center, state=state, now=now)
        )

    ann = DelegateDetails("Ann", "Example", email="ann@example.org")
    address = await join(DelegateDetails("Bea", "Sample", email="ann@example.org"), far)
    same_center = await join(DelegateDetails("Exampel", "Ann"), here)
    same_country = await join(DelegateDetails("Ann", "Example"), near, DelegateState.PENDING)
    compatriot = await join(DelegateDetails("A.", "Example", nationality="KE"), None)
    await join(DelegateDetails("Ann", "Example"), far)
    await join(DelegateDetails("Ann", "Example"), here, DelegateState.DECLINED)
    center = await centers.find(database.reader, here)

    found = await likely_same_person(database.reader, ann, center)
    assert [one.id for one in found] == [address, same_country, same_center]
    found = await likely_same_person(database.reader, ann, center, but=same_country)
    assert [one.id for one in found] == [address, same_center]
    guest = DelegateDetails("Ann", "Example", nationality="KE")
    assert [one.id for one in await likely_same_person(database.reader, guest, None)] == [compatriot]
    assert await likely_same_person(database.reader, DelegateDetails("Ann", "Example"), None) == ()
