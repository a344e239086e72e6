"""What the Secretariat does with a record: change it, suspend it, and let it take part again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from bot.members import delegates as written_delegates
from bot.members import editing
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.editing import NothingChangedError
from bot.members.membership import differences
from bot.members.roles import Rights, Role
from storage import audit, centers, delegates, handovers, requests, roles
from storage.outbox import Post
from storage.records import RoleHolder
from storage.records.audit import AuditLine
from storage.records.members import (
    Center,
    CenterDetails,
    CenterState,
    Delegate,
    DelegateDetails,
    DelegateState,
    Request,
)
from storage.session import Session, Transaction

REASON_AT_MOST = 1_000


class ReasonTooLongError(Exception):
    """The words are more than `REASON_AT_MOST` characters."""


@dataclass(frozen=True, slots=True)
class CenterRecord:
    """A Center with all that the Secretariat is shown of it. `people` counts its delegates by state."""

    center: Center
    focal_point: RoleHolder | None
    deputies: tuple[RoleHolder, ...]
    people: dict[DelegateState, int]
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A delegate or guest with all that the Secretariat is shown of them; `leads` are roles in Centers."""

    delegate: Delegate
    center: Center | None
    request: Request | None
    leads: tuple[RoleHolder, ...]

    @property
    def can_become_focal_point(self) -> bool:
        """Whether the role of their Center's focal point can be offered to them."""
        if self.center is None or self.center.state != CenterState.APPROVED:
            return False
        has_it = any(one.role == Role.FOCAL_POINT and one.scope == str(self.center.id) for one in self.leads)
        is_here = self.delegate.state == DelegateState.ACTIVE and self.delegate.person_id is not None
        return is_here and not has_it


async def center_record(session: Session, rights: Rights, center_id: int, *, by: int) -> CenterRecord:
    """A Center, also one that was merged. Raises NotAllowedError, NoSuchCenterError."""
    await rights.need_staff(session, by)
    center = await centers.by_id(session, center_id)
    if center is None:
        raise NoSuchCenterError
    focal_points = await roles.holders_of(session, Role.FOCAL_POINT, str(center_id))
    deputies = await roles.holders_of(session, Role.DEPUTY, str(center_id))
    people = {
        state: await delegates.count(session, delegates.DelegateFilter(state=state, center=center_id))
        for state in (DelegateState.ACTIVE, DelegateState.PENDING, DelegateState.SUSPENDED)
    }
    waiting = tuple(await requests.open_in_center(session, center_id))
    return CenterRecord(center, next(iter(focal_points), None), tuple(deputies), people, waiting)


async def person_record(session: Session, rights: Rights, delegate_id: int, *, by: int) -> PersonRecord:
    """A delegate or guest, also one that was merged. Raises NotAllowedError, NoSuchDelegateError."""
    await rights.need_staff(session, by)
    delegate = await delegates.by_id(session, delegate_id)
    if delegate is None:
        raise NoSuchDelegateError
    center = None if delegate.center is None else await centers.by_id(session, delegate.center)
    request = await requests.open_of_delegate(session, delegate_id)
    held = [] if delegate.person_id is None else await roles.of_person(session, delegate.person_id)
    leads = tuple(one for one in held if one.role in {Role.FOCAL_POINT, Role.DEPUTY})
    return PersonRecord(delegate, center, request, leads)


