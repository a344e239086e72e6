"""A conference of which all places are taken says so before anybody answers anything."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests.chat import People, Phone, buttons
from tests.forms import asks
from tests.participants import answered, becomes, conference, delegate, full, press, state

TAKEN = (
    "How will you take part?\nAll places in person are taken: whoever registers for one now waits. "
    "I will write to you here as soon as one is free for you. Online, there is room for everybody."
)
ONLINE = {"How will you take part?": "online", "that you need": "-", "Which part": "police"}


async def test_that_it_is_full_stands_at_the_first_question(bot: Running, people: People) -> None:
    held = await conference(bot, capacity=1)
    first, second, third = [await delegate(bot, people, None, f"Guest {name}") for name in "ABC"]
    question = await first.ask("/participate")
    assert "How will you take part?\nPress one, or write it." in question["text"]
    await first.write("in person")
    await press(first, await asks(first, "On which day do you arrive?"), "Pause")
    await answered(second, held)
    await press(first, await first.ask("/participate"), "Continue")  # what was begun before knows it, too
    await press(first, await asks(first, "On which day do you arrive?"), "Back")
    await asks(first, TAKEN)
    assert TAKEN in (await third.ask("/participate"))["text"]
    await third.write("in person")
    await asks(third, "On which day do you arrive?")
    await press(third, await asks(third, "On which day do you arrive?"), "Back")
    await asks(third, TAKEN)


async def test_who_has_a_place_is_not_told_and_who_is_online_is(bot: Running, people: People) -> None:
    held, (first,), (told,) = await full(bot, people, "A")
    await press(first, told, "Change")
    await press(first, await asks(first, "Is this right?"), "Taking part")
    assert "All places" not in (await asks(first, "How will you take part?"))["text"]
    second = await delegate(bot, people, None, "Guest A")
    online = await answered(second, held, ONLINE)
    await press(second, online, "Change")
    await press(second, await asks(second, "Is this right?"), "Taking part")
    await asks(second, TAKEN)


@pytest.mark.parametrize("how", ["/conference", "How do I register for the conference?"])
async def test_the_conference_says_that_it_is_full_while_it_is(bot: Running, people: People, how: str) -> None:
    held, (first, second), (told, _waits) = await full(bot, people, "AB")
    reader = await people.person("Reader")
    assert "Places: 1 (all taken)\n" in f"{(await reader.ask(how))['text']}\n"
    await withdraw(first, told)
    assert await state(bot, held, second) == "offered"
    assert "Places: 1 (all taken)\n" in f"{(await reader.ask(how))['text']}\n", "it is kept for the next"
    await withdraw(second, await second.ask("/participate"), "Decline", "You have answered that you will not come.")
    assert "Places: 1\n" in f"{(await reader.ask(how))['text']}\n"


async def withdraw(
    phone: Phone, card: dict[str, object], label: str = "Withdraw my registration", words: str = ""
) -> None:
    """Do without a place."""
    await press(phone, card, label)
    if words:
        await becomes(phone, card, words)
        return
    await becomes(phone, card, "Do you want to withdraw")
    await press(phone, card, "Yes, withdraw")
    await becomes(phone, card, "You are not registered any more.")


async def test_once_it_is_over_nothing_is_full(bot: Running, people: People, clock: MovableClock) -> None:
    held, _phones, _told = await full(bot, people, "A")
    clock.advance(400 * 24 * 3600.0)
    reader = await people.person("Reader")
    listed = await reader.ask("/conferences")
    await reader.press(listed, f"conf:show:{held.id}", forged=True)
    card = await becomes(reader, listed, "Places: 1")
    assert "all taken" not in card["text"]
    assert "Take part" not in buttons(card)
