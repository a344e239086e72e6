"""How fast the bot is beside its peers: `python -m benchmarks.peers`.

Ours runs as `python -m bot run` starts it, but at any pace, and keeps everything: what it is asked, what it says, how
far a form has come. aiogram's and python-telegram-bot's echoes keep nothing; their forms keep state and answers in
SQLite, with the same durability, and show the same. All face the same server, in turn, so that a noisy machine is as
noisy for each. Each bot is a process of its own on the same core; the server has the other.

Prints for each, as the median of the rounds: updates a second from intake to delivered reply, with a backlog; CPU time
an update, which noise hardly touches; how long a reply takes, idle (one person at a time) and under load (many wait).
`--profile` prints instead where the time of ours goes: by module, and by function with all that it calls.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.sides.contestants import PEERS_PYTHON, Contestant, load_server, ours, started
from benchmarks.sides.load import Load, Taken

QUESTION = "What is the AGM?"
NAME = "Example Training Center"
LATENCY_AT_ONCE = 50
IDLE_PEOPLE = 100
WARM_UP_PEOPLE = 200
LIBRARIES = ("aiogram", "python-telegram-bot", "aiohttp", "httpx", "aiosqlite", "pydantic", "uvloop")
VERSIONS = """
import sys
from importlib.metadata import distributions
found = {one.name: one.version for one in distributions()}
print(", ".join(f"{name} {found[name]}" for name in sys.argv[1:] if name in found))
"""
CEILING_CALLS = 20_000
CEILING_CONNECTIONS = 20
PROFILED = 25
UNTIL_RECORDED_S = 0.5
"""What a bot still keeps after its last reply is part of what an update costs."""


@dataclass(slots=True)
class Figures:
    """What was measured of one contestant, round by round; latencies in milliseconds."""

    per_s: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    under_load: list[float] = field(default_factory=list)


class Bench:
    """Puts load on contestants through the server."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._next_person = 1_000_000

    async def measure(self, one: Contestant, people: int, figures: Figures) -> None:
        """One round: a backlog of that many people, then a few at a time, then one at a time."""
        first = await self._begin(one, people)
        before = one.cpu_s()
        taken = await self._run(one, first, people, at_once=people)
        await asyncio.sleep(UNTIL_RECORDED_S)
        figures.cpu_ms.append(1000 * (one.cpu_s() - before) / people)
        figures.per_s.append(people / taken.seconds)
        figures.calls.append(taken.calls / people)
        half = people // 2
        taken = await self._run(one, await self._begin(one, half), half, at_once=LATENCY_AT_ONCE)
        figures.under_load += taken.latencies_ms
        taken = await self._run(one, await self._begin(one, IDLE_PEOPLE), IDLE_PEOPLE, at_once=1)
        figures.idle += taken.latencies_ms

    async def warm_up(self, one: Contestant) -> None:
        """The first messages find nothing loaded. Waits until the bot has started."""
        first = await self._begin(one, WARM_UP_PEOPLE)
        await self._run(one, first, WARM_UP_PEOPLE, at_once=WARM_UP_PEOPLE)

    async def _begin(self, one: Contestant, people: int) -> int:
        """New people, of whom each is where what is measured begins; the first one's number."""
        first, self._next_person = self._next_person, self._next_person + people
        if one.start:
            await self._run(one, first, people, at_once=people, text=one.start)
            await asyncio.sleep(UNTIL_RECORDED_S)
        return first

    async def _run(self, one: Contestant, first: int, people: int, *, at_once: int, text: str = "") -> Taken:
        load = Load(first, people, min(at_once, people), text or one.text)
        async with self._session.post(f"/run/{one.token}", json=asdict(load)) as response:
            return Taken(**await response.json(content_type=None))


@contextmanager
def contestants(base_url: str, folder: str, core: int, only: str, *, profile: bool) -> Iterator[list[Contestant]]:
    """All of them, running; `only` those whose names contain that. With `profile` ours is watched at its work."""
    kinds = (
        ("ours: question answered", None, "", QUESTION),
        ("aiogram: echo", "aiogram_bots echo", "", QUESTION),
        ("python-telegram-bot: echo", "ptb_bots echo", "", QUESTION),
        ("ours: form step", None, "/start form_center", NAME),
        ("aiogram: form step", "aiogram_bots form", "/start", NAME),
        ("python-telegram-bot: form step", "ptb_bots form", "/start", NAME),
    )
    found: list[Contestant] = []
    with ExitStack() as running:
        for number, (name, peer, start, text) in enumerate(kinds, start=1234567001):
            if only not in name:
                continue
            one = Contestant(name, number, start, text, 0)
            if peer is None:
                watched = ["-m", "cProfile", "-o", f"{number}.profile"] if profile else []
                arguments, more = [*watched, "-m", "benchmarks.sides.ours"], ours(base_url, number, folder)
            else:
                module, kind = peer.split()
                arguments, more = ["-m", f"benchmarks.sides.{module}", kind, base_url, one.token, folder], {}
            python = Path(sys.executable) if peer is None else PEERS_PYTHON
            pid = running.enter_context(started(arguments, core, folder=folder, python=python, more=more))
            found.append(Contestant(name, number, start, text, pid))
        yield found


