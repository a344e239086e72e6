"""/schedule: what the Secretariat sees and changes of the ladder, and that nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import reminders
from storage.records.reminders import Anchor, ReminderState
from tests import reminding
from tests.chat import People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import labels, running, says
from tests.records import acts, becomes, press
from tests.reminding import registered, reminded, reminders_of, rung_of

pytestmark = pytest.mark.usefixtures("hastened")

MESSAGE_AT_MOST = 4096


@pytest.fixture
async def bot(start_bot: StartBot, clock: MovableClock) -> AsyncIterator[Running]:
    reminding.begin(clock)
    async with running(start_bot) as started:
        yield started


async def test_strangers_see_no_schedule(bot: Running, people: People, clock: MovableClock) -> None:
    await reminding.conference(bot.database, clock.now().year)
    phone = await people.person()
    assert (await phone.ask("/schedule"))["text"] == "This is for the Secretariat only."


@pytest.mark.parametrize(
    "data",
    ["schedule:show:1", "schedule:rung:1", "schedule:hold:1:0", "schedule:days:1:0:+1", "schedule:minutes:1:0:-60",
     "schedule:ask:1", "schedule:send:1", "schedule:words:1", "schedule:words:1:fr", "schedule:write:1:fr",
     "schedule:usual:1:fr", "schedule:add:1", "schedule:add:1:agm:entitled:days", "schedule:unask:1",
     "schedule:remove:1:0"],
)  # fmt: skip
async def test_forged_presses_are_refused(
    bot: Running, people: People, owner: Phone, clock: MovableClock, data: str
) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    await owner.ask("/schedule")
    before = await reminders.ladder(bot.database.reader, number)
    phone = await people.person()
    answer = await phone.press(await phone.ask("/start"), data, forged=True)
    assert answer["text"] == "This is for the Secretariat only."
    assert await reminders.ladder(bot.database.reader, number) == before
    assert await acts(bot, "schedule") == [(phone.id, "refused")]


async def test_what_is_not_there(bot: Running, owner: Phone) -> None:
    screen = await owner.ask("/schedule")
    assert screen["text"] == "The next Annual Conference has not been announced here yet."
    for data in ("schedule:show:9", "schedule:rung:9", "schedule:send:9", "schedule:add:9:agm:entitled:days",
                 "schedule:unask:9", "schedule:remove:9:0"):  # fmt: skip
        assert (await owner.press(screen, data, forged=True))["text"] == "There is no such record any more."


async def test_what_comes_and_what_went_out(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    assert "27 Mar, 09:00 (Nairobi) – Papers: 14 days before – 1 person" in screen["text"]
    assert screen["text"].count("•") == 10
    assert {"Conference: 7 days before", "AGM: 2 hours before", "My sessions: 15 minutes before"} <= set(labels(screen))
    await press(owner, screen, "Manage")
    await press(owner, await becomes(owner, screen, "What do you want to change?"), "Reminders")
    await becomes(owner, screen, "27 Mar, 09:00 (Nairobi)")
    reminding.to(clock, year, 3, 27, 9)
    await reminded(phone, "Papers and sessions")
    assert "• Papers: 14 days before: sent: 1" in (await owner.ask("/schedule"))["text"]


async def test_a_rung_is_moved(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 7)
    await owner.press(screen, f"schedule:rung:{one.id}")
    await becomes(owner, screen, "Next time: 7 Jun, 09:00 (Nairobi)")
    await press(owner, screen, "1 day earlier")
    await becomes(owner, screen, "Next time: 6 Jun, 09:00")
    await press(owner, screen, "1 hour later")
    await becomes(owner, screen, "Next time: 6 Jun, 10:00")
    stale = await owner.press(screen, f"schedule:days:{one.id}:0:+1", forged=True)
    assert stale["text"] == "This has changed meanwhile. You see how it stands now."
    moved = await rung_of(bot, number, Anchor.CONFERENCE, 8)
    assert (moved.minutes, moved.edition) == (600, 2)
    assert [act for _by, act in await acts(bot, f"rung:{one.id}")] == ["reminder.change", "reminder.change"]


async def test_a_rung_is_held(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 7)
    await owner.press(screen, f"schedule:rung:{one.id}")
    await press(owner, screen, "Hold")
    await becomes(owner, screen, "It is held")
    reminding.to(clock, year, 6, 13, 9)
    await reminded(phone, "It begins on")
    assert [what for what, _state in await reminding.states(bot.database, phone.id)].count("conference 7") == 0
    await press(owner, screen, "Release")
    assert [act for _by, act in await acts(bot, f"rung:{one.id}")] == ["reminder.release", "reminder.hold"]


async def test_what_waits_for_the_morning_is_held_as_well(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    """The notice of an AGM goes out once it is released, as it is owed."""
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    notice = await rung_of(bot, number, Anchor.AGM, 30)
    here = reminding.Year(bot, people, clock, year, number)
    here.to(6, 13, 23)
    await reminding.agm(bot.database, number, here.at(6, 15, 14))
    await here.is_looked_at()
    assert ("agm 30", "waiting") in await reminding.states(bot.database, phone.id)
    await owner.press(screen, f"schedule:hold:{notice.id}:0", forged=True)
    here.to(6, 14, 7)
    await here.is_looked_at()
    assert [text for text in await reminders_of(phone) if "Notice" in text] == []
    assert ("agm 30", "dropped") in await reminding.states(bot.database, phone.id)
    await owner.press(screen, f"schedule:hold:{notice.id}:1", forged=True)
    here.to(6, 14, 8)
    await reminded(phone, "Notice")


async def test_a_rung_is_sent_now_once(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 30)
    await owner.press(screen, f"schedule:rung:{one.id}")
    await press(owner, screen, "Send now")
    await becomes(owner, screen, "it means: 1 person")
    assert (await press(owner, screen, "Yes, send it"))["text"] == "It goes to 1 person."
    await reminded(phone, "It begins on")
    again = await owner.press(screen, f"schedule:send:{one.id}", forged=True)
    assert again["text"] == "It goes to 0 people."
    reminding.to(clock, year, 6, 7, 9)
    await reminding.count_of(phone, "It begins on", 2)  # that of 7 days, and not that of 30 again
    assert len([text for text in await reminders_of(phone) if "It begins on" in text]) == 2


async def test_own_words(bot: Running, people: People, owner: Phone, clock: MovableClock) -> None:
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 7)
    await owner.press(screen, f"schedule:words:{one.id}:en", forged=True)
    await becomes(owner, screen, "It begins on 14 June")
    await press(owner, screen, "Write own words")
    await says(owner, "Please write the words in this language: English.")
    assert "too long" in (await owner.ask("x" * 1001))["text"]
    preview = await owner.ask("Bring <b>boots</b>.")
    assert "Bring <b>boots</b>." in preview["text"]
    reminding.to(clock, year, 6, 7, 9)
    await reminded(phone, "Bring <b>boots</b>.")
    await press(owner, preview, "Use the usual words")
    await becomes(owner, preview, "It begins on 14 June")
    assert "Use the usual words" not in buttons(await becomes(owner, preview, "It begins on"))
    assert [act for _by, act in await acts(bot, f"rung:{one.id}")] == ["reminder.words", "reminder.words"]


async def test_what_would_be_untrue_is_not_sent_now(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    """Thanks for having come, before the conference; and that a session begins, at any other time."""
    year = clock.now().year
    number = await reminding.conference(bot.database, year)
    phone = await registered(bot, people, number)
    starts = clock.now() + timedelta(days=90)
    await reminding.star(bot.database, await reminding.session(bot.database, number, "Session A", starts), phone.id)
    screen = await owner.ask("/schedule")
    thanks, begins = [
        await rung_of(bot, number, anchor, days) for anchor, days in ((Anchor.FEEDBACK, 1), (Anchor.SESSION, 0))
    ]
    for rung, to in ((thanks, "those who took part"), (begins, "those who starred")):
        await owner.press(screen, f"schedule:rung:{rung.id}", forged=True)
        assert "Send now" not in labels(await becomes(owner, screen, f"To: {to}"))
        answer = await owner.press(screen, f"schedule:send:{rung.id}", forged=True)
        assert answer["text"] == "It goes to 0 people."
    reminding.to(clock, year, 6, 18, 8)  # the morning after, two hours before it comes by itself
    answer = await owner.press(screen, f"schedule:send:{thanks.id}", forged=True)
    assert answer["text"] == "It goes to 1 person."
    asked = await reminded(phone, "Thank you for taking part.")
    await phone.press(asked, buttons(asked)["Write feedback"])
    await says(phone, "Write your message to the Secretariat now.")
    told = await phone.ask("The workshops were excellent, but the rooms were too small.")
    assert told["text"].startswith("Your message is kept for the Secretariat")


async def test_the_schedule_is_there_after_the_conference(bot: Running, owner: Phone, clock: MovableClock) -> None:
    """What is asked after it can still be seen and held."""
    year = clock.now().year
    await reminding.conference(bot.database, year)
    reminding.to(clock, year, 6, 18, 8)
    assert "18 Jun, 10:00 (Nairobi) – Feedback: 1 day after" in (await owner.ask("/schedule"))["text"]
    reminding.to(clock, year + 1, 6, 18, 8)
    assert "has not been announced" in (await owner.ask("/schedule"))["text"]


async def test_much_to_come_fits_into_a_message(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    for hour in range(12):
        starts = clock.now() + timedelta(days=30, hours=hour)
        await reminding.session(bot.database, number, f"{hour} " + "long " * 59, starts)
    await owner.ask("/schedule")
    for rung in await reminders.ladder(bot.database.reader, number):
        for state in ReminderState:
            await reminding.insert(
                bot.database, "reminders", rung=rung.id, event=f"{state}", person_id=owner.id, state=state, due_at=0,
                queued_at=0,
            )  # fmt: skip
    screen = await owner.ask("/schedule")
    assert len(screen["text"]) < MESSAGE_AT_MOST
    assert "So far" in screen["text"]
    await owner.press(screen, f"schedule:show:{number}", forged=True)


async def test_words_for_what_was_removed_meanwhile(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    number = await reminding.conference(bot.database, clock.now().year)
    screen = await owner.ask("/schedule")
    one = await rung_of(bot, number, Anchor.CONFERENCE, 7)
    await owner.press(screen, f"schedule:write:{one.id}:en", forged=True)
    await says(owner, "Please write the words in this language")
    await owner.press(screen, f"schedule:remove:{one.id}:{one.edition}", forged=True)
    assert (await owner.ask("Bring boots."))["text"] == "There is no such record any more."
