"""What is changed of a conference by those who may, to test who is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.app import Running
from bot.conferences import agenda as sessions
from bot.conferences import agm, changes, editing
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from storage import agenda, conferences, outbox
from storage.database import Database
from storage.records import NewMessage
from storage.records.conferences import ConferenceState, Planned
from storage.session import Transaction
from tests.chat import Json, Phone, until
from tests.desk import OWNER

RIGHTS = Rights((OWNER,))
SETTLING_S = 301
GIVEN = ("this has changed.", "was cancelled.\n\nWhen: ")


async def session_changed(bot: Running, number: int, *, state: Planned | None = None, **details: Any) -> None:
    """A session is set otherwise."""

    async def work(tx: Transaction) -> None:
        await change_session(tx, number, bot.now_us(), state=state, **details)

    await bot.database.write(work)


async def change_session(
    tx: Transaction, number: int, now: int, *, state: Planned | None = None, **details: Any
) -> None:
    """A session is set otherwise, together with what else happens."""
    seen = await sessions.find(tx, number)
    wanted = replace(seen.details, **details)
    await sessions.change(tx, RIGHTS, number, seen.edition, wanted, by=OWNER, now=now, state=state)


async def agm_changed(bot: Running, conference: int, **changed: Any) -> None:
    """The AGM is set otherwise."""

    async def work(tx: Transaction) -> None:
        seen = await agm.agm_of_conference(tx, conference)
        assert await conferences.change_agm(tx, replace(seen, **changed), bot.now_us())
        await changes.agm_changed(tx, seen, bot.now_us())

    await bot.database.write(work)


async def conference_changed(bot: Running, conference: int, **details: Any) -> None:
    """The conference is set otherwise."""

    async def work(tx: Transaction) -> None:
        seen = await conferences.by_id(tx, conference)
        assert seen is not None
        assert await conferences.change(tx, seen, replace(seen.details, **details), bot.now_us())
        await changes.conference_changed(tx, seen, bot.now_us())

    await bot.database.write(work)


async def conference_is(bot: Running, conference: int, state: ConferenceState) -> None:
    """The conference is cancelled, or takes place after all."""

    async def work(tx: Transaction) -> None:
        now = bot.now_us()

        def post(message: NewMessage) -> None:
            outbox.add(tx, message, now)

        assert await editing.set_state(tx, RIGHTS, conference, state, by=OWNER, now=now, post=post)

    await bot.database.write(work)


async def starred(bot: Running, phone: Phone, *numbers: int) -> None:
    """Somebody has starred sessions."""

    async def work(tx: Transaction) -> None:
        for number in numbers:
            await agenda.star(tx, number, phone.id, bot.now_us())

    await bot.database.write(work)


async def untold(database: Database) -> int:
    """How many changes are yet to be told."""
    sql = "SELECT 1 FROM conference_changes WHERE told_at IS NULL"
    return len(list(await database.reader._conn.execute_fetchall(sql)))


async def settled(bot: Running, clock: MovableClock, *, untold_left: int = 0) -> None:
    """A few minutes later, everything is told, and delivered."""
    clock.advance(SETTLING_S)
    reader = bot.database.reader

    async def done() -> bool:
        if await untold(bot.database) != untold_left:  # asked first: what is told is in the outbox from then on
            return False
        return not await reader._conn.execute_fetchall("SELECT 1 FROM outbox WHERE state = 'queued'")

    await until(done)


async def told(phone: Phone) -> list[Json]:
    """What somebody was told of changes."""
    return [one for one in await phone.messages() if any(given in one.get("text", "") for given in GIVEN)]
