"""Whoever holds the formal notice of an AGM is told what becomes of it."""

from __future__ import annotations

from bot.app import Running
from bot.reminders.ladder import ladder_of
from bot.runtime.clock import MovableClock
from storage.records.conferences import Planned
from tests import conferences as example
from tests import newsmaking as news
from tests import records, reminding
from tests.chat import People
from tests.participants import answered, delegate

SENT = """
    INSERT INTO reminders (rung, event, person_id, state, due_at, queued_at, ended_at)
    SELECT id, 'notice', ?, 'sent', 1, 1, 1 FROM reminder_rungs
    WHERE conference = ? AND anchor = 'agm' AND is_formal = 1 LIMIT 1
"""


async def test_who_does_not_come_and_holds_the_notice_is_told_that_the_agm_is_cancelled(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await example.opened(bot.database, bot.now_us())
    await example.with_agm(bot.database, held, bot.now_us())
    await bot.database.write(lambda tx: ladder_of(tx, held.id))
    center = await records.center(bot)
    noticed, other = [await delegate(bot, people, center, f"Delegate {name}") for name in "AB"]
    for phone in (noticed, other):
        await answered(phone, held)
    await reminding.execute(bot.database, "UPDATE participations SET state = 'withdrawn'")
    await reminding.execute(bot.database, SENT, noticed.id, held.id)
    await news.agm_changed(bot, held.id, state=Planned.CANCELLED)
    await news.settled(bot, clock)
    (told,) = await news.told(noticed)
    assert "Cancelled" in told["text"]
    assert await news.told(other) == []
