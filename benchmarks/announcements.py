"""What an announcement to 100,000 people costs: `python -m benchmarks.announcements`.

Prints, at Telegram's default limit, how many a second are sent in a minute of it; at the pace that is paid for, and
against a server without limits, how many a second are sent and recorded to all of them, from the first on; how often
429 was earned; and how much the process grew. Nobody writes in the first half of each; in the second somebody
always does: how many a second are sent then, replies among them, and the 99th percentile of a reply's latency, beside
that at rest. In the same run, a loop that only sends and records nothing goes against the same server. The server
is a process of its own, so two cores are busy.
"""

from __future__ import annotations

import asyncio
import resource
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import structlog
import uvloop
from pydantic import SecretStr

from bot.announcements import sending
from bot.announcements.content import Content
from bot.app import Running, running_bot
from bot.members.roles import Rights
from bot.parts import Parts
from bot.runtime.api import make_bot
from bot.runtime.memory import settle
from bot.settings import DatabasePart, Delivery, Settings, Telegram, Watch
from storage import announcements
from storage.records.announcements import Outcome
from storage.session import Transaction

TOKEN = "1234567890:EXAMPLE-token-for-tests-only-0000"  # noqa: S105 - an example
ANNOUNCED = "The office moves on Friday."
PEOPLE = 100_000
OWNER = 1
DEFAULT_FOR_S = 120.0
"""How long is measured at the default limit: half with nobody writing, half with somebody."""
ASKED_AT_REST = 600
LOOP_SENDS = 20_000
PAID_LIMIT = 1_000
IN_FLIGHT = 50
UNLIMITED = 10_000


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one run."""

    name: str
    per_s: float
    asked_per_s: float
    floods: int
    rest_ms: float
    during_ms: float
    grown_mb: float


class Server:
    """The other side, as its own process."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self.base_url = base_url

    async def get(self, path: str) -> object:
        async with self._session.get(f"{self.base_url}{path}") as response:
            return await response.json()

    async def count(self, what: str) -> int:
        counts = await self.get("/counts")
        assert isinstance(counts, dict)  # noqa: S101
        return int(counts[what])

    async def replies_ms(self, times: int) -> list[float]:
        taken = await self.get(f"/ask?times={times}")
        assert isinstance(taken, list)  # noqa: S101
        return taken

    @asynccontextmanager
    async def being_asked(self) -> AsyncIterator[list[float]]:
        """Somebody always asks; at the end the list has how many milliseconds each reply took."""
        taken: list[float] = []
        asking = asyncio.create_task(self.get("/ask"))
        yield taken
        await self.get("/enough")
        found = await asking
        assert isinstance(found, list)  # noqa: S101
        taken += found


