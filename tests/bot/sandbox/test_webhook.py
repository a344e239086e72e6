"""Webhooks: order, retries, the secret, and the rules about setting them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.runtime.clock import MovableClock

from .conftest import Calls, Json, People, until

PATIENCE_S = 15
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Receiver:
    """The bot's own HTTP server."""

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    refuse_texts: set[str] = field(default_factory=set)
    attempts: list[str] = field(default_factory=list)
    answer: Json | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    inside: int = 0
    most_inside: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        text = update["message"]["text"]
        self.attempts.append(text)
        self._news.set()
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        try:
            await self.gate.wait()
        finally:
            self.inside -= 1
        if text in self.refuse_texts:
            return web.Response(status=503)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.updates.append(update)
        self._news.set()
        return web.json_response(self.answer) if self.answer else web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]

    async def until(self, what: str, count: int) -> None:
        """Wait until there are `count` of "updates" or "attempts"."""
        async with asyncio.timeout(PATIENCE_S):
            while len(getattr(self, what)) < count:
                self._news.clear()
                await self._news.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.gate.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.gate.set()
    await runner.cleanup()


async def test_updates_come_with_the_secret_and_are_forgotten_then(
    people: People, bot: Calls, person: int, receiver: Receiver
) -> None:
    await people.say(person, "before")
    status, body = await bot.raw("setWebhook", url=receiver.url, secret_token="A-z_9")
    assert (status, body) == (200, {"ok": True, "result": True, "description": "Webhook was set"})
    await people.say(person, "after")
    await receiver.until("updates", 2)
    assert receiver.texts() == ["before", "after"]
    assert receiver.secrets == ["A-z_9", "A-z_9"]
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_a_refused_update_is_sent_again_and_is_not_overtaken(
    people: People, bot: Calls, person: int, receiver: Receiver, clock: MovableClock
) -> None:
    other = await people.person("Delegate B")
    receiver.refuse_texts.add("first")
    await bot.call("setWebhook", url=receiver.url)
    await people.say(person, "first")
    await people.say(person, "second")
    await people.say(other, "from another chat")
    await receiver.until("updates", 1)
    assert receiver.texts() == ["from another chat"]

    async def is_refused() -> bool:
        return "last_error_message" in await bot.call("getWebhookInfo")

    await until(is_refused)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["pending_update_count"] == 2
    receiver.refuse_texts.clear()
    while len(receiver.updates) < 3:
        clock.advance(60)
        await asyncio.sleep(0.01)
    assert receiver.texts() == ["from another chat", "first", "second"]


async def test_chats_go_side_by_side_up_to_max_connections(people: People, bot: Calls, receiver: Receiver) -> None:
    persons = [await people.person(f"Delegate {number}") for number in range(4)]
    receiver.gate.clear()
    await bot.call("setWebhook", url=receiver.url, max_connections=2)
    for person in persons:
        await people.say(person, "one")
        await people.say(person, "two")
    await receiver.until("attempts", 2)
    receiver.gate.set()
    await receiver.until("updates", 8)
    assert receiver.most_inside == 2
    for person in persons:
        chats = [update["message"]["text"] for update in receiver.updates if update["message"]["chat"]["id"] == person]
        assert chats == ["one", "two"]


async def test_a_webhook_may_answer_with_a_call(people: People, bot: Calls, person: int, receiver: Receiver) -> None:
    receiver.answer = {"method": "sendMessage", "chat_id": person, "text": "by answer"}
    await bot.call("setWebhook", url=receiver.url)
    said = await people.say(person, "hello")
    chat = await people.chat(person, after=said["message_id"], wait=PATIENCE_S)
    assert [message["text"] for message in chat["messages"]] == ["by answer"]


async def test_setting_a_webhook_ends_a_poll_and_forbids_others(bot: Calls, people: People, receiver: Receiver) -> None:
    async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
        polling = group.create_task(bot.refused("getUpdates", timeout=50))
        await until(people.bot_polls)
        await bot.call("setWebhook", url=receiver.url)
    assert polling.result().status == 409
    assert polling.result().description == "Conflict: terminated by setWebhook request"
    refusal = await bot.refused("getUpdates")
    assert (refusal.status, refusal.description) == (409, WEBHOOK_IS_SET)


async def test_pending_updates_can_be_dropped(people: People, bot: Calls, person: int, receiver: Receiver) -> None:
    await people.say(person, "old")
    await bot.call("setWebhook", url=receiver.url, drop_pending_updates=True)
    await people.say(person, "new")
    await receiver.until("updates", 1)
    assert receiver.texts() == ["new"]
    await bot.call("deleteWebhook")
    await people.say(person, "left behind")
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_what_is_not_delivered_stays_for_polling(
    people: People, bot: Calls, person: int, receiver: Receiver
) -> None:
    receiver.refuse_texts.add("not taken")
    await bot.call("setWebhook", url=receiver.url)
    await people.say(person, "not taken")
    await receiver.until("attempts", 1)
    await bot.call("deleteWebhook")
    assert (await bot.taken("message"))["text"] == "not taken"


async def test_info(bot: Calls, receiver: Receiver) -> None:
    assert await bot.call("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
    await bot.call("setWebhook", url=receiver.url, max_connections=7, allowed_updates=["message"])
    assert await bot.call("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "ip_address": "127.0.0.1",
        "allowed_updates": ["message"],
    }


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "ftp://127.0.0.1/"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://[::1/"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "https://example.org/"}, "Bad Request: bad webhook: the sandbox calls loopback addresses only"),
        (
            {"url": "http://127.0.0.1:9/", "secret_token": "with space"},
            "Bad Request: secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1:9/", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
    ],
)
async def test_what_cannot_be_a_webhook(bot: Calls, parameters: Json, description: str) -> None:
    refusal = await bot.refused("setWebhook", **parameters)
    assert (refusal.status, refusal.description) == (400, description)
    assert (await bot.call("getWebhookInfo"))["url"] == ""
