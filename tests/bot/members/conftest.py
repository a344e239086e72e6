"""What most tests of requests run with."""

from __future__ import annotations

import pytest

from bot.members.roles import Role
from storage import people, roles
from storage.database import Database
from storage.records import NewMessage
from storage.session import Transaction
from tests.requested import APPLICANT, FOCAL, MEMBER, OWNER, STRANGER


@pytest.fixture
async def posted(database: Database) -> list[NewMessage]:
    """What is queued; everybody is known to the bot."""

    async def work(tx: Transaction) -> None:
        for person in (OWNER, MEMBER, APPLICANT, FOCAL, STRANGER):
            await people.meet(tx, people.meeting(tx.sql, person, language="en", guessed=True, reachable=True, now=1))
        await roles.give(tx, MEMBER, Role.SECRETARIAT, given_by=OWNER, now=1)

    await database.write(work)
    return []
