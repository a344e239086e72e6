"""Roles, their links, the audit log and the Secretariat's group, as they are kept."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from storage import audit, people, roles, secretariat
from storage.database import Database
from storage.errors import StatementError
from storage.records import Name, RoleLink
from storage.session import Transaction


async def meet(database: Database, *numbers: int) -> None:
    async def work(tx: Transaction) -> None:
        for number in numbers:
            name = Name(f"P{number}", None, None)
            await people.meet(
                tx, people.meeting(tx.sql, number, language="en", guessed=True, reachable=True, now=1, name=name)
            )

    await database.write(work)


async def link(database: Database, link_hash: str = "h", expires_at: int = 100) -> int:
    return await database.write(
        lambda tx: roles.make_link(tx, link_hash, "secretariat", made_by=1, now=5, expires_at=expires_at)
    )


async def use(database: Database, person_id: int, now: int = 6, link_hash: str = "h") -> RoleLink | None:
    return await database.write(lambda tx: roles.use_link(tx, link_hash, person_id, now))


async def test_a_role_is_given_and_taken_once(database: Database) -> None:
    await meet(database, 7)
    given = [await database.write(lambda tx: roles.give(tx, 7, "secretariat", given_by=1, now=2)) for _ in range(2)]
    assert given == [True, False]
    assert await roles.has(database.reader, 7, "secretariat")
    assert not await roles.has(database.reader, 7, "host")
    [holder] = await roles.holders(database.reader, "secretariat")
    assert (holder.person_id, holder.name.full, holder.given_by) == (7, "P7", 1)
    taken = [await database.write(lambda tx: roles.take(tx, 7, "secretariat")) for _ in range(2)]
    assert taken == [True, False]


async def test_the_same_role_may_be_held_in_several_scopes(database: Database) -> None:
    await meet(database, 7)
    for scope in ("conference:2027", "conference:2028"):
        give = partial(roles.give, person_id=7, role="host", scope=scope, given_by=1, now=2)
        assert await database.write(give)
    assert await roles.has(database.reader, 7, "host", "conference:2027")
    assert not await roles.has(database.reader, 7, "host")


async def test_an_unknown_role_is_refused(database: Database) -> None:
    await meet(database, 7)
    with pytest.raises(StatementError):
        await database.write(lambda tx: roles.give(tx, 7, "emperor", given_by=1, now=2))


async def test_of_two_who_use_a_link_one_succeeds(database: Database) -> None:
    await meet(database, 7, 8)
    await link(database)
    used = await asyncio.gather(use(database, 7), use(database, 8))
    assert [found is None for found in used] == [False, True]
    known = await roles.link_by_hash(database.reader, "h")
    assert known is not None
    assert known.used_by == 7


async def test_a_link_is_not_used_by_its_maker_nor_late_nor_for_nothing(database: Database) -> None:
    await meet(database, 1, 7)
    await link(database)
    assert await use(database, 1) is None
    assert await use(database, 7, now=100) is None
    await database.write(lambda tx: roles.give(tx, 7, "secretariat", given_by=1, now=2))
    assert await use(database, 7) is None
    assert [one.id for one in await roles.open_links(database.reader, "secretariat", "", 99)] == [1]
    assert await roles.open_links(database.reader, "secretariat", "", 100) == []


async def test_a_link_is_revoked_once_and_not_after_its_use(database: Database) -> None:
    await meet(database, 7)
    first, second = await link(database, "a"), await link(database, "b")
    revoked = [await database.write(lambda tx: roles.revoke_link(tx, first, 1, 6)) for _ in range(2)]
    assert revoked == [True, False]
    assert await use(database, 7, link_hash="a") is None
    assert await use(database, 7, link_hash="b") is not None
    assert not await database.write(lambda tx: roles.revoke_link(tx, second, 1, 7))


async def test_the_audit_log_tells_the_latest_first(database: Database) -> None:
    await database.write(lambda tx: audit.add(tx, 1, "role.give", "person:7", now=5, after={"role": "ü"}))
    await database.write(lambda tx: audit.add(tx, 2, "role.take", "person:7", now=6, before={"role": "ü"}))
    entries = await audit.latest(database.reader)
    assert [(one.actor_id, one.act, one.at) for one in entries] == [(2, "role.take", 6), (1, "role.give", 5)]
    assert entries[1].after == '{"role":"ü"}'


async def test_there_is_one_group_or_none(database: Database) -> None:
    assert await secretariat.bound(database.reader) is None
    for chat_id in (-5, -6):
        bind = partial(secretariat.bind, chat_id=chat_id, title="G", is_forum=chat_id == -6, bound_by=1, now=2)
        await database.write(bind)
    group = await secretariat.bound(database.reader)
    assert group is not None
    assert (group.chat_id, group.is_forum, group.uses_topics) == (-6, True, True)
    assert not await database.write(lambda tx: secretariat.unbind(tx, -5))
    assert await database.write(lambda tx: secretariat.unbind(tx, -6))
    assert await secretariat.bound(database.reader) is None


async def test_a_group_that_became_another_is_that_one_at_once(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await people.meet_group(tx, -5, "G", 1)
        await secretariat.bind(tx, -5, "G", is_forum=False, bound_by=1, now=2)
        await people.group_became(tx, -5, -1005)

    await database.write(work)
    group = await secretariat.bound(database.reader)
    assert group is not None
    assert group.chat_id == -1005
    assert await database.write(lambda tx: secretariat.became(tx, -5, -1005))
    assert not await database.write(lambda tx: secretariat.became(tx, -5, -1005))
