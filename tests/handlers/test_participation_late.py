"""After the last day to register, the Secretariat decides what is changed."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage.records.conferences import Conference
from tests import records
from tests.chat import Json, People, Phone, buttons
from tests.desk import OWNER, owner_of, says
from tests.forms import asks
from tests.participants import (
    answered,
    becomes,
    conference,
    delegate,
    filled_in,
    labels,
    press,
    said,
    state,
)

DAY_S = 24 * 3600.0
AFTER_THE_DEADLINE_S = 61 * DAY_S


async def test_after_the_last_day_nobody_registers(bot: Running, people: People, clock: MovableClock) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    summary = await filled_in(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    await press(phone, summary, "Send")
    told = await said(phone, "The last day to register", after=summary)
    assert labels(told)[0] == "Ask the Secretariat"
    assert await state(bot, held, phone) is None
    assert "The last day to register" in (await phone.ask("/participate"))["text"]
    assert held.details.register_by is not None
    day = held.details.register_by
    assert f"Last day to register: {day.day} {day:%B %Y} (past)" in (await phone.ask("/conference"))["text"]


async def test_who_goes_on_after_the_last_day_is_told_at_once(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await phone.ask("/participate")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    clock.advance(AFTER_THE_DEADLINE_S)
    await phone.write(held.details.starts_on.isoformat())
    resting = await asks(phone, "If you go on, I take what you have just written")
    await press(phone, resting, "Continue")
    told = await said(phone, "The last day to register", after=resting)
    assert labels(told)[0] == "Ask the Secretariat"
    assert await state(bot, held, phone) is None


async def after_the_last_day(bot: Running, people: People, clock: MovableClock) -> tuple[Phone, Conference, Phone]:
    """The owner, a conference, and a delegate who is registered and cannot change that alone any more."""
    owner = await owner_of(people)
    await owner.ask("/start")
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await answered(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    return owner, held, phone


async def asks_to_withdraw(phone: Phone) -> Json:
    shown = await phone.ask("/participate")
    await press(phone, shown, "Withdraw my registration")
    await becomes(phone, shown, "Do you want to withdraw")
    await press(phone, shown, "Yes, withdraw")
    return await becomes(phone, shown, "You have asked the Secretariat for a change.")


@pytest.mark.parametrize("label", ["Approve", "Decline"])
async def test_after_the_last_day_the_secretariat_decides(
    bot: Running, people: People, clock: MovableClock, label: str
) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    assert "what you change now, the Secretariat decides" in (await phone.ask("/participate"))["text"]
    shown = await asks_to_withdraw(phone)
    assert await state(bot, held, phone) == "registered"
    card = await says(owner, "asks to be withdrawn")
    data = buttons(card)["Approve"]
    await phone.press(shown, data, forged=True)
    assert await state(bot, held, phone) == "registered"
    await press(owner, card, label)
    words, after = {
        "Approve": ("has done what you asked for", "withdrawn"),
        "Decline": ("has not agreed", "registered"),
    }[label]
    await says(phone, words)
    assert await state(bot, held, phone) == after
    await becomes(owner, card, f"by Owner {OWNER}")
    toast = await owner.press(card, data, forged=True)
    assert "This is decided" in toast["text"]


async def test_what_is_asked_for_later_counts(bot: Running, people: People, clock: MovableClock) -> None:
    owner = await owner_of(people)
    await owner.ask("/start")
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    await press(phone, told, "Change")
    await press(phone, await asks(phone, "Is this right?"), "Visa letter")
    await press(phone, await asks(phone, "Do you need a letter of invitation"), "No")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Send")
    await said(phone, "You have asked the Secretariat for a change.", after=summary)
    first = await says(owner, "Visa letter: Yes → No")
    shown = await asks_to_withdraw(phone)
    second = await says(owner, "asks to be withdrawn")
    toast = await press(owner, first, "Approve")
    assert "something else is asked for" in toast["text"]
    await becomes(owner, first, "something else is asked for by now")
    assert not buttons(await becomes(owner, first, "something else is asked for by now"))
    # What waits is found again where the numbers are, should the card be lost.
    await owner.press(second, f"part:all:{held.id}", forged=True)
    await becomes(owner, second, "Registered: 1")
    await press(owner, second, "Changes to approve (1)")
    third = await said(owner, "asks to be withdrawn", after=second)
    refused = await phone.press(shown, f"part:asked:{held.id}", forged=True)
    assert refused["show_alert"] is True
    await press(owner, third, "Approve")
    await says(phone, "has done what you asked for")
    assert await state(bot, held, phone) == "withdrawn"
    toast = await owner.press(third, f"part:asked:{held.id}", forged=True)
    assert "This is decided" in toast["text"]


async def test_what_was_asked_for_can_be_taken_back(bot: Running, people: People, clock: MovableClock) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    shown = await asks_to_withdraw(phone)
    card = await says(owner, "asks to be withdrawn")
    await press(phone, shown, "Take it back")
    assert "Take it back" not in labels(await becomes(phone, shown, "what you change now, the Secretariat decides"))
    await press(owner, card, "Approve")
    await becomes(owner, card, "This is decided")
    assert await state(bot, held, phone) == "registered"


async def test_what_was_asked_for_is_not_done_once_the_conference_is_over(
    bot: Running, people: People, clock: MovableClock
) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    await asks_to_withdraw(phone)
    card = await says(owner, "asks to be withdrawn")
    clock.advance(60 * DAY_S)
    await press(owner, card, "Approve")
    await becomes(owner, card, "is over")
    assert await state(bot, held, phone) == "registered"
