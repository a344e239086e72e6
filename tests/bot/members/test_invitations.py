"""Links into a Center: who makes them, who uses them, and what becomes of one when two want it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from bot.members import centers, delegates, invitations
from bot.members.invitations import (
    OPEN_AT_MOST,
    PERSONAL_LASTS_DAYS,
    SHARED_LASTS_DAYS,
    CenterClosedError,
    InvitationError,
    InvitationExpiredError,
    InvitationRevokedError,
    InvitationUnknownError,
    InvitationUsedError,
    Made,
    StaleInvitationError,
    TooManyInvitationsError,
)
from bot.members.roles import NotAllowedError, Rights, Role
from storage import audit, people, roles
from storage import centers as kept_centers
from storage import invitations as kept
from storage.database import Database
from storage.errors import StatementError
from storage.records.durations import DAY_US
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState, Invitation
from storage.session import Transaction

OWNER, FOCAL, DEPUTY, FIRST, SECOND, STRANGER = 1, 2, 3, 4, 5, 6
RIGHTS = Rights((OWNER,))
NOW = 1_000_000


@pytest.fixture
async def center(database: Database) -> int:
    """An approved Center with a focal point and a deputy."""

    async def work(tx: Transaction) -> int:
        for person in (OWNER, FOCAL, DEPUTY, FIRST, SECOND, STRANGER):
            await people.meet(tx, people.meeting(tx.sql, person, language="en", guessed=True, reachable=True, now=1))
        number = await centers.add(tx, CenterDetails("Center A"), state=CenterState.APPROVED, by=FOCAL, now=1)
        await roles.give(tx, FOCAL, Role.FOCAL_POINT, scope=str(number), given_by=OWNER, now=1)
        await roles.give(tx, DEPUTY, Role.DEPUTY, scope=str(number), given_by=FOCAL, now=1)
        return number

    return await database.write(work)


def invited(database: Database, center: int, by: int = FOCAL, **more: object) -> Awaitable[Made]:
    arguments = {"now": NOW, **more}
    return database.write(lambda tx: invitations.invite(tx, RIGHTS, center, by=by, **arguments))  # type: ignore[arg-type]


def shared(database: Database, center: int, by: int = FOCAL, **more: object) -> Awaitable[Made]:
    arguments = {"now": NOW, **more}
    return database.write(lambda tx: invitations.share(tx, RIGHTS, center, by=by, **arguments))  # type: ignore[arg-type]


def used(database: Database, made: Made, by: int, now: int = NOW) -> Awaitable[Invitation]:
    return database.write(lambda tx: invitations.use(tx, made.invitation.id, by, now))


async def on_the_list(database: Database, center: int) -> int:
    return await database.write(
        lambda tx: delegates.add(
            tx, DelegateDetails("Delegate", "A"), person_id=None, center=center, state=DelegateState.ACTIVE, now=1
        )
    )


@pytest.mark.parametrize("by", [FOCAL, DEPUTY, OWNER])
async def test_those_who_look_after_a_center_invite(database: Database, center: int, by: int) -> None:
    made = await invited(database, center, by, label="Delegate B")
    assert made.invitation.expires_at == NOW + PERSONAL_LASTS_DAYS * DAY_US
    assert await invitations.opened(database.reader, made.token, NOW) == made.invitation
    assert (made.invitation.label, made.invitation.made_by) == ("Delegate B", by)


async def test_nobody_else_invites_shares_or_revokes(database: Database, center: int) -> None:
    made = await invited(database, center)
    for attempt in (
        invited(database, center, STRANGER),
        shared(database, center, STRANGER),
        database.write(lambda tx: invitations.revoke(tx, RIGHTS, made.invitation.id, by=STRANGER, now=NOW)),
        invited(database, center + 1, FOCAL),
    ):
        with pytest.raises(NotAllowedError):
            await attempt
    assert await kept.of_center(database.reader, center, NOW) == [made.invitation]


async def test_the_link_itself_is_kept_nowhere(database: Database, center: int) -> None:
    made = await invited(database, center, label="Delegate B")
    whole = database.path.read_bytes() + database.path.with_name(f"{database.path.name}-wal").read_bytes()
    assert made.token.encode() not in whole
    assert b"Delegate B" in whole, "what is kept would be found"
    [entry] = await audit.latest(database.reader, at_most=1)
    assert (entry.act, entry.object) == ("invitation.make", f"center:{center}")
    assert "Delegate B" not in (entry.after or "")


async def test_of_two_people_one_has_a_personal_link(database: Database, center: int) -> None:
    made = await invited(database, center)
    outcomes = await asyncio.gather(
        *(used(database, made, person) for person in (FIRST, SECOND, FIRST, SECOND)), return_exceptions=True
    )
    assert sum(isinstance(one, Invitation) for one in outcomes) == 1
    assert sum(isinstance(one, InvitationUsedError) for one in outcomes) == 3
    after = await kept.by_id(database.reader, made.invitation.id)
    assert after is not None
    assert after.uses == 1


async def test_a_link_that_is_revoked_while_it_is_opened_is_not_used(database: Database, center: int) -> None:
    made = await invited(database, center)
    await invitations.opened(database.reader, made.token, NOW)
    revoking = database.write(lambda tx: invitations.revoke(tx, RIGHTS, made.invitation.id, by=FOCAL, now=NOW))
    revoked, joined = await asyncio.gather(revoking, used(database, made, FIRST), return_exceptions=True)
    assert revoked is True
    assert isinstance(joined, InvitationRevokedError)
    assert await database.write(lambda tx: invitations.revoke(tx, RIGHTS, 1, by=FOCAL, now=NOW)) is False


async def test_a_link_that_was_used_first_cannot_be_revoked(database: Database, center: int) -> None:
    made = await invited(database, center)
    joined, revoked = await asyncio.gather(
        used(database, made, FIRST),
        database.write(lambda tx: invitations.revoke(tx, RIGHTS, made.invitation.id, by=FOCAL, now=NOW)),
    )
    assert (joined.used_by, revoked) == (FIRST, False)


async def test_a_shared_link_works_for_many_until_it_ends(database: Database, center: int) -> None:
    made = await shared(database, center)
    for person in (FIRST, SECOND):
        await used(database, made, person)
    over = NOW + SHARED_LASTS_DAYS * DAY_US
    with pytest.raises(InvitationExpiredError):
        await used(database, made, STRANGER, over)
    with pytest.raises(InvitationExpiredError):
        await invitations.opened(database.reader, made.token, over)
    assert await kept.of_center(database.reader, center, over) == []
    again = await shared(database, center, now=over)
    assert again.invitation.id != made.invitation.id, "one that is over does not stand in the way"


async def test_another_link_to_share_ends_the_one_that_was_seen(database: Database, center: int) -> None:
    first = await shared(database, center)
    with pytest.raises(StaleInvitationError):
        await shared(database, center)
    second = await shared(database, center, DEPUTY, seen=first.invitation.id)
    with pytest.raises(InvitationRevokedError):
        await used(database, first, FIRST)
    await used(database, second, FIRST)


async def test_of_two_who_replace_the_link_to_share_one_does(database: Database, center: int) -> None:
    first = await shared(database, center)
    outcomes = await asyncio.gather(
        *(shared(database, center, by, seen=first.invitation.id) for by in (FOCAL, DEPUTY)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Made", "StaleInvitationError"]
    assert len(await kept.of_center(database.reader, center, NOW)) == 1


async def test_the_database_itself_takes_one_link_to_share(database: Database, center: int) -> None:
    await shared(database, center)
    with pytest.raises(StatementError):
        await database.write(
            lambda tx: kept.add(tx, "other", center=center, kind="shared", made_by=FOCAL, now=NOW, expires_at=NOW + 1)
        )


async def test_a_record_has_one_link(database: Database, center: int) -> None:
    record = await on_the_list(database, center)
    first = await invited(database, center, delegate=record)
    with pytest.raises(StaleInvitationError):
        await invited(database, center, delegate=record)
    second = await invited(database, center, delegate=record, replaces=True, seen=first.invitation.id)
    with pytest.raises(InvitationRevokedError):
        await invitations.opened(database.reader, first.token, NOW)
    assert (await invitations.opened(database.reader, second.token, NOW)).replaces
    over = second.invitation.expires_at
    third = await invited(database, center, delegate=record, now=over)
    assert third.invitation.delegate == record


async def test_nobody_is_invited_to_the_place_of_another_centers_delegate(database: Database, center: int) -> None:
    elsewhere = await database.write(
        lambda tx: centers.add(tx, CenterDetails("Center B"), state=CenterState.APPROVED, by=None, now=1)
    )
    record = await on_the_list(database, elsewhere)
    with pytest.raises(NotAllowedError):
        await invited(database, center, delegate=record, replaces=True)
    with pytest.raises(NotAllowedError):
        await invited(database, center, delegate=9_999)


async def test_a_center_that_is_suspended_takes_nobody(database: Database, center: int) -> None:
    made = await invited(database, center)
    await database.write(
        lambda tx: kept_centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=NOW)
    )
    for attempt in (used(database, made, FIRST), invited(database, center), shared(database, center)):
        with pytest.raises(CenterClosedError):
            await attempt
    with pytest.raises(CenterClosedError):
        await invitations.opened(database.reader, made.token, NOW)
    after = await kept.by_id(database.reader, made.invitation.id)
    assert after == made.invitation, "it works again when the Center does"


async def test_there_are_not_more_open_links_than_anybody_can_look_through(database: Database, center: int) -> None:
    record = await on_the_list(database, center)
    first = await invited(database, center, delegate=record)
    for _ in range(OPEN_AT_MOST - 1):
        await invited(database, center)
    with pytest.raises(TooManyInvitationsError):
        await invited(database, center)
    replaced = await invited(database, center, delegate=record, seen=first.invitation.id)
    assert replaced.invitation.id != first.invitation.id, "one for another is not one more"
    await invited(database, center, now=NOW + PERSONAL_LASTS_DAYS * DAY_US)


@pytest.mark.parametrize("token", ["", "nonsense", "'; DROP TABLE invitations; --", "𝕏" * 500, "\ud800"])
async def test_what_is_no_link_is_unknown(database: Database, center: int, token: str) -> None:
    with pytest.raises(InvitationUnknownError):
        await invitations.opened(database.reader, token, NOW)
    with pytest.raises(InvitationError):
        await database.write(lambda tx: invitations.use(tx, 9_999, FIRST, NOW))
