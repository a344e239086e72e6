"""Limits on sending, for tests that want them."""

from __future__ import annotations

from bot.runtime.clock import MovableClock

from .conftest import Calls, People


async def test_there_are_none_unless_asked_for(bot: Calls, person: int) -> None:
    for _ in range(50):
        await bot.say(person)


async def test_a_private_chat(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    other = await people.person("Delegate B")
    await people.post("/limits", chat_per_s=1)
    await bot.say(person)
    refusal = await bot.refused("sendMessage", chat_id=person, text="x")
    assert (refusal.status, refusal.body["parameters"]) == (429, {"retry_after": 1})
    await bot.say(other)
    clock.advance(1)
    await bot.say(person)


async def test_a_group(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    group = (await people.post("/groups", title="Group", members=[person]))["id"]
    await people.post("/limits", group_per_minute=2)
    await bot.say(group)
    clock.advance(20)
    await bot.say(group)
    refusal = await bot.refused("sendMessage", chat_id=group, text="x")
    assert 39 <= refusal.body["parameters"]["retry_after"] <= 40
    await bot.say(person)
    clock.advance(refusal.body["parameters"]["retry_after"])
    await bot.say(group)
    assert (await bot.refused("sendMessage", chat_id=group, text="x")).status == 429


async def test_overall(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    others = [await people.person(f"Delegate {number}") for number in range(5)]
    await people.post("/limits", overall_per_s=4)
    for other in others[:4]:
        await bot.say(other)
    assert (await bot.refused("sendMessage", chat_id=others[4], text="x")).status == 429
    assert (await bot.call("getMe"))["id"] == 4242
    clock.advance(1)
    await bot.say(others[4])
    await people.post("/limits")
    for _ in range(10):
        await bot.say(person)
