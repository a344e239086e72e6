"""What waits for a decision is decided once, by those who may, as they saw it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest

from bot.members import centers as written
from bot.members import delegates as written_delegates
from bot.members import reasons, registering, requests, sending
from bot.members.centers import StaleCenterError
from bot.members.delegates import StaleDelegateError
from bot.members.reasons import ReasonTooLongError
from bot.members.registering import HasCenterError
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError, Rights, Role
from storage import audit, centers, delegates, people, roles, secretariat
from storage import requests as kept
from storage.database import Database
from storage.errors import StatementError
from storage.records import NewMessage, Rendered
from storage.records.members import (
    Card,
    CenterDetails,
    CenterKind,
    CenterState,
    Change,
    DelegateDetails,
    DelegateState,
    Focus,
    Request,
    RequestKind,
    RequestState,
)
from storage.session import Transaction

T = TypeVar("T")

OWNER, MEMBER, APPLICANT, FOCAL, STRANGER = 1, 2, 7, 8, 9
RIGHTS = Rights((OWNER,))
DETAILS = CenterDetails(
    name="Center A",
    kind=CenterKind.TRAINING_CENTER,
    focus=Focus.MIXED,
    country="CH",
    city="Example City",
    email="office@a.example.org",
    head_name="Head A",
)


@pytest.fixture
async def posted(database: Database) -> list[NewMessage]:
    """What is queued; everybody is known to the bot."""

    async def work(tx: Transaction) -> None:
        for person in (OWNER, MEMBER, APPLICANT, FOCAL, STRANGER):
            await people.meet(tx, people.meeting(tx.sql, person, language="en", guessed=True, reachable=True, now=1))
        await roles.give(tx, MEMBER, Role.SECRETARIAT, given_by=OWNER, now=1)

    await database.write(work)
    return []


async def registered(database: Database, posted: list[NewMessage], by: int = APPLICANT) -> Request:
    return await database.write(lambda tx: registering.register(tx, RIGHTS, DETAILS, by=by, now=10, post=posted.append))


def decide(
    database: Database,
    posted: list[NewMessage],
    request: Request,
    verdict: RequestState,
    by: int = MEMBER,
    **more: object,
) -> Awaitable[Request]:
    arguments = {"edition": request.edition, "now": 20, "post": posted.append, **more}
    return database.write(lambda tx: requests.decide(tx, RIGHTS, request.id, verdict, by=by, **arguments))  # type: ignore[arg-type]


def shown_to(posted: list[NewMessage], renderer: str) -> list[int]:
    return [one.chat_id for one in posted if isinstance(one.content, Rendered) and one.content.renderer == renderer]


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


@pytest.mark.parametrize("correct", [(), ("nothing",), ("name", "given_name")])
async def test_only_fields_that_there_are_can_be_corrected(
    database: Database, posted: list[NewMessage], correct: tuple[str, ...]
) -> None:
    request = await registered(database, posted)
    with pytest.raises(NotAllowedError):
        await decide(database, posted, request, RequestState.CORRECTION, correct=correct)


async def test_a_correction_comes_back_and_is_decided_by_its_new_edition(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    asked = await decide(
        database, posted, request, RequestState.CORRECTION, correct=("name", "city"), reason="In full, please."
    )
    assert (asked.state, asked.fields, asked.reason) == ("correction", ("name", "city"), "In full, please.")
    changes = {"name": Change("Center A", "Center A of Example City")}
    again = await corrected(database, posted, request, changes)
    assert (again.state, again.fields, again.reason, again.decided_by) == ("open", (), None, None)
    assert (again.changes, again.asked_at) == (changes, 30)
    center = await written.find(database.reader, request.center or 0)
    assert center.details == replace(DETAILS, name="Center A of Example City")
    with pytest.raises(DecidedError):  # whoever has seen what it was before
        await decide(database, posted, request, RequestState.APPROVED)
    assert (await decide(database, posted, again, RequestState.APPROVED)).state == "approved"


def corrected(
    database: Database, posted: list[NewMessage], request: Request, changes: dict[str, Change], by: int = APPLICANT
) -> Awaitable[Request]:
    return database.write(
        lambda tx: registering.correct(tx, RIGHTS, request.id, changes, by=by, now=30, post=posted.append)
    )


async def test_a_change_after_the_decision_changes_nothing(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    await decide(database, posted, request, RequestState.APPROVED)
    with pytest.raises(DecidedError):
        await corrected(database, posted, request, {"name": Change("Center A", "Center B")})
    assert (await written.find(database.reader, request.center or 0)).details == DETAILS


async def test_a_change_of_what_has_changed_otherwise_changes_nothing(
    database: Database, posted: list[NewMessage]
) -> None:
    request = await registered(database, posted)
    with pytest.raises(StaleCenterError):
        await corrected(database, posted, request, {"name": Change("Center Z", "Center B")})
    assert await requests.find(database.reader, request.id) == request


async def test_nobody_corrects_what_is_somebody_elses(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    with pytest.raises(NotAllowedError):
        await corrected(database, posted, request, {"name": Change("Center A", "Center B")}, by=STRANGER)


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


async def approved(database: Database, posted: list[NewMessage]) -> int:
    """A Center that FOCAL leads."""
    request = await registered(database, posted, by=FOCAL)
    await decide(database, posted, request, RequestState.APPROVED)
    posted.clear()
    return request.center or 0


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


async def test_what_waits_is_listed_by_how_long_it_waits(database: Database, posted: list[NewMessage]) -> None:
    first = await registered(database, posted)
    second = await registered(database, posted, by=STRANGER)
    await corrected(database, posted, first, {"city": Change("Example City", "Another City")})
    waiting = await kept.waiting(database.reader, at_most=10)
    assert [one.id for one in waiting] == [second.id, first.id]
    assert [one.id for one in await kept.waiting(database.reader, RequestKind.GUEST, at_most=10)] == []


# --- Reasons


async def test_a_reason_is_given_once_and_within_a_day(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    reason = await database.write(
        lambda tx: reasons.ask(tx, RIGHTS, request, by=MEMBER, chat_id=-5, correct=("name", "city"), now=50)
    )
    await database.write(lambda tx: reasons.prompted(tx, reason, 77))
    found = await reasons.awaited(database.reader, MEMBER, 60)
    assert found == replace(reason, prompt_id=77)
    assert await reasons.awaited(database.reader, MEMBER, 60 + reasons.LASTS_US) is None
    with pytest.raises(ReasonTooLongError):
        await database.write(lambda tx: reasons.give(tx, RIGHTS, reason, "a" * 1_001, now=60, post=posted.append))
    after = await database.write(lambda tx: reasons.give(tx, RIGHTS, reason, "In full.", now=60, post=posted.append))
    assert (after.state, after.fields, after.reason) == ("correction", ("name", "city"), "In full.")
    assert await reasons.awaited(database.reader, MEMBER, 61) is None


async def test_the_words_of_a_reason_are_not_in_the_audit_log(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    await decide(database, posted, request, RequestState.DECLINED, reason="Between us.")
    entries = await audit.latest(database.reader)
    said = json.dumps([[one.before, one.after] for one in entries])
    assert "Between us." not in said
    assert "Center A" not in said


# --- Whoever cannot be told


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
