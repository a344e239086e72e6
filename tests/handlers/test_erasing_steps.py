"""The steps to erase oneself, and what becomes of the roles that somebody had."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage.records.durations import SECOND_US
from tests.chat import People, buttons
from tests.delegates import center_of, leads, opened, press
from tests.desk import labels, says, secretariat, shown, with_label
from tests.erasing import erased


async def test_an_old_button_erases_nothing(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    held = await phone.ask("/me")
    await press(phone, held, "Erase everything")
    await press(phone, held, "Go on")
    late = await shown(phone, lambda one: "This cannot be undone." in one.get("text", ""))
    data = with_label(late, "Erase everything now")[1]
    clock.advance(16 * 60)
    toast = await phone.press(late, data)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await phone.press(late, f"me:erase:now:{bot.now_us() // SECOND_US + 900}", forged=True)
    assert not any("is erased" in text for text in await phone.from_bot())
    anew = await shown(phone, lambda one: one["message_id"] == late["message_id"] and data not in buttons(one).values())
    await phone.press(anew, with_label(anew, "Erase everything now")[1], forged=True)  # it is written anew again
    await says(phone, "Everything about you is erased.")


async def test_a_stranger_can_be_erased_too_and_begin_anew(bot: Running, people: People) -> None:
    phone = await people.person("Tele")
    await erased(phone)
    held = await phone.ask("/me")
    assert "You are not registered as a delegate or a guest." in held["text"]
    assert "Besides" not in held["text"]


async def test_a_center_that_loses_its_focal_point_is_told_of(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    center, lead = await center_of(bot), await people.person("Lead")
    await leads(bot, lead, center)
    await erased(lead)
    await says(office.group, "“Center A” has no focal point any more: whoever it was has left.")
    assert labels(await opened(lead, "join")) == ["I belong to no Center"]


async def test_an_owner_is_told_what_stands_in_the_settings(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    held = await office.owner.ask("/me")
    await press(office.owner, held, "Erase everything")
    await shown(office.owner, lambda one: "You are an owner of this bot" in one.get("text", ""))
