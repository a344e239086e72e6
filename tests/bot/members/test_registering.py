"""Whoever registers a Center registers one at a time, and leads it once it is approved."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.members import centers as written
from bot.members import registering, sending
from bot.members.registering import HasCenterError
from storage import centers, secretariat
from storage import requests as kept
from storage.database import Database
from storage.errors import StatementError
from storage.records import NewMessage
from storage.records.members import CenterState, Request, RequestKind, RequestState
from tests.leaders import DETAILS
from tests.requested import APPLICANT, MEMBER, OWNER, RIGHTS, STRANGER, decide, registered, shown_to


async def test_a_registration_is_pending_and_shown_to_the_secretariat(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    center = await written.find(database.reader, request.center or 0)
    assert (center.state, center.registered_by, center.details) == (CenterState.PENDING, APPLICANT, DETAILS)
    assert (request.kind, request.state, request.edition) == (RequestKind.CENTER, RequestState.OPEN, 0)
    assert shown_to(posted, sending.CARD) == [OWNER, MEMBER]


async def test_with_a_group_the_card_is_shown_there(database: Database, posted: list[NewMessage]) -> None:
    bind = partial(secretariat.bind, chat_id=-5, title="G", is_forum=True, bound_by=OWNER, now=2)
    await database.write(bind)
    await registered(database, posted)
    assert shown_to(posted, sending.CARD) == [-5]


async def test_a_person_registers_one_center_at_a_time(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    with pytest.raises(HasCenterError) as has:
        await registered(database, posted)
    assert has.value.own.center.id == request.center
    with pytest.raises(StatementError):  # the index behind it
        await database.write(
            lambda tx: kept.add(
                tx, RequestKind.CENTER, center=request.center, delegate=None, person_id=APPLICANT, now=1
            )
        )
    await decide(database, posted, request, RequestState.APPROVED)
    with pytest.raises(HasCenterError):
        await registered(database, posted)
    await registered(database, posted, by=STRANGER)


async def test_many_who_register_at_the_same_time_have_one_center(database: Database, posted: list[NewMessage]) -> None:
    tries = await asyncio.gather(*(registered(database, posted) for _ in range(20)), return_exceptions=True)
    assert len([one for one in tries if isinstance(one, Request)]) == 1
    assert len(await centers.of_person(database.reader, APPLICANT)) == 1


async def test_whoever_registered_an_approved_center_is_its_focal_point(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    await decide(database, posted, request, RequestState.APPROVED)
    assert await RIGHTS.leads(database.reader, APPLICANT, request.center or 0)
    own = await registering.own(database.reader, APPLICANT)
    assert own is not None
    assert (own.center.id, own.request) == (request.center, None)


async def test_a_declined_center_leaves_room_for_another(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    after = await decide(database, posted, request, RequestState.DECLINED, reason="Not ours.")
    assert (after.state, after.reason, after.decided_by, after.decided_at) == ("declined", "Not ours.", MEMBER, 20)
    assert not await RIGHTS.leads(database.reader, APPLICANT, request.center or 0)
    assert await registering.own(database.reader, APPLICANT) is None
    await registered(database, posted)
