"""/me: people leave their Center, end their registration, or take back what they asked for."""

from __future__ import annotations

import asyncio

from bot.app import Running
from bot.members.roles import Role
from storage import roles
from storage.records.members import DelegateState
from tests.chat import People, buttons
from tests.delegates import (
    asked_to_join,
    center_of,
    joined,
    leads,
    link_into,
    member_of_a_center,
    press,
    record_of,
    registered_as_guest,
)
from tests.desk import Secretariat, says
from tests.records import becomes


async def test_a_delegate_leaves(bot: Running, people: People) -> None:
    phone, lead, center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Leave the Center")
    await becomes(phone, held, "Leave “Center A”?")
    await press(phone, held, "Yes, leave")
    left = await becomes(phone, held, "You have left “Center A”.")
    assert "Other members" not in left["text"]
    assert "Other members" not in (await phone.ask("/me"))["text"]
    assert (await says(lead, "has left"))["text"] == "Major Given A Family A has left “Center A”."
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.state, record.center) == (DelegateState.LEFT, None)
    toast = await phone.press(held, f"me:left:{center}", forged=True)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await joined(phone, await link_into(bot, center), {"privacy": "yes", "shown": "no"})
    again = await record_of(bot, phone)
    assert again is not None
    assert (again.id, again.state) == (record.id, DelegateState.ACTIVE)


async def test_a_focal_point_hands_over_first_or_leaves_the_center_alone(office: Secretariat, people: People) -> None:
    bot, center = office.bot, await center_of(office.bot)
    lead, deputy = await people.person("Lead"), await people.person("Deputy")
    await leads(bot, lead, center)
    await leads(bot, deputy, center, Role.DEPUTY)
    held = await lead.ask("/me")
    assert "You are the focal point of “Center A”." in held["text"]
    await press(lead, held, "Leave the Center")
    asked = await becomes(lead, held, "Hand that over to somebody else first")
    assert list(buttons(asked).values()) == ["center", f"me:left:{center}:alone", "me"]
    await lead.press(asked, f"me:left:{center}", forged=True)
    await becomes(lead, held, "Hand that over to somebody else first")
    assert await roles.has(bot.database.reader, lead.id, Role.FOCAL_POINT, str(center))
    await press(lead, asked, "Leave all the same")
    await becomes(lead, held, "You have left “Center A”.")
    loss = "“Center A” has no focal point any more: Lead has left."
    told = await says(office.group, loss)
    assert told["reply_markup"]["inline_keyboard"][0][0]["url"].endswith(f"?start=center_{center}")
    opened = await office.member.ask(f"/start center_{center}")
    assert "This Center has no focal point at the moment." in opened["text"]
    assert "Invite" in buttons(opened)
    assert buttons(await says(deputy, loss)) == {"Open the Center": f"center:show:{center}"}
    assert not await roles.has(bot.database.reader, lead.id, Role.FOCAL_POINT, str(center))


async def test_a_guest_ends_their_registration(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered_as_guest(phone)
    await says(office.group, "Wants to be a guest")
    held = await phone.ask("/me")
    assert "Your registration as a guest waits for a decision." in held["text"]
    await press(phone, held, "My time zone")
    await phone.press(held, "me:zone:Africa/Nairobi", forged=True)
    again = await says(office.group, "Time zone: Zurich → Nairobi")
    await press(office.group, again, "Approve")
    await says(phone, "You are registered as a guest of the association now.")
    held = await phone.ask("/me")
    await press(phone, held, "End my registration")
    await press(phone, await becomes(phone, held, "End your registration as a guest?"), "Yes, end it")
    await becomes(phone, held, "You are no longer a guest of the association.")


async def test_somebody_elses_request_cannot_be_taken_back(bot: Running, people: People) -> None:
    center = await center_of(bot)
    phone, stranger = await people.person(), await people.person("Stranger")
    await asked_to_join(phone, center)
    await says(phone, "I have sent your request")
    menu = await stranger.ask("/start")
    for data in ("me:withdraw:1", "me:fix:1"):
        await stranger.press(menu, data, forged=True)
    record = await record_of(bot, phone)
    assert record is not None
    assert record.state == DelegateState.PENDING


async def test_two_presses_at_once_leave_once(bot: Running, people: People) -> None:
    phone, lead, center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await asyncio.gather(*(phone.press(held, f"me:left:{center}", forged=True) for _ in range(4)))
    await says(lead, "has left")
    await phone.ask("/help")
    assert sum("has left" in text for text in await lead.from_bot()) == 1
