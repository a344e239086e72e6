"""Faults on demand."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.runtime.clock import MovableClock
from bot.sandbox.faults import Faults
from bot.sandbox.server import Sandbox

from .conftest import TOKEN, Calls, Json, People, until


async def said(people: People, person: int) -> list[str]:
    return [message["text"] for message in (await people.chat(person))["messages"]]


async def test_too_many_requests(people: People, bot: Calls, person: int) -> None:
    await people.post("/faults", kind="429", method="sendMessage", times=1, retry_after=7)
    refusal = await bot.refused("sendMessage", chat_id=person, text="x")
    assert refusal.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert await said(people, person) == []
    await bot.say(person, "x")


@pytest.mark.parametrize(("kind", "description"), [("500", "Internal Server Error"), ("502", "Bad Gateway")])
async def test_server_errors(people: People, bot: Calls, person: int, kind: str, description: str) -> None:
    await people.post("/faults", kind=kind, times=1)
    refusal = await bot.refused("sendMessage", chat_id=person, text="x")
    assert (refusal.status, refusal.description) == (int(kind), description)
    assert await said(people, person) == []


@pytest.mark.parametrize(("kind", "texts"), [("drop", []), ("drop_after", ["x"])])
async def test_dropped_connections(people: People, bot: Calls, person: int, kind: str, texts: list[str]) -> None:
    await people.post("/faults", kind=kind, method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.say(person, "x")
    assert await said(people, person) == texts
    await bot.say(person, "y")
    first, second = (await people.get("/log"))["calls"]
    assert (first["fault"], first["done"]) == (kind, bool(texts))
    assert "fault" not in second
    assert second["done"] is True


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500), ("502", 502), ("drop", None)])
async def test_downloads_of_files_fail_too(
    people: People, bot: Calls, person: int, kind: str, status: int | None
) -> None:
    form = aiohttp.FormData({"kind": "document"})
    form.add_field("file", b"x", filename="a.txt")
    async with people.http.post(f"/sandbox/persons/{person}/files", data=form) as response:
        file_id = (await response.json())["document"]["file_id"]
    file = await bot.call("getFile", file_id=file_id)
    fault = await people.post("/faults", kind=kind, method="file")
    path = f"/file/bot{TOKEN}/{file['file_path']}"
    if status is None:
        with pytest.raises(aiohttp.ClientConnectionError):
            await bot.http.get(path)
    else:
        async with bot.http.get(path) as response:
            assert response.status == status
    await people.delete(f"/faults/{fault['id']}")
    async with bot.http.get(path) as response:
        assert await response.read() == b"x"


async def test_a_dropped_answer_to_get_updates_loses_nothing(people: People, bot: Calls, person: int) -> None:
    await people.say(person, "hello")
    await people.post("/faults", kind="drop_after", method="getUpdates", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.updates()
    assert (await bot.taken("message"))["text"] == "hello"


async def test_slow_answers(people: People, bot: Calls, person: int, clock: MovableClock) -> None:
    await people.post("/faults", kind="slow", method="sendMessage", delay_s=3600, times=1)
    async with asyncio.timeout(15), asyncio.TaskGroup() as group:
        sending = group.create_task(bot.say(person, "x"))
        await until(lambda: said(people, person))
        await bot.say(person, "overtakes")
        assert not sending.done()
        while not sending.done():
            clock.advance(3600)
            await asyncio.sleep(0.01)
    assert await said(people, person) == ["x", "overtakes"]


async def test_a_fault_can_be_for_one_chat(people: People, bot: Calls, person: int) -> None:
    other = await people.person("Delegate B")
    await people.post("/faults", kind="500", chat_id=person)
    await bot.say(other)
    assert (await bot.refused("sendMessage", chat_id=person, text="x")).status == 500
    assert (await bot.call("getMe"))["id"] == 4242


async def test_a_duplicated_update(people: People, bot: Calls, person: int) -> None:
    await people.post("/faults", kind="duplicate_update", times=1)
    await people.say(person, "twice")
    (first,) = await bot.updates()
    assert await bot.updates(offset=first["update_id"] + 1) == [first]
    assert await bot.updates(offset=first["update_id"] + 1) == []


async def test_delayed_updates_keep_the_order_of_their_chat(
    people: People, bot: Calls, person: int, clock: MovableClock
) -> None:
    other = await people.person("Delegate B")
    await people.post("/faults", kind="delay_update", chat_id=person, times=1, delay_s=60)
    await people.say(person, "withheld")
    await people.say(person, "after it")
    await people.say(other, "from another chat")
    assert (await bot.taken("message"))["text"] == "from another chat"
    clock.advance(60)
    late = await bot.updates(timeout=10, offset=bot.offset)
    late += await bot.updates(timeout=1, offset=late[-1]["update_id"] + 1) if len(late) == 1 else []
    assert [update["message"]["text"] for update in late] == ["withheld", "after it"]


async def test_faults_are_listed_and_taken_back(people: People, bot: Calls) -> None:
    first = await people.post("/faults", kind="500", probability=0.5)
    second = await people.post("/faults", kind="slow", method="sendMessage", delay_s=2, times=3)
    listed = (await people.get("/faults"))["faults"]
    assert listed == [first, second]
    assert second == {
        "id": second["id"],
        "kind": "slow",
        "method": "sendmessage",
        "probability": 1.0,
        "times": 3,
        "delay_s": 2.0,
        "hits": 0,
    }
    await people.delete(f"/faults/{first['id']}")
    assert (await people.get("/faults"))["faults"] == [second]
    assert (await people.refused("DELETE", f"/faults/{first['id']}"))[0] == 404
    await people.delete("/faults")
    assert (await people.get("/faults"))["faults"] == []


@pytest.mark.parametrize("fault", [{"kind": "earthquake"}, {}, {"kind": "500", "times": "often"}])
async def test_faults_that_are_not_understood(people: People, fault: Json) -> None:
    status, _ = await people.refused("POST", "/faults", **fault)
    assert status == 400


async def test_chance_is_repeatable() -> None:
    async def statuses(seed: int) -> list[int]:
        async with Sandbox(MovableClock(), seed=seed) as sandbox, aiohttp.ClientSession(sandbox.base_url) as http:
            people = People(http)
            await people.post("/bots", token=TOKEN)
            await people.post("/faults", kind="500", probability=0.5)
            return [(await Calls(http).raw("getMe"))[0] for _ in range(40)]

    first, second, other = [await statuses(seed) for seed in (1, 1, 2)]
    assert set(first) == {200, 500}
    assert first == second != other


def test_a_fault_that_is_used_up_leaves_room_for_the_next() -> None:
    faults = Faults(0)
    faults.add({"kind": "500", "times": 1})
    faults.add({"kind": "429", "times": 1})
    struck = [faults.strike_call("getme", None) for _ in range(3)]
    assert [fault.kind if fault else None for fault in struck] == ["500", "429", None]


async def test_the_log_tells_every_call(people: People, bot: Calls, person: int) -> None:
    await bot.updates()
    sent = await bot.say(person)
    await bot.refused("sendMessage", chat_id=987654, text="x")
    await people.post("/faults", kind="429", times=1)
    await bot.refused("sendMessage", chat_id=person, text="x")
    log = await people.get("/log")
    for call in log["calls"]:
        assert call.pop("at").endswith("Z")
    common = {"bot_id": 4242, "method": "sendMessage"}
    assert log == {
        "calls": [
            {"seq": 1, **common, "chat_id": person, "status": 200, "done": True, "message_id": sent["message_id"]},
            {"seq": 2, **common, "chat_id": 987654, "status": 400, "done": False},
            {"seq": 3, **common, "chat_id": person, "status": 429, "done": False, "fault": "429"},
        ],
        "last_seq": 3,
    }
    assert [call["seq"] for call in (await people.get("/log", since=2))["calls"]] == [3]
    assert (await people.get("/log", since=3))["calls"] == []
