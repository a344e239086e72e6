"""Files that people send: fetched whole, or a few errors that say what is the matter, none with the token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web

from bot.app import Running
from bot.runtime.api import make_bot
from bot.runtime.downloads import (
    AT_ONCE,
    DownloadError,
    GoneError,
    NotReachedError,
    TooBigError,
    open_downloads,
)
from bot.sandbox.files import MAX_DOWNLOAD_BYTES
from tests.chat import People, Phone, until
from tests.conftest import TOKEN

CONTENT = bytes(range(256)) * 1000
MEGABYTE = 1_000_000

Serve = Callable[..., AbstractAsyncContextManager[str]]


async def sent(people: People, content: bytes = CONTENT) -> str:
    """The `file_id` of a document that somebody sends."""
    phone = await people.person()
    message = await people.upload(phone, content, "Participants – Ü.xlsx")
    return str(message["document"]["file_id"])


async def refused(bot: Running, file_id: str, *, at_most: int = MEGABYTE, within_s: float = 5.0) -> DownloadError:
    with pytest.raises(DownloadError) as raised:
        await bot.downloads.fetch(file_id, at_most=at_most, within_s=within_s)
    assert TOKEN.partition(":")[2] not in f"{raised.value!r} {raised.value.__cause__!r}"
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


async def test_a_document_comes_as_it_was_sent(bot: Running, people: People) -> None:
    assert await bot.downloads.fetch(await sent(people), at_most=MEGABYTE) == CONTENT


async def test_the_limit_itself_is_allowed_and_one_byte_more_is_not(bot: Running, people: People) -> None:
    file_id = await sent(people)
    assert len(await bot.downloads.fetch(file_id, at_most=len(CONTENT))) == len(CONTENT)
    await people.fault("500", method="file")  # not even asked for
    error = await refused(bot, file_id, at_most=len(CONTENT) - 1)
    assert isinstance(error, TooBigError)


async def test_what_telegram_gives_no_bot_is_too_big(bot: Running, people: People) -> None:
    file_id = await sent(people, b"x" * (MAX_DOWNLOAD_BYTES + 1))
    assert isinstance(await refused(bot, file_id, at_most=10 * MAX_DOWNLOAD_BYTES), TooBigError)


async def test_an_unknown_file_is_gone(bot: Running) -> None:
    assert isinstance(await refused(bot, "unknown"), GoneError)


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("fault", ["429", "500", "502", "drop"])
async def test_telegrams_faults_are_told_from_a_missing_file(
    bot: Running, people: People, method: str, fault: str
) -> None:
    file_id = await sent(people)
    there = await people.fault(fault, method=method)
    assert isinstance(await refused(bot, file_id), NotReachedError)
    await people.delete(f"/faults/{there}")
    assert await bot.downloads.fetch(file_id, at_most=MEGABYTE) == CONTENT


@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_it_takes_no_longer_than_it_may(bot: Running, people: People, method: str) -> None:
    file_id = await sent(people)
    await people.fault("slow", method=method, delay_s=3600)
    error = await refused(bot, file_id, within_s=0.2)
    assert isinstance(error, NotReachedError)
    assert not isinstance(error, TooBigError)


async def test_slow_downloads_hold_up_no_other_chat(bot: Running, people: People) -> None:
    file_id = await sent(people)
    slow = await people.fault("slow", method="file", delay_s=3600)
    downloads = [
        asyncio.create_task(bot.downloads.fetch(file_id, at_most=MEGABYTE, within_s=60)) for _ in range(10 * AT_ONCE)
    ]

    async def all_places_are_taken() -> bool:
        [fault] = (await people.get("/faults"))["faults"]
        return int(fault["hits"]) == AT_ONCE

    await until(all_places_are_taken)
    other: Phone = await people.person()
    assert (await other.ask("/help"))["text"]
    await people.delete(f"/faults/{slow}")
    for task in downloads:
        task.cancel()
    await asyncio.gather(*downloads, return_exceptions=True)


@pytest.fixture
def serve() -> Serve:
    """A server that says one thing of a file and sends another, as none should."""

    @asynccontextmanager
    async def serving(answer: Callable[[web.Request], web.StreamResponse]) -> AsyncIterator[str]:
        async def get_file(_request: web.Request) -> web.Response:
            return web.json_response({"ok": True, "result": {"file_id": "a", "file_size": 1, "file_path": "b"}})

        async def give(request: web.Request) -> web.StreamResponse:
            return answer(request)

        application = web.Application()
        application.add_routes(
            [web.post("/bot{token}/getFile", get_file), web.get("/file/bot{token}/b", give)],
        )
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    return serving


async def fetched(base_url: str, at_most: int) -> bytes:
    bot = make_bot(TOKEN, base_url, connections=1)
    await bot.request.initialize()
    try:
        async with open_downloads(bot) as downloads:
            return await downloads.fetch("a", at_most=at_most, within_s=5)
    finally:
        await bot.shutdown()
        await bot.request.shutdown()


async def test_what_turns_out_to_be_longer_than_was_said_is_read_no_further(serve: Serve) -> None:
    async with serve(lambda _request: web.Response(body=CONTENT)) as base_url:
        assert await fetched(base_url, len(CONTENT)) == CONTENT
        with pytest.raises(TooBigError):
            await fetched(base_url, len(CONTENT) - 1)


async def test_a_redirection_does_not_take_the_token_elsewhere(serve: Serve) -> None:
    async with serve(lambda _request: web.Response(status=302, headers={"Location": "/elsewhere"})) as base_url:
        with pytest.raises(NotReachedError, match=r"status 302"):
            await fetched(base_url, MEGABYTE)
