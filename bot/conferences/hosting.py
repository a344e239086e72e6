"""Who hosts a conference, and the links that make somebody its host."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conferences.opening import found
from bot.members import roles
from bot.members.roles import Rights, Role
from storage import roles as kept
from storage.records import RoleHolder, RoleLink
from storage.records.conferences import Conference
from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class Hosting:
    """The hosts of a conference, and the links that can still be used."""

    conference: Conference
    hosts: tuple[RoleHolder, ...]
    links: tuple[RoleLink, ...]


async def hosting(session: Session, rights: Rights, conference_id: int, *, by: int, now: int) -> Hosting:
    """Who hosts a conference. Raises NotAllowedError unless the Secretariat asks, NoSuchConferenceError."""
    await rights.need_staff(session, by)
    scope = str(conference_id)
    return Hosting(
        await found(session, conference_id),
        tuple(await kept.holders_of(session, Role.HOST, scope)),
        tuple(await kept.open_links(session, Role.HOST, scope, now)),
    )


async def invite(tx: Transaction, rights: Rights, conference_id: int, *, by: int, now: int) -> tuple[str, RoleLink]:
    """Make a link for a host; its token and the link. Raises as `roles.invite`, and NoSuchConferenceError."""
    await rights.need_staff(tx, by)
    await found(tx, conference_id)
    return await roles.invite(tx, rights, by, now, role=Role.HOST, scope=str(conference_id))


async def take_back(tx: Transaction, rights: Rights, conference_id: int, person_id: int, *, by: int, now: int) -> bool:
    """Take the host's role from somebody; False if they did not have it (any more). Raises NotAllowedError."""
    return await roles.take_back(tx, rights, person_id, by, now, role=Role.HOST, scope=str(conference_id))
