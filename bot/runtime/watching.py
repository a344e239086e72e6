"""What watches over the bot from its first moment on: health, its pages and the alarm, before Telegram is reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.runtime.alarm import Alarm, AlarmRules, alarm_file
from bot.runtime.backups import BackupRules, backup_watch
from bot.runtime.clock import Clock
from bot.runtime.health import Health, Verdict, serve, watch_routes
from bot.runtime.mailing import MailServer
from bot.runtime.metrics import Metrics
from storage.database import Database

BACKUPS_AGAIN_AFTER_S = 86_400.0
"""There is one a day; to be reminded of it more often is a nuisance."""


@dataclass(frozen=True, slots=True)
class WatchRules:
    """Where the pages are served, what counts as unwell, and who is told of it (`server` None: nobody)."""

    host: str
    port: int
    deaf_after_s: float
    mute_after_s: float
    server: MailServer | None
    alarm: AlarmRules
    backups: BackupRules


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
    alarms = _alarms(database, clock, rules, health=health, metrics=metrics)
    try:
        yield Watched(health, metrics, runner.addresses[0][1])
    finally:
        for alarm in alarms:
            alarm.cancel()
        if alarms:
            await asyncio.wait(alarms)
        await runner.cleanup()


def _alarms(
    database: Database, clock: Clock, rules: WatchRules, *, health: Health, metrics: Metrics
) -> list[asyncio.Task[None]]:
    """Those that run. That of the backups is one of its own: a disk that is full must not keep deafness untold."""
    server, machine = rules.server, socket.gethostname()
    if server is None:
        return []

    def start(judge: Callable[[], Awaitable[Verdict]], when: AlarmRules, of: str) -> asyncio.Task[None]:
        state = alarm_file(database.path, of=of)
        alarm = Alarm(judge, server, clock, metrics, rules=when, state=state, machine=machine)
        return asyncio.create_task(alarm.run(), name=f"alarm {of}".strip())

    alarms = [start(health.look, rules.alarm, "")]
    if rules.backups.are_made:
        when = replace(rules.alarm, again_after_s=max(rules.alarm.again_after_s, BACKUPS_AGAIN_AFTER_S))
        alarms.append(start(backup_watch(rules.backups, clock), when, "backups"))
    return alarms
