"""How somebody becomes a delegate of a Center, or a guest of the association.

By a link they are in at once; without one, the Center's focal point or the Secretariat decides. A person has one
record: whoever was declined, has left, or moves from one Center to another keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import delegates as written
from bot.members import invitations, requests, sending
from bot.members.centers import NoSuchCenterError
from bot.members.centers import find as find_center
from bot.members.roles import Rights, Role
from bot.members.standing import Standing, SuspendedError, standing
from storage import audit, delegates, roles
from storage import requests as kept_requests
from storage.delegates import Consent
from storage.outbox import Post
from storage.records.members import (
    Center,
    CenterState,
    Delegate,
    DelegateDetails,
    DelegateState,
    Invitation,
    Request,
    RequestKind,
)
from storage.session import Session, Transaction


class CenterNotOpenError(Exception):
    """The Center is not one that can be joined: not approved yet, or not any more."""

    def __init__(self, center: Center | None) -> None:
        super().__init__()
        self.center = center


@dataclass(frozen=True, slots=True)
class Applicant:
    """What somebody says of themselves, and what they agree to."""

    details: DelegateDetails
    consent: Consent


@dataclass(frozen=True, slots=True)
class Offer:
    """A link that somebody may use. `record` is what is known of whom it is for; `own` is how they stand."""

    invitation: Invitation
    center: Center
    record: Delegate | None
    own: Standing


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody is a delegate of a Center from now on. `replaced` is whose place they took."""

    delegate: Delegate
    center: Center
    replaced: Delegate | None = None
    was_in: Center | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody has asked to be one; `leaders` are the chats of those who decide, if it is not the Secretariat."""

    request: Request
    center: Center | None
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody is to be, and how; without a Center they are a guest."""

    center: Center | None
    state: DelegateState


async def offered(session: Session, token: str, person_id: int, now: int) -> Offer:
    """What a link offers. Raises InvitationError and StandingError; which one says why it cannot be used."""
    return await _offer(session, await invitations.opened(session, token, now), person_id)


async def offered_again(session: Session, invitation_id: int, person_id: int, now: int) -> Offer:
    """As `offered`, for a link that was opened before."""
    return await _offer(session, await invitations.usable(session, invitation_id, now), person_id)


async def open_center(session: Session, center_id: int) -> Center:
    """A Center that can be joined. Raises CenterNotOpenError."""
    try:
        center = await find_center(session, center_id)
    except NoSuchCenterError:
        raise CenterNotOpenError(None) from None
    if center.state != CenterState.APPROVED:
        raise CenterNotOpenError(center)
    return center


async def join(tx: Transaction, invitation_id: int, applicant: Applicant, *, by: int, now: int, post: Post) -> Joined:
    """Join by a link, which is used up.

    Raises InvitationError and StandingError before anything is written.
    """
    offer = await offered_again(tx, invitation_id, by, now)
    invitation = await invitations.use(tx, invitation_id, by, now)
    replaced = await _replaced(tx, invitation, offer.center, by, now)
    await _ask_no_more(tx, offer.own, by, now, post)
    place = _Place(offer.center, DelegateState.ACTIVE)
    delegate = await _settled(tx, offer.own, applicant, place, known=offer.record, by=by, now=now)
    await audit.add(
        tx, by, "delegate.join", f"delegate:{delegate.id}", now=now,
        before={"center": offer.own.center.id if offer.own.is_active and offer.own.center else None},
        after={
            "center": offer.center.id, "invitation": invitation.id, "replaces": replaced.id if replaced else None
        },
    )  # fmt: skip
    was_in = offer.own.center if offer.own.is_active else None
    return Joined(delegate, offer.center, replaced, was_in)


async def ask(
    tx: Transaction, rights: Rights, center_id: int, applicant: Applicant, *, by: int, now: int, post: Post
) -> Joined | Asked:
    """Ask to join a Center; whoever leads it need not ask.

    Raises CenterNotOpenError and StandingError before anything is written.
    """
    center = await open_center(tx, center_id)
    own = await standing(tx, by)
    own.need_not_in(center.id)
    own.need_free()
    if await rights.leads(tx, by, center.id):
        place = _Place(center, DelegateState.ACTIVE)
        delegate = await _settled(tx, own, applicant, place, by=by, now=now)
        await audit.add(
            tx, by, "delegate.join", f"delegate:{delegate.id}", now=now, after={"center": center.id, "leads": True}
        )
        return Joined(delegate, center)
    delegate = await _settled(tx, own, applicant, _Place(center, DelegateState.PENDING), by=by, now=now)
    request = await requests.put(
        tx, rights, RequestKind.JOIN, by=by, center=center.id, delegate=delegate.id, now=now, post=post
    )
    return Asked(request, center, tuple(await sending.leaders(tx, center.id)))


