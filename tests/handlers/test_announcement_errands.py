"""What is to be done at recipients is read for those who come up together, and one cannot spoil it for the others."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

from bot.announcements import sending
from bot.announcements.content import Content
from handlers.announcement_errands import Errands
from storage import announcement_recipients, people
from storage.database import Database
from storage.records.announcements import Errand
from storage.session import Transaction
from tests.announcements import RIGHTS, composed
from tests.desk import OWNER

FIRST, UNREADABLE, LAST = readers = (7, 8, 9)


async def test_a_recipient_who_cannot_be_read_spoils_it_for_nobody_else(database: Database) -> None:
    async def meet(tx: Transaction) -> None:
        for reader in (OWNER, *readers):
            meeting = people.meeting(tx.sql, reader, language="en", guessed=True, reachable=True, now=1)
            await people.meet(tx, meeting)

    await database.write(meet)
    number = await composed(database, {"en": Content("Read this")})

    async def take_in(tx: Transaction) -> None:
        assert await sending.begin(tx, RIGHTS, OWNER, number, 2)
        await announcement_recipients.add(tx, number, readers)
        spoil = SimpleNamespace(sql="UPDATE announcement_recipients SET messages = 'none' WHERE person_id = :person")
        await tx.run(spoil, person=UNREADABLE)

    await database.write(take_in)
    errands = Errands()
    found = await asyncio.gather(
        *(errands.find(database.counter, number, reader) for reader in readers), return_exceptions=True
    )
    assert [type(one) for one in found] == [Errand, ValueError, Errand]
    assert [one.recipient.person_id for one in found if isinstance(one, Errand)] == [FIRST, LAST]
