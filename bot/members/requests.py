"""What waits for a decision: how it is put, decided once, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType

from bot.members import centers as written
from bot.members import sending
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import StaleDelegateError
from bot.members.roles import NotAllowedError, Rights, Role, leads
from storage import audit, centers, delegates, requests, roles
from storage.outbox import Post
from storage.records.members import (
    Center,
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
from storage.session import Session, Transaction

REASON_AT_MOST = 1_000
CENTER_FIELDS = tuple(field.name for field in fields(CenterDetails))
DELEGATE_FIELDS = tuple(field.name for field in fields(DelegateDetails))
CORRECTABLE: Mapping[RequestKind, tuple[str, ...]] = MappingProxyType(
    {RequestKind.CENTER: CENTER_FIELDS, RequestKind.GUEST: DELEGATE_FIELDS}
)
"""What whoever asked can be asked to correct. Of the other kinds, they simply ask again."""
LIVE = frozenset({CenterState.APPROVED, CenterState.SUSPENDED})
"""A Center whose details can be changed."""


class NoSuchRequestError(Exception):
    """There is no such request."""


class DecidedError(Exception):
    """It was decided, or changed, before; `request` is how it stands."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.id)
        self.request = request


async def put(
    tx: Transaction,
    rights: Rights,
    kind: RequestKind,
    *,
    by: int,
    center: int | None = None,
    delegate: int | None = None,
    changes: Mapping[str, Change] | None = None,
    now: int,
    post: Post,
) -> Request:
    """Put something to those who decide it, and show it to them."""
    request_id = await requests.add(tx, kind, center=center, delegate=delegate, person_id=by, changes=changes, now=now)
    await audit.add(
        tx, by, f"{kind}.ask", _object(center, delegate), now=now,
        after={"request": request_id, "fields": sorted(changes or ())},
    )  # fmt: skip
    request = await find(tx, request_id)
    await sending.post_cards(tx, rights, request, post)
    return request


async def put_again(
    tx: Transaction,
    rights: Rights,
    request: Request,
    *,
    by: int,
    changes: Mapping[str, Change] | None = None,
    now: int,
    post: Post,
) -> Request:
    """It was corrected or changed, and waits for a decision again. Raises DecidedError, NotAllowedError."""
    await _need_own(tx, request, by)
    if not await requests.put_again(tx, request.id, by=by, changes=changes, now=now):
        raise DecidedError(await find(tx, request.id))
    await audit.add(
        tx, by, f"{request.kind}.correct", _object(request.center, request.delegate), now=now,
        after={"request": request.id, "fields": list(request.fields)},
    )  # fmt: skip
    await sending.post_cards_now(tx, request.id, post)
    again = await find(tx, request.id)
    await sending.post_cards(tx, rights, again, post)
    return again


async def withdraw(tx: Transaction, request: Request, *, by: int, now: int, post: Post) -> None:
    """Whoever asked does not want it any more. Raises DecidedError, NotAllowedError.

    The Center is declined then; a delegate's record is kept as that of somebody who has left.
    """
    await _need_own(tx, request, by)
    if not await requests.withdraw(tx, request.id, by=by, now=now):
        raise DecidedError(await find(tx, request.id))
    if request.kind == RequestKind.CENTER and request.center is not None:
        await centers.set_state(tx, request.center, before=CenterState.PENDING, state=CenterState.DECLINED, now=now)
    elif request.delegate is not None:
        await delegates.place(
            tx, request.delegate, center=None, before=DelegateState.PENDING, state=DelegateState.LEFT, now=now
        )
    await audit.add(
        tx, by, f"{request.kind}.withdraw", _object(request.center, request.delegate), now=now,
        after={"request": request.id},
    )  # fmt: skip
    await sending.post_cards_now(tx, request.id, post)


async def decide(
    tx: Transaction,
    rights: Rights,
    request_id: int,
    verdict: RequestState,
    *,
    edition: int,
    by: int,
    correct: Sequence[str] = (),
    reason: str | None = None,
    now: int,
    post: Post,
) -> Request:
    """Approve, decline, or ask for a correction; the first decision counts, whoever else decides at the same time.

    `edition` is that of the request which whoever decides has seen; `correct` names the fields that are to be
    corrected; whoever asked reads the `reason`. What waits for a correction can still be approved or declined.

    Raises:
        NotAllowedError: it is not for them to decide, or not this.
        NoSuchRequestError: there is none.
        DecidedError: somebody was first, or it was put again since.
        StaleCenterError, StaleDelegateError: it cannot be approved, since what it is about has changed otherwise.
    """
    request = await find(tx, request_id)
    await need_decider(tx, rights, by, request)
    if verdict == RequestState.CORRECTION and not (correct and set(correct) <= set(CORRECTABLE.get(request.kind, ()))):
        raise NotAllowedError
    if verdict == RequestState.APPROVED and request.is_undecided and request.edition == edition:
        await _need_fitting(tx, request)  # before anything is written: whoever catches the error goes on
    decided = await requests.decide(
        tx, request_id, verdict, edition=edition, by=by, fields=correct, reason=reason, now=now
    )
    if not decided:
        raise DecidedError(await find(tx, request_id))
    await _EFFECTS[request.kind](tx, request, verdict, by, now)
    await audit.add(
        tx, by, f"{request.kind}.{verdict}", _object(request.center, request.delegate), now=now,
        before={"state": request.state}, after={"state": verdict, "request": request_id, "fields": list(correct)},
    )  # fmt: skip
    await sending.post_cards_now(tx, request_id, post)
    after = await find(tx, request_id)
    sending.post_news(after, post)
    return after


