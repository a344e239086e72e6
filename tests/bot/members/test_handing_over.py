"""The role of a focal point goes to who accepts it first, and to nobody twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from bot.members import handing_over, leading
from bot.members.delegates import NoSuchDelegateError
from bot.members.handing_over import (
    LASTS_DAYS,
    HandedOver,
    HandoverOverError,
    NoSuchHandoverError,
    Offered,
    OfferedAlreadyError,
)
from bot.members.leading import DEPUTIES_AT_MOST, LeadsAlreadyError, NotOnTelegramError
from bot.members.roles import NotAllowedError, Role
from storage import audit, delegates, roles
from storage.database import Database
from storage.errors import StatementError
from storage.records.durations import DAY_US
from storage.records.members import DelegateState, Handover
from tests.leaders import FOCAL, NOW, OWNER, RIGHTS, STRANGER, center_of, delegate_in, leaders_of

FIRST, SECOND = 11, 12


def offer(
    database: Database, center: int, delegate: int, *, by: int = FOCAL, becomes_deputy: bool = False, now: int = NOW
) -> Awaitable[Offered]:
    return database.write(
        lambda tx: handing_over.offer(tx, RIGHTS, center, delegate, becomes_deputy=becomes_deputy, by=by, now=now)
    )


def accept(database: Database, handover: Handover, by: int, now: int = NOW) -> Awaitable[HandedOver]:
    return database.write(lambda tx: handing_over.accept(tx, handover.id, by=by, now=now))


def appoint(database: Database, center: int, delegate: int) -> Awaitable[object]:
    return database.write(lambda tx: leading.appoint(tx, RIGHTS, center, delegate, by=OWNER, now=NOW))


async def test_nothing_changes_until_it_is_accepted(database: Database) -> None:
    center = await center_of(database)
    offered = await offer(database, center, await delegate_in(database, center, FIRST))
    assert offered.handover.expires_at == NOW + LASTS_DAYS * DAY_US
    assert await leaders_of(database, center) == ([FOCAL], [])
    done = await accept(database, offered.handover, FIRST)
    assert (done.handover.state, done.is_deputy) == ("accepted", False)
    assert await leaders_of(database, center) == ([FIRST], [])
    [entry] = await audit.latest(database.reader, at_most=1)
    assert (entry.act, entry.object, entry.actor_id) == ("role.hand_over", f"person:{FIRST}", FIRST)
    with pytest.raises(NotAllowedError):
        await offer(database, center, 1)


async def test_whoever_had_it_can_stay_as_a_deputy(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    await appoint(database, center, record)
    offered = await offer(database, center, record, becomes_deputy=True)
    done = await accept(database, offered.handover, FIRST)
    assert done.is_deputy
    assert await leaders_of(database, center) == ([FIRST], [FOCAL])


async def test_where_there_is_no_room_for_a_deputy_there_is_none(database: Database) -> None:
    center = await center_of(database)
    for number in range(DEPUTIES_AT_MOST):
        await appoint(database, center, await delegate_in(database, center, 20 + number))
    offered = await offer(database, center, await delegate_in(database, center, FIRST), becomes_deputy=True)
    done = await accept(database, offered.handover, FIRST)
    assert not done.is_deputy
    focal_points, deputies = await leaders_of(database, center)
    assert (focal_points, len(deputies)) == ([FIRST], DEPUTIES_AT_MOST)


async def test_of_several_who_accept_at_once_one_has_it(database: Database) -> None:
    center = await center_of(database)
    offers = [
        (person, await offer(database, center, await delegate_in(database, center, person)))
        for person in (FIRST, SECOND, 13, 14)
    ]
    outcomes = await asyncio.gather(
        *(accept(database, one.handover, person) for person, one in offers for _ in range(2)), return_exceptions=True
    )
    [done] = [one for one in outcomes if isinstance(one, HandedOver)]
    assert sum(isinstance(one, HandoverOverError) for one in outcomes) == 7
    assert await leaders_of(database, center) == ([done.handover.to_person], [])
    seen = await leading.overview(database.reader, RIGHTS, center, by=OWNER, now=NOW)
    assert seen.handovers == (), "the other offers are over"


async def test_accepting_and_taking_back_at_once_do_not_both_happen(database: Database) -> None:
    center = await center_of(database)
    offered = await offer(database, center, await delegate_in(database, center, FIRST))
    number = offered.handover.id
    outcomes = await asyncio.gather(
        database.write(lambda tx: handing_over.withdraw(tx, RIGHTS, number, by=FOCAL, now=NOW)),
        accept(database, offered.handover, FIRST),
        return_exceptions=True,
    )
    assert [isinstance(one, HandoverOverError) for one in outcomes] == [False, True]
    assert await leaders_of(database, center) == ([FOCAL], [])


async def test_the_database_itself_takes_one_focal_point(database: Database) -> None:
    center = await center_of(database)
    with pytest.raises(StatementError):
        await database.write(
            lambda tx: roles.give(tx, STRANGER, Role.FOCAL_POINT, scope=str(center), given_by=OWNER, now=NOW)
        )


async def test_it_is_accepted_within_its_time_by_whom_it_is_for(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    offered = await offer(database, center, record)
    with pytest.raises(NotAllowedError):
        await accept(database, offered.handover, STRANGER)
    with pytest.raises(NoSuchHandoverError):
        await database.write(lambda tx: handing_over.accept(tx, 9_999, by=FIRST, now=NOW))
    over = offered.handover.expires_at
    with pytest.raises(HandoverOverError):
        await accept(database, offered.handover, FIRST, over)
    with pytest.raises(OfferedAlreadyError):
        await offer(database, center, record)
    again = await offer(database, center, record, now=over)
    await accept(database, again.handover, FIRST, over)
    assert await leaders_of(database, center) == ([FIRST], [])


async def test_who_has_left_the_center_meanwhile_cannot_accept(database: Database) -> None:
    center = await center_of(database)
    record = await delegate_in(database, center, FIRST)
    offered = await offer(database, center, record)
    await database.write(
        lambda tx: delegates.place(
            tx, record, center=None, before=DelegateState.ACTIVE, state=DelegateState.LEFT, now=NOW
        )
    )
    with pytest.raises(HandoverOverError):
        await accept(database, offered.handover, FIRST)
    assert await leaders_of(database, center) == ([FOCAL], [])


async def test_an_offer_by_somebody_who_has_lost_the_role_is_over(database: Database) -> None:
    center = await center_of(database)
    offered = await offer(database, center, await delegate_in(database, center, FIRST))
    await database.write(lambda tx: roles.take(tx, FOCAL, Role.FOCAL_POINT, str(center)))
    with pytest.raises(HandoverOverError):
        await accept(database, offered.handover, FIRST)
    assert await leaders_of(database, center) == ([], [])


async def test_a_center_without_a_focal_point_is_given_one_by_the_secretariat(database: Database) -> None:
    center = await center_of(database, None)
    records = [await delegate_in(database, center, person) for person in (FIRST, SECOND)]
    offers = [await offer(database, center, record, by=OWNER, becomes_deputy=True) for record in records]
    outcomes = await asyncio.gather(
        *(accept(database, one.handover, person) for person, one in zip((FIRST, SECOND), offers, strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["HandedOver", "HandoverOverError"]
    focal_points, deputies = await leaders_of(database, center)
    assert (len(focal_points), deputies) == (1, [])


async def test_to_whom_it_cannot_be_offered(database: Database) -> None:
    center = await center_of(database)
    own = await delegate_in(database, center, FOCAL)
    listed = await delegate_in(database, center, None, name="On the list")
    elsewhere = await delegate_in(database, await center_of(database, None), FIRST)
    for record, why in ((own, LeadsAlreadyError), (listed, NotOnTelegramError), (elsewhere, NoSuchDelegateError)):
        with pytest.raises(why):
            await offer(database, center, record)


async def test_a_deputy_neither_offers_it_nor_takes_it_back(database: Database) -> None:
    center = await center_of(database)
    deputy, other = await delegate_in(database, center, FIRST), await delegate_in(database, center, SECOND)
    await appoint(database, center, deputy)
    with pytest.raises(NotAllowedError):
        await offer(database, center, other, by=FIRST)
    offered = await offer(database, center, other)
    with pytest.raises(NotAllowedError):
        await database.write(lambda tx: handing_over.withdraw(tx, RIGHTS, offered.handover.id, by=FIRST, now=NOW))


async def test_what_was_declined_is_over(database: Database) -> None:
    center = await center_of(database)
    offered = await offer(database, center, await delegate_in(database, center, FIRST))
    await database.write(lambda tx: handing_over.decline(tx, offered.handover.id, by=FIRST, now=NOW))
    with pytest.raises(HandoverOverError):
        await accept(database, offered.handover, FIRST)
