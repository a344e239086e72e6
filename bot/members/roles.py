"""Roles: who has which, and how one is given and taken back.

Owners stand in the settings. Every other role is given with a link that works once, for a week, and can be revoked
until it is used. A link counts as long as whoever made it may give its role: owners that of the Secretariat, the
Secretariat that of a conference's host.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from storage import audit, roles
from storage.records import RoleHolder, RoleLink
from storage.records.durations import DAY_US
from storage.session import Session, Transaction

LINK_LASTS_DAYS = 7
LINKS_AT_MOST = 20
"""Open at the same time, for a role: each has a line and a button where they are shown."""
TOKEN_BYTES = 24
"""32 characters in the link: with "role_" before them well under the 64 that Telegram allows."""


class Role(StrEnum):
    """What somebody may have been made. Hosts, focal points and deputies have a scope: one conference, one Center."""

    SECRETARIAT = "secretariat"
    HOST = "host"
    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"


class NotAllowedError(Exception):
    """Whoever asked for this has no right to it."""


class TooManyLinksError(Exception):
    """As many links to a role are open as may be."""


class LinkError(Exception):
    """A link that gives a role cannot be used; `link` is it, if there is one."""

    def __init__(self, link: RoleLink | None = None) -> None:
        super().__init__(None if link is None else link.id)
        self.link = link


class LinkUnknownError(LinkError):
    """There is no such link."""


class LinkUsedError(LinkError):
    """Somebody has used it."""


class LinkUsedByYouError(LinkError):
    """The same person has used it."""


class LinkRevokedError(LinkError):
    """It was revoked, or whoever made it may not give its role any more."""


class LinkExpiredError(LinkError):
    """Its time is over."""


class OwnLinkError(LinkError):
    """Whoever made it has opened it."""


class RoleHeldError(LinkError):
    """They have the role already."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who has what, as `/staff` shows it."""

    secretariat: tuple[RoleHolder, ...]
    links: tuple[RoleLink, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """Checks what somebody may do."""

    owners: Collection[int]

    def is_owner(self, person_id: int) -> bool:
        return person_id in self.owners

    async def is_staff(self, session: Session, person_id: int) -> bool:
        """Whether they act for the Secretariat: its members, and owners."""
        return self.is_owner(person_id) or await roles.has(session, person_id, Role.SECRETARIAT)

    async def leads(self, session: Session, person_id: int, center_id: int) -> bool:
        """Whether they are the focal point of a Center, or a deputy, and not suspended."""
        return await leads(session, person_id, center_id)

    async def hosts(self, session: Session, person_id: int, conference_id: int) -> bool:
        """Whether they are a host of a conference."""
        return await roles.has(session, person_id, Role.HOST, str(conference_id))

    async def manages(self, session: Session, person_id: int, conference_id: int) -> bool:
        """Whether they host a conference, or act for the Secretariat."""
        return await self.hosts(session, person_id, conference_id) or await self.is_staff(session, person_id)

    def need_owner(self, person_id: int) -> None:
        """Raises NotAllowedError unless they are an owner."""
        if not self.is_owner(person_id):
            raise NotAllowedError

    async def need_staff(self, session: Session, person_id: int) -> None:
        """Raises NotAllowedError unless they act for the Secretariat."""
        if not await self.is_staff(session, person_id):
            raise NotAllowedError

    async def may_give(self, session: Session, person_id: int, role: str) -> bool:
        """Whether they may make links that give a role, and take it back."""
        return await self.is_staff(session, person_id) if role == Role.HOST else self.is_owner(person_id)

    async def need_giver(self, session: Session, person_id: int, role: str) -> None:
        """Raises NotAllowedError unless they may give a role."""
        if not await self.may_give(session, person_id, role):
            raise NotAllowedError

    async def need_lead(self, session: Session, person_id: int, center_id: int) -> None:
        """Raises NotAllowedError unless they lead a Center, or act for the Secretariat."""
        if not await self.leads(session, person_id, center_id):
            await self.need_staff(session, person_id)

    async def need_host(self, session: Session, person_id: int, conference_id: int) -> None:
        """Raises NotAllowedError unless they host a conference, or act for the Secretariat."""
        if not await self.manages(session, person_id, conference_id):
            raise NotAllowedError


async def leads(session: Session, person_id: int, center_id: int) -> bool:
    """Whether somebody is the focal point of a Center, or a deputy, and not suspended."""
    return await roles.led(session, person_id, str(center_id)) is not None


async def staff(session: Session, rights: Rights, asked_by: int, now: int) -> Staff:
    """Who has what. Raises NotAllowedError unless owners or the Secretariat ask."""
    await rights.need_staff(session, asked_by)
    return Staff(
        tuple(await roles.holders(session, Role.SECRETARIAT)),
        tuple(await roles.open_links(session, Role.SECRETARIAT, "", now)),
    )


async def invite(
    tx: Transaction, rights: Rights, by: int, now: int, *, role: Role = Role.SECRETARIAT, scope: str = ""
) -> tuple[str, RoleLink]:
    """Make a link to a role; its token, which is kept nowhere, and the link.

    Raises:
        NotAllowedError: they may not give this role.
        TooManyLinksError: `LINKS_AT_MOST` are open already.
    """
    await rights.need_giver(tx, by, role)
    if len(await roles.open_links(tx, role, scope, now)) >= LINKS_AT_MOST:
        raise TooManyLinksError
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = now + LINK_LASTS_DAYS * DAY_US
    link_id = await roles.make_link(
        tx, fingerprint(token), role, scope=scope, made_by=by, now=now, expires_at=expires_at
    )
    after = {"role": role, "expires_at": expires_at, **({"scope": scope} if scope else {})}
    await audit.add(tx, by, "link.make", f"link:{link_id}", now=now, after=after)
    return token, RoleLink(link_id, role, scope, by, now, expires_at, None, None, None)


async def accept(tx: Transaction, rights: Rights, token: str, person_id: int, now: int) -> RoleLink:
    """Use a link: the person has its role from now on.

    Raises:
        LinkError: it cannot be used; which error says why.
    """
    token_hash = fingerprint(token)
    known = await roles.link_by_hash(tx, token_hash)
    if known is not None and not await rights.may_give(tx, known.made_by, known.role):
        raise LinkRevokedError(known)
    link = await roles.use_link(tx, token_hash, person_id, now)
    if link is None:
        raise _why_not(known, person_id, now)
    await roles.give(tx, person_id, link.role, scope=link.scope, given_by=link.made_by, now=now)
    await audit.add(
        tx,
        person_id,
        "role.accept",
        f"person:{person_id}",
        now=now,
        after={"role": link.role, "scope": link.scope, "link": link.id, "given_by": link.made_by},
    )
    return link


async def revoke_link(tx: Transaction, rights: Rights, link_id: int, by: int, now: int) -> bool:
    """Make a link useless; False if it was used, revoked or over already. Raises NotAllowedError."""
    link = await roles.link_by_id(tx, link_id)
    await rights.need_giver(tx, by, Role.SECRETARIAT if link is None else link.role)
    revoked = await roles.revoke_link(tx, link_id, by, now)
    if revoked:
        await audit.add(tx, by, "link.revoke", f"link:{link_id}", now=now)
    return revoked


async def take_back(
    tx: Transaction,
    rights: Rights,
    person_id: int,
    by: int,
    now: int,
    *,
    role: Role = Role.SECRETARIAT,
    scope: str = "",
) -> bool:
    """Take a role from somebody; False if they did not have it (any more). Raises NotAllowedError."""
    await rights.need_giver(tx, by, role)
    taken = await roles.take(tx, person_id, role, scope)
    if taken:
        await audit.add(tx, by, "role.take", f"person:{person_id}", now=now, before={"role": role, "scope": scope})
    return taken


async def refused(tx: Transaction, person_id: int, what: str, now: int) -> None:
    """Note that somebody tried what they have no right to."""
    await audit.add(tx, person_id, "refused", what, now=now)


def fingerprint(token: str) -> str:
    """What is kept of a link. The token is random and long, so that a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _why_not(link: RoleLink | None, person_id: int, now: int) -> LinkError:
    if link is None:
        return LinkUnknownError()
    if link.used_at is not None:
        return LinkUsedByYouError(link) if link.used_by == person_id else LinkUsedError(link)
    if link.revoked_at is not None:
        return LinkRevokedError(link)
    if link.expires_at <= now:
        return LinkExpiredError(link)
    return OwnLinkError(link) if link.made_by == person_id else RoleHeldError(link)
