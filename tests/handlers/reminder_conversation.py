"""A conversation that makes reminders, /reminders and /schedule say everything that they can say.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from bot.reminders import scheduling
from bot.runtime.clock import MovableClock
from storage import reminders
from storage.records.conferences import Entitled
from storage.records.reminders import Anchor, ReminderState
from tests import reminding
from tests.chat import Json, People, Phone
from tests.desk import OWNER, all_is_sent, by_bot
from tests.records import center, lead, person, staff

AHEAD_DAYS = 200
PAUSE_S = 30
"""After which nobody has pressed too much."""
TOLD_BY_TABLES = r"\d{1,2} \w{3,4}, \d\d:\d\d|\bNairobi\b"
"""Times and cities."""


async def converse_about_reminders(bot: Running, people: People, clock: MovableClock) -> None:
    """Everything that has to do with reminders."""
    owner, reader = Phone(people, OWNER, OWNER), await people.person("⟦R⟧")
    await owner.ask("/schedule")  # nothing has been announced
    number = await a_conference(bot, clock, reader)
    delegate = await person(
        bot, await center(bot, name="⟦Center S⟧"), writes=reader, given_name="⟦G⟧", family_name="⟦F⟧",
        time_zone="Europe/Zurich",
    )  # fmt: skip
    await lead(bot, reader, await center(bot, name="⟦Center R⟧"))
    await staff(bot, reader)
    screen = await reader.ask("/reminders")
    await reader.press(screen, "reminders:early:3")
    await reader.within(await people.group(reader)).ask("/reminders@unigo_test_bot")
    await the_ladder(bot, owner, clock, number)
    await every_reminder(bot, reader, clock, number)  # who has not answered
    await reminding.began(bot.database, number, reader.id, at_us=bot.now_us())
    await every_reminder(bot, reader, clock, number)
    await reminding.answered(bot.database, number, delegate, visa_letter=1)
    await every_reminder(bot, reader, clock, number)
    await feedback(bot, reader, number)
    await reminding.cancel(bot.database, number)
    await press(bot, owner, clock, await owner.ask("/schedule"), f"show:{number}")  # nothing comes any more


async def a_conference(bot: Running, clock: MovableClock, reader: Phone) -> int:
    """With an AGM, and a session that the reader has starred."""
    await reader.ask("/start")
    database, starts = bot.database, clock.now() + timedelta(days=AHEAD_DAYS)
    day = starts.date()
    number = await reminding.conference(
        database, clock.now().year, starts_on=day, ends_on=day + timedelta(days=2),
        register_by=day - timedelta(days=40), papers_by=day - timedelta(days=60), visa_by=day - timedelta(days=35),
        hotel_by=day - timedelta(days=34),
    )  # fmt: skip
    await reminding.agm(database, number, starts, Entitled.EVERYONE)
    await reminding.star(database, await reminding.session(database, number, "⟦Session⟧", starts), reader.id)
    await reminding.execute(
        database, "UPDATE agms SET place = '⟦Hall⟧', online_link = '⟦Link⟧' WHERE conference = ?", number
    )
    await reminding.execute(database, "UPDATE agenda_sessions SET room = '⟦Room⟧' WHERE conference = ?", number)
    return number


async def the_ladder(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """The ladder, and what can be done with its rungs."""
    screen = await owner.ask("/schedule")
    ladder = await reminders.ladder(bot.database.reader, number)
    for rung in ladder:
        await press(bot, owner, clock, screen, f"rung:{rung.id}")
    for state in ReminderState:
        await reminding.insert(
            bot.database, "reminders", rung=ladder[0].id, event=f"example {state}", person_id=owner.id, state=state,
            due_at=0, queued_at=0,
        )  # fmt: skip
    await owner.ask("/schedule")
    one = ladder[0].id
    for data in (
        f"rung:{one}",
        f"hold:{one}:0",
        f"hold:{one}:1",
        f"ask:{one}",
        f"send:{one}",
        f"send:{one}",
        f"words:{one}",
        f"days:{ladder[-1].id}:0:+1",
    ):
        await press(bot, owner, clock, screen, data)
    await press(bot, owner, clock, screen, f"write:{one}:en")
    await by_bot(owner, "Please write the words in this language")
    await owner.ask("⟦x⟧" * scheduling.WORDS_AT_MOST)
    await owner.ask("⟦Own words⟧")
    for data in (f"rung:{one}", f"usual:{one}:en"):
        await press(bot, owner, clock, screen, data)
    await added_and_removed(bot, owner, clock, number)


async def added_and_removed(bot: Running, owner: Phone, clock: MovableClock, number: int) -> None:
    """As many rungs as there can be, and one too many; and they are removed again."""
    screen = await owner.ask("/schedule")
    await press(bot, owner, clock, screen, f"add:{number}")
    usual = len(await reminders.ladder(bot.database.reader, number))
    for _rung in range(scheduling.RUNGS_AT_MOST - usual + 1):
        await press(bot, owner, clock, screen, f"add:{number}:agm:entitled:days")
    for rung in (await reminders.ladder(bot.database.reader, number))[usual:]:
        for data in (f"unask:{rung.id}", f"write:{rung.id}:en", f"remove:{rung.id}:{rung.edition}"):
            await press(bot, owner, clock, screen, data)
    await owner.ask("⟦Own words⟧")  # for what was removed meanwhile


async def every_reminder(bot: Running, reader: Phone, clock: MovableClock, number: int) -> None:
    """Each reminder as it would be read now."""
    screen = await reader.ask("/schedule")
    for rung in await reminders.ladder(bot.database.reader, number):
        await press(bot, reader, clock, screen, f"words:{rung.id}:en")


async def feedback(bot: Running, reader: Phone, number: int) -> None:
    """What is written once it was asked for, without pressing a button."""
    [asks] = [one.id for one in await reminders.ladder(bot.database.reader, number) if one.anchor == Anchor.FEEDBACK]
    await reminding.insert(
        bot.database, "reminders", rung=asks, event="example", person_id=reader.id, state=ReminderState.SENT,
        due_at=0, queued_at=0, ended_at=bot.now_us(),
    )  # fmt: skip
    await reader.ask("The rooms were too small.")


async def press(bot: Running, phone: Phone, clock: MovableClock, screen: Json, data: str) -> None:
    """Press what may be on another screen by now."""
    await phone.press(screen, f"schedule:{data}", forged=True)
    clock.advance(PAUSE_S)
    await all_is_sent(bot, clock)
