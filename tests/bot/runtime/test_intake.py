"""Intake: what arrives is kept before it is acknowledged, by polling and through a webhook."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import structlog
from pydantic import SecretStr
from telegram.error import InvalidToken

from bot.runtime.aftermath import Aftermath
from bot.runtime.api import ApiBot, make_bot
from bot.runtime.clock import MovableClock
from bot.runtime.floods import FloodGate
from bot.runtime.health import serve
from bot.runtime.intake import SECRET_HEADER, UPDATE_BYTES_AT_MOST, Intake, Polling, lane_of, webhook_routes
from bot.runtime.metrics import Metrics
from bot.sandbox.server import Sandbox
from bot.settings import Floods, Telegram
from storage import inbox
from storage.database import Database
from storage.records.floods import Pause
from storage.session import Transaction
from tests.chat import People, buttons, until
from tests.conftest import TOKEN, StartBot

SECRET = "a-secret-of-the-webhook_0123456789"


class Silence:
    """Nobody is told anything."""

    async def is_exempt(self, _tx: Transaction, _chat_id: int) -> bool:
        return False

    async def slowed(self, _tx: Transaction, _update: Mapping[str, Any], _pause: Pause) -> Aftermath:
        return Aftermath()


@pytest.fixture
def news() -> list[str]:
    """What the intake tells of: "new" and "heard"."""
    return []


@pytest.fixture
def intake(database: Database, clock: MovableClock, news: list[str]) -> Intake:
    return Intake(
        database,
        clock,
        Metrics(),
        gate=FloodGate(Floods().limits(), Silence(), Metrics(), on_commit=lambda _answers, _classes: None),
        on_new=lambda: news.append("new"),
        on_heard=lambda: news.append("heard"),
    )


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


async def kept(database: Database) -> list[int]:
    return [row.update_id for row in await inbox.waiting(database.reader, after=0, at_most=1000)]


@asynccontextmanager
async def full_disk(database: Database) -> AsyncIterator[None]:
    conn = database.writer._conn
    (pages,) = [row[0] for row in await conn.execute_fetchall("PRAGMA page_count")]
    await conn.execute(f"PRAGMA max_page_count = {pages}")
    yield
    await conn.execute("PRAGMA max_page_count = 100000")


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
        await until(lambda: _said(phone.from_bot, 1))
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


@asynccontextmanager
async def polling(intake: Intake, api: ApiBot, clock: MovableClock) -> AsyncIterator[asyncio.Task[None]]:
    fetching = Polling(intake, api, clock, allowed_updates=["message"])
    async with asyncio.TaskGroup() as tasks:
        yield tasks.create_task(fetching.run())
        fetching.stop()


@pytest.fixture
async def api(sandbox: Sandbox, people: People) -> AsyncIterator[ApiBot]:
    bot = make_bot(TOKEN, sandbox.base_url, connections=5)
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def until_kept(database: Database, count: int, clock: MovableClock) -> None:
    async def reached() -> bool:
        clock.advance(60)  # past the pauses between tries
        return len(await kept(database)) >= count

    await until(reached)


async def test_polling_keeps_each_update_once_through_faults(
    intake: Intake, api: ApiBot, people: People, database: Database, clock: MovableClock
) -> None:
    phone = await people.person()
    for kind in ("500", "drop", "drop_after", "429"):
        await people.fault(kind, method="getUpdates", times=2, retry_after=30)
    await people.fault("duplicate_update", times=5)
    for number in range(5):
        await phone.write(f"text {number}")
    async with polling(intake, api, clock):
        await until_kept(database, 5, clock)
        await phone.write("one more")
        await until_kept(database, 6, clock)
    numbers = await kept(database)
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 6


async def test_polling_does_not_acknowledge_what_it_cannot_keep(
    intake: Intake, api: ApiBot, people: People, database: Database, clock: MovableClock
) -> None:
    phone = await people.person()
    for number in range(5):
        await phone.write(f"{number} {'x' * 4000}")
    with structlog.testing.capture_logs() as logged:
        async with full_disk(database), polling(intake, api, clock):
            await until(lambda: [event for event in logged if event["event"] == "fetch_failed"])
    assert await kept(database) == []
    async with polling(intake, api, clock):
        await until_kept(database, 5, clock)
    assert len(await kept(database)) == 5


async def test_polling_ends_when_the_token_is_refused(intake: Intake, sandbox: Sandbox, clock: MovableClock) -> None:
    stranger = make_bot("1234567890:EXAMPLE-token-that-nobody-knows", sandbox.base_url, connections=1)
    await stranger._request[0].initialize()
    with pytest.raises(InvalidToken, match=r"^http://\S+ does not accept this token\. Is telegram"):
        await Polling(intake, stranger, clock, allowed_updates=[]).run()
    await stranger._request[0].shutdown()


async def test_another_program_that_fetches_too_is_told_of(
    intake: Intake, api: ApiBot, sandbox: Sandbox, clock: MovableClock
) -> None:
    other = make_bot(TOKEN, sandbox.base_url, connections=1)
    await other.initialize()
    with structlog.testing.capture_logs() as logged:
        async with polling(intake, api, clock), polling(intake, other, clock):
            await until(lambda: any(event["event"] == "another_receiver" for event in logged))
    await other.shutdown()


async def test_that_updates_come_in_again_is_logged(
    intake: Intake, api: ApiBot, people: People, clock: MovableClock
) -> None:
    await people.fault("500", method="getUpdates", times=2)

    def is_told() -> bool:
        clock.advance(30)
        return any(event["event"] == "fetch_works_again" for event in logged)

    with structlog.testing.capture_logs() as logged:
        async with polling(intake, api, clock):
            person = await people.person()
            await person.write("/help")  # ends the fetch that is under way
            await until(is_told)
    assert [event["event"] for event in logged] == ["fetch_failed", "fetch_failed", "fetch_works_again"]


MESSAGE = {"message_id": 1, "from": {"id": 7}, "chat": {"id": -5}}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {**MESSAGE, "chat": {"id": 7}}}, 7),
        ({"message": MESSAGE}, -5),
        ({"edited_message": MESSAGE}, -5),
        ({"my_chat_member": {"from": {"id": 7}, "chat": {"id": -5}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "message": MESSAGE}}, 7),
        ({"inline_query": {"id": "1", "from": {"id": 7}}}, -(2**63) + 7),
        ({"message_reaction": {"chat": {"id": -5}, "user": {"id": 7}}}, -5),
        ({"poll_answer": {"poll_id": "1", "user": {"id": 7}}}, 7),
        ({"poll": {"id": "1"}}, 0),
        ({"message": {"chat": 5}}, 0),
        ({"message": {"chat": {"id": "five"}}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"callback_query": {"from": []}}, 0),
        ({"message": None}, 0),
        ({}, 0),
    ],
)
def test_the_lane_of_an_update(update: dict[str, Any], lane: int) -> None:
    assert lane_of({"update_id": 1, **update}) == lane


async def test_presses_and_messages_of_a_person_keep_their_order(start_bot: StartBot, people: People) -> None:
    phone = await people.person()
    async with start_bot():
        offer = await phone.ask("/language")
    for language in ("fr", "es", "ru", "zh"):  # all of it waits when the bot comes back
        await people.post(
            f"/persons/{phone.id}/presses", {"message_id": offer["message_id"], "data": f"language:{language}"}
        )
        await phone.write("/language")
    async with start_bot():
        await until(lambda: _said(phone.from_bot, 5))
    offers = [message for message in await phone.messages() if message["from"]["is_bot"]][1:]
    chosen = [label for offer in offers for label in buttons(offer) if label.startswith("✓")]
    assert chosen == ["✓ Français", "✓ Español", "✓ Русский", "✓ 中文"]


async def _said(from_bot: Any, count: int) -> bool:
    return len(await from_bot()) >= count
