"""What news mean for one person: whether they hold a notice, and whether the days of their stay still fit."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from bot.reminders.ladder import ladder_of
from bot.runtime.clock import MovableClock
from storage.records.conferences import Planned
from tests import conferences as example
from tests import newsmaking as news
from tests import records, reminding
from tests.chat import People, buttons
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


async def test_whose_days_do_not_go_with_a_moved_conference_is_asked_to_change_them(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await example.opened(bot.database, bot.now_us())
    comes, silent = [await delegate(bot, people, await records.center(bot)) for _ in range(2)]
    first, last = held.details.starts_on, held.details.ends_on
    await answered(comes, held)
    for days, fits in ((1, True), (60, False)):
        moved = timedelta(days=days)
        await news.conference_changed(bot, held.id, starts_on=first + moved, ends_on=last + moved)
        await news.settled(bot, clock)
        message = (await news.told(comes))[-1]
        assert ("Please change your answer." in message["text"]) != fits
        assert ("My answer" in buttons(message)) != fits
        assert ("Please change your answer." in (await comes.ask("/participate"))["text"]) != fits
    assert "Please change your answer." not in (await news.told(silent))[-1]["text"]
