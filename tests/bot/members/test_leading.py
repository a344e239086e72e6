"""Who leads a Center, what they see of it, and whom they take out or to their side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial

import pytest

from bot.members import curating, directory, handing_over, invitations, leading, registering, sending
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.leading import (
    DEPUTIES_AT_MOST,
    CenterNotActiveError,
    LeaderStaysError,
    LeadsAlreadyError,
    NotOnTelegramError,
    Part,
    TooManyDeputiesError,
)
from bot.members.roles import NotAllowedError
from storage import audit, centers, delegates, handovers
from storage import invitations as kept_invitations
from storage.database import Database
from storage.records.members import CenterState, Delegate, DelegateState
from storage.session import Transaction
from tests.leaders import (
    DETAILS,
    FOCAL,
    NOW,
    OWNER,
    RIGHTS,
    STRANGER,
    center_of,
    delegate_in,
    leaders_of,
)

FIRST, SECOND = 11, 12


def appoint(database: Database, center: int, delegate: int, by: int = FOCAL) -> Awaitable[Delegate]:
    return database.write(lambda tx: leading.appoint(tx, RIGHTS, center, delegate, by=by, now=NOW))


def dismiss(database: Database, center: int, person: int, by: int = FOCAL) -> Awaitable[bool]:
    return database.write(lambda tx: leading.dismiss(tx, RIGHTS, center, person, by=by, now=NOW))


def remove(database: Database, center: int, delegate: int, by: int = FOCAL) -> Awaitable[Delegate]:
    return database.write(lambda tx: leading.remove(tx, RIGHTS, center, delegate, by=by, now=NOW))


async def test_what_each_sees(database: Database) -> None:
    center = await center_of(database)
    first = await delegate_in(database, center, FIRST)
    await delegate_in(database, center, SECOND)
    await appoint(database, center, first)
    reader = database.reader
    seen = await leading.overview(reader, RIGHTS, center, by=FOCAL, now=NOW)
    assert seen.focal_point is not None
    assert (seen.focal_point.name, seen.delegates) == (f"Person P{FOCAL}", 2)
    assert [one.name for one in seen.deputies] == [f"Delegate D{FIRST}"]
    assert (seen.part.leads, seen.part.appoints) == (True, True)
    part = await leading.part_in(reader, RIGHTS, FIRST, center)
    assert part == Part(is_deputy=True, is_delegate=True)
    assert (part.leads, part.appoints) == (True, False)
    assert await leading.part_in(reader, RIGHTS, OWNER, center) == Part(is_staff=True)
    limited = await leading.overview(reader, RIGHTS, center, by=SECOND, now=NOW)
    assert (limited.delegates, limited.part) == (0, Part(is_delegate=True)), "nobody has agreed to be shown"
    await database.write(lambda tx: delegates.set_shown(tx, first, is_shown=True, now=NOW))
    assert (await leading.overview(reader, RIGHTS, center, by=SECOND, now=NOW)).delegates == 1
    with pytest.raises(NotAllowedError):
        await leading.overview(reader, RIGHTS, center, by=STRANGER, now=NOW)
    with pytest.raises(NoSuchCenterError):
        await leading.overview(reader, RIGHTS, 9_999, by=OWNER, now=NOW)


async def test_ones_centers_are_those_that_one_leads_and_the_own(database: Database) -> None:
    first, second = await center_of(database), await center_of(database)
    await delegate_in(database, first, FOCAL)
    mine = await leading.mine(database.reader, FOCAL)
    assert [center.id for center in mine.centers] == [first, second]
    assert (await leading.mine(database.reader, STRANGER)).centers == ()


async def test_a_registration_is_shown_as_long_as_it_is_not_approved(database: Database) -> None:
    await center_of(database)
    await database.write(
        lambda tx: registering.register(tx, RIGHTS, DETAILS, by=STRANGER, now=NOW, post=lambda _message: None)
    )
    mine = await leading.mine(database.reader, STRANGER)
    assert mine.registration is not None
    assert mine.registration[1].state == CenterState.PENDING
    assert mine.centers == ()


async def test_a_delegate_is_made_a_deputy_and_is_none_any_more(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    await appoint(database, center, record)
    assert await leaders_of(database, center) == ([FOCAL], [FIRST])
    with pytest.raises(LeadsAlreadyError):
        await appoint(database, center, record)
    [entry] = await audit.latest(database.reader, at_most=1)
    assert (entry.act, entry.object, entry.actor_id) == ("role.give", f"person:{FIRST}", FOCAL)
    assert await dismiss(database, center, FIRST) is True
    assert await dismiss(database, center, FIRST) is False
    assert await leaders_of(database, center) == ([FOCAL], [])


async def test_a_deputy_decides_on_no_roles_but_lays_the_own_down(database: Database) -> None:
    center = await center_of(database)
    records = [await delegate_in(database, center, person) for person in (FIRST, SECOND)]
    await appoint(database, center, records[0])
    with pytest.raises(NotAllowedError):
        await appoint(database, center, records[1], by=FIRST)
    with pytest.raises(NotAllowedError):
        await dismiss(database, center, SECOND, by=FIRST)
    assert await dismiss(database, center, FIRST, by=FIRST) is True


async def test_of_many_at_once_as_many_become_deputies_as_there_can_be(database: Database) -> None:
    center = await center_of(database)
    records = [await delegate_in(database, center, 20 + number) for number in range(6)]
    outcomes = await asyncio.gather(
        *(appoint(database, center, record, by) for record in records for by in (FOCAL, OWNER)), return_exceptions=True
    )
    assert sum(isinstance(one, Delegate) for one in outcomes) == DEPUTIES_AT_MOST
    assert {type(one) for one in outcomes} == {Delegate, LeadsAlreadyError, TooManyDeputiesError}
    assert len((await leaders_of(database, center))[1]) == DEPUTIES_AT_MOST


async def test_who_cannot_be_a_deputy(database: Database) -> None:
    center = await center_of(database)
    own = await delegate_in(database, center, FOCAL)
    listed = await delegate_in(database, center, None, name="On the list")
    elsewhere = await delegate_in(database, await center_of(database, None), FIRST)
    for record, why in ((own, LeadsAlreadyError), (listed, NotOnTelegramError), (elsewhere, NoSuchDelegateError)):
        with pytest.raises(why):
            await appoint(database, center, record)
    assert await leaders_of(database, center) == ([FOCAL], [])


async def test_somebody_is_removed_once_with_what_was_made_for_them(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    link = await database.write(
        lambda tx: invitations.invite(tx, RIGHTS, center, by=FOCAL, delegate=record, replaces=True, now=NOW)
    )
    offer = await database.write(
        lambda tx: handing_over.offer(tx, RIGHTS, center, record, becomes_deputy=False, by=FOCAL, now=NOW)
    )
    outcomes = await asyncio.gather(*(remove(database, center, record) for _ in range(3)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Delegate", "NoSuchDelegateError", "NoSuchDelegateError"]
    after = await delegates.by_id(database.reader, record)
    assert after is not None
    assert (after.state, after.center) == (DelegateState.LEFT, None)
    made = await kept_invitations.by_id(database.reader, link.invitation.id)
    assert made is not None
    assert made.revoked_at == NOW
    ended = await handovers.by_id(database.reader, offer.handover.id)
    assert ended is not None
    assert ended.state == "over"


async def test_somebody_who_has_moved_to_another_center_is_not_removed_from_it(database: Database) -> None:
    center, other = await center_of(database), await center_of(database, None)
    record = await delegate_in(database, center, FIRST)
    await database.write(lambda tx: delegates.move_center(tx, center, other, NOW))
    with pytest.raises(NoSuchDelegateError):
        await remove(database, center, record)
    with pytest.raises(NotAllowedError):
        await remove(database, other, record)
    after = await delegates.by_id(database.reader, record)
    assert after is not None
    assert (after.state, after.center) == (DelegateState.ACTIVE, other)


async def test_who_leads_is_not_removed_nor_removes_whoever_they_please(database: Database) -> None:
    center = await center_of(database)
    own = await delegate_in(database, center, FOCAL)
    deputy = await delegate_in(database, center, FIRST)
    other = await delegate_in(database, center, SECOND)
    await appoint(database, center, deputy)
    for record in (own, deputy):
        with pytest.raises(LeaderStaysError):
            await remove(database, center, record, by=FIRST)
    with pytest.raises(NotAllowedError):
        await remove(database, center, other, by=SECOND)
    assert (await remove(database, center, other, by=FIRST)).id == other


async def test_in_a_suspended_center_nothing_is_changed(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    await database.write(
        lambda tx: centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=NOW)
    )
    with pytest.raises(CenterNotActiveError):
        await appoint(database, center, record)
    shown = await leading.overview(database.reader, RIGHTS, center, by=FOCAL, now=NOW)
    assert shown.center.state == CenterState.SUSPENDED


async def test_while_suspended_nobody_is_written_to_as_a_leader_or_offered_more(database: Database) -> None:
    center = await center_of(database)
    own, deputy = await delegate_in(database, center, FOCAL), await delegate_in(database, center, FIRST)
    await appoint(database, center, deputy)
    offered = await database.write(
        lambda tx: handing_over.offer(tx, RIGHTS, center, deputy, becomes_deputy=False, by=FOCAL, now=NOW)
    )
    assert await database.write(lambda tx: sending.leaders(tx, center)) == [FOCAL, FIRST]
    for record in (own, deputy):
        await database.write(partial(suspend, record=record))
    assert await database.write(lambda tx: sending.leaders(tx, center)) == []
    with pytest.raises(handing_over.HandoverOverError):
        await database.write(lambda tx: handing_over.accept(tx, offered.handover.id, by=FIRST, now=NOW))
    assert (await leading.mine(database.reader, FOCAL)).centers == ()
    assert not await directory.is_for_members(database.reader, RIGHTS, FOCAL)
    await database.write(lambda tx: curating.lift_person(tx, RIGHTS, own, by=OWNER, now=NOW))
    assert await database.write(lambda tx: sending.leaders(tx, center)) == [FOCAL]
    assert [one.id for one in (await leading.mine(database.reader, FOCAL)).centers] == [center]


async def suspend(tx: Transaction, *, record: int) -> None:
    await curating.suspend_person(tx, RIGHTS, record, None, by=OWNER, now=NOW)
