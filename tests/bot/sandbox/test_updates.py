"""getUpdates: what is kept, what is confirmed, who waits, and who must give way."""

from __future__ import annotations

import asyncio
import time

import aiohttp

from bot.sandbox.updates import UpdateQueue

from .conftest import Calls, People, until

OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def texts(bot: Calls, **parameters: object) -> list[str]:
    return [update["message"]["text"] for update in await bot.updates(**parameters)]


async def test_updates_are_kept_until_the_bot_confirms_them(people: People, bot: Calls, person: int) -> None:
    for text in ("one", "two", "three"):
        await people.say(person, text)
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert await texts(bot) == ["one", "two", "three"]
    assert await texts(bot, offset=first[1]["update_id"]) == ["two", "three"]
    assert await texts(bot) == ["two", "three"]
    assert await texts(bot, offset=first[2]["update_id"] + 1) == []
    assert await texts(bot) == []


async def test_a_bot_that_comes_back_finds_what_it_did_not_confirm(
    people: People, http: aiohttp.ClientSession, person: int
) -> None:
    await people.say(person, "while you were away")
    assert await texts(Calls(http)) == ["while you were away"]
    assert await texts(Calls(http)) == ["while you were away"]


async def test_identifiers_rise_by_one_and_are_not_used_again(people: People, bot: Calls, person: int) -> None:
    await people.say(person, "one")
    (first,) = await bot.take()
    await people.say(person, "two")
    (second,) = await bot.take()
    assert second["update_id"] == first["update_id"] + 1


async def test_limit_and_negative_offset(people: People, bot: Calls, person: int) -> None:
    for text in ("one", "two", "three"):
        await people.say(person, text)
    assert await texts(bot, limit=2) == ["one", "two"]
    assert await texts(bot, offset=-2) == ["two", "three"]
    assert await texts(bot) == ["two", "three"], "a negative offset forgets what came before"


async def test_an_offset_before_the_queue_gives_everything(people: People, bot: Calls, person: int) -> None:
    await people.say(person, "one")
    assert await texts(bot, offset=5) == ["one"]


async def test_long_polling_waits_for_its_timeout_and_no_longer(bot: Calls) -> None:
    started = time.monotonic()
    assert await bot.updates(timeout=1) == []
    assert 0.95 <= time.monotonic() - started < 3


async def test_without_a_timeout_the_answer_comes_at_once(bot: Calls) -> None:
    async with asyncio.timeout(0.9):
        assert await bot.updates(timeout=0) == []


async def test_long_polling_ends_with_the_first_update(people: People, bot: Calls, person: int) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        polling = group.create_task(bot.updates(timeout=50))
        await people.say(person, "hello")
    assert [update["message"]["text"] for update in polling.result()] == ["hello"]


async def test_a_second_poll_ends_the_first_with_a_conflict(people: People, bot: Calls, person: int) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        first = group.create_task(bot.raw("getUpdates", timeout=50))
        await until(people.bot_polls)
        second = group.create_task(bot.raw("getUpdates", timeout=50))
        assert await first == (409, {"ok": False, "error_code": 409, "description": OTHER_POLL})
        await people.say(person, "for the second")
    status, body = second.result()
    assert (status, body["result"][0]["message"]["text"]) == (200, "for the second")


async def test_reactions_and_members_come_only_to_who_asks(people: People, bot: Calls, person: int) -> None:
    message = await people.say(person, "react to this")
    await bot.take()
    reaction = {"message_id": message["message_id"], "emoji": "👍"}
    await people.post(f"/persons/{person}/reactions", **reaction)
    assert await bot.take() == []
    await bot.updates(allowed_updates=["message_reaction"])
    await people.post(f"/persons/{person}/reactions", **reaction | {"emoji": "🔥"})
    await people.say(person, "not asked for")
    payload = await bot.taken("message_reaction")
    assert payload["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    assert payload["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await bot.updates(allowed_updates=[])
    await people.say(person, "asked for again")
    assert (await bot.taken("message"))["text"] == "asked for again"


async def test_allowed_updates_stay_as_they_were_when_they_are_left_out(
    people: People, bot: Calls, person: int
) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    await bot.updates()
    await people.say(person, "nobody asked")
    assert await bot.updates() == []


def test_confirming_one_by_one_stays_cheap() -> None:
    queue = UpdateQueue()
    for number in range(50_000):
        queue.put("message", {"message_id": number}, 1)
    (first,) = queue.take(1)
    started = time.process_time()
    offset = int(first.split(":")[1].split(",")[0])
    for confirmed in range(offset, offset + 50_000):
        queue.confirm(confirmed + 1)
        queue.take(1)
    assert len(queue) == 0
    assert time.process_time() - started < 5
