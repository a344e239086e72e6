"""The try-out: the bot and its sandbox in one process, with a few people to write as, and nothing kept afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import Running, running_bot
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.settings import BackupsPart, DatabasePart, People, Settings, Telegram, Watch

# A made-up token: the sandbox takes any, and Telegram would refuse it.
DEMO_TOKEN = "1000000001:EXAMPLE-token-of-the-sandbox-only"  # noqa: S105
DEMO_BOT = {"token": DEMO_TOKEN, "username": "unigo_demo_bot", "first_name": "UNIGO"}
DEMO_PEOPLE = (
    {"first_name": "Delegate A", "language_code": "en"},
    {"first_name": "Delegate B", "language_code": "fr"},
    {"first_name": "Secretariat", "language_code": "en"},
)


@asynccontextmanager
async def running_demo(port: int) -> AsyncIterator[tuple[Sandbox, Running]]:
    """Run the sandbox on a port of the loopback (0: a free one) and the bot with it, until the block is left.

    Raises:
        OSError: the port is taken.
    """
    clock = MovableClock()
    async with Sandbox(clock, port=port) as sandbox, _people_side(sandbox.base_url) as post:
        secretariat, group = await _people(post)
        with tempfile.TemporaryDirectory(prefix="unigo-demo-") as folder:
            settings = Settings().model_copy(
                update={
                    "telegram": Telegram(token=SecretStr(DEMO_TOKEN), base_url=sandbox.base_url),
                    "database": DatabasePart(path=Path(folder) / "demo.db"),
                    "backups": BackupsPart(keep_daily=0),
                    "watch": Watch(port=0),
                    "people": People(owners=(secretariat,)),
                }
            )
            async with running_bot(settings, Parts(clock=clock)) as running:
                await post(f"/persons/{secretariat}/messages", {"chat_id": group, "text": "/bind"})
                yield sandbox, running


Post = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]


@asynccontextmanager
async def _people_side(base_url: str) -> AsyncIterator[Post]:
    async with aiohttp.ClientSession(base_url=base_url, raise_for_status=True) as session:

        async def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
            async with session.post(f"/sandbox{path}", json=body) as response:
                made: dict[str, Any] = await response.json()
                return made

        yield post


async def _people(post: Post) -> tuple[int, int]:
    """Two delegates, a member of the Secretariat who owns the bot, and the Secretariat's group, which has topics.

    Returns the ids of the last two.
    """
    await post("/bots", DEMO_BOT)
    ids = [(await post("/persons", dict(person)))["id"] for person in DEMO_PEOPLE]
    group = {"title": "Secretariat's group", "type": "supergroup", "is_forum": True, "members": ids[2:]}
    return ids[2], (await post("/groups", group))["id"]
