"""What a server may answer to a call, other than what the Bot API does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import TelegramError

from bot.runtime.api import ApiBot, make_bot
from bot.runtime.refusals import RefusedError
from bot.sandbox.server import Sandbox
from tests.chat import People
from tests.conftest import TOKEN


@asynccontextmanager
async def answering(body: bytes) -> AsyncIterator[ApiBot]:
    """A bot whose server gives the same answer to whatever is called."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    application = web.Application()
    application.router.add_post("/{anything:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = make_bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}", connections=1)
    for request in bot._request:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in bot._request:
            await request.shutdown()
        await runner.cleanup()


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_the_result_is_what_was_answered(method: str) -> None:
    async with answering(b'{"ok": true, "result": [1]}') as bot:
        assert await bot.call(method, {}) == [1]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"[]", b"7", b'{"ok": true}', b'"\xff',
        b'{"ok": true, "result": ' + b'[{"a":' * 5_000 + b"1" + b"}]" * 5_000 + b"}",
    ],
    ids=["nothing", "a page", "a list", "a number", "no result", "half a text", "nested deeply"],
)  # fmt: skip
async def test_what_is_no_answer_is_an_error_like_any_other(body: bytes) -> None:
    async with answering(body) as bot:
        for method in ("getUpdates", "sendMessage"):
            with pytest.raises(TelegramError) as raised:
                await bot.call(method, {"text": "a text"})
            assert TOKEN not in str(raised.value)


@pytest.mark.parametrize("has_file", [False, True], ids=["a text", "a file's caption"])
async def test_half_of_a_surrogate_pair_does_not_keep_a_message_from_going_out(
    sandbox: Sandbox, people: People, *, has_file: bool
) -> None:
    phone = await people.person(started=True)
    bot = make_bot(TOKEN, sandbox.base_url, connections=1)
    await bot.initialize()
    try:
        if has_file:
            files = {"document": InputFile(b"an example", filename="example.txt")}
            await bot.call("sendDocument", {"chat_id": phone.id, "caption": "“\ud800x” é 🇨🇭"}, files=files)
        else:
            await bot.call("sendMessage", {"chat_id": phone.id, "text": "“\ud800x” é 🇨🇭"})
    finally:
        await bot.shutdown()
    last = (await phone.messages())[-1]
    assert last.get("text", last.get("caption")) == "“?x” é 🇨🇭"


@pytest.mark.parametrize(("status", "is_passing"), [(429, True), (408, True), (502, True), (400, False), (403, False)])
def test_what_may_pass_also_without_a_word_for_how_long(status: int, is_passing: bool) -> None:  # noqa: FBT001
    """A web server between the bot and Telegram refuses without Telegram's parameters."""
    assert RefusedError(status, "Refused", {}).is_passing is is_passing
