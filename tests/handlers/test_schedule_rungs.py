"""/schedule: reminders are added to a ladder and removed from it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.reminders.ladder import DEFAULTS, KINDS
from bot.reminders.scheduling import RUNGS_AT_MOST
from bot.runtime.clock import MovableClock
from storage import reminders
from storage.records.reminders import Anchor
from tests import reminding
from tests.chat import People, Phone, until
from tests.conftest import StartBot
from tests.desk import labels, running
from tests.records import acts, becomes, press
from tests.reminding import registered, reminded, rung_of


@pytest.fixture
async def bot(start_bot: StartBot, clock: MovableClock) -> AsyncIterator[Running]:
    reminding.begin(clock)
    async with running(start_bot) as started:
        yield started


async def test_a_rung_is_added(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    """It is held at first, and sends nothing before it is released."""
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    await press(owner, screen, "Add a reminder")
    await becomes(owner, screen, "Which reminder do you want to add?")
    await press(owner, screen, "Conference: 3 days before")
    await becomes(owner, screen, "It is held")
    [added] = (await reminders.ladder(bot.database.reader, number))[len(DEFAULTS) :]
    assert (added.anchor, added.days, added.is_held) == (Anchor.CONFERENCE, 3, True)
    await press(owner, screen, "1 week earlier")
    await becomes(owner, screen, "Next time: 4 Jun, 09:00")
    await press(owner, screen, "Release")
    await until(lambda: is_released(bot, added.id))
    reminding.to(clock, year, 6, 4, 9)
    await reminded(phone, "It begins on")
    assert "conference 10" in dict(await reminding.states(bot.database, phone.id))
    done = [act for _by, act in await acts(bot, f"rung:{added.id}")]
    assert done == ["reminder.release", "reminder.change", "reminder.add"]


async def is_released(bot: Running, number: int) -> bool:
    rung = await reminders.rung(bot.database.reader, number)
    return rung is not None and not rung.is_held


@pytest.mark.parametrize("kind", ["conference:starred:days", "session:starred:days", "papers:registered:minutes"])
async def test_what_makes_no_sense_is_not_added(bot: Running, owner: Phone, clock: MovableClock, kind: str) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    screen = await owner.ask("/schedule")
    answer = await owner.press(screen, f"schedule:add:{number}:{kind}", forged=True)
    assert answer["text"] == "There is no such record any more."
    assert len(await reminders.ladder(bot.database.reader, number)) == len(DEFAULTS)


async def test_there_is_an_end_to_adding(bot: Running, owner: Phone, clock: MovableClock) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    screen = await owner.ask("/schedule")
    for kind in [*KINDS, *KINDS, KINDS[0]]:
        unit = "days" if kind.days else "minutes"
        await owner.press(screen, f"schedule:add:{number}:{kind.anchor}:{kind.audience}:{unit}", forged=True)
        clock.advance(10)  # nobody has pressed too much
    assert len(await reminders.ladder(bot.database.reader, number)) == RUNGS_AT_MOST
    answer = await owner.press(screen, f"schedule:add:{number}:agm:entitled:days", forged=True)
    assert answer["text"] == "There are as many reminders as there can be. Please remove one first."


async def test_a_rung_is_removed(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    """With what waits of it; the notice of the AGM cannot be, and what is gone does not come back by itself."""
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 7)
    await owner.press(screen, f"schedule:rung:{one.id}")
    await press(owner, screen, "Remove this reminder")
    await becomes(owner, screen, "Nothing more of it goes out.")
    await press(owner, screen, "Yes, remove")
    assert "Conference: 7 days before" not in labels(await becomes(owner, screen, "Next"))
    assert (await owner.press(screen, f"schedule:rung:{one.id}", forged=True))["text"].startswith("There is no such")
    reminding.to(clock, year, 6, 13, 9)
    await reminded(phone, "It begins on")
    assert [what for what, _state in await reminding.states(bot.database, phone.id)].count("conference 7") == 0
    notice = await rung_of(bot, number, Anchor.AGM, 30)
    for rung in await reminders.ladder(bot.database.reader, number):
        await owner.press(screen, f"schedule:remove:{rung.id}:{rung.edition}", forged=True)
        clock.advance(10)
    assert await reminders.ladder(bot.database.reader, number) == [notice]
    assert "Conference: 7 days before" not in labels(await owner.ask("/schedule"))
    assert [act for _by, act in await acts(bot, f"rung:{one.id}")] == ["reminder.remove"]
