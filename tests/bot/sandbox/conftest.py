"""A running sandbox, and both of its sides as a test speaks to them: plain HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import telegram

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox

PATIENCE_S = 15
TOKEN = "4242:sandbox-tests-only"
OTHER_TOKEN = "4343:sandbox-tests-only"
Json = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """An answer that is not a success."""

    status: int
    body: Json

    @property
    def description(self) -> str:
        text: str = self.body["description"]
        return text


@dataclass(frozen=True)
class People:
    """The people's side."""

    http: aiohttp.ClientSession

    async def get(self, path: str, **query: str | int) -> Any:
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, **fields: object) -> Any:
        return await self._ask("POST", path, json=fields)

    async def delete(self, path: str) -> Any:
        return await self._ask("DELETE", path)

    async def refused(self, method: str, path: str, **fields: object) -> tuple[int, str]:
        """The status and the sentence of a request that must be refused."""
        async with self.http.request(method, f"/sandbox{path}", json=fields) as response:
            body = await response.json()
            assert response.status >= 400, body
            return response.status, body["error"]

    async def _ask(self, method: str, path: str, **more: Any) -> Any:
        async with self.http.request(method, f"/sandbox{path}", **more) as response:
            body = await response.json()
            assert response.status == 200, body
            return body

    async def bot_polls(self) -> bool:
        """Whether the bot waits in getUpdates."""
        polls: bool = (await self.get("/state"))["bots"][0]["polling"]
        return polls

    async def person(self, first_name: str = "Delegate A", *, started: bool = True, **fields: object) -> int:
        """Create a person; their id."""
        person = await self.post("/persons", first_name=first_name, started=started, **fields)
        person_id: int = person["id"]
        return person_id

    async def say(self, person_id: int, text: str, **fields: object) -> Json:
        message: Json = await self.post(f"/persons/{person_id}/messages", text=text, **fields)
        return message

    async def chat(self, chat_id: int, **query: str | int) -> Json:
        chat: Json = await self.get(f"/chats/{chat_id}", **query)
        return chat


@dataclass
class Calls:
    """The bot's side, call by call."""

    http: aiohttp.ClientSession
    token: str = TOKEN
    offset: int = 0

    async def raw(self, method: str, /, **parameters: object) -> tuple[int, Json]:
        async with self.http.post(f"/bot{self.token}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def call(self, method: str, /, **parameters: object) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.raw(method, **parameters)
        assert status == 200, body
        assert body["ok"] is True
        return body["result"]

    async def refused(self, method: str, /, **parameters: object) -> Refusal:
        """The answer to a call that must be refused; it has the form of Telegram's refusals."""
        status, body = await self.raw(method, **parameters)
        assert status >= 400, body
        assert body["ok"] is False
        assert body["error_code"] == status
        return Refusal(status, body)

    async def say(self, chat_id: int, text: str = "Hello", **parameters: object) -> Json:
        message: Json = await self.call("sendMessage", chat_id=chat_id, text=text, **parameters)
        return message

    async def updates(self, **parameters: object) -> list[Json]:
        """What there is now, without confirming it."""
        updates: list[Json] = await self.call("getUpdates", **parameters)
        return updates

    async def take(self) -> list[Json]:
        """What is new, confirmed at once."""
        updates = await self.updates(offset=self.offset)
        if updates:
            self.offset = updates[-1]["update_id"] + 1
            await self.updates(offset=self.offset)
        return updates

    async def taken(self, kind: str) -> Json:
        """The payload of the only new update, which must be of this kind."""
        updates = await self.take()
        assert [sorted(update) for update in updates] == [sorted(["update_id", kind])]
        payload: Json = updates[0][kind]
        return payload


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Return once what the sandbox is asked for is so; fail if it is not so soon."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 (over HTTP one can only ask again)
            await asyncio.sleep(0.01)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock) as running:
        yield running


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.base_url) as session:
        yield session


@pytest.fixture
async def people(http: aiohttp.ClientSession) -> People:
    """The people's side of a sandbox that knows one bot, @unigo_test_bot."""
    side = People(http)
    await side.post("/bots", token=TOKEN, username="unigo_test_bot", first_name="UNIGO")
    return side


@pytest.fixture
async def bot(http: aiohttp.ClientSession, people: People) -> Calls:
    return Calls(http)


@pytest.fixture
async def person(people: People) -> int:
    """A delegate who has started the bot."""
    return await people.person()


@pytest.fixture
async def client(sandbox: Sandbox, people: People) -> AsyncIterator[telegram.Bot]:
    """The same bot through python-telegram-bot."""
    base_url = sandbox.base_url
    async with telegram.Bot(TOKEN, base_url=f"{base_url}/bot", base_file_url=f"{base_url}/file/bot") as running:
        yield running
