"""A webhook keeps what arrives before it acknowledges it, and refuses whatever is none of Telegram's."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from pydantic import SecretStr

from bot.runtime.clock import MovableClock
from bot.runtime.health import serve
from bot.runtime.intake import SECRET_HEADER, UPDATE_BYTES_AT_MOST, Intake, webhook_routes
from bot.sandbox.server import Sandbox
from bot.settings import Telegram
from storage import inbox
from storage.database import Database
from tests.chat import People, has_replies, until
from tests.conftest import TOKEN, StartBot
from tests.disks import full_disk
from tests.inbox import kept

SECRET = "a-secret-of-the-webhook_0123456789"


@pytest.fixture
async def hook(intake: Intake) -> AsyncIterator[aiohttp.ClientSession]:
    """Telegram's side of a webhook."""
    runner = await serve(
        webhook_routes(intake, "/hook", SECRET), "127.0.0.1", 0, setting="port", body_at_most=UPDATE_BYTES_AT_MOST
    )
    base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(base_url=base_url, headers={SECRET_HEADER: SECRET}) as session:
        yield session
    await runner.cleanup()


async def test_a_webhook_keeps_what_it_acknowledges_and_ignores_what_it_knows(
    hook: aiohttp.ClientSession, database: Database, news: list[str]
) -> None:
    for number in (5, 7, 5):
        async with hook.post("/hook", json={"update_id": number, "message": {"chat": {"id": 1}}}) as response:
            assert response.status == 200
    assert await kept(database) == [5, 7]
    assert news == ["heard", "new", "heard", "new", "heard"]


@pytest.mark.parametrize("kind", [["mention"], {"mention": 1}, None, 7])
async def test_an_update_whose_entities_are_of_no_known_kind_is_kept(
    hook: aiohttp.ClientSession, database: Database, kind: object
) -> None:
    message = {"chat": {"id": -100}, "from": {"id": 1}, "text": "@x", "entities": [{"type": kind}]}
    async with hook.post("/hook", json={"update_id": 5, "message": message}) as response:
        assert response.status == 200
    assert await kept(database) == [5]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "0", "\u00ff", None])
async def test_a_webhook_refuses_whoever_does_not_know_the_secret(
    hook: aiohttp.ClientSession, database: Database, secret: str | None
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession(base_url=hook._base_url, headers=headers) as stranger,
        stranger.post("/hook", json={"update_id": 5, "message": {"chat": {"id": 1}}}) as response,
    ):
        assert response.status == 403
    assert await kept(database) == []


async def test_a_webhook_refuses_a_secret_that_is_no_text(hook: aiohttp.ClientSession) -> None:
    assert hook._base_url is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", hook._base_url.port)
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + SECRET_HEADER.encode() + b": \xff\r\n\r\n"
    )
    assert (await reader.readline()).startswith(b"HTTP/1.1 403 ")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"5",
        b"{}",
        b'{"update_id": "5"}',
        b'{"update_id": 1e400}',
        b'{"update_id": 99999999999999999999}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b"[" * 100_000,
    ],
)
async def test_a_webhook_refuses_what_is_no_update(
    hook: aiohttp.ClientSession, database: Database, body: bytes
) -> None:
    async with hook.post("/hook", data=body) as response:
        assert response.status == 400
    assert await kept(database) == []


async def test_a_webhook_does_not_acknowledge_what_it_cannot_keep(
    hook: aiohttp.ClientSession, database: Database, news: list[str]
) -> None:
    update = {"update_id": 5, "message": {"chat": {"id": 1}, "text": "x" * 100_000}}
    async with full_disk(database), hook.post("/hook", json=update) as response:
        assert response.status == 503
    assert (await kept(database), news) == ([], [])
    async with hook.post("/hook", json=update) as response:
        assert response.status == 200
    assert await kept(database) == [5]


def by_webhook(sandbox: Sandbox) -> Telegram:
    """Settings with an address that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Telegram(
        token=SecretStr(TOKEN),
        base_url=sandbox.base_url,
        mode="webhook",
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_port=port,
        webhook_secret=SecretStr(SECRET),
    )


async def test_the_bot_answers_through_a_webhook(start_bot: StartBot, sandbox: Sandbox, people: People) -> None:
    telegram = by_webhook(sandbox)
    phone = await people.person()
    await phone.write("/help")  # before there is a webhook
    async with start_bot(telegram=telegram) as running:
        assert running.webhook_port == telegram.webhook_port
        await until(lambda: has_replies(phone, 1))
        await people.fault("duplicate_update", times=3)
        for _ in range(3):
            assert (await phone.ask("/privacy"))["text"].startswith("What I keep about you")
        assert len(await phone.from_bot()) == 4


async def test_an_update_that_is_nested_deeply_stops_nothing(
    start_bot: StartBot, sandbox: Sandbox, people: People, clock: MovableClock
) -> None:
    phone, telegram = await people.person(), by_webhook(sandbox)
    headers = {SECRET_HEADER: SECRET}
    async with start_bot(telegram=telegram) as running, aiohttp.ClientSession(headers=headers) as session:
        for number, depth in enumerate((30, 200, 400, 800, *range(850, 1000, 10), 5_000)):
            nested = '{"a":' * depth + "[]" + "}" * depth
            body = f'{{"update_id": {number}, "message": {{"chat": {nested}}}}}'
            async with session.post(telegram.webhook_url, data=body) as response:
                assert response.status in {200, 400}

        async def none_waits() -> bool:
            clock.advance(30)  # past the pauses between tries
            return (await inbox.backlog(running.database.reader)).waiting == 0

        await until(none_waits)
        assert (await inbox.backlog(running.database.reader)).set_aside > 0
        assert (await phone.ask("/privacy"))["text"].startswith("What I keep about you")
