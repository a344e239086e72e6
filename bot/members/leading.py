"""Who leads a Center, what they and its delegates see of it, and whom they take in, out and to their side.

Its focal point and its deputies keep a Center's details, invite, and decide who joins. Who is a deputy, and who is the
focal point next, only the focal point decides, and the Secretariat.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import centers as written
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.roles import NotAllowedError, Rights, Role
from bot.members.standing import standing
from storage import audit, centers, delegates, handovers, invitations, requests, roles
from storage.delegates import DelegateFilter
from storage.records import RoleHolder
from storage.records.members import (
    Center,
    CenterState,
    Delegate,
    DelegateState,
    Handover,
    Request,
    RequestKind,
)
from storage.session import Session, Transaction

DEPUTIES_AT_MOST = 3
LIVE = frozenset({CenterState.APPROVED, CenterState.SUSPENDED})


class CenterNotActiveError(Exception):
    """The Center is suspended, or not a member: nothing is changed in it."""


class DeputyError(Exception):
    """Somebody cannot be made a deputy."""


class TooManyDeputiesError(DeputyError):
    """The Center has as many as it can have."""


class LeadsAlreadyError(DeputyError):
    """They are the focal point, or a deputy."""


class NotOnTelegramError(DeputyError):
    """They stand on the list alone, and have never written to the bot."""


class LeaderStaysError(Exception):
    """Who leads the Center is not removed from it: their role comes first."""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody has to do with a Center."""

    is_focal_point: bool = False
    is_deputy: bool = False
    is_delegate: bool = False
    is_staff: bool = False

    @property
    def leads(self) -> bool:
        """Whether they keep its details, invite, and decide who joins."""
        return self.is_focal_point or self.is_deputy or self.is_staff

    @property
    def appoints(self) -> bool:
        """Whether they decide who leads it."""
        return self.is_focal_point or self.is_staff


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who leads a Center. `name` is what they registered with, or else what Telegram shows."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A Center as those see it who have to do with it; what only its leaders see is empty for others.

    `delegates` are those whom the reader may see: all, or those who agreed to be shown.
    """

    center: Center
    part: Part
    focal_point: Leader | None
    deputies: tuple[Leader, ...]
    delegates: int
    joining: int = 0
    invitations: int = 0
    change: Request | None = None
    handovers: tuple[Handover, ...] = ()


@dataclass(frozen=True, slots=True)
class Mine:
    """The Centers that somebody has to do with, and what waits or was declined; none while they are suspended."""

    centers: tuple[Center, ...]
    joining: Center | None = None
    registration: tuple[Request, Center] | None = None
    is_suspended: bool = False


async def mine(session: Session, person_id: int) -> Mine:
    """The Centers that somebody leads or is a delegate of, those that they lead first."""
    own = await standing(session, person_id)
    if own.is_suspended:
        return Mine((), is_suspended=True)
    found = {led.center.id: led.center for led in own.led}
    if own.is_active and own.center is not None:
        found.setdefault(own.center.id, own.center)
    live = tuple(center for center in found.values() if center.state in LIVE)
    waits = own.delegate is not None and own.delegate.state == DelegateState.PENDING
    return Mine(live, own.center if waits else None, await _registration(session, person_id))


async def part_in(session: Session, rights: Rights, person_id: int, center_id: int) -> Part:
    """What somebody has to do with a Center."""
    role = await roles.led(session, person_id, str(center_id))
    record = await delegates.of_person(session, person_id)
    return Part(
        is_focal_point=role == Role.FOCAL_POINT,
        is_deputy=role == Role.DEPUTY,
        is_delegate=record is not None and record.center == center_id and record.state == DelegateState.ACTIVE,
        is_staff=await rights.is_staff(session, person_id),
    )


async def need_leader(session: Session, rights: Rights, person_id: int, center_id: int) -> tuple[Center, Part]:
    """The Center, for those who lead it. Raises NotAllowedError, NoSuchCenterError."""
    await rights.need_lead(session, person_id, center_id)
    center = await _find(session, center_id)
    return center, await part_in(session, rights, person_id, center.id)


async def need_active(session: Session, rights: Rights, person_id: int, center_id: int) -> tuple[Center, Part]:
    """As `need_leader`, for what is done in a Center. Raises CenterNotActiveError as well."""
    center, part = await need_leader(session, rights, person_id, center_id)
    if center.state != CenterState.APPROVED:
        raise CenterNotActiveError
    return center, part


async def need_appointer(session: Session, rights: Rights, person_id: int, center_id: int) -> Center:
    """As `need_active`, for what only the focal point and the Secretariat decide."""
    center, part = await need_active(session, rights, person_id, center_id)
    if not part.appoints:
        raise NotAllowedError
    return center


async def overview(session: Session, rights: Rights, center_id: int, *, by: int, now: int) -> Overview:
    """A Center as somebody sees it. Raises NotAllowedError, NoSuchCenterError."""
    part = await part_in(session, rights, by, center_id)
    if not (part.leads or part.is_delegate):
        raise NotAllowedError
    center = await _find(session, center_id)
    scope = str(center.id)
    focal_points = [await _leader(session, one) for one in await roles.holders_of(session, Role.FOCAL_POINT, scope)]
    deputies = tuple([await _leader(session, one) for one in await roles.holders_of(session, Role.DEPUTY, scope)])
    focal_point = focal_points[0] if focal_points else None
    if not part.leads:
        shown = await delegates.count_shown_of(session, center.id)
        return Overview(center, part, focal_point, deputies, shown)
    return Overview(
        center,
        part,
        focal_point,
        deputies,
        await delegates.count(session, DelegateFilter(state=DelegateState.ACTIVE, center=center.id)),
        joining=len(await requests.joining(session, center.id)),
        invitations=len(await invitations.of_center(session, center.id, now)),
        change=await requests.open_of_center(session, center.id, RequestKind.CHANGE),
        handovers=tuple(await handovers.of_center(session, center.id, now)),
    )


async def delegate_of(session: Session, center_id: int, delegate_id: int) -> Delegate:
    """A delegate who is in this Center now. Raises NoSuchDelegateError."""
    record = await delegates.by_id(session, delegate_id)
    if record is None or record.center != center_id or record.state != DelegateState.ACTIVE:
        raise NoSuchDelegateError
    return record


async def remove(tx: Transaction, rights: Rights, center_id: int, delegate_id: int, *, by: int, now: int) -> Delegate:
    """Take a delegate out of a Center; the record is kept as that of somebody who has left.

    Raises:
        NotAllowedError, NoSuchCenterError.
        NoSuchDelegateError: they are not in this Center (any more).
        LeaderStaysError: they lead it.
    """
    await need_leader(tx, rights, by, center_id)
    record = await delegate_of(tx, center_id, delegate_id)
    if record.person_id is not None and await rights.leads(tx, record.person_id, center_id):
        raise LeaderStaysError
    if not await delegates.leave(tx, delegate_id, center_id, now):
        raise NoSuchDelegateError
    link = await invitations.of_delegate(tx, delegate_id)
    if link is not None:
        await invitations.revoke(tx, link.id, by, now)
    if record.person_id is not None:
        await handovers.end_all(tx, center_id, now, person_id=record.person_id)
    await audit.add(tx, by, "delegate.remove", f"delegate:{delegate_id}", now=now, before={"center": center_id})
    return record


async def appoint(tx: Transaction, rights: Rights, center_id: int, delegate_id: int, *, by: int, now: int) -> Delegate:
    """Make a delegate a deputy.

    Raises:
        NotAllowedError, NoSuchCenterError, CenterNotActiveError.
        NoSuchDelegateError: they are not in this Center (any more).
        DeputyError: they cannot be one; which error says why.
    """
    await need_appointer(tx, rights, by, center_id)
    record = await delegate_of(tx, center_id, delegate_id)
    if record.person_id is None:
        raise NotOnTelegramError
    scope = str(center_id)
    if not await roles.give_deputy(tx, record.person_id, scope, at_most=DEPUTIES_AT_MOST, given_by=by, now=now):
        if await rights.leads(tx, record.person_id, center_id):
            raise LeadsAlreadyError
        raise TooManyDeputiesError
    await audit.add(
        tx, by, "role.give", f"person:{record.person_id}", now=now,
        after={"role": Role.DEPUTY, "scope": scope},
    )  # fmt: skip
    return record


async def dismiss(tx: Transaction, rights: Rights, center_id: int, person_id: int, *, by: int, now: int) -> bool:
    """Take the role of a deputy back; False if they do not have it (any more). Deputies may lay theirs down.

    Raises NotAllowedError, NoSuchCenterError.
    """
    center, part = await need_leader(tx, rights, by, center_id)
    if not part.appoints and by != person_id:
        raise NotAllowedError
    taken = await roles.take(tx, person_id, Role.DEPUTY, str(center.id))
    if taken:
        await audit.add(
            tx, by, "role.take", f"person:{person_id}", now=now,
            before={"role": Role.DEPUTY, "scope": str(center.id)},
        )  # fmt: skip
    return taken


async def _find(session: Session, center_id: int) -> Center:
    """A Center that is one now: roles in a Center that was merged lead nowhere."""
    center = await written.find(session, center_id)
    if center.id != center_id or center.state not in LIVE:
        raise NoSuchCenterError
    return center


async def _leader(session: Session, holder: RoleHolder) -> Leader:
    record = await delegates.of_person(session, holder.person_id)
    name = holder.name.full or str(holder.person_id)
    return Leader(holder.person_id, name if record is None else record.details.full_name)


async def _registration(session: Session, person_id: int) -> tuple[Request, Center] | None:
    """The last Center that somebody has registered, if it is not approved."""
    found = [one for one in await centers.of_person(session, person_id) if one.state not in LIVE]
    for center in reversed(found):
        request = await requests.latest_of_center(session, center.id)
        if request is not None and request.person_id == person_id and center.state != CenterState.MERGED:
            return request, center
    return None
