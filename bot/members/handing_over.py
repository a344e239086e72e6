"""The role of a Center's focal point goes to one of its delegates, who accepts it. Who accepts first has it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import leading
from bot.members.leading import DEPUTIES_AT_MOST, LeadsAlreadyError, NotOnTelegramError
from bot.members.roles import NotAllowedError, Rights, Role
from storage import audit, handovers, roles
from storage.records.durations import DAY_US
from storage.records.members import Delegate, Handover
from storage.session import Transaction

LASTS_DAYS = 7


class HandoverError(Exception):
    """An offer of the role cannot be accepted, declined or withdrawn."""


class NoSuchHandoverError(HandoverError):
    """There is no such offer."""


class HandoverOverError(HandoverError):
    """It was accepted, declined or withdrawn, its time is over, or things have changed since."""

    def __init__(self, handover: Handover) -> None:
        super().__init__(handover.id)
        self.handover = handover

    @property
    def was_answered(self) -> bool:
        """Whether it was accepted or declined, which only the one can do whom it was offered to."""
        return self.handover.state in {"accepted", "declined"}


class OfferedAlreadyError(HandoverError):
    """It is offered to this person already."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, and to whom."""

    handover: Handover
    delegate: Delegate


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Somebody is the focal point from now on; `is_deputy` is what became of the one before."""

    handover: Handover
    is_deputy: bool


async def offer(
    tx: Transaction,
    rights: Rights,
    center_id: int,
    delegate_id: int,
    *,
    becomes_deputy: bool,
    by: int,
    now: int,
) -> Offered:
    """Offer the role to a delegate. Several can have an offer at the same time.

    Raises:
        NotAllowedError, NoSuchCenterError, CenterNotActiveError.
        NoSuchDelegateError: they are not in this Center (any more).
        NotOnTelegramError: they cannot accept it.
        LeadsAlreadyError: they are the focal point.
        OfferedAlreadyError: they have an offer.
    """
    await leading.need_appointer(tx, rights, by, center_id)
    record = await leading.delegate_of(tx, center_id, delegate_id)
    if record.person_id is None:
        raise NotOnTelegramError
    holders = await roles.holders_of(tx, Role.FOCAL_POINT, str(center_id))
    holder = holders[0].person_id if holders else None
    if holder == record.person_id:
        raise LeadsAlreadyError
    offered = await handovers.offer(
        tx, center_id,
        from_person=holder, to_person=record.person_id, becomes_deputy=becomes_deputy and holder is not None, by=by,
        now=now, expires_at=now + LASTS_DAYS * DAY_US,
    )  # fmt: skip
    if offered is None:
        raise OfferedAlreadyError
    await audit.add(
        tx, by, "role.offer", f"person:{record.person_id}", now=now,
        after={"role": Role.FOCAL_POINT, "scope": str(center_id)},
    )  # fmt: skip
    return Offered(await _read(tx, offered), record)


async def accept(tx: Transaction, handover_id: int, *, by: int, now: int) -> HandedOver:
    """Accept the role; whoever had it is a deputy from then on if that was offered, and else has none.

    Raises NoSuchHandoverError, HandoverOverError, and NotAllowedError if it was offered to somebody else.
    """
    offered = await _own(tx, handover_id, by)
    accepted = await handovers.accept(tx, handover_id, by, now)
    if accepted is None:
        raise HandoverOverError(offered)
    scope = str(accepted.center)
    await roles.take(tx, by, Role.DEPUTY, scope)
    if accepted.from_person is None:
        await roles.give(tx, by, Role.FOCAL_POINT, scope=scope, given_by=accepted.offered_by or by, now=now)
    else:
        await roles.hand_over(
            tx, accepted.from_person, by, Role.FOCAL_POINT,
            scope=scope, given_by=accepted.offered_by or accepted.from_person, now=now,
        )  # fmt: skip
    is_deputy = accepted.becomes_deputy and await _keep_as_deputy(tx, accepted, by, now)
    await handovers.end_all(tx, accepted.center, now)
    await audit.add(
        tx, by, "role.hand_over", f"person:{by}", now=now,
        before={"role": Role.FOCAL_POINT, "scope": scope, "person": accepted.from_person},
        after={"role": Role.FOCAL_POINT, "scope": scope, "person": by},
    )  # fmt: skip
    return HandedOver(accepted, is_deputy)


async def decline(tx: Transaction, handover_id: int, *, by: int, now: int) -> Handover:
    """Do not accept the role. Raises NoSuchHandoverError, HandoverOverError, NotAllowedError."""
    offered = await _own(tx, handover_id, by)
    await _end(tx, offered, "declined", by, now)
    return offered


async def withdraw(tx: Transaction, rights: Rights, handover_id: int, *, by: int, now: int) -> Handover:
    """Take an offer back. Raises NotAllowedError, NoSuchHandoverError, HandoverOverError."""
    offered = await _read(tx, handover_id)
    _center, part = await leading.need_leader(tx, rights, by, offered.center)
    if not part.appoints:
        raise NotAllowedError
    await _end(tx, offered, "withdrawn", by, now)
    return offered


async def _end(tx: Transaction, offered: Handover, state: str, by: int, now: int) -> None:
    if not await handovers.end(tx, offered.id, state, now):
        raise HandoverOverError(offered)
    await audit.add(
        tx, by, f"role.{state}", f"person:{offered.to_person}", now=now,
        before={"role": Role.FOCAL_POINT, "scope": str(offered.center)},
    )  # fmt: skip


async def _keep_as_deputy(tx: Transaction, accepted: Handover, by: int, now: int) -> bool:
    """Whoever had the role becomes a deputy, if there is room."""
    assert accepted.from_person is not None  # noqa: S101 - nobody else becomes a deputy
    return await roles.give_deputy(
        tx, accepted.from_person, str(accepted.center), at_most=DEPUTIES_AT_MOST, given_by=by, now=now
    )


async def _own(tx: Transaction, handover_id: int, by: int) -> Handover:
    offered = await _read(tx, handover_id)
    if offered.to_person != by:
        raise NotAllowedError
    return offered


async def _read(tx: Transaction, handover_id: int) -> Handover:
    found = await handovers.by_id(tx, handover_id)
    if found is None:
        raise NoSuchHandoverError
    return found
