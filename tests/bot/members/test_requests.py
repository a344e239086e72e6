"""What waits for a decision is decided once, by those who may, as they saw it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.members import centers as written
from bot.members import registering, requests, sending
from bot.members.centers import StaleCenterError
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError
from storage import audit
from storage import requests as kept
from storage.database import Database
from storage.records import NewMessage, Rendered
from storage.records.members import Card, CenterState, Change, Request, RequestKind, RequestState
from storage.session import Transaction
from tests.requested import (
    APPLICANT,
    FOCAL,
    MEMBER,
    OWNER,
    RIGHTS,
    STRANGER,
    approved,
    corrected,
    decide,
    registered,
    shown_to,
)


async def test_of_many_who_decide_at_the_same_time_one_does(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    verdicts = [RequestState.APPROVED, RequestState.DECLINED] * 20
    tries = await asyncio.gather(
        *(
            decide(database, posted, request, verdict, by=(OWNER, MEMBER)[number % 3 == 0])
            for number, verdict in enumerate(verdicts)
        ),
        return_exceptions=True,
    )
    (decided,) = [one for one in tries if isinstance(one, Request)]
    late = [one for one in tries if isinstance(one, DecidedError)]
    assert len(late) == len(verdicts) - 1
    assert all(one.request == decided for one in late)
    center = await written.find(database.reader, request.center or 0)
    assert center.state == decided.state.value
    acts = [entry.act for entry in await audit.latest(database.reader) if entry.act != "center.ask"]
    assert acts == [f"center.{decided.state}"]
    assert shown_to(posted, sending.NEWS) == [APPLICANT]


@pytest.mark.parametrize("by", [APPLICANT, FOCAL, STRANGER])
@pytest.mark.parametrize("verdict", [RequestState.APPROVED, RequestState.DECLINED, RequestState.CORRECTION])
async def test_nobody_else_decides(
    database: Database, posted: list[NewMessage], by: int, verdict: RequestState
) -> None:
    request = await registered(database, posted)
    with pytest.raises(NotAllowedError):
        await decide(database, posted, request, verdict, by=by, correct=("name",))
    assert await requests.find(database.reader, request.id) == request


async def test_there_is_no_request(database: Database, posted: list[NewMessage]) -> None:
    request = replace(await registered(database, posted), id=99)
    with pytest.raises(NoSuchRequestError):
        await decide(database, posted, request, RequestState.APPROVED)


async def test_what_is_withdrawn_is_not_decided(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    withdraw = partial(requests.withdraw, request=request, now=30, post=posted.append)
    with pytest.raises(NotAllowedError):
        await database.write(lambda tx: withdraw(tx, by=STRANGER))
    await database.write(lambda tx: withdraw(tx, by=APPLICANT))
    with pytest.raises(DecidedError):
        await decide(database, posted, request, RequestState.APPROVED)
    with pytest.raises(DecidedError):
        await database.write(lambda tx: withdraw(tx, by=APPLICANT))
    assert (await written.find(database.reader, request.center or 0)).state == CenterState.DECLINED
    assert await registering.own(database.reader, APPLICANT) is None


async def test_a_change_is_made_when_it_is_approved(database: Database, posted: list[NewMessage]) -> None:
    center_id = await approved(database, posted)
    request = await asks_change(database, posted, center_id, {"country": Change("CH", "SE")})
    assert (await written.find(database.reader, center_id)).details.country == "CH"
    await decide(database, posted, request, RequestState.APPROVED)
    assert (await written.find(database.reader, center_id)).details.country == "SE"


async def test_a_change_that_does_not_fit_any_more_can_only_be_declined(
    database: Database, posted: list[NewMessage]
) -> None:
    center_id = await approved(database, posted)
    request = await asks_change(database, posted, center_id, {"country": Change("CH", "SE")})

    async def otherwise(tx: Transaction) -> None:
        center = await written.find(tx, center_id)
        await written.change(tx, center, replace(center.details, country="NO"), 25)

    await database.write(otherwise)

    async def caught(tx: Transaction) -> None:
        """As a handler, which says what is wrong and goes on in the same transaction."""
        with pytest.raises(StaleCenterError):
            await requests.decide(
                tx, RIGHTS, request.id, RequestState.APPROVED, edition=0, by=MEMBER, now=30, post=posted.append
            )

    await database.write(caught)
    assert await requests.find(database.reader, request.id) == request
    await decide(database, posted, request, RequestState.DECLINED)
    assert (await written.find(database.reader, center_id)).details.country == "NO"


def asks_change(
    database: Database, posted: list[NewMessage], center_id: int, changes: dict[str, Change]
) -> Awaitable[Request]:
    return database.write(
        lambda tx: requests.put(
            tx, RIGHTS, RequestKind.CHANGE, by=FOCAL, center=center_id, changes=changes, now=22, post=posted.append
        )
    )


async def test_what_waits_is_listed_by_how_long_it_waits(database: Database, posted: list[NewMessage]) -> None:
    first = await registered(database, posted)
    second = await registered(database, posted, by=STRANGER)
    await corrected(database, posted, first, {"city": Change("Example City", "Another City")})
    waiting = await kept.waiting(database.reader, at_most=10)
    assert [one.id for one in waiting] == [second.id, first.id]
    assert [one.id for one in await kept.waiting(database.reader, RequestKind.GUEST, at_most=10)] == []


async def test_whoever_could_not_be_told_is_told_when_they_come_back(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    after = await decide(database, posted, request, RequestState.APPROVED)
    await database.write(lambda tx: kept.add_card(tx, Card(-5, 6, request.id)))
    await database.write(lambda tx: kept.not_told(tx, request.id, after.edition))
    assert (await requests.find(database.reader, request.id)).is_untold
    posted.clear()
    tell: Callable[[Transaction], Awaitable[int]] = partial(sending.tell_again, person_id=APPLICANT, post=posted.append)
    assert [await database.write(tell) for _ in range(2)] == [1, 0]
    assert [(one.chat_id, one.content.renderer) for one in posted if isinstance(one.content, Rendered)] == [
        (APPLICANT, sending.NEWS),
        (-5, sending.CARD_NOW),
    ]