async def find(session: Session, request_id: int) -> Request:
    """The request. Raises NoSuchRequestError."""
    request = await requests.by_id(session, request_id)
    if request is None:
        raise NoSuchRequestError
    return request


async def need_decider(session: Session, rights: Rights, person_id: int, request: Request) -> None:
    """Raises NotAllowedError unless somebody may decide this.

    A Center's focal point and deputies decide who joins it; everything is the Secretariat's to decide.
    """
    if request.kind == RequestKind.JOIN and request.center is not None:
        await rights.need_lead(session, person_id, request.center)
    else:
        await rights.need_staff(session, person_id)


async def may_decide(session: Session, rights: Rights, person_id: int, request: Request) -> bool:
    """Whether somebody may decide this, and see what it says."""
    try:
        await need_decider(session, rights, person_id, request)
    except NotAllowedError:
        return False
    return True


async def _need_own(session: Session, request: Request, by: int) -> None:
    """Raises NotAllowedError unless they have asked for it; the change of a Center is of all who lead it."""
    if request.person_id == by:
        return
    if request.kind != RequestKind.CHANGE or not await leads(session, by, _need(request.center)):
        raise NotAllowedError


async def _need_fitting(session: Session, request: Request) -> None:
    """Raises StaleCenterError or StaleDelegateError unless what is asked for can be done as things stand."""
    if request.kind == RequestKind.CENTER:
        center = await centers.by_id(session, _need(request.center))
        if center is None or center.state != CenterState.PENDING:
            raise StaleCenterError
        return
    if request.kind == RequestKind.CHANGE:
        await _changing(session, request)
        return
    delegate = await delegates.by_id(session, _need(request.delegate))
    if delegate is None or delegate.state != DelegateState.PENDING:
        raise StaleDelegateError
    if request.kind == RequestKind.JOIN:
        center = None if delegate.center is None else await centers.by_id(session, delegate.center)
        if center is None or center.state != CenterState.APPROVED:
            raise StaleCenterError


async def _changing(session: Session, request: Request) -> Center:
    """The Center that a change is of, if it is what it was in all that is to change. Raises StaleCenterError."""
    try:
        center = await written.find(session, _need(request.center))
    except NoSuchCenterError:
        raise StaleCenterError from None
    is_same = all(getattr(center.details, name) == change.before for name, change in request.changes.items())
    if center.state not in LIVE or not is_same:
        raise StaleCenterError
    return center


async def _center(tx: Transaction, request: Request, verdict: RequestState, by: int, now: int) -> None:
    center_id = _need(request.center)
    if verdict == RequestState.APPROVED:
        await centers.set_state(tx, center_id, before=CenterState.PENDING, state=CenterState.APPROVED, now=now)
        if request.person_id is not None:
            await roles.give(tx, request.person_id, Role.FOCAL_POINT, scope=str(center_id), given_by=by, now=now)
    elif verdict == RequestState.DECLINED:
        await centers.set_state(tx, center_id, before=CenterState.PENDING, state=CenterState.DECLINED, now=now)


async def _change(tx: Transaction, request: Request, verdict: RequestState, _by: int, now: int) -> None:
    if verdict != RequestState.APPROVED:
        return
    center = await _changing(tx, request)
    await written.change(tx, center, changed(center.details, request.changes), now)


async def _delegate(tx: Transaction, request: Request, verdict: RequestState, _by: int, now: int) -> None:
    delegate_id = _need(request.delegate)
    if verdict == RequestState.APPROVED:
        await delegates.set_state(tx, delegate_id, before=DelegateState.PENDING, state=DelegateState.ACTIVE, now=now)
    elif verdict == RequestState.DECLINED:
        await delegates.place(
            tx, delegate_id, center=None, before=DelegateState.PENDING, state=DelegateState.DECLINED, now=now
        )


_EFFECTS = {
    RequestKind.CENTER: _center,
    RequestKind.CHANGE: _change,
    RequestKind.JOIN: _delegate,
    RequestKind.GUEST: _delegate,
}


def changed(details: CenterDetails, changes: Mapping[str, Change]) -> CenterDetails:
    """The details with what a request is to change."""
    after = {name: change.after for name, change in changes.items()}
    typed: dict[str, object] = dict(after)
    if after.get("kind") is not None:
        typed["kind"] = CenterKind(str(after["kind"]))
    if after.get("focus") is not None:
        typed["focus"] = Focus(str(after["focus"]))
    return replace(details, **typed)  # type: ignore[arg-type]


def _object(center: int | None, delegate: int | None) -> str:
    return f"delegate:{delegate}" if delegate is not None else f"center:{center}"


def _need(found: int | None) -> int:
    assert found is not None  # noqa: S101 - the table has a check, and each kind its own
    return found
