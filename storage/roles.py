"""Who has which role, and the links that give one."""

from __future__ import annotations

from sqlite3 import Row

from storage.records import Name, RoleHolder, RoleLink
from storage.session import Session, Transaction


async def has(session: Session, person_id: int, role: str, scope: str = "") -> bool:
    """Whether somebody has a role."""
    return await session.value(session.sql.roles.has, person_id=person_id, role=role, scope=scope) is not None


async def led(session: Session, person_id: int, scope: str) -> str | None:
    """What somebody is to a Center, its focal point or a deputy; None if neither, or while they are suspended."""
    role: str | None = await session.value(session.sql.roles.led, person_id=person_id, scope=scope)
    return role


async def leaders(session: Session, scope: str) -> list[int]:
    """The focal point of a Center and its deputies, but for those who are suspended."""
    return [row["person_id"] for row in await session.all(session.sql.roles.leaders, scope=scope)]


async def holders(session: Session, role: str) -> list[RoleHolder]:
    """Everybody who has a role, in whatever scope, in the order in which it was given."""
    return [_holder(row) for row in await session.all(session.sql.roles.holders, role=role)]


async def holders_of(session: Session, role: str, scope: str) -> list[RoleHolder]:
    """Everybody who has a role in this scope, in the order in which it was given."""
    return [_holder(row) for row in await session.all(session.sql.roles.holders_of, role=role, scope=scope)]


async def of_person(session: Session, person_id: int) -> list[RoleHolder]:
    """Every role that somebody has."""
    return [_holder(row) for row in await session.all(session.sql.roles.of_person, person_id=person_id)]


async def give(tx: Transaction, person_id: int, role: str, *, scope: str = "", given_by: int, now: int) -> bool:
    """Give a role; False if they had it."""
    return (
        await tx.run(tx.sql.roles.give, person_id=person_id, role=role, scope=scope, given_by=given_by, given_at=now)
        == 1
    )


async def give_deputy(tx: Transaction, person_id: int, scope: str, *, at_most: int, given_by: int, now: int) -> bool:
    """Make somebody a deputy; False if they lead the Center already, or it has as many deputies as it can have."""
    touched = await tx.run(
        tx.sql.roles.give_deputy,
        person_id=person_id, scope=scope, at_most=at_most, given_by=given_by, given_at=now,
    )  # fmt: skip
    return touched == 1


async def take(tx: Transaction, person_id: int, role: str, scope: str = "") -> bool:
    """Take a role back; False if they did not have it (any more)."""
    return await tx.run(tx.sql.roles.take, person_id=person_id, role=role, scope=scope) == 1


async def hand_over(
    tx: Transaction, person_id: int, to_person: int, role: str, *, scope: str, given_by: int, now: int
) -> bool:
    """Give somebody's role to somebody else; False if they do not have it (any more)."""
    touched = await tx.run(
        tx.sql.roles.hand_over,
        person_id=person_id, to_person=to_person, role=role, scope=scope, given_by=given_by, given_at=now,
    )  # fmt: skip
    return touched == 1


async def take_scope(tx: Transaction, center_id: int) -> None:
    """Take the roles in a Center from everybody."""
    await tx.run(tx.sql.roles.take_scope, scope=str(center_id))


async def make_link(
    tx: Transaction, token_hash: str, role: str, *, scope: str = "", made_by: int, now: int, expires_at: int
) -> int:
    """Keep a new link; its id."""
    link_id: int = await tx.value(
        tx.sql.roles.make_link,
        token_hash=token_hash,
        role=role,
        scope=scope,
        made_by=made_by,
        made_at=now,
        expires_at=expires_at,
    )
    return link_id


async def use_link(tx: Transaction, token_hash: str, person_id: int, now: int) -> RoleLink | None:
    """Use a link up; None if it cannot be used, or not by this person."""
    row = await tx.one(tx.sql.roles.use_link, token_hash=token_hash, person_id=person_id, now=now)
    return None if row is None else RoleLink(**dict(row))


async def link_by_hash(session: Session, token_hash: str) -> RoleLink | None:
    """The link, whatever became of it."""
    row = await session.one(session.sql.roles.link_by_hash, token_hash=token_hash)
    return None if row is None else RoleLink(**dict(row))


async def link_by_id(session: Session, link_id: int) -> RoleLink | None:
    """The link, whatever became of it."""
    row = await session.one(session.sql.roles.link_by_id, id=link_id)
    return None if row is None else RoleLink(**dict(row))


async def open_links(session: Session, role: str, scope: str, now: int) -> list[RoleLink]:
    """The links to a role in this scope that can still be used."""
    rows = await session.all(session.sql.roles.open_links, role=role, scope=scope, now=now)
    return [RoleLink(**dict(row)) for row in rows]


async def revoke_link(tx: Transaction, link_id: int, person_id: int, now: int) -> bool:
    """Make a link useless; False if it was so already."""
    return await tx.run(tx.sql.roles.revoke_link, id=link_id, person_id=person_id, now=now) == 1


def _holder(row: Row) -> RoleHolder:
    return RoleHolder(
        row["person_id"],
        Name(row["first_name"], row["last_name"], row["username"]),
        row["role"],
        row["scope"],
        row["given_by"],
        row["given_at"],
    )
