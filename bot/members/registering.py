"""How a Center is registered: put to the Secretariat, corrected, and found again by whoever registers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.members import centers as written
from bot.members import requests
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.requests import CENTER_FIELDS, DecidedError
from bot.members.roles import NotAllowedError, Rights, Role
from storage import centers, roles
from storage import requests as kept
from storage.outbox import Post
from storage.records.members import Center, CenterDetails, CenterState, Change, Request, RequestKind
from storage.session import Session, Transaction


class HasCenterError(Exception):
    """Whoever registers a Center has one already; `own` is it."""

    def __init__(self, own: Own) -> None:
        super().__init__(own.center.id)
        self.own = own


@dataclass(frozen=True, slots=True)
class Own:
    """A Center of somebody's, and its registration as long as that is not decided."""

    center: Center
    request: Request | None


async def own(session: Session, person_id: int) -> Own | None:
    """The Center that somebody registers or leads; None if there is none."""
    request = await kept.registration_of(session, person_id)
    center = None if request is None else await centers.by_id(session, request.center or 0)
    if center is not None:
        return Own(center, request)
    for holder in await roles.of_person(session, person_id):
        if holder.role in {Role.FOCAL_POINT, Role.DEPUTY}:
            led = await centers.by_id(session, int(holder.scope))
            if led is not None and led.state in {CenterState.APPROVED, CenterState.SUSPENDED}:
                return Own(led, None)
    return None


async def need_none(session: Session, person_id: int) -> None:
    """Raises HasCenterError if somebody registers or leads a Center."""
    has = await own(session, person_id)
    if has is not None:
        raise HasCenterError(has)


async def register(
    tx: Transaction, rights: Rights, details: CenterDetails, *, by: int, now: int, post: Post
) -> Request:
    """Keep a Center, and put it to the Secretariat. Raises HasCenterError."""
    await need_none(tx, by)
    center_id = await written.add(tx, details, state=CenterState.PENDING, by=by, now=now)
    return await requests.put(tx, rights, RequestKind.CENTER, by=by, center=center_id, now=now, post=post)


async def find_mine(session: Session, request_id: int, person_id: int) -> tuple[Request, Center]:
    """A registration that is this person's. Raises NotAllowedError, NoSuchRequestError, NoSuchCenterError."""
    request = await requests.find(session, request_id)
    if request.person_id != person_id or request.kind != RequestKind.CENTER:
        raise NotAllowedError
    center = await centers.by_id(session, request.center or 0)
    if center is None:
        raise NoSuchCenterError
    return request, center


async def correct(
    tx: Transaction, rights: Rights, request_id: int, changes: Mapping[str, Change], *, by: int, now: int, post: Post
) -> Request:
    """Change what was registered, as whoever registers it saw it, and put it to the Secretariat again.

    Raises:
        NotAllowedError: it is not theirs.
        NoSuchRequestError, NoSuchCenterError: there is none.
        DecidedError: it was decided meanwhile; nothing is changed.
        StaleCenterError: somebody else has changed the same; nothing is changed.
    """
    request, center = await find_mine(tx, request_id, by)
    if not request.is_undecided:
        raise DecidedError(request)
    if center.state != CenterState.PENDING or any(
        getattr(center.details, name) != change.before for name, change in changes.items()
    ):
        raise StaleCenterError
    again = await requests.put_again(tx, rights, request, by=by, changes=changes, now=now, post=post)
    if changes:
        await written.change(tx, center, requests.changed(center.details, changes), now)
    return again


def differences(before: CenterDetails, after: CenterDetails) -> dict[str, Change]:
    """What changes from one to the other, by field."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in CENTER_FIELDS)
    return {name: Change(was, becomes) for name, was, becomes in pairs if was != becomes}
