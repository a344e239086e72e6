"""When an announcement is sent, and until when those who join later get it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time

import pytest

from bot.app import Running
from bot.conferences import moments
from bot.runtime.clock import MovableClock
from bot.setting_parts.people import AnnouncementsPart
from storage import announcements
from storage.records.announcements import AnnouncementState
from storage.records.durations import DAY_US, SECOND_US
from tests.chat import Json, People, Phone, buttons
from tests.composing import TEXT, composed, confirmed, kept, number_of, save, with_button
from tests.conftest import StartBot
from tests.desk import member_of, owner_of, running, says, shown
from tests.records import becomes, press

DAY_S = 24 * 3600.0


async def test_it_goes_out_at_a_set_time_in_a_stated_zone(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    menu = await composed(owner)
    await press(owner, menu, "When")
    await press(owner, menu, "Choose a time")
    await says(owner, "On which day?")
    tomorrow = moments.today("UTC", bot.now_us() + DAY_US)
    await owner.write(tomorrow.isoformat())
    await says(owner, "At what time?")
    await owner.write("14:30")
    summary = await save(owner, menu["message_id"])
    menu = await with_button(owner, "ann:show:", after=summary["message_id"] - 1)
    assert menu["text"] == (
        "Saved. It is still a draft: it goes out at this time once you press “Send…” and confirm it."
    )
    assert buttons(menu)["Send…"] == "ann:ask:1"
    await press(owner, menu, "Back")
    await becomes(owner, menu, "14:30 (UTC)")
    told = await confirmed(owner, menu, "It is confirmed, and goes out at this time")
    assert (await kept(bot, 1)).state == AnnouncementState.SCHEDULED
    await press(owner, told, "Take it back")
    await becomes(owner, told, "It is a draft.\nTo be sent")
    await confirmed(owner, told, "It is confirmed, and goes out at this time")
    clock.advance(2 * DAY_S)
    await says(owner, TEXT)


async def test_a_last_day_that_is_past_is_refused(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Who joins later")
    await press(owner, menu, "Until a day")
    asked = await says(owner, "What is the last day")
    assert " of " not in asked["text"]
    await owner.write("2020-01-01")
    past = await says(owner, "This is past. It is now ")
    assert "What is the last day" in past["text"]
    await owner.write("2099-01-01")
    await save(owner, past["message_id"])
    await press(owner, await says(owner, "Saved."), "Back")
    await says(owner, "Those who join later get it until 1 Jan 2099, 23:59 (UTC).")
    assert (await kept(bot, 1)).joins_until is not None


async def asked_for_a_time(owner: Phone) -> Json:
    """The first question of the form for the time."""
    menu = await composed(owner)
    await press(owner, menu, "When")
    await press(owner, menu, "Choose a time")
    return await says(owner, "On which day?")


async def test_a_day_that_is_past_is_refused_at_its_question(bot: Running, owner: Phone) -> None:
    asked = await asked_for_a_time(owner)
    assert "Choose a time · 1 of 2" in asked["text"]  # the zone is known
    await owner.write("2020-01-01")
    past = await says(owner, "This is past. It is now ")
    assert "(UTC)." in past["text"]
    assert "On which day?" in past["text"]


async def test_a_time_that_is_past_is_refused_at_its_question(bot: Running, owner: Phone, clock: MovableClock) -> None:
    today = moments.today("UTC", bot.now_us())
    clock.advance((moments.moment_us(today, time(12), "UTC") - bot.now_us()) / SECOND_US % DAY_S)
    today = moments.today("UTC", bot.now_us())
    await asked_for_a_time(owner)
    await owner.write(today.isoformat())
    assert "2 of 2" in (await says(owner, "At what time?"))["text"]
    await owner.write("11:59")
    past = await says(owner, "This is past. It is now ")
    assert "12:00 (UTC)." in past["text"]
    assert "At what time?" in past["text"]
    await owner.write("12:30")
    summary = await shown(owner, lambda one: one["message_id"] > past["message_id"] and "Save" in buttons(one))
    await press(owner, summary, "Time zone")
    asked = await says(owner, "In which time zone?")
    await owner.write("Nairobi")  # there, it is 15:00
    await says(owner, "15:00 (Nairobi).", after=asked["message_id"])
    await owner.write("New York")
    summary = await shown(owner, lambda one: one["message_id"] > asked["message_id"] and "Save" in buttons(one))
    await press(owner, summary, "Save")
    await says(owner, "Saved.")


async def test_a_time_that_is_past_may_be_meant_by_another_time_zone(
    bot: Running, owner: Phone, clock: MovableClock
) -> None:
    today = moments.today("UTC", bot.now_us())
    clock.advance((moments.moment_us(today, time(12), "UTC") - bot.now_us()) / SECOND_US % DAY_S)
    today = moments.today("UTC", bot.now_us())
    await asked_for_a_time(owner)
    await owner.write(today.isoformat())
    await says(owner, "At what time?")
    await owner.write("9:30")
    past = await says(owner, "This is past. It is now ")
    await press(owner, past, "Change the time zone")
    await becomes(owner, past, "Time of day: 09:30 ✓")
    asked = await says(owner, "In which time zone?", after=past["message_id"])
    await owner.write("New York")  # there, it is seven o'clock
    summary = await shown(owner, lambda one: one["message_id"] > asked["message_id"] and "Save" in buttons(one))
    assert "09:30" in summary["text"]
    await press(owner, summary, "Save")
    await says(owner, "Saved.")
    sent_at = (await kept(bot, 1)).send_at
    assert sent_at == moments.moment_us(today, time(9, 30), "America/New_York")
    late = await owner.press(past, buttons(past)["Change the time zone"], forged=True)
    assert late["text"]


async def test_a_day_that_is_past_may_be_meant_by_another_time_zone(
    bot: Running, owner: Phone, clock: MovableClock
) -> None:
    today = moments.today("UTC", bot.now_us())
    clock.advance((moments.moment_us(today, time(2), "UTC") - bot.now_us()) / SECOND_US % DAY_S)
    yesterday = moments.today("UTC", bot.now_us() - DAY_US)
    await asked_for_a_time(owner)
    await owner.write(yesterday.isoformat())
    past = await says(owner, "This is past. It is now ")
    await press(owner, past, "Change the time zone")
    asked = await says(owner, "In which time zone?", after=past["message_id"])
    await owner.write("Nairobi")
    again = await says(owner, "This is past. It is now ", after=asked["message_id"])
    assert "Change the time zone" not in buttons(again)
    await owner.write("New York")  # there, it is yesterday still
    asked = await says(owner, "At what time?", after=again["message_id"])
    await owner.write("23:30")
    summary = await shown(owner, lambda one: one["message_id"] > asked["message_id"] and "Save" in buttons(one))
    await press(owner, summary, "Save")
    await says(owner, "Saved.")


async def test_a_time_that_comes_while_the_form_lies_there_is_refused(
    bot: Running, owner: Phone, clock: MovableClock
) -> None:
    await asked_for_a_time(owner)
    await owner.write(moments.today("UTC", bot.now_us() + DAY_US).isoformat())
    await says(owner, "At what time?")
    await owner.write("14:30")
    summary = await shown(owner, lambda one: "Save" in buttons(one))
    clock.advance(2 * DAY_S)
    await press(owner, summary, "Save")
    past = await says(owner, "This is past. It is now ")
    assert "On which day?" in past["text"]


@pytest.fixture
async def of_two(start_bot: StartBot) -> AsyncIterator[Running]:
    """A bot where a second member has to confirm what goes to two people."""
    async with running(start_bot, announcements=AnnouncementsPart(second_person_from=2)) as started:
        yield started


async def test_what_a_second_member_confirms_after_its_time_is_not_sent(
    of_two: Running, people: People, clock: MovableClock
) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    number = number_of(await composed(owner))
    found = await kept(of_two, number)
    waits = replace(
        found, state=AnnouncementState.WAITING, confirmed_by=owner.id, send_at=of_two.now_us() + DAY_US, time_zone="UTC"
    )
    assert await of_two.database.write(lambda tx: announcements.change(tx, waits))
    clock.advance(2 * DAY_S)
    edition = (await kept(of_two, number)).edition
    screen = await member.ask("/start")
    late = await member.press(screen, f"ann:second:{number}:{edition}", forged=True)
    assert late["text"] == "The time at which it was to be sent is past. Please choose another."
    assert (await kept(of_two, number)).state == AnnouncementState.WAITING
    await member.press(screen, f"ann:return:{number}:{edition}", forged=True)
    await says(owner, "wants this announcement to be changed")
    assert (await kept(of_two, number)).state == AnnouncementState.DRAFT
