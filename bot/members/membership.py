"""What people do with their own record: change it, agree, show or hide it, leave, take back what they asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.members import delegates as written
from bot.members import requests
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.requests import DecidedError
from bot.members.roles import NotAllowedError, Rights, Role
from bot.members.standing import Standing, StandingError, standing
from storage import audit, delegates, roles
from storage.outbox import Post
from storage.records.members import (
    Center,
    Change,
    Delegate,
    DelegateDetails,
    DelegateState,
    Request,
    RequestKind,
    RequestState,
)
from storage.session import Session, Transaction


class NotRegisteredError(StandingError):
    """They have no record, or none that can be changed now."""


class LeadsError(StandingError):
    """They are the focal point of the Center that they want to leave."""

    def __init__(self, center: Center) -> None:
        super().__init__(center.id)
        self.center = center


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody has left; `center` is None for a guest. `was_focal_point`: the Center has none any more."""

    standing: Standing
    center: Center | None
    was_focal_point: bool


CHANGEABLE = frozenset({DelegateState.ACTIVE, DelegateState.PENDING})


async def own_record(session: Session, person_id: int) -> Delegate:
    """The record of somebody who takes part, or has asked to. Raises NotRegisteredError, SuspendedError."""
    own = await standing(session, person_id)
    own.need_unsuspended()
    if own.delegate is None or own.delegate.state not in CHANGEABLE:
        raise NotRegisteredError
    return own.delegate


async def change(
    tx: Transaction, rights: Rights, changes: Mapping[str, Any], *, by: int, now: int, post: Post
) -> Delegate:
    """Set some of one's details; whoever decides on one's request sees them.

    Raises NotRegisteredError, SuspendedError.
    """
    record = await own_record(tx, by)
    after = replace(record.details, **changes)
    changed = differences(record.details, after)
    if not changed:
        return record
    await written.change(tx, record, after, now)
    await audit.add(tx, by, "delegate.change", f"delegate:{record.id}", now=now, after={"fields": sorted(changed)})
    own = await standing(tx, by)
    if own.request is not None and own.request.state == RequestState.OPEN:
        await requests.put_again(tx, rights, own.request, by=by, changes=changed, now=now, post=post)
    return await own_record(tx, by)


async def correct(
    tx: Transaction, rights: Rights, request_id: int, changes: Mapping[str, Any], *, by: int, now: int, post: Post
) -> Request:
    """Correct what the Secretariat has asked for, and put it again; what is not among the `changes` stays as it is.

    Raises NotAllowedError, NoSuchRequestError, DecidedError, NotRegisteredError before anything is written.
    """
    request = await correctable(tx, request_id, by)
    record = await own_record(tx, by)
    details = replace(record.details, **changes)
    changed = differences(record.details, details)
    if changed:
        await written.change(tx, record, details, now)
    return await requests.put_again(tx, rights, request, by=by, changes=changed, now=now, post=post)


async def correctable(session: Session, request_id: int, person_id: int) -> Request:
    """What somebody is to correct. Raises NotAllowedError, NoSuchRequestError, DecidedError."""
    request = await requests.find(session, request_id)
    if request.person_id != person_id or request.kind != RequestKind.GUEST:
        raise NotAllowedError
    if request.state != RequestState.CORRECTION:
        raise DecidedError(request)
    return request


async def set_shown(tx: Transaction, *, is_shown: bool, by: int, now: int) -> None:
    """Be shown to other members from now on, or not. Raises NotRegisteredError, SuspendedError."""
    record = await own_record(tx, by)
    await delegates.set_shown(tx, record.id, is_shown=is_shown, now=now)
    await audit.add(tx, by, "delegate.shown", f"delegate:{record.id}", now=now, after={"shown": is_shown})


async def agree(tx: Transaction, version: str, *, by: int, now: int) -> bool:
    """Agree to a version of the notice; False if there is a newer one. Raises NotRegisteredError, SuspendedError."""
    if version != PRIVACY_NOTICE_VERSION:
        return False
    record = await own_record(tx, by)
    if record.privacy_version != version:
        await delegates.consent(tx, record.id, version, now)
        await audit.add(tx, by, "delegate.agree", f"delegate:{record.id}", now=now, after={"notice": version})
    return True


async def is_to_be_asked(tx: Transaction, record: Delegate) -> bool:
    """Whether somebody is to be asked, this once, to agree to the notice as it is now."""
    return await delegates.ask_to_agree(tx, record.id, PRIVACY_NOTICE_VERSION)


async def leave(
    tx: Transaction, *, center_id: int | None, hands_role_back: bool, by: int, now: int, post: Post
) -> Left:
    """Leave a Center with any role in it, or be no guest any more (None).

    Raises:
        NotRegisteredError: they are not there.
        LeadsError: they are its focal point, and do not say that they leave it without one.
    """
    own = await standing(tx, by)
    own.need_unsuspended()
    led = next((led for led in own.led if led.center.id == center_id), None)
    is_focal_point = led is not None and led.role == Role.FOCAL_POINT
    is_in = own.delegate is not None and own.delegate.state in CHANGEABLE and own.delegate.center == center_id
    if not is_in and led is None:
        raise NotRegisteredError
    if led is not None and is_focal_point and not hands_role_back:
        raise LeadsError(led.center)
    if led is not None:
        await roles.take(tx, by, led.role, str(center_id))
        await audit.add(
            tx, by, "role.lay_down", f"person:{by}", now=now, before={"role": led.role, "scope": str(center_id)}
        )
    if is_in and own.delegate is not None:
        await _go(tx, own, own.delegate, by=by, now=now, post=post)
    center = led.center if led is not None else own.center
    return Left(own, center, is_focal_point)


async def withdraw(tx: Transaction, request_id: int, *, by: int, now: int, post: Post) -> None:
    """Take back what one has asked for. Raises NotAllowedError, NoSuchRequestError, DecidedError."""
    request = await requests.find(tx, request_id)
    if request.kind not in {RequestKind.JOIN, RequestKind.GUEST}:
        raise NotAllowedError
    await requests.withdraw(tx, request, by=by, now=now, post=post)


def differences(before: DelegateDetails, after: DelegateDetails) -> dict[str, Change]:
    """What changes from one to the other, by field."""
    names = [field.name for field in fields(DelegateDetails)]
    return {
        name: Change(_text(getattr(before, name)), _text(getattr(after, name)))
        for name in names
        if getattr(before, name) != getattr(after, name)
    }


async def _go(tx: Transaction, own: Standing, record: Delegate, *, by: int, now: int, post: Post) -> None:
    if own.request is not None:
        await requests.withdraw(tx, own.request, by=by, now=now, post=post)
        return
    await delegates.place(tx, record.id, center=None, before=record.state, state=DelegateState.LEFT, now=now)
    await audit.add(tx, by, "delegate.leave", f"delegate:{record.id}", now=now, before={"center": record.center})


def _text(value: object) -> str | None:
    if isinstance(value, tuple):
        return " ".join(value) or None
    return None if value is None else str(value)
