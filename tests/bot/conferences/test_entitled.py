"""Who is entitled to attend an AGM, gets its documents, its notice, its reminders, and is told of its changes."""

from __future__ import annotations

from itertools import product

import pytest

from bot.conferences import agm, changes
from bot.members import centers, delegates
from bot.members.roles import Rights, Role
from storage import people, reminders, roles
from storage.database import Database
from storage.records.conferences import Entitled
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState
from storage.records.reminders import Anchor, Audience, NewRung
from storage.session import Session, Transaction
from tests import conferences as example
from tests import reminding

NOW = 1_800_000_000_000_000
LEADS, IS_DELEGATE, IS_GUEST, IS_NOBODY = "leads", "delegate", "guest", "nobody"
KINDS = (
    *((LEADS, center, state) for center, state in product(CenterState, (*DelegateState, None))),
    *((IS_DELEGATE, center, state) for center, state in product(CenterState, DelegateState)),
    *((IS_GUEST, None, state) for state in DelegateState),
    (IS_NOBODY, None, None),
)
WHO = dict(enumerate(KINDS, start=1_000))
"""Somebody of each kind: with a Center in each state, and a record in each state, or without one."""


async def added(tx: Transaction, number: int) -> None:
    kind, center_state, state = WHO[number]
    await people.meet(tx, people.meeting(tx.sql, number, language="en", guessed=True, reachable=True, now=NOW))
    center = None
    if center_state is not None:
        details = CenterDetails(f"Center {number}", country="KE")
        center = await centers.add(tx, details, state=center_state, by=None, now=NOW)
    if state is not None:
        name = DelegateDetails("Delegate", str(number))
        await delegates.add(
            tx, name, person_id=number, center=center, state=state, is_guest=kind == IS_GUEST, now=NOW
        )  # fmt: skip
    if kind == LEADS:
        await roles.give(tx, number, Role.FOCAL_POINT, scope=str(center), given_by=0, now=NOW)


def expected(entitled: Entitled) -> set[int]:
    """Nobody who is suspended, or whose Center is not a member (any more)."""

    def is_entitled(kind: str, center: CenterState | None, state: DelegateState | None) -> bool:
        is_member = center == CenterState.APPROVED
        if entitled == Entitled.FOCAL_POINTS:
            return kind == LEADS and is_member and state != DelegateState.SUSPENDED
        if kind == IS_GUEST:
            return entitled == Entitled.EVERYONE and state == DelegateState.ACTIVE
        return is_member and state == DelegateState.ACTIVE

    return {number for number, kind in WHO.items() if is_entitled(*kind)}


async def told(session: Session) -> set[int]:
    """Those to whom a change would go."""
    rows = await session._conn.execute_fetchall("SELECT DISTINCT person_id FROM change_readers")
    return {row["person_id"] for row in rows}


@pytest.mark.parametrize("entitled", Entitled)
async def test_one_rule_for_documents_reminders_and_news(database: Database, entitled: Entitled) -> None:
    held = await example.opened(database, NOW)
    meeting = await example.with_agm(database, held, NOW, entitled=entitled)

    async def work(tx: Transaction) -> None:
        for number in WHO:
            await added(tx, number)
        await changes.agm_changed(tx, meeting, NOW)
        await reminders.add_rung(tx, held.id, NewRung(Anchor.AGM, 30, 540, Audience.ENTITLED, is_formal=True))

    await database.write(work)
    session, rights = database.reader, Rights(())
    [notice] = await reminders.ladder(session, held.id)
    assert {one for one in WHO if await agm.may_attend(session, rights, meeting, one)} == expected(entitled)
    assert {one for one in WHO if await reminders.concerns(session, notice, one)} == expected(entitled)
    assert await told(session) == expected(entitled)


@pytest.mark.parametrize("answer", ["declined", "withdrawn", "registered", "absent"])
async def test_who_does_not_come_gets_the_notice_and_no_more(database: Database, answer: str) -> None:
    """Whether they have said so themselves, or their Center has; the documents are theirs all the same."""
    held = await example.opened(database, NOW)
    meeting = await example.with_agm(database, held, NOW)
    number = next(one for one, kind in WHO.items() if kind == (IS_DELEGATE, CenterState.APPROVED, DelegateState.ACTIVE))

    async def work(tx: Transaction) -> None:
        await added(tx, number)
        await changes.agm_changed(tx, meeting, NOW)
        for is_formal in (True, False):
            rung = NewRung(Anchor.AGM, 30, 540, Audience.ENTITLED, is_formal=is_formal)
            await reminders.add_rung(tx, held.id, rung)

    await database.write(work)
    if answer == "absent":
        await reminding.insert(database, "center_absences", conference=held.id, center=1, said_by=number, said_at=NOW)
    else:
        await reminding.answered(database, held.id, 1, answer)
    session = database.reader
    notice, usual = await reminders.ladder(session, held.id)
    assert await agm.may_attend(session, Rights(()), meeting, number)
    assert await reminders.concerns(session, notice, number)
    comes = answer == "registered"
    assert await reminders.concerns(session, usual, number) is comes
    assert await told(session) == ({number} if comes else set())


async def test_who_leads_two_centers_is_meant_once_and_out_only_with_both(database: Database) -> None:
    held = await example.opened(database, NOW)
    await example.with_agm(database, held, NOW, entitled=Entitled.FOCAL_POINTS)
    number = next(one for one, kind in WHO.items() if kind == (LEADS, CenterState.APPROVED, None))

    async def work(tx: Transaction) -> None:
        await added(tx, number)
        other = await centers.add(tx, CenterDetails("Other"), state=CenterState.APPROVED, by=None, now=NOW)
        await roles.give(tx, number, Role.DEPUTY, scope=str(other), given_by=0, now=NOW)

    await database.write(work)
    query = "SELECT audience, is_out FROM reminder_audiences WHERE person_id = ? ORDER BY audience"
    comes, is_out = [("entitled", 0), ("unanswered_centers", 0)], [("entitled", 1)]
    for center, meant in ((None, comes), (1, comes), (2, is_out)):
        if center is not None:
            said = {"conference": held.id, "center": center, "said_by": number, "said_at": NOW}
            await reminding.insert(database, "center_absences", **said)
        rows = await database.reader._conn.execute_fetchall(query, (number,))
        assert [tuple(row) for row in rows] == meant
