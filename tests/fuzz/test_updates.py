"""The real application takes whatever may come in: nothing stops it, no lane waits for ever, and it still answers."""

from __future__ import annotations

import json
import re
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import Running
from bot.knowledge.answering import Answerer
from bot.knowledge.library import Library
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.intake import SECRET_HEADER
from bot.sandbox.server import Sandbox
from bot.settings import Telegram
from handlers.live import LIVE
from storage import inbox
from tests.chat import People, until
from tests.conftest import TOKEN, StartBot
from tests.fuzz.length import IS_FIXED, MINUTES, SEED
from tests.fuzz.updates import Updates

ROUNDS = 2
"""As many at least; then on for MINUTES."""
IN_ROUND = 40
SECRET = "example-secret-of-the-webhook"
HANDLED_WITHIN_S = 60.0

pytestmark = [
    pytest.mark.timeout(int(300 + MINUTES * 90)),
    # Of durations, which the bot does not read; outside of tests no warning stops anything.
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]


@dataclass(frozen=True)
class Hook:
    """The application's door for updates."""

    bot: Running
    session: aiohttp.ClientSession
    url: str
    clock: MovableClock

    async def bring(self, body: bytes) -> int:
        async with self.session.post(self.url, data=body, headers={SECRET_HEADER: SECRET}) as response:
            return response.status

    async def all_seen_through(self) -> None:
        """Nothing waits any more: it was handled, or set aside."""

        async def none_waits() -> bool:
            self.clock.advance(30)  # past the pauses between tries
            return (await inbox.backlog(self.bot.database.reader)).waiting == 0

        await until(none_waits, within_s=HANDLED_WITHIN_S)

    async def set_aside(self) -> dict[int, str]:
        """What could not be handled, by its number, and why."""
        rows = await inbox.list_set_aside(self.bot.database.reader, at_most=1_000_000)
        return {row.update_id: row.failure or "" for row in rows}


@pytest.fixture
def parts(parts: Parts, knowledge: tuple[Library, Answerer]) -> Parts:
    """It is not the answers that are tried here, and by the words alone they are found fast."""
    return replace(parts, answerer=Answerer(knowledge[0], LIVE))


@asynccontextmanager
async def hooked(start_bot: StartBot, sandbox: Sandbox, clock: MovableClock) -> AsyncIterator[Hook]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/hook"
    telegram = Telegram(
        token=SecretStr(TOKEN), base_url=sandbox.base_url, mode="webhook", webhook_url=url, webhook_port=port,
        webhook_secret=SecretStr(SECRET),
    )  # fmt: skip
    async with start_bot(telegram=telegram) as bot, aiohttp.ClientSession() as session:
        yield Hook(bot, session, url, clock)


async def test_whatever_comes_in_the_bot_goes_on(
    start_bot: StartBot, sandbox: Sandbox, people: People, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    phones = [await people.person(f"Delegate {number}") for number in range(8)]
    numbers = tuple(phone.id for phone in phones)
    updates = Updates(SEED, people=(*numbers, -1001234567890))
    ends_at, done, right = time.monotonic() + MINUTES * 60, 0, set()
    async with hooked(start_bot, sandbox, clock) as hook:
        asker = await people.person("Delegate Z")
        while done < ROUNDS * IN_ROUND or time.monotonic() < ends_at:
            for number in range(500_000_000 + done, 500_000_000 + done + IN_ROUND):
                is_right = number % 2 == 0
                body = json.dumps(updates.right(number)).encode() if is_right else updates.damaged(number)
                right |= {number} if is_right else set()
                assert await hook.bring(body) == 200, body
            done += IN_ROUND
            await hook.all_seen_through()
            assert (await asker.ask("/privacy"))["text"].startswith("What I keep about you"), done
        aside = await hook.set_aside()
        counted = hook.bot.metrics.updates.labels("set_aside")._value.get()
    assert counted == len(aside)
    reasons = Counter(re.sub(r"[0-9]+", "N", why)[:160] for why in aside.values())
    with nullcontext() if IS_FIXED else capsys.disabled():
        print(f"\nupdates: {done} (seed {SEED}), {len(aside)} set aside:", *reasons.most_common(60), sep="\n  ")
    assert {number: why for number, why in aside.items() if number in right} == {}


async def test_what_is_nested_deeply_stops_nothing(
    start_bot: StartBot, sandbox: Sandbox, people: People, clock: MovableClock
) -> None:
    asker = await people.person("Delegate Z")
    async with hooked(start_bot, sandbox, clock) as hook:
        for number, depth in enumerate((30, 200, 400, 800, *range(850, 1000, 10), 5_000)):
            nested = '{"a":' * depth + "[]" + "}" * depth
            body = f'{{"update_id": {number}, "message": {{"chat": {nested}}}}}'
            assert await hook.bring(body.encode()) in {200, 400}, depth
        await hook.all_seen_through()
        assert (await asker.ask("/privacy"))["text"].startswith("What I keep about you")
