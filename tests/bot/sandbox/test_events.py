"""The stream of events, the clock, and reading chats."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from bot.runtime.clock import MovableClock
from bot.sandbox.call_log import CallLog
from bot.sandbox.events import EventStream
from bot.sandbox.server import Sandbox

from .conftest import Calls, Json, People

PATIENCE_S = 15


@dataclass
class Stream:
    response: aiohttp.ClientResponse

    async def next(self) -> tuple[int, str, Json]:
        """The next event: its number, its kind and its data."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE_S):
            async for raw in self.response.content:
                line = raw.decode().rstrip("\n")
                if line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif not line and fields:
                    return int(fields["id"]), fields["event"], json.loads(fields["data"])
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def listening(people: People, **query: str | int) -> AsyncIterator[Stream]:
    async with people.http.get("/sandbox/events", params=query) as response:
        assert response.content_type == "text/event-stream"
        assert (await response.content.readline()).startswith(b": connected at ")
        yield Stream(response)


async def test_everything_that_happens_is_told(people: People, bot: Calls, person: int) -> None:
    async with listening(people) as stream:
        said = await people.say(person, "hello")
        seq, kind, data = await stream.next()
        assert (kind, data) == ("message", {"chat_id": person, "bot_id": 4242, "message": said})
        keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
        sent = await bot.say(person, "hi", reply_markup=keyboard)
        assert await stream.next() == (seq + 1, "message", {"chat_id": person, "bot_id": 4242, "message": sent})
        where = {"chat_id": person, "message_id": sent["message_id"]}
        query = await people.post(f"/persons/{person}/presses", message_id=sent["message_id"], data="y")
        await bot.call("answerCallbackQuery", **query, text="Noted")
        _, kind, data = await stream.next()
        assert (kind, data["callback_query_id"], data["text"]) == (
            "callback_answer",
            query["callback_query_id"],
            "Noted",
        )
        edited = await bot.call("editMessageText", **where, text="bye")
        assert (await stream.next())[1:] == ("edited", {"chat_id": person, "bot_id": 4242, "message": edited})
        await bot.call("deleteMessage", **where)
        assert (await stream.next())[1:] == (
            "deleted",
            {"chat_id": person, "bot_id": 4242, "message_id": sent["message_id"]},
        )
        await bot.call("sendChatAction", chat_id=person, action="typing")
        assert (await stream.next())[1] == "typing"
        await bot.say(person, "choose", reply_markup={"keyboard": [["Yes"]]})
        assert [(await stream.next())[1] for _ in range(2)] == ["message", "reply_keyboard"]
        await people.post("/clock", advance_s=60)
        assert (await stream.next())[1] == "clock"
        await people.post("/groups", title="Group", members=[person], with_bot=False)
        assert (await stream.next())[1] == "chat"
        await people.person("Delegate B", started=False)
        while (await stream.next())[1] != "person":
            pass


async def test_a_listener_that_was_away_gets_what_it_missed(people: People, bot: Calls, person: int) -> None:
    since = (await people.get("/state"))["last_event"]
    for text in ("one", "two"):
        await people.say(person, text)
    async with listening(people, since=since) as stream:
        assert [(await stream.next())[2]["message"]["text"] for _ in range(2)] == ["one", "two"]
    async with people.http.get("/sandbox/events", headers={"Last-Event-ID": str(since + 1)}) as response:
        await response.content.readline()
        assert (await Stream(response).next())[2]["message"]["text"] == "two"


async def test_a_listener_does_not_hold_up_the_end(clock: MovableClock) -> None:
    async with aiohttp.ClientSession() as http:
        sandbox = Sandbox(clock)
        await sandbox.start()
        async with http.get(f"{sandbox.base_url}/sandbox/events") as response:
            await response.content.readline()
            async with asyncio.timeout(5):
                await sandbox.stop()


def test_only_the_latest_events_and_calls_are_kept() -> None:
    events = EventStream(kept=3)
    log = CallLog(kept=3)
    for number in range(1, 6):
        events.add("message", {"number": number})
        log.add(at=0.0, bot_id=1, method="getMe", chat_id=None, status=200, is_done=True)
    assert [event.seq for event in events.after(0)] == [call.seq for call in log.after(0)] == [3, 4, 5]
    assert [event.seq for event in events.after(4)] == [call.seq for call in log.after(4)] == [5]
    assert (events.after(5), log.after(5)) == ([], [])
    assert (events.after(9), log.after(9)) == ([], [])


async def test_reading_a_chat(people: People, bot: Calls, person: int) -> None:
    for number in range(1, 6):
        await people.say(person, str(number))

    async def texts(**query: int) -> list[str]:
        return [message["text"] for message in (await people.chat(person, **query))["messages"]]

    assert await texts() == ["1", "2", "3", "4", "5"]
    assert await texts(limit=2) == ["4", "5"]
    assert await texts(after=3) == ["4", "5"]
    assert await texts(after=1, limit=2) == ["2", "3"]
    assert await texts(after=5) == []
    assert (await people.chat(person))["chat"]["bot_id"] == 4242


async def test_waiting_for_the_bot(people: People, bot: Calls, person: int) -> None:
    said = await people.say(person, "Where?")
    async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
        waiting = group.create_task(people.chat(person, after=said["message_id"], wait=60))
        await people.say(person, "I mean the venue")
        await bot.say(person, "Geneva")
    texts = [message["text"] for message in waiting.result()["messages"]]
    assert texts == ["I mean the venue", "Geneva"]
    assert (await people.chat(person, after=3, wait="0.1"))["messages"] == []


async def test_the_clock(people: People, clock: MovableClock) -> None:
    before = await people.get("/clock")
    assert before["offset_s"] == 0
    moved = await people.post("/clock", advance_s=3600)
    assert moved["offset_s"] == 3600
    then = datetime.fromisoformat(moved["now"]) + timedelta(days=30)
    moved = await people.post("/clock", set=then.isoformat())
    assert timedelta(0) <= datetime.fromisoformat(moved["now"]) - then < timedelta(seconds=10)
    assert clock.offset_s > 30 * 86400
    refused: list[Json] = [{"set": "2001-01-01T00:00:00Z"}, {"set": "soon"}, {"advance_s": -1}, {"advance_s": "x"}, {}]
    for fields in [*refused, {"set": "2099-01-01T00:00:00"}]:
        status, _ = await people.refused("POST", "/clock", **fields)
        assert status == 400
