"""The Secretariat changes a conference, writes notes about it, and cancels it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.app import Running
from bot.conferences import moments
from bot.conferences.changes import conference_before
from bot.runtime.clock import MovableClock
from storage import changes, conferences
from storage.records.durations import SECOND_US
from storage.session import Transaction
from tests import newsmaking
from tests.centers import press
from tests.chat import People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, changed_line, editing, finished, logged, now_is, opened, turned


async def test_days_without_a_year_are_of_the_year_that_makes_sense(
    bot: Running, people: People, clock: MovableClock
) -> None:
    this = moments.today("UTC", bot.now_us()).year
    clock.advance(moments.moment_us(date(this + 1, 3, 1), time(12), "UTC") / SECOND_US - bot.now_us() / SECOND_US)
    year = this + 2
    conference = await opened(bot, starts_on=date(year, 6, 12), ends_on=date(year, 6, 15), register_by=None)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:manage:{conference.id}", "change?", forged=True)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    first = await changed_line(owner, step, "First day", "10 June")
    assert [data[-10:] for data in buttons(first).values() if ":pick:" in data] == [
        f"{year - 1}-06-10",
        f"{year}-06-10",
    ]
    step = await owner.ask(f"10 June {year}")
    step = await changed_line(owner, step, "Last day", "16 June")
    step = await changed_line(owner, step, "Last day to register", "1 February")
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Saved.")
    details = (await now_is(bot, conference)).details
    assert (details.starts_on, details.ends_on) == (date(year, 6, 10), date(year, 6, 16))
    assert details.register_by == date(year, 2, 1)
    clock.advance(moments.moment_us(date(year, 6, 20), time(12), "UTC") / SECOND_US - bot.now_us() / SECOND_US)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    told = await finished(owner, await changed_line(owner, step, "Last day", "17 June"), "Save")
    assert told["text"].startswith("Saved.")
    assert (await now_is(bot, conference)).details.ends_on == date(year, 6, 17)


async def test_a_day_that_is_still_to_come_does_not_become_past(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    step = await changed_line(owner, await editing(owner, conference), "First day", "2020-03-12")
    assert "This day is past." in (await finished(owner, step, "Save"))["text"]
    assert await now_is(bot, conference) == conference


async def test_each_detail_can_be_changed_and_is_noted(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    step = await editing(owner, conference)
    step = await changed_line(owner, step, "Venue", "Other Hall")
    told = await finished(owner, await changed_line(owner, step, "Contact", "office@example.org"), "Save")
    assert told["text"].startswith("Saved.")
    assert "Venue: Other Hall" in told["text"]
    after = await now_is(bot, conference)
    assert after.details == replace(conference.details, venue="Other Hall", contact="office@example.org")
    assert await logged(bot, "conference.edit") == [
        f'conference:{conference.id} {{"venue":"Other Hall","contact":"…"}}'
    ]
    [untold] = await changes.untold(bot.database.reader, conference.id)
    assert conference_before(untold).details == conference.details


async def test_what_somebody_else_has_changed_is_not_overwritten(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    step = await editing(owner, conference)
    step = await changed_line(owner, step, "Venue", "My Hall")

    async def meanwhile(tx: Transaction) -> None:
        await conferences.change(tx, conference, replace(conference.details, venue="Their Hall"), bot.now_us())

    await bot.database.write(meanwhile)
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Somebody else has changed the same meanwhile")
    assert "Venue: Their Hall" in told["text"]
    assert (await now_is(bot, conference)).details.venue == "Their Hall"


async def test_days_that_do_not_fit_are_asked_for_again(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    step = await editing(owner, conference)
    late = (conference.details.ends_on + timedelta(days=1)).isoformat()
    told = await finished(owner, await changed_line(owner, step, "First day", late), "Save")
    assert "The last day cannot be before the first." in told["text"]
    assert "Keep it so" not in buttons(told)
    assert await now_is(bot, conference) == conference
    far = (conference.details.ends_on + timedelta(days=700)).isoformat()
    told = await finished(owner, await owner.ask(far), "Save")
    assert "It would last longer than a month." in told["text"]
    assert "Keep it so" not in buttons(told)
    told = await finished(owner, await owner.ask(late), "Save")
    assert told["text"].startswith("Saved.")


async def test_a_note_is_written_shown_and_removed(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    listed = await turned(owner, menu, f"conf:notes:{number}", "What do you want to write about?")
    await begun(owner, listed, f"conf:write:{number}:visa")
    told = await finished(owner, await owner.ask("Ask for a letter.\nIt takes a week."), "Save")
    assert told["text"].startswith("Saved.")
    phone = await people.person()
    shown = await phone.ask("/conference")
    await turned(phone, shown, f"conf:note:{number}:visa", "Ask for a letter.\nIt takes a week.")
    step = await begun(owner, listed, f"conf:write:{number}:visa")
    assert "Leave empty" in buttons(step)
    await press(owner, step, "Leave empty")
    await finished(owner, await owner.reply_after(step["message_id"]), "Save")
    assert await conferences.notes(bot.database.reader, number) == {}
    assert "not there any more" in (await phone.press(shown, f"conf:note:{number}:visa", forged=True))["text"]
    assert len(await logged(bot, "conference.note")) == 2


async def test_a_conference_is_cancelled_once_and_taken_back(bot: Running, people: People, clock: MovableClock) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    asked = await turned(owner, menu, f"conf:cancel:{number}", "Cancel “Annual Conference")
    assert "All delegates of approved Centers, those who lead them, the hosts and everybody" in asked["text"]
    menu = await turned(owner, asked, f"conf:cancelled:{number}", "It was cancelled.")
    again = await owner.press(menu, f"conf:cancelled:{number}", forged=True)
    assert "changed meanwhile" in again["text"]
    assert not (await now_is(bot, conference)).is_on
    asked = await turned(owner, menu, f"conf:restore:{number}", "Does “Annual Conference")
    assert asked["text"].endswith("Nobody has been told of the last change yet, so nobody is told of this one.")
    menu = await turned(owner, asked, f"conf:manage:{number}", "It was cancelled.")
    await newsmaking.settled(bot, clock)
    asked = await turned(owner, menu, f"conf:restore:{number}", "Does “Annual Conference")
    assert "All delegates of approved Centers, those who lead them, the hosts and everybody" in asked["text"]
    assert not (await now_is(bot, conference)).is_on
    menu = await turned(owner, asked, f"conf:restored:{number}", "want to change?")
    assert (await now_is(bot, conference)).is_on
    assert "changed meanwhile" in (await owner.press(menu, f"conf:restored:{number}", forged=True))["text"]
    assert len(await logged(bot, "conference.cancel")) == len(await logged(bot, "conference.restore")) == 1
