"""Somebody who sends without end, and what the bot has read of it."""

from __future__ import annotations

from functools import partial

import aiohttp

from bot.app import Running
from storage import inbox
from tests.chat import Phone, until

QUESTION = "When was UNIGO founded?"
TOO_MANY = "I get more messages from you than I can answer."
A_FEW = 15
"""More may be read than at once, because time passes meanwhile."""


async def flood(phone: Phone, count: int, text: str = QUESTION) -> None:
    """Send so many messages, as fast as they go."""
    for number in range(count):
        await phone.write(f"{text} {number}")


async def came_in(bot: Running, count: int) -> None:
    """Wait until so many updates were taken in."""
    await until(partial(_has_counted, bot, "received", count))


async def _has_counted(bot: Running, outcome: str, count: int) -> bool:
    return await figure(bot, outcome) >= count


async def figure(bot: Running, outcome: str) -> float:
    """How many updates came to this outcome, as the watch is told."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{bot.watch_port}/metrics") as response,
    ):
        lines = (await response.text()).splitlines()
    found = [line for line in lines if line.startswith(f'unigo_updates_total{{outcome="{outcome}"}}')]
    return float(found[0].split()[-1]) if found else 0.0


async def read(bot: Running) -> int:
    """How many updates were read. While a test runs some time passes, and a few more than at once may be sent."""
    return int(await figure(bot, "received") - await figure(bot, "not_read"))


async def all_handled(bot: Running) -> bool:
    """Whether no update waits in the inbox."""
    return (await inbox.backlog(bot.database.reader)).waiting == 0


async def told(phone: Phone) -> list[str]:
    """The sentences about too many messages that are in a chat."""
    return [text for text in await phone.from_bot() if text.startswith(TOO_MANY)]