async def ceiling_per_s(base_url: str) -> float:
    """How many calls a second the server answers at least: those that a client can make that does nothing else."""
    host, _, port = base_url.removeprefix("http://").partition(":")
    body = b'{"chat_id":1,"text":"An example"}'
    request = b"POST /bot1:raw/sendMessage HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    left = iter(range(CEILING_CALLS))

    async def call() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        for _ in left:
            writer.write(request)
            await reader.read(4096)
        writer.close()

    started_at = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(CEILING_CONNECTIONS)))
    return CEILING_CALLS / (time.perf_counter() - started_at)


async def main() -> None:
    options = _options()
    if not PEERS_PYTHON.exists():
        sys.exit("The peers are not installed: run this by `make bench`, or `make .venv-peers/.installed` first.")
    only = options.only or ("ours" if options.profile else "")
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    _print_machine(len(cores))
    with tempfile.TemporaryDirectory() as folder, load_server(cores[-1]) as base_url:
        print(f"the server alone answers at least {await ceiling_per_s(base_url):,.0f} calls a second\n", flush=True)
        timeout = aiohttp.ClientTimeout(total=300)
        async with aiohttp.ClientSession(base_url, timeout=timeout) as session:
            with contestants(base_url, folder, cores[0], only, profile=options.profile) as all_:
                bench, figures = Bench(session), {one.name: Figures() for one in all_}
                for one in all_:
                    await bench.warm_up(one)
                for _ in range(options.rounds):
                    for one in all_:
                        await bench.measure(one, options.people, figures[one.name])
        if options.profile:
            for one in all_:
                _print_profile(one, Path(folder) / f"{one.number}.profile")
            return
    _print(figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.peers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=1000, help="who write at once in a round")
    parser.add_argument("--only", default="", metavar="WORDS", help="those whose names contain this")
    parser.add_argument("--profile", action="store_true", help="where the time goes in ours, starting up included")
    return parser.parse_args()


def _print_machine(cores: int) -> None:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores")
    for whose, python in (("ours", Path(sys.executable)), ("peers", PEERS_PYTHON)):
        versions = subprocess.run(
            [python, "-c", VERSIONS, *LIBRARIES], check=True, capture_output=True, text=True
        ).stdout  # fmt: skip
        print(f"{whose}: {versions.strip()}")


def _print(figures: dict[str, Figures]) -> None:
    print(f"{'':32}{'updates':>9}{'CPU an':>10}{'calls an':>10}{'idle, ms':>18}{'50 wait, ms':>18}")
    print(f"{'':32}{'a second':>9}{'update, ms':>11}{'update':>9}{'median':>10}{'p99':>8}{'median':>10}{'p99':>8}")
    for name, one in figures.items():
        line = f"{name:32}{_median(one.per_s):>9,.0f}{_median(one.cpu_ms):>11.2f}{_median(one.calls):>9.1f}"
        idle, busy = one.idle, one.under_load
        print(f"{line}{_median(idle):>10.1f}{_p99(idle):>8.1f}{_median(busy):>10.1f}{_p99(busy):>8.1f}")
    print()
    for mine, peers in (("ours: question answered", "echo"), ("ours: form step", "form step")):
        for name, peer in figures.items():
            if mine in figures and name != mine and name.endswith(peers):
                own = figures[mine]
                per_s = _median(own.per_s) / _median(peer.per_s)
                cpu = _median(peer.cpu_ms) / _median(own.cpu_ms)
                print(f"{mine} / {name}: {per_s:.2f} times as fast, {cpu:.2f} times as many for the same CPU time")


def _print_profile(one: Contestant, file: Path) -> None:
    """Only the main thread's; the threads of SQLite are not in it."""
    if not file.exists():  # a peer's
        return
    stats = pstats.Stats(str(file))
    by_module: Counter[str] = Counter()
    by_function: Counter[str] = Counter()
    for (path, line, function), figures in stats.stats.items():  # type: ignore[attr-defined]
        if "'select." in function:  # waits
            continue
        module = function if path == "~" else path.rpartition("site-packages/")[2].removeprefix(f"{Path.cwd()}/")
        by_module[module] += figures[2]
        if module.startswith(("bot/", "handlers/", "storage/", "telegram/", "aiohttp/")) and function != "<module>":
            by_function[f"{module}:{line} {function}"] += figures[3]
    total = sum(by_module.values())
    for found, what in ((by_module, "of its own"), (by_function, "with all that it calls")):
        print(f"{one.name}: share of {total:.0f} s, {what}")
        for name, seconds in found.most_common(PROFILED):
            print(f"{100 * seconds / total:>8.1f} %  {name}")


_median = statistics.median


def _p99(taken_ms: list[float]) -> float:
    return statistics.quantiles(taken_ms, n=100)[98]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
