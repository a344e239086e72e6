"""Who decides on people who want to join a Center or to be guests, and what becomes of them."""

from __future__ import annotations

import pytest

from bot.members import delegates as written_delegates
from bot.members import requests, sending
from bot.members.centers import StaleCenterError
from bot.members.delegates import StaleDelegateError
from bot.members.roles import NotAllowedError
from storage import centers, delegates, people
from storage.database import Database
from storage.records import NewMessage
from storage.records.members import CenterState, DelegateDetails, DelegateState, Request, RequestKind, RequestState
from storage.session import Transaction
from tests.requested import APPLICANT, FOCAL, MEMBER, OWNER, RIGHTS, STRANGER, approved, decide, shown_to


async def wants_to_join(
    database: Database, posted: list[NewMessage], center_id: int | None, kind: RequestKind = RequestKind.JOIN
) -> Request:
    async def work(tx: Transaction) -> Request:
        delegate = await written_delegates.add(
            tx, DelegateDetails("Delegate", "A"),
            person_id=STRANGER, center=center_id, state=DelegateState.PENDING, is_guest=center_id is None, now=21,
        )  # fmt: skip
        return await requests.put(
            tx, RIGHTS, kind, by=STRANGER, center=center_id, delegate=delegate, now=22, post=posted.append
        )

    return await database.write(work)


async def test_the_focal_point_decides_who_joins(database: Database, posted: list[NewMessage]) -> None:
    center_id = await approved(database, posted)
    request = await wants_to_join(database, posted, center_id)
    assert shown_to(posted, sending.CARD) == [FOCAL]
    with pytest.raises(NotAllowedError):
        await decide(database, posted, request, RequestState.APPROVED, by=APPLICANT)
    with pytest.raises(NotAllowedError):  # whoever wants to join simply asks again
        await decide(database, posted, request, RequestState.CORRECTION, by=FOCAL, correct=("given_name",))
    await decide(database, posted, request, RequestState.APPROVED, by=FOCAL)
    delegate = await delegates.by_id(database.reader, request.delegate or 0)
    assert delegate is not None
    assert (delegate.state, delegate.center) == (DelegateState.ACTIVE, center_id)


async def test_whoever_joins_a_center_that_cannot_be_reached_is_shown_to_the_secretariat(
    database: Database, posted: list[NewMessage]
) -> None:
    center_id = await approved(database, posted)
    await database.write(lambda tx: people.unreachable(tx, FOCAL, 5))
    await wants_to_join(database, posted, center_id)
    assert shown_to(posted, sending.CARD) == [OWNER, MEMBER]


async def test_nobody_joins_a_center_that_is_closed(database: Database, posted: list[NewMessage]) -> None:
    center_id = await approved(database, posted)
    request = await wants_to_join(database, posted, center_id)
    await database.write(
        lambda tx: centers.set_state(tx, center_id, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=25)
    )
    with pytest.raises(StaleCenterError):
        await decide(database, posted, request, RequestState.APPROVED)


async def test_a_guest_is_approved_or_asked_for_a_correction(database: Database, posted: list[NewMessage]) -> None:
    request = await wants_to_join(database, posted, None, RequestKind.GUEST)
    asked = await decide(database, posted, request, RequestState.CORRECTION, correct=("organization",))
    again = await database.write(
        lambda tx: requests.put_again(tx, RIGHTS, asked, by=STRANGER, now=40, post=posted.append)
    )
    await decide(database, posted, again, RequestState.APPROVED)
    delegate = await delegates.by_id(database.reader, request.delegate or 0)
    assert delegate is not None
    assert delegate.state == DelegateState.ACTIVE


async def test_a_guest_who_is_not_there_any_more_is_not_approved(database: Database, posted: list[NewMessage]) -> None:
    request = await wants_to_join(database, posted, None, RequestKind.GUEST)
    await database.write(
        lambda tx: delegates.place(
            tx, request.delegate or 0, center=None, before=DelegateState.PENDING, state=DelegateState.LEFT, now=25
        )
    )
    with pytest.raises(StaleDelegateError):
        await decide(database, posted, request, RequestState.APPROVED)


async def test_a_guest_who_withdraws_has_left(database: Database, posted: list[NewMessage]) -> None:
    request = await wants_to_join(database, posted, None, RequestKind.GUEST)
    await database.write(lambda tx: requests.withdraw(tx, request, by=STRANGER, now=25, post=posted.append))
    delegate = await delegates.by_id(database.reader, request.delegate or 0)
    assert delegate is not None
    assert delegate.state == DelegateState.LEFT