async def history(
    session: Session, rights: Rights, record: Center | Delegate, *, by: int, at_most: int, page: int = 0
) -> tuple[list[AuditLine], int]:
    """What was done to a record, newest first, and how much that is in all. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    things = _known_as(record)
    return (
        await audit.about(session, things, at_most=at_most, skipped=page * at_most),
        await audit.count_about(session, things),
    )


async def edit_center(
    tx: Transaction,
    rights: Rights,
    center_id: int,
    given: CenterDetails,
    wanted: CenterDetails,
    *,
    by: int,
    now: int,
    post: Post,
) -> tuple[str, ...]:
    """Change a Center from what somebody was `given` to what they `wanted`; the names of what changes.

    Raises NotAllowedError, NoSuchCenterError, NothingChangedError, and StaleCenterError if somebody has changed the
    same since.
    """
    record = await center_record(tx, rights, center_id, by=by)
    if record.center.state == CenterState.MERGED:
        raise StaleCenterError
    edited = await editing.edit(tx, rights, center_id, given, wanted, by=by, now=now, post=post)
    if not edited.applied:
        raise NothingChangedError
    return tuple(edited.applied)


async def edit_person(
    tx: Transaction,
    rights: Rights,
    delegate_id: int,
    given: DelegateDetails,
    wanted: DelegateDetails,
    *,
    by: int,
    now: int,
) -> tuple[str, ...]:
    """As `edit_center`, of a delegate or guest; the log has the names of what changes, and no more.

    Raises NotAllowedError, NoSuchDelegateError, NothingChangedError, StaleDelegateError.
    """
    record = await person_record(tx, rights, delegate_id, by=by)
    present, steps = record.delegate.details, differences(given, wanted)
    if record.delegate.state == DelegateState.MERGED:
        raise StaleDelegateError
    after = replace(present, **{name: getattr(wanted, name) for name in steps})
    changes = differences(present, after)
    if not changes:
        raise NothingChangedError
    if any(getattr(present, name) != getattr(given, name) for name in steps):
        raise StaleDelegateError
    await written_delegates.change(tx, record.delegate, after, now)
    after_log = {"fields": [field.name for field in fields(DelegateDetails) if field.name in changes]}
    await audit.add(tx, by, "delegate.edit", f"delegate:{delegate_id}", now=now, after=after_log)
    return tuple(changes)


async def suspend_center(
    tx: Transaction, rights: Rights, center_id: int, reason: str | None, *, by: int, now: int
) -> CenterRecord:
    """A Center takes no part for now: nobody joins it, and it is not shown to others. The caller tells who leads it.

    Raises NotAllowedError, NoSuchCenterError, ReasonTooLongError; StaleCenterError unless it is approved.
    """
    record = await center_record(tx, rights, center_id, by=by)
    _need_short(reason)
    await _turn_center(tx, center_id, CenterState.APPROVED, CenterState.SUSPENDED, by=by, now=now)
    return record


async def lift_center(tx: Transaction, rights: Rights, center_id: int, *, by: int, now: int) -> CenterRecord:
    """A suspended Center takes part again. Raises NotAllowedError, NoSuchCenterError, StaleCenterError."""
    record = await center_record(tx, rights, center_id, by=by)
    await _turn_center(tx, center_id, CenterState.SUSPENDED, CenterState.APPROVED, by=by, now=now)
    return record


async def suspend_person(
    tx: Transaction, rights: Rights, delegate_id: int, reason: str | None, *, by: int, now: int
) -> PersonRecord:
    """Somebody takes no part for now, and leads nothing; roles that they have wait for them. The caller tells them.

    Raises NotAllowedError, NoSuchDelegateError, ReasonTooLongError; StaleDelegateError unless they are active.
    """
    record = await person_record(tx, rights, delegate_id, by=by)
    _need_short(reason)
    await _turn_person(tx, delegate_id, DelegateState.ACTIVE, DelegateState.SUSPENDED, by=by, now=now)
    delegate = record.delegate
    if delegate.person_id is not None and delegate.center is not None:
        await handovers.end_all(tx, delegate.center, now, person_id=delegate.person_id)
    return record


async def lift_person(tx: Transaction, rights: Rights, delegate_id: int, *, by: int, now: int) -> PersonRecord:
    """Somebody takes part again. Raises NotAllowedError, NoSuchDelegateError, StaleDelegateError."""
    record = await person_record(tx, rights, delegate_id, by=by)
    await _turn_person(tx, delegate_id, DelegateState.SUSPENDED, DelegateState.ACTIVE, by=by, now=now)
    return record


async def _turn_center(
    tx: Transaction, center_id: int, before: CenterState, state: CenterState, *, by: int, now: int
) -> None:
    if not await centers.set_state(tx, center_id, before=before, state=state, now=now):
        raise StaleCenterError
    act = "center.suspend" if state == CenterState.SUSPENDED else "center.lift"
    what = f"center:{center_id}"
    await audit.add(tx, by, act, what, now=now, before={"state": before}, after={"state": state})


async def _turn_person(
    tx: Transaction, delegate_id: int, before: DelegateState, state: DelegateState, *, by: int, now: int
) -> None:
    if not await delegates.set_state(tx, delegate_id, before=before, state=state, now=now):
        raise StaleDelegateError
    act = "delegate.suspend" if state == DelegateState.SUSPENDED else "delegate.lift"
    what = f"delegate:{delegate_id}"
    await audit.add(tx, by, act, what, now=now, before={"state": before}, after={"state": state})


def _known_as(record: Center | Delegate) -> Sequence[str]:
    if isinstance(record, Center):
        return (f"center:{record.id}",)
    person = () if record.person_id is None else (f"person:{record.person_id}",)
    return (f"delegate:{record.id}", *person)


def _need_short(reason: str | None) -> None:
    if reason is not None and len(reason) > REASON_AT_MOST:
        raise ReasonTooLongError
