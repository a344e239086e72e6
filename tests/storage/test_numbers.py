"""Numbers of what stands in buttons are never given twice."""

from __future__ import annotations

from bot.announcements.content import Content
from storage import announcements, delegates, people, requests
from storage.database import Database
from storage.records.members import DelegateDetails, DelegateState, RequestKind
from storage.session import Transaction
from tests.announcements import composed


async def asked(tx: Transaction, person_id: int) -> tuple[int, int]:
    """Somebody wants to be a guest; the numbers of the record and of the request."""
    await people.meet(tx, people.meeting(tx.sql, person_id, language="en", guessed=True, reachable=True, now=0))
    record = await delegates.add(
        tx, DelegateDetails("Delegate", "A"), sort_name="a", person_id=person_id, center=None,
        state=DelegateState.PENDING, now=0,
    )  # fmt: skip
    return record, await requests.add(tx, RequestKind.GUEST, center=None, delegate=record, person_id=person_id, now=0)


async def test_a_request_has_a_number_of_its_own_although_the_last_was_erased(database: Database) -> None:
    record, first = await database.write(lambda tx: asked(tx, 7))
    await database.write(lambda tx: delegates.erase(tx, record))
    assert await requests.by_id(database.reader, first) is None
    _record, second = await database.write(lambda tx: asked(tx, 8))
    assert second != first


async def test_a_number_of_an_announcement_that_was_thrown_away_is_not_given_again(database: Database) -> None:
    """Buttons of the first are still in chats, and would send the second."""
    first = await composed(database, {"en": Content("The first.")})
    assert await database.write(lambda tx: announcements.delete_draft(tx, first))
    assert await composed(database, {"en": Content("The second.")}) > first
