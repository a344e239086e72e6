"""The bot's lives: each a process that is killed at some moment, with what it had on its way by then."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.server import Sandbox
from storage.migrate import known_migrations
from tests.chaos.plan import SETTINGS, Plan
from tests.chaos.vitals import Sample, watch
from tests.chat import until
from tests.processes import BotProcess, bot_process
from tests.registrants import Tally

PROGRAM = ("tests.clocked_bot",)
STARTED = "Ctrl-C stops it."
SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "copyMessage", "forwardMessage"})
Place = tuple[int, int]
"""A message: its chat and its number there."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill, and the messages that had gone out by then without the bot's having recorded it."""

    at_s: float
    lived_s: float
    in_flight: frozenset[Place]


@dataclass
class Lives:
    """Starts the bot, kills it, and keeps what it printed."""

    sandbox: Sandbox
    folder: Path
    plan: Plan
    tally: Tally
    began_s: float
    kills: list[Kill] = field(default_factory=list)
    cut_at: list[int] = field(default_factory=list)
    """At which version of the schema upgrades were killed."""
    samples: list[Sample] = field(default_factory=list)
    made: set[Place] = field(default_factory=set)
    """All messages that the bot has sent, also those whose answers came to nobody any more."""
    unanswered: set[Place] = field(default_factory=set)
    """Those of which the network lost the answer."""
    known: set[Place] = field(default_factory=set)
    """Those that were on their way at a kill."""
    _seen: int = 0

    @property
    def path(self) -> Path:
        return self.folder / "bot.db"

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    @asynccontextmanager
    async def run(self) -> AsyncIterator[BotProcess]:
        """A life; what is printed in it goes to the log."""
        async with bot_process(self.sandbox.base_url, self.folder, PROGRAM, **SETTINGS) as process:
            watching = asyncio.create_task(watch(process.process.pid, self.began_s, self.samples))
            try:
                yield process
            finally:
                watching.cancel()
        with self.log.open("a", encoding="utf-8") as log:
            log.writelines(process.printed)
        process.printed.clear()

    async def upgrade(self, chance: random.Random) -> None:
        """Start on an old database, and kill the bot while it brings that to its own version."""
        newest = len(known_migrations())
        while (version := self._version()) < newest and len(self.cut_at) < self.plan.upgrades_cut:
            aim = chance.randint(version + 1, newest)
            async with self.run() as process:
                await self._until(process, lambda: self._version() >= aim)  # noqa: B023 - it is awaited here
                await self._kill(process)
            self.cut_at.append(self._version())

    async def _until(self, process: BotProcess, is_so: Callable[[], bool]) -> None:
        """Wait until it is so, or the process has ended; not for ever."""
        await until(lambda: is_so() or process.process.returncode is not None, within_s=self.plan.patience_s)

    async def started(self, process: BotProcess) -> None:
        """Wait until the bot has started; on a machine with much else to do, that takes its time."""
        await self._until(process, lambda: process.said(STARTED) > 0)

    def _version(self) -> int:
        [(version,)] = rows(self.path, "SELECT coalesce(max(version), 0) FROM schema_migrations")
        return int(version)

    async def kill_now_and_then(self, chance: random.Random) -> None:
        """One life after the other, as long as the plan says."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + self.plan.seconds
        while loop.time() < ends_at or len(self.kills) < self.plan.kills_at_least:
            async with self.run() as process:
                born, lifetime_s = loop.time(), self.plan.lifetime_s(chance)
                dies_starting = lifetime_s < 1 and chance.random() < 0.5
                if not dies_starting:
                    await self.started(process)
                self.tally.is_down = False
                await asyncio.sleep(min(lifetime_s, max(1.0, ends_at - loop.time())))
                self.tally.is_down = True
                await self._kill(process)
                lived_s = loop.time() - born
            await self._settled()
            self.kills.append(Kill(loop.time() - self.began_s, lived_s, self._in_flight()))
        self.tally.is_down = False

    async def _kill(self, process: BotProcess) -> None:
        if process.process.returncode is None:
            await process.stop(signal.SIGKILL)

    async def _settled(self) -> None:
        """Wait until the sandbox has seen the last of what the killed process had sent."""
        seen: list[int] = []
        while len(seen) < 5 or len(set(seen[-5:])) > 1:
            seen.append(self.sandbox.world.log.last_seq)
            await asyncio.sleep(0.02)

    def take_note(self) -> None:
        """Take in what the sandbox has logged since, before it forgets it."""
        for call in self.sandbox.world.log.after(self._seen):
            self._seen = call.seq
            if call.is_done and call.method in SENDING and call.message_id is not None and call.chat_id is not None:
                place = int(call.chat_id), call.message_id
                self.made.add(place)
                if call.fault == "drop_after":
                    self.unanswered.add(place)

    def _in_flight(self) -> frozenset[Place]:
        self.take_note()
        new = frozenset(self.made - recorded(self.path) - self.known - self.unanswered)
        self.known |= new
        return new


def recorded(path: Path) -> set[Place]:
    """The messages that the bot knows of."""
    return set(rows(path, "SELECT chat_id, message_id FROM outbox WHERE message_id IS NOT NULL"))


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query finds in the bot's database."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
