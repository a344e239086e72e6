"""Two records of the same Center, or of the same person, become one. It cannot be undone."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from bot.members import centers as written_centers
from bot.members import delegates as written_delegates
from bot.members import sending
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.requests import LIVE
from bot.members.roles import Rights, Role
from storage import audit, centers, delegates, handovers, invitations, requests, roles
from storage.delegates import DelegateFilter
from storage.outbox import Post
from storage.records.members import Center, CenterDetails, CenterState, Delegate, DelegateDetails, DelegateState
from storage.session import Session, Transaction


class CannotMergeError(Exception):
    """These two cannot become one as they are."""


class SameRecordError(CannotMergeError):
    """It is one record, not two."""


class UndecidedError(CannotMergeError):
    """One of them waits for a decision, which comes first."""


class GoneError(CannotMergeError):
    """The one that is to stay takes no part, or one was merged already."""


class BothWriteError(CannotMergeError):
    """Both people write to the bot, each with an account of their own."""


@dataclass(frozen=True, slots=True)
class CenterMerger:
    """Two Centers that become one. `details` is what stays, `people` how many delegates move."""

    stays: Center
    goes: Center
    details: CenterDetails
    people: int


@dataclass(frozen=True, slots=True)
class PersonMerger:
    """Two records that become one. `stays` is the one of whoever writes to the bot; `details` is what stays."""

    stays: Delegate
    goes: Delegate
    details: DelegateDetails


@dataclass(frozen=True, slots=True)
class MergedCenter:
    """What came of it. `now_deputy` leads the one that stays as a deputy from now on, `now_focal_point` as that."""

    center: Center
    now_deputy: tuple[int, ...]
    now_focal_point: int | None


async def plan_centers(session: Session, rights: Rights, stays: int, goes: int, *, by: int) -> CenterMerger:
    """What would come of it. Raises NotAllowedError, NoSuchCenterError, CannotMergeError; which one says why."""
    await rights.need_staff(session, by)
    if stays == goes:
        raise SameRecordError
    first, second = await centers.by_id(session, stays), await centers.by_id(session, goes)
    if first is None or second is None:
        raise NoSuchCenterError
    if CenterState.PENDING in {first.state, second.state}:
        raise UndecidedError
    if first.state not in LIVE or second.state == CenterState.MERGED:
        raise GoneError
    people = await delegates.count(session, DelegateFilter(center=goes))
    return CenterMerger(first, second, _filled_center(first.details, second.details), people)


async def plan_people(session: Session, rights: Rights, first: int, second: int, *, by: int) -> PersonMerger:
    """What would come of it. Raises NotAllowedError, NoSuchDelegateError, CannotMergeError; which one says why."""
    await rights.need_staff(session, by)
    if first == second:
        raise SameRecordError
    stays, goes = await delegates.by_id(session, first), await delegates.by_id(session, second)
    if stays is None or goes is None:
        raise NoSuchDelegateError
    if DelegateState.PENDING in {stays.state, goes.state}:
        raise UndecidedError
    if DelegateState.MERGED in {stays.state, goes.state}:
        raise GoneError
    if stays.person_id is not None and goes.person_id is not None:
        raise BothWriteError
    if goes.person_id is not None:  # what they agreed to stands in their own record
        stays, goes = goes, stays
    return PersonMerger(stays, goes, _filled_person(stays.details, goes.details))


async def merge_centers(
    tx: Transaction,
    rights: Rights,
    stays: int,
    goes: int,
    *,
    editions: tuple[int, int],
    by: int,
    now: int,
    post: Post,
) -> MergedCenter:
    """Make one Center of two, which are as whoever decided it saw them.

    Delegates, roles, links and whoever wants to join move. The focal point of the one that goes leads the one that
    stays, as its deputy where it has a focal point. The caller tells them.

    Raises what `plan_centers` raises, and StaleCenterError; nothing is changed then.
    """
    merger = await plan_centers(tx, rights, stays, goes, by=by)
    if (merger.stays.edition, merger.goes.edition) != editions or not await centers.merge(tx, goes, stays, now):
        raise StaleCenterError
    open_requests = await requests.open_in_center(tx, goes)
    await requests.end_change(tx, goes, by=by, now=now)
    await requests.move_center(tx, goes, stays)
    await invitations.move_center(tx, goes, stays, by=by, now=now)
    await handovers.end_all(tx, goes, now)
    moved = await delegates.move_center(tx, goes, stays, now)
    deputies, focal_point = await _move_roles(tx, goes, stays, by, now)
    if merger.details != merger.stays.details:
        await written_centers.change(tx, merger.stays, merger.details, now)
    filled = _changed(merger.stays.details, merger.details)
    await audit.add(
        tx, by, "center.merge", f"center:{goes}", now=now,
        before={"state": merger.goes.state}, after={"into": stays, "delegates": moved},
    )  # fmt: skip
    after = {"center": goes, "delegates": moved, "fields": filled}
    await audit.add(tx, by, "center.absorb", f"center:{stays}", now=now, after=after)
    for request in open_requests:
        await sending.post_cards_now(tx, request.id, post)
    return MergedCenter(await written_centers.find(tx, stays), deputies, focal_point)


async def merge_people(
    tx: Transaction, rights: Rights, stays: int, goes: int, *, editions: tuple[int, int], by: int, now: int
) -> Delegate:
    """Make one record of two, which are as whoever decided it saw them.

    Raises what `plan_people` raises, and StaleDelegateError; nothing is changed then.
    """
    merger = await plan_people(tx, rights, stays, goes, by=by)
    is_as_seen = merger.stays.id == stays and (merger.stays.edition, merger.goes.edition) == editions
    filled = _changed(merger.stays.details, merger.details)
    if not is_as_seen or not await written_delegates.merge(tx, merger.goes, stays, filled=filled, by=by, now=now):
        raise StaleDelegateError
    if merger.details != merger.stays.details:
        await written_delegates.change(tx, merger.stays, merger.details, now)
    await _take_place(tx, merger.stays, merger.goes, now)
    one = await delegates.by_id(tx, stays)
    if one is None:
        raise NoSuchDelegateError
    return one


async def _take_place(tx: Transaction, stays: Delegate, goes: Delegate, now: int) -> None:
    """Whoever takes no part by the record that stays, or as a guest, takes the other's place in its Center."""
    is_out = stays.state in {DelegateState.LEFT, DelegateState.DECLINED}
    joins = stays.is_guest and stays.state == DelegateState.ACTIVE and goes.center is not None
    if goes.state == DelegateState.ACTIVE and (is_out or joins):
        await delegates.place(
            tx, stays.id, center=goes.center, is_guest=goes.is_guest, before=stays.state, state=goes.state, now=now
        )