async def ask_as_guest(
    tx: Transaction, rights: Rights, applicant: Applicant, *, by: int, now: int, post: Post
) -> Asked:
    """Ask to be a guest of the association. Raises StandingError before anything is written."""
    own = await standing(tx, by)
    own.need_free()
    delegate = await _settled(tx, own, applicant, _Place(None, DelegateState.PENDING), by=by, now=now)
    return Asked(
        await requests.put(tx, rights, RequestKind.GUEST, by=by, delegate=delegate.id, now=now, post=post), None
    )


async def _offer(session: Session, invitation: Invitation, person_id: int) -> Offer:
    center = await find_center(session, invitation.center)
    own = await standing(session, person_id)
    own.need_unsuspended()
    own.need_not_in(center.id)
    record = None
    if invitation.delegate is not None and not invitation.replaces:
        record = await delegates.by_id(session, invitation.delegate)
        if record is not None and (record.person_id is not None or record.state == DelegateState.MERGED):
            record = None
        elif record is not None and record.state == DelegateState.SUSPENDED:
            raise SuspendedError  # until the Secretariat lifts that, whoever the record is of
    return Offer(invitation, center, record, own)


async def _replaced(tx: Transaction, invitation: Invitation, center: Center, by: int, now: int) -> Delegate | None:
    """Whoever is replaced has left the Center, if they are still there; a deputy is none any more."""
    number = invitation.delegate
    record = None if number is None or not invitation.replaces else await delegates.by_id(tx, number)
    if record is None or record.person_id == by or record.center != center.id:
        return None
    if record.state not in {DelegateState.ACTIVE, DelegateState.PENDING}:
        return None
    waiting = await kept_requests.open_of_delegate(tx, record.id)
    if waiting is not None:
        await kept_requests.withdraw(tx, waiting.id, by=invitation.made_by, now=now)
    await delegates.place(tx, record.id, center=None, before=record.state, state=DelegateState.LEFT, now=now)
    if record.person_id is not None:
        await roles.take(tx, record.person_id, Role.DEPUTY, str(center.id))
    await audit.add(tx, by, "delegate.replaced", f"delegate:{record.id}", now=now, before={"center": center.id})
    return record


async def _ask_no_more(tx: Transaction, own: Standing, by: int, now: int, post: Post) -> None:
    """What somebody has asked for is not to be decided any more."""
    if own.request is not None and own.request.person_id == by:
        await requests.withdraw(tx, own.request, by=by, now=now, post=post)


async def _settled(
    tx: Transaction,
    own: Standing,
    applicant: Applicant,
    place: _Place,
    *,
    known: Delegate | None = None,
    by: int,
    now: int,
) -> Delegate:
    """The one record of a person, with what they say now; `known` is one that a link was made for."""
    record = own.delegate
    if record is None and known is not None and await delegates.link(tx, known.id, by, now):
        record = known
    elif known is not None and record is not None:
        await written.merge(tx, known, record.id, by=by, now=now)
    center_id = None if place.center is None else place.center.id
    if record is None:
        number = await written.add(
            tx, applicant.details,
            person_id=by, center=center_id, state=place.state, is_guest=center_id is None,
            consent=applicant.consent, now=now,
        )  # fmt: skip
        return await _read(tx, number)
    await written.change(tx, await _read(tx, record.id), applicant.details, now)
    await delegates.consent(tx, record.id, applicant.consent.privacy_version, now)
    await delegates.set_shown(tx, record.id, is_shown=applicant.consent.is_shown, now=now)
    before = (await _read(tx, record.id)).state
    await delegates.place(
        tx, record.id, center=center_id, is_guest=center_id is None, before=before, state=place.state, now=now
    )
    if own.is_active and own.center is not None and own.center.id != center_id:
        await roles.take(tx, by, Role.DEPUTY, str(own.center.id))
    return await _read(tx, record.id)


async def _read(session: Session, delegate_id: int) -> Delegate:
    record = await delegates.by_id(session, delegate_id)
    assert record is not None  # noqa: S101 - it was read or made in this transaction
    return record
