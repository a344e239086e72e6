"""The reason for a decision is written after it was asked for, and is kept out of the audit log."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.members import reasons
from bot.members.reasons import ReasonTooLongError
from storage import audit
from storage.database import Database
from storage.records import NewMessage
from storage.records.members import RequestState
from tests.requested import MEMBER, RIGHTS, decide, registered

GROUP = -5


async def test_a_reason_is_given_once_and_within_a_day(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    reason = await database.write(
        lambda tx: reasons.ask(tx, RIGHTS, request, by=MEMBER, chat_id=GROUP, correct=("name", "city"), now=50)
    )
    await database.write(lambda tx: reasons.prompted(tx, reason, 77))
    found = await reasons.awaited(database.reader, MEMBER, GROUP, 60)
    assert found == replace(reason, prompt_id=77)
    assert await reasons.awaited(database.reader, MEMBER, MEMBER, 60) is None, "it was not asked in private"
    assert await reasons.awaited(database.reader, MEMBER, GROUP, 60 + reasons.LASTS_US) is None
    with pytest.raises(ReasonTooLongError):
        await database.write(lambda tx: reasons.give(tx, RIGHTS, reason, "a" * 1_001, now=60, post=posted.append))
    after = await database.write(lambda tx: reasons.give(tx, RIGHTS, reason, "In full.", now=60, post=posted.append))
    assert (after.state, after.fields, after.reason) == ("correction", ("name", "city"), "In full.")
    assert await reasons.awaited(database.reader, MEMBER, GROUP, 61) is None


async def test_the_words_of_a_reason_are_not_in_the_audit_log(database: Database, posted: list[NewMessage]) -> None:
    request = await registered(database, posted)
    await decide(database, posted, request, RequestState.DECLINED, reason="Between us.")
    entries = await audit.latest(database.reader)
    said = json.dumps([[one.before, one.after] for one in entries])
    assert "Between us." not in said
    assert "Center A" not in said