async def _move_roles(tx: Transaction, goes: int, stays: int, by: int, now: int) -> tuple[tuple[int, ...], int | None]:
    """Whoever led the Center that goes leads the one that stays: as whom."""
    has_focal_point = bool(await roles.holders_of(tx, Role.FOCAL_POINT, str(stays)))
    leading = [
        *await roles.holders_of(tx, Role.FOCAL_POINT, str(goes)),
        *await roles.holders_of(tx, Role.DEPUTY, str(goes)),
    ]
    await roles.take_scope(tx, goes)
    deputies: list[int] = []
    focal_point: int | None = None
    for holder in leading:
        scope, person = str(stays), holder.person_id
        if holder.role == Role.FOCAL_POINT and not has_focal_point:
            await roles.take(tx, person, Role.DEPUTY, scope)
            await roles.give(tx, person, Role.FOCAL_POINT, scope=scope, given_by=by, now=now)
            focal_point = person
        elif not await roles.has(tx, person, Role.FOCAL_POINT, scope):
            if await roles.give(tx, person, Role.DEPUTY, scope=scope, given_by=by, now=now):
                deputies.append(person)
        else:
            continue
        after = {"role": Role.FOCAL_POINT if person == focal_point else Role.DEPUTY, "scope": scope}
        before = {"role": holder.role, "scope": str(goes)}
        await audit.add(tx, by, "role.move", f"person:{person}", now=now, before=before, after=after)
    return tuple(deputies), focal_point


def _filled_center(stays: CenterDetails, goes: CenterDetails) -> CenterDetails:
    gaps = {one.name: getattr(goes, one.name) for one in fields(CenterDetails) if not getattr(stays, one.name)}
    return replace(stays, **gaps)


def _filled_person(stays: DelegateDetails, goes: DelegateDetails) -> DelegateDetails:
    gaps = {one.name: getattr(goes, one.name) for one in fields(DelegateDetails) if not getattr(stays, one.name)}
    return replace(stays, **gaps)


def _changed(before: CenterDetails | DelegateDetails, after: CenterDetails | DelegateDetails) -> list[str]:
    names = [one.name for one in fields(before)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]
