"""/reminders: which, how early, and when not."""

from __future__ import annotations

import pytest

from tests.chat import Json, Phone, buttons, until
from tests.records import becomes, press
from tests.reminding import Year, reminded, reminders_of, states


async def test_own_wishes(coming: Year) -> None:
    phone = await coming.delegate("Asia/Tokyo")
    screen = await phone.ask("/reminders")
    assert "The formal notice of the AGM is always sent." in screen["text"]
    assert "from 22:00 to 07:00" in screen["text"]
    await press(phone, screen, "Night from 23:00")
    await becomes(phone, screen, "from 23:00 to 07:00")
    await press(phone, screen, "Until 06:00")
    await becomes(phone, screen, "from 23:00 to 06:00")
    await press(phone, screen, "✓ Papers")
    await press(phone, screen, "3 days earlier")
    coming.to(5, 12, 9)  # three days before the usual thirtieth day
    await reminded(phone, "It begins on")
    assert {what for what, _state in await states(coming.bot.database, phone.id)} == {"hotel 14", "conference 30"}
    await press(phone, screen, "Papers")
    await until(lambda: _ticked(phone, screen, "✓ Papers"))


async def test_no_night(coming: Year) -> None:
    """Whose night begins when it ends has none, and nothing is said of one."""
    phone = await coming.people.person()
    screen = await phone.ask("/reminders")
    await phone.press(screen, "reminders:night:from:420", forged=True)
    await until(lambda: _ticked(phone, screen, "Night from 06:00"))
    assert "At night" not in (await phone.now(screen))["text"]


async def _ticked(phone: Phone, screen: Json, label: str) -> bool:
    return label in buttons(await phone.now(screen))


async def test_who_wants_to_know_earlier_than_it_is_by_now_is_told_at_once(coming: Year) -> None:
    phone = await coming.delegate()
    coming.to(6, 5, 12)
    await coming.is_looked_at()
    screen = await phone.ask("/reminders")
    await press(phone, screen, "3 days earlier")
    await reminded(phone, "It begins on")
    coming.to(6, 7, 9)
    await coming.is_looked_at()
    assert len([text for text in await reminders_of(phone) if "It begins on" in text]) == 2  # of 30 and of 7 days


@pytest.mark.parametrize(
    "data", ["reminders:early:2", "reminders:early:99", "reminders:night:from:1440", "reminders:night:to:9999"]
)
async def test_forged_wishes_change_nothing(coming: Year, data: str) -> None:
    phone = await coming.people.person()
    screen = await phone.ask("/reminders")
    await phone.press(screen, data, forged=True)
    again = await phone.ask("/reminders")
    assert (again["text"], buttons(again)) == (screen["text"], buttons(screen))


async def test_in_a_group_it_leads_to_the_private_chat(coming: Year) -> None:
    """Nor does a press show anybody else what somebody wants."""
    phone = await coming.people.person()
    group = phone.within(await coming.people.group(phone))
    said = await group.ask("/reminders@unigo_test_bot")
    assert buttons(said) == {"Open a private chat": "https://t.me/unigo_test_bot?start=reminders"}
    await group.press(said, "reminders:early:3", forged=True)
    assert (await group.now(said))["text"] == said["text"]
    opened = await phone.start("reminders")
    assert "Your reminders" in (await phone.reply_after(opened["message_id"]))["text"]
