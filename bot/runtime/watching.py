"""What watches over the bot from its first moment on: health, its pages and the alarm, before Telegram is reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.runtime.alarm import Alarm, AlarmRules, alarm_file
from bot.runtime.clock import Clock
from bot.runtime.health import Health, serve, watch_routes
from bot.runtime.mailing import MailServer
from bot.runtime.metrics import Metrics
from storage.database import Database


@dataclass(frozen=True, slots=True)
class WatchRules:
    """Where the pages are served, what counts as unwell, and who is told of it (`server` None: nobody)."""

    host: str
    port: int
    deaf_after_s: float
    mute_after_s: float
    server: MailServer | None
    alarm: AlarmRules


@dataclass(frozen=True, slots=True)
class Watched:
    """What is served, where."""

    health: Health
    metrics: Metrics
    port: int


@asynccontextmanager
async def watched(database: Database, clock: Clock, rules: WatchRules) -> AsyncIterator[Watched]:
    """Watch until the block is left. Raises OSError if the address is taken."""
    metrics = Metrics()
    health = Health(database, clock, metrics, deaf_after_s=rules.deaf_after_s, mute_after_s=rules.mute_after_s)
    runner = await serve(watch_routes(health, metrics), rules.host, rules.port, setting="watch.port")
    alarm = _alarm(database, clock, rules, health=health, metrics=metrics)
    try:
        yield Watched(health, metrics, runner.addresses[0][1])
    finally:
        if alarm is not None:
            alarm.cancel()
            await asyncio.wait([alarm])
        await runner.cleanup()


def _alarm(
    database: Database, clock: Clock, rules: WatchRules, *, health: Health, metrics: Metrics
) -> asyncio.Task[None] | None:
    if rules.server is None:
        return None
    alarm = Alarm(
        health, rules.server, clock, metrics,
        rules=rules.alarm, state=alarm_file(database.path), machine=socket.gethostname(),
    )  # fmt: skip
    return asyncio.create_task(alarm.run(), name="alarm")
