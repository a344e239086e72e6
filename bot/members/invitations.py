"""Links by which delegates come into a Center: a personal one works once, a shared one until it ends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.members import centers as written
from bot.members.roles import TOKEN_BYTES, NotAllowedError, Rights, fingerprint
from storage import audit, delegates, invitations
from storage.records.durations import DAY_US
from storage.records.members import CenterState, Invitation
from storage.session import Session, Transaction

PERSONAL_LASTS_DAYS = 30
SHARED_LASTS_DAYS = 60
LABEL_AT_MOST = 64
OPEN_AT_MOST = 200
"""Personal links of a Center that are open at the same time."""


class InvitationError(Exception):
    """An invitation cannot be used."""


class InvitationUnknownError(InvitationError):
    """There is no such link."""


class InvitationUsedError(InvitationError):
    """A personal link that somebody has used."""


class InvitationRevokedError(InvitationError):
    """It was revoked."""


class InvitationExpiredError(InvitationError):
    """Its time is over."""


class CenterClosedError(InvitationError):
    """The Center is not one that can be joined (any more)."""


class StaleInvitationError(Exception):
    """There is another link by now than whoever asked for a new one has seen."""


class TooManyInvitationsError(Exception):
    """So many links of the Center are open that another would not help."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new link: its token, which is kept nowhere, and what is kept."""

    token: str
    invitation: Invitation


async def invite(
    tx: Transaction,
    rights: Rights,
    center_id: int,
    *,
    by: int,
    label: str | None = None,
    delegate: int | None = None,
    replaces: bool = False,
    seen: int | None = None,
    token: str | None = None,
    now: int,
) -> Made:
    """Make a personal link into a Center.

    `label` says whom it is for, in the words of who makes it. `delegate` is whose record it is for or, if it
    `replaces`, whose place it gives; of links for the same record one works: the one that was `seen` no longer does.
    `token` is one of `new_token`'s, where it had to be known before.

    Raises:
        NotAllowedError: only the focal point, deputies and the Secretariat invite, and only to their own Center.
        CenterClosedError: the Center is not approved.
        StaleInvitationError: the record has another link than was seen.
        TooManyInvitationsError: enough are open.
    """
    await _need_open(tx, rights, center_id, by)
    if delegate is not None:
        await _need_delegate(tx, delegate, center_id)
    if sum(one.id != seen for one in await invitations.of_center(tx, center_id, now)) >= OPEN_AT_MOST:
        raise TooManyInvitationsError
    if delegate is not None:
        await _need_seen(tx, await invitations.of_delegate(tx, delegate), seen, by=by, now=now)
    token = token or new_token()
    expires_at = now + PERSONAL_LASTS_DAYS * DAY_US
    invitation_id = await invitations.add(
        tx, fingerprint(token),
        center=center_id, kind="personal", label=label, delegate=delegate, replaces=replaces, made_by=by, now=now,
        expires_at=expires_at,
    )  # fmt: skip
    return await _made(tx, token, invitation_id, by, now)


async def share(
    tx: Transaction,
    rights: Rights,
    center_id: int,
    *,
    by: int,
    seen: int | None = None,
    token: str | None = None,
    now: int,
) -> Made:
    """Make the link of a Center that may be passed on; the one before it, which was `seen`, works no longer.

    Raises NotAllowedError, CenterClosedError, StaleInvitationError.
    """
    await _need_open(tx, rights, center_id, by)
    await _need_seen(tx, await invitations.shared_of(tx, center_id), seen, by=by, now=now)
    token = token or new_token()
    invitation_id = await invitations.add(
        tx, fingerprint(token),
        center=center_id, kind="shared", made_by=by, now=now, expires_at=now + SHARED_LASTS_DAYS * DAY_US,
    )  # fmt: skip
    return await _made(tx, token, invitation_id, by, now)


async def revoke(tx: Transaction, rights: Rights, invitation_id: int, *, by: int, now: int) -> bool:
    """Make a link useless; False if it was used, revoked or over. Raises NotAllowedError, InvitationUnknownError."""
    invitation = await invitations.by_id(tx, invitation_id)
    if invitation is None:
        raise InvitationUnknownError
    await rights.need_lead(tx, by, invitation.center)
    revoked = await invitations.revoke(tx, invitation_id, by, now)
    if revoked:
        await audit.add(
            tx, by, "invitation.revoke", f"center:{invitation.center}", now=now, before={"invitation": invitation_id}
        )
    return revoked


async def opened(session: Session, token: str, now: int) -> Invitation:
    """The invitation of a link that was opened, if it can be used. Raises InvitationError; which one says why."""
    invitation = await invitations.by_hash(session, fingerprint(token))
    if invitation is None:
        raise InvitationUnknownError
    return await usable(session, invitation.id, now)


async def usable(session: Session, invitation_id: int, now: int) -> Invitation:
    """An invitation if it can be used. Raises InvitationError; which one says why."""
    invitation = await invitations.by_id(session, invitation_id)
    if invitation is None:
        raise InvitationUnknownError
    if invitation.revoked_at is not None:
        raise InvitationRevokedError
    if invitation.kind == "personal" and invitation.uses:
        raise InvitationUsedError
    if invitation.expires_at <= now:
        raise InvitationExpiredError
    center = await written.find(session, invitation.center)
    if center.state != CenterState.APPROVED:
        raise CenterClosedError
    return invitation


async def use(tx: Transaction, invitation_id: int, person_id: int, now: int) -> Invitation:
    """Use an invitation up, in the transaction in which the person joins. Raises InvitationError."""
    await usable(tx, invitation_id, now)
    used = await invitations.use(tx, invitation_id, person_id, now)
    if used is None:
        raise InvitationUsedError
    return used


def new_token() -> str:
    """What stands in a link, and nowhere else."""
    return secrets.token_urlsafe(TOKEN_BYTES)


async def _need_open(tx: Transaction, rights: Rights, center_id: int, by: int) -> None:
    await rights.need_lead(tx, by, center_id)
    center = await written.find(tx, center_id)
    if center.state != CenterState.APPROVED:
        raise CenterClosedError


async def _need_delegate(tx: Transaction, delegate_id: int, center_id: int) -> None:
    record = await delegates.by_id(tx, delegate_id)
    if record is None or record.center != center_id:
        raise NotAllowedError


async def _need_seen(tx: Transaction, present: Invitation | None, seen: int | None, *, by: int, now: int) -> None:
    """Revoke a link that a new one replaces. Raises StaleInvitationError if that is another than was seen."""
    if present is None:
        return
    if present.id != seen and present.expires_at > now:
        raise StaleInvitationError
    await invitations.revoke(tx, present.id, by, now)
    await audit.add(tx, by, "invitation.revoke", f"center:{present.center}", now=now, before={"invitation": present.id})


async def _made(tx: Transaction, token: str, invitation_id: int, by: int, now: int) -> Made:
    invitation = await invitations.by_id(tx, invitation_id)
    assert invitation is not None  # noqa: S101 - it was made in this transaction
    await audit.add(
        tx, by, "invitation.make", f"center:{invitation.center}", now=now,
        after={"invitation": invitation_id, "kind": invitation.kind, "expires_at": invitation.expires_at},
    )  # fmt: skip
    return Made(token, invitation)
