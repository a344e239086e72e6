"""What it costs to have more members: `python -m benchmarks.growth`.

For 1,000, 100,000 and 1,000,000 members: how long the bot takes to start (until it asks for updates), its memory, and
what a question, searches, lists, audiences, an announcement and the looks of every minute take, each with its ratio to
1,000 members. Then the same start with 100,000 messages waiting. The bot and the server are processes of their own.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from benchmarks.announcements import TOKEN, Server, server
from benchmarks.sides.members import fill, let_wait
from bot.announcements import sending
from bot.announcements.content import Content
from bot.conferences import news, waiting
from bot.members.directory import search
from bot.members.search import search_centers, search_delegates
from bot.places.countries import load_countries
from bot.places.regions import load_regions
from bot.reminders import queueing
from bot.runtime.clock import Clock
from bot.runtime.housekeeping import forget_old
from bot.settings import DatabasePart
from storage import announcements, audiences, drafts, inbox, outbox, people
from storage.announcement_recipients import take_in
from storage.centers import CenterFilter
from storage.database import Database, open_database
from storage.delegates import DelegateFilter
from storage.records.members import CenterState, DelegateState
from storage.session import Transaction

SIZES = (1_000, 100_000, 1_000_000)
WAITING = 100_000
ASKED = 40
PACED_S = 3.0
FLAT = 3.0
"""A ratio up to which a cost is taken for constant or logarithmic: a tree of a million is twice as high as one of a
thousand, and what is read is not in the cache."""
TIMES = 5

LINEAR = {
    "audience: everybody": "reads everybody, on a connection that no reply waits for",
    "audience: delegates, military": "reads everybody, on that connection",
    "audience: registered, French": "reads everybody, on that connection",
    "directory: a country": "counts the Centers of the country",
    "/people, a name": "where all pieces of a name are common, goes through whoever has one of two, on that connection",
    "/people, a page": "its count reads all of them, on that connection",
    "/centers, a page": "its count reads all of them, on that connection",
    "figures for the watch": "count everybody, on that connection",
    "look: wait-lists": "goes through those who have left, and the places of the room",
}
"""What is worse, and why it may be."""

Work = Callable[[], Awaitable[object]]
Costs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Start:
    """How the bot came up, as a process of its own: seconds until it asked for updates, MB, and its questions in ms."""

    seconds: float
    mb: float
    question_ms: float


@asynccontextmanager
async def running(path: Path, there: Server) -> AsyncIterator[int]:
    """The bot as its own process; its number."""
    environment = {
        **os.environ,
        "UNIGO_TELEGRAM__TOKEN": TOKEN,
        "UNIGO_TELEGRAM__BASE_URL": there.base_url,
        "UNIGO_DATABASE__PATH": str(path),
        "UNIGO_WATCH__PORT": "0",
        "UNIGO_LOGS__LEVEL": "error",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    try:
        yield process.pid
    finally:
        process.kill()
        await process.wait()


async def start(path: Path, *, asked: int) -> Start:
    """Start it, and ask it."""
    async with server(0) as there:
        begun = time.time()
        async with running(path, there) as number:
            while not (heard_at := await there.get("/heard")):  # noqa: ASYNC110 - another process's
                await asyncio.sleep(0.02)
            assert isinstance(heard_at, float)  # noqa: S101
            taken = await there.replies_ms(asked) if asked else [0.0]
            return Start(heard_at - begun, _mb(number), statistics.median(taken))


async def costs(path: Path, clock: Clock) -> Costs:
    """Milliseconds of each thing, the median of some times; of the pace, for each thousand people."""
    async with open_database(path, now_us=clock.now_us()) as database:
        number = await database.write(_compose)
        found = {}
        for name, work in _works(database, number, clock).items():
            await work()
            found[name] = statistics.median([await _ms(work) for _ in range(TIMES)])
        found["an announcement, 1,000 taken in"] = await _taking_in(database, number)
        found["an announcement, 1,000 queued"] = await _queueing(database, clock)
        return found


def _works(database: Database, number: int, clock: Clock) -> Mapping[str, Work]:
    countries = load_countries(load_regions())
    reader, counter, write = database.reader, database.counter, database.write
    now = clock.now_us()
    active, approved = DelegateFilter(state=DelegateState.ACTIVE), CenterFilter(state=CenterState.APPROVED)

    async def audience(**blocks: str) -> object:
        async def choose(tx: Transaction) -> None:
            names = ("who", "focus", "language", "takes_part", "conference")
            values = {f"for_{name}": blocks.get(name, 0 if name == "conference" else "") for name in names}
            setting = ", ".join(f"{name} = :{name}" for name in values)
            await tx._conn.execute(f"UPDATE announcements SET {setting} WHERE id = :id", {**values, "id": number})  # noqa: S608, SLF001

        await write(choose)
        return await audiences.languages(counter, number)

    async def figures() -> None:
        await inbox.backlog(counter)
        await outbox.counts(counter)
        await people.counts(counter)

    def post(_message: object) -> None:
        """Nobody is told."""

    return {
        "a form step, its rows": lambda: write(lambda tx: drafts.active(tx, 7)),
        "directory: a name": lambda: search(reader, "Center 12", countries, "en", at_most=8),
        "directory: a country": lambda: search(reader, "Kenya", countries, "en", at_most=8),
        "/people, a name": lambda: search_delegates(counter, "bademe", active, at_most=8),
        "/people, a page": lambda: search_delegates(counter, "", active, at_most=8),
        "/centers, a name": lambda: search_centers(counter, "Center 12", approved, at_most=8),
        "/centers, a page": lambda: search_centers(counter, "", approved, at_most=8),
        "audience: everybody": audience,
        "audience: delegates, military": lambda: audience(who=" delegates ", focus=" military "),
        "audience: registered, French": lambda: audience(language=" fr ", takes_part=" registered ", conference="1"),
        "look: reminders": lambda: write(lambda tx: queueing.queue_due(tx, now)),
        "look: news": lambda: write(lambda tx: news.tell_settled(tx, now)),
        "look: wait-lists": lambda: write(lambda tx: waiting.settle(tx, 1, now, post)),
        "figures for the watch": figures,
        "housekeeping": lambda: forget_old(database, clock, DatabasePart().retention()),
    }


async def _compose(tx: Transaction) -> int:
    number = await announcements.add(tx, made_by=1, now=1)
    await announcements.set_text(tx, number, "en", Content("An example.").as_json())
    return number


async def _taking_in(database: Database, number: int) -> float:
    """Milliseconds for each thousand people who are looked at, for a few seconds."""

    async def everybody(tx: Transaction) -> None:
        blocks = "for_who = '', for_focus = '', for_language = '', for_takes_part = '', for_conference = 0"
        await tx._conn.execute(f"UPDATE announcements SET {blocks} WHERE id = ?", (number,))  # noqa: S608, SLF001
        await announcements.start(tx, number, 1)

    await database.write(everybody)
    looked_at, began = 0, time.perf_counter()
    while time.perf_counter() - began < PACED_S:
        await database.write(lambda tx: take_in(tx, number, at_most=sending.PIECE))
        looked_at += sending.PIECE
        if number not in await announcements.half_taken_in(database.reader):
            break
    return 1e6 * (time.perf_counter() - began) / min(looked_at, await people_known(database))


async def people_known(database: Database) -> int:
    known, _unreachable = await people.counts(database.counter)
    return known


async def _queueing(database: Database, clock: Clock) -> float:
    began = time.perf_counter()
    queued = await sending.feed(database, clock.now_us())
    return 1e6 * (time.perf_counter() - began) / queued


async def _ms(work: Work) -> float:
    began = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - began)


async def measure(folder: Path, size: int, clock: Clock) -> Costs:
    """All of it for so many members; the database stays."""
    path = folder / f"{size}.db"
    async with open_database(path, now_us=clock.now_us()):
        pass
    began = time.perf_counter()
    await asyncio.to_thread(fill, path, size, now_us=clock.now_us())
    print(f"{size:,} members: filled in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    started = await start(path, asked=ASKED)
    copy = folder / "copy.db"
    await asyncio.to_thread(shutil.copy, path, copy)
    try:
        found = await costs(copy, clock)
    finally:
        await asyncio.to_thread(_delete, copy)
    first = {"start (ms)": 1000 * started.seconds, "memory (MB)": started.mb, "a question": started.question_ms}
    return first | found


async def main() -> None:
    clock = Clock()
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, Python {platform.python_version()}", end="")
    print(f", SQLite {sqlite3.sqlite_version}; milliseconds, the median")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        by_size = [await measure(folder, size, clock) for size in SIZES]
        _print(by_size)
        path = folder / f"{SIZES[-1]}.db"
        await asyncio.to_thread(let_wait, path, WAITING, now_us=clock.now_us())
        late = await start(path, asked=0)
        empty = folder / "empty.db"
        nobody = await start(empty, asked=0)
    print(
        f"start with nobody: {nobody.seconds:.2f} s; with {SIZES[-1]:,} members and {WAITING:,} messages waiting: ",
        end="",
    )
    print(f"{late.seconds:.2f} s, {late.seconds - nobody.seconds:+.2f} s")


def _delete(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()


def _print(by_size: list[Costs]) -> None:
    ratios = [f"{size:,}:{SIZES[0]:,}" for size in SIZES[1:]]
    print(f"{'':34}" + "".join(f"{size:>13,}" for size in SIZES) + "".join(f"{ratio:>17}" for ratio in ratios))
    for name, least in by_size[0].items():
        cells = [f"{costs[name]:>13,.1f}" for costs in by_size]
        grown = [costs[name] / least for costs in by_size[1:]]
        mark = "" if grown[-1] <= FLAT else LINEAR.get(name, "WORSE")
        print(f"{name:34}" + "".join(cells) + "".join(f"{ratio:>17.1f}" for ratio in grown) + f"  {mark}".rstrip())


def _mb(process: int) -> float:
    """What a process holds in memory now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    uvloop.run(main())
