"""What others feel of a flood: `python -m benchmarks.flood`.

Forty people ask one question after the other, first undisturbed, then while somebody sends a thousand messages as
fast as they can. Prints how long their answers take, and the ratio. The sandbox and all people run in this process
too, and take their share of it: the bot itself is disturbed less than is printed.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
import uvloop
from pydantic import SecretStr

from bot.app import running_bot
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.settings import DatabasePart, Settings, Telegram, Watch

TOKEN = "1234567890:EXAMPLE-token-for-tests-only-0000"  # noqa: S105 - an example
OTHERS = 40
FLOOD = 1_000
ROUNDS = 3
"""As many replies as a person may get at once: the pace of delivery plays no part."""
UNTIL_PACE_IS_FORGOTTEN_S = 4.0
QUESTIONS = ("When was UNIGO founded?", "What is the AGM?", "Who can become a member?")


class Side:
    """The people's side of the sandbox."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def post(self, path: str, **body: object) -> dict[str, int]:
        async with self._session.post(f"/sandbox{path}", json=body) as response:
            response.raise_for_status()
            made: dict[str, int] = await response.json()
            return made

    async def ask(self, person: int, text: str) -> float:
        """Ask, wait for the answer, and tell how many milliseconds it took."""
        started = time.perf_counter()
        sent = await self.post(f"/persons/{person}/messages", chat_id=person, text=text)
        path = f"/sandbox/chats/{person}?after={sent['message_id']}&wait=60"
        async with self._session.get(path) as response:
            assert (await response.json())["messages"], "nobody answered"  # noqa: S101
        return 1000 * (time.perf_counter() - started)


async def others_ask(side: Side, persons: list[int]) -> list[float]:
    """A question of each in turn, several times; how long the answers took."""
    taken = []
    for turn in range(ROUNDS):
        taken += [await side.ask(person, QUESTIONS[turn % len(QUESTIONS)]) for person in persons]
    return taken


async def flood(side: Side, person: int) -> None:
    for number in range(FLOOD):
        await side.post(f"/persons/{person}/messages", chat_id=person, text=f"{QUESTIONS[0]} {number}")


async def main() -> None:
    clock = MovableClock()
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(clock) as sandbox, aiohttp.ClientSession(base_url=sandbox.base_url) as session:
            side = Side(session)
            await side.post("/bots", token=TOKEN, username="unigo_bench_bot", first_name="UNIGO")
            settings = Settings(
                telegram=Telegram(token=SecretStr(TOKEN), base_url=sandbox.base_url),
                database=DatabasePart(path=Path(folder) / "bench.db"),
                watch=Watch(port=0),
            )
            persons = [(await side.post("/persons", first_name=f"Delegate {n}"))["id"] for n in range(OTHERS + 1)]
            async with running_bot(settings, Parts(clock=clock)):
                for text in QUESTIONS:  # warm up
                    await side.ask(persons[1], text)
                await asyncio.sleep(UNTIL_PACE_IS_FORGOTTEN_S)
                without = await others_ask(side, persons[1:])
                await asyncio.sleep(UNTIL_PACE_IS_FORGOTTEN_S)
                flooding = asyncio.create_task(flood(side, persons[0]))
                during = await others_ask(side, persons[1:])
                await flooding
    _print(without, during)


def _print(without: list[float], during: list[float]) -> None:
    print(f"{'':22}{'median':>10}{'95th percentile':>18}{'longest':>12}")
    figures = {"undisturbed": _figures(without), "during a flood": _figures(during)}
    for name, found in figures.items():
        print(f"{name:22}{found[0]:>7.0f} ms{found[1]:>15.0f} ms{found[2]:>9.0f} ms")
    ratios = [later / before for before, later in zip(*figures.values(), strict=True)]
    print(f"{'ratio':22}{ratios[0]:>10.2f}{ratios[1]:>18.2f}{ratios[2]:>12.2f}")


def _figures(taken_ms: list[float]) -> tuple[float, float, float]:
    return statistics.median(taken_ms), statistics.quantiles(taken_ms, n=20)[18], max(taken_ms)


if __name__ == "__main__":
    uvloop.run(main())