@asynccontextmanager
async def server(per_s: int, paid_per_s: int = 0) -> AsyncIterator[Server]:
    """A server with limits; 0: with none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ("-m", "benchmarks.sides.bot_api", str(port), str(per_s), str(paid_per_s), ANNOUNCED)
    process = await asyncio.create_subprocess_exec(sys.executable, *program)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        running = Server(session, f"http://127.0.0.1:{port}")
        try:
            while True:
                try:
                    await running.count("sent")
                    break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
            yield running
        finally:
            process.kill()
            await process.wait()


async def fill(tx: Transaction) -> None:
    conn = tx._conn  # noqa: SLF001 - rows without what makes them
    await conn.executemany(
        "INSERT INTO people (id, language, first_name, first_seen_at) VALUES (?, 'en', '', 0)",
        ((number,) for number in range(1, PEOPLE + 1)),
    )


async def begin(bot: Running, *, is_paid: bool) -> int:
    """An announcement to everybody is on its way."""

    async def work(tx: Transaction) -> int:
        number = await announcements.add(tx, made_by=OWNER, now=1)
        await announcements.set_text(tx, number, "en", Content(ANNOUNCED).as_json())
        await tx._conn.execute("UPDATE announcements SET is_paid = ?", (int(is_paid),))  # noqa: SLF001
        await sending.begin(tx, Rights((OWNER,)), OWNER, number, bot.now_us())
        return number

    return await bot.database.write(work)


async def measure(name: str, *, limit: int, paid_limit: int, per_s: float, for_s: float | None = None) -> Figures:
    """Send to everybody, or for a while, and have people ask meanwhile."""
    is_paid = for_s is None
    with tempfile.TemporaryDirectory() as folder:
        async with server(limit, paid_limit) as there:
            settings = Settings(
                telegram=Telegram(token=SecretStr(TOKEN), base_url=there.base_url),
                database=DatabasePart(path=Path(folder) / "bench.db"),
                delivery=Delivery(paid_per_second=per_s, paid_in_flight=IN_FLIGHT),
                watch=Watch(port=0),
            )
            async with running_bot(settings, Parts()) as bot:
                settle()
                await bot.database.write(fill)
                await there.replies_ms(ASKED_AT_REST // 4)  # warm up
                rest = await there.replies_ms(ASKED_AT_REST)
                grown_from = _rss_mb()
                number = await begin(bot, is_paid=is_paid)
                await _until_announced(there, 1, look_every_s=0.01)
                before, started = await there.count("sent"), time.perf_counter()
                if for_s is not None:
                    await asyncio.sleep(for_s / 2)
                else:
                    await _until_announced(there, PEOPLE // 2)
                half, since = await there.count("sent"), time.perf_counter()
                async with there.being_asked() as during:
                    if for_s is not None:
                        await asyncio.sleep(for_s / 2)
                    else:
                        await _until_announced(there, PEOPLE)
                        await _until_recorded(bot, number)
                    sent, ended = await there.count("sent"), time.perf_counter()
                    grown_mb = _rss_mb() - grown_from
                floods = await there.count("floods")
    per_s, asked_per_s = (half - before) / (since - started), (sent - half) / (ended - since)
    return Figures(name, per_s, asked_per_s, floods, _p99(rest), _p99(during), grown_mb)


async def loop_per_s() -> float:
    """What one would write first, as fast as it goes: so many calls at once, and nothing is recorded."""
    async with server(0) as there:
        bot = make_bot(TOKEN, there.base_url, connections=200)
        await bot.initialize()
        numbers = iter(range(1, LOOP_SENDS + 1))

        async def send() -> None:
            for number in numbers:
                await bot.call("sendMessage", {"chat_id": number, "text": ANNOUNCED})

        started = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(100)))
        taken_s = time.perf_counter() - started
        await bot.shutdown()
    return LOOP_SENDS / taken_s


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    default = Delivery().per_second
    columns = f"{'':16}{'a second':>10}{'asked':>10}{'429':>6}"
    print(f"{columns}{'p99 at rest':>14}{'p99 asked':>13}{'ratio':>8}{'grew by':>10}")
    limits = {"limit": int(default), "paid_limit": PAID_LIMIT}
    paced = await measure("default limit", **limits, per_s=PAID_LIMIT, for_s=DEFAULT_FOR_S)
    _print(paced)
    _print(await measure("paid limit", **limits, per_s=PAID_LIMIT))
    fastest = await measure("no limit", limit=0, paid_limit=0, per_s=UNLIMITED)
    _print(fastest)
    loop = await loop_per_s()
    print(f"of what is allowed: {100 * paced.per_s / default:.1f} in 100")
    print(f"a loop that records nothing: {loop:,.0f} a second; ours is {fastest.per_s / loop:.2f} of that")


def _print(one: Figures) -> None:
    ratio = one.during_ms / one.rest_ms
    line = (
        f"{one.name:16}{one.per_s:>10,.1f}{one.asked_per_s:>10,.1f}{one.floods:>6}"
        f"{one.rest_ms:>11.0f} ms{one.during_ms:>10.0f} ms{ratio:>8.2f}{one.grown_mb:>7.0f} MB"
    )
    print(line, flush=True)


async def _until_announced(there: Server, count: int, *, look_every_s: float = 0.2) -> None:
    # The bot is not asked: counting all of them would hold up its replies.
    while await there.count("announced") < count:  # noqa: ASYNC110 - another process
        await asyncio.sleep(look_every_s)


async def _until_recorded(bot: Running, number: int) -> None:
    while True:
        tally = await announcements.tally(bot.database.counter, number)
        if tally.by_outcome.get(Outcome.SENT, 0) >= PEOPLE:
            return
        await asyncio.sleep(0.5)


def _p99(taken_ms: list[float]) -> float:
    return statistics.quantiles(taken_ms, n=100)[98]


def _rss_mb() -> float:
    """The largest that the process was."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    uvloop.run(main())
