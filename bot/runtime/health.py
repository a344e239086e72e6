"""Whether the bot hears and speaks, which is more than that its process runs; and the pages that tell."""

from __future__ import annotations

import errno
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web
from telegram.error import TelegramError

from bot.runtime.api import ApiBot
from bot.runtime.clock import Clock
from bot.runtime.metrics import Metrics
from storage import inbox, outbox, people, questions
from storage.database import Database
from storage.errors import StorageError
from storage.records.durations import SECOND_US

log = structlog.stdlib.get_logger(__name__)

STOP_THE_OTHER = "Another program receives this bot's updates; stop it."
WEBHOOK_PENDING_AT_MOST = 100
CONTESTED_FOR_S = 60.0
"""For how long another program must have received the updates: one that has just ended may do so for a moment."""
CONTESTED_STILL_S = 150.0
"""So long after it was last found, it counts as gone: a fetch that Telegram ends is tried again after up to 30 s."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: each check by name, with None if it is well, else a sentence."""

    faults: dict[str, str | None]

    @property
    def is_well(self) -> bool:
        return not any(self.faults.values())


class Health:
    """Judges the bot by what it does for people.

    Args:
        deaf_after_s: how long updates may go unfetched, or an update unhandled.
        mute_after_s: how long a reply that may go out may stay behind.
    """

    def __init__(
        self, database: Database, clock: Clock, metrics: Metrics, *, deaf_after_s: float, mute_after_s: float
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._deaf_after_s = deaf_after_s
        self._mute_after_s = mute_after_s
        self._contested_since: float | None = None
        self._contested_at = 0.0
        self.heard()  # silence counts from here: with a webhook, or while Telegram cannot be reached

    def heard(self) -> None:
        """Telegram was heard of: updates were fetched, or its word is that none wait for us."""
        self._heard_at = self._clock.timestamp()
        self._metrics.last_fetch.set(self._heard_at)

    def contested(self) -> None:
        """Telegram says that another program receives this bot's updates."""
        now = self._clock.timestamp()
        if self._contested_since is None or now - self._contested_at > CONTESTED_STILL_S:
            self._contested_since = now
        self._contested_at = now
        self._metrics.contested.inc()

    async def look(self) -> Verdict:
        """Check now."""
        now = self._clock.timestamp()
        faults: dict[str, str | None] = {"hears": None, "handles": None, "speaks": None, "storage": None}
        if (silence_s := now - self._heard_at) > self._deaf_after_s:
            faults["hears"] = f"No updates could be fetched for {silence_s:.0f} seconds."
        if self._is_contested(now):
            faults["hears"] = "Another program receives this bot's updates, with the same token."
        if (trouble := self._database.writer.trouble) is not None:
            faults["storage"] = str(trouble)
        try:
            backlog = await inbox.backlog(self._database.reader)
            reply_at = await outbox.oldest_due_reply(self._database.reader, self._clock.now_us())
        except StorageError as error:
            faults["storage"] = str(error)
            return Verdict(faults)
        if backlog.oldest_at is not None and (age_s := now - backlog.oldest_at / SECOND_US) > self._deaf_after_s:
            faults["handles"] = f"{backlog.waiting} updates wait to be handled, the oldest for {age_s:.0f} seconds."
        if reply_at is not None and (age_s := now - reply_at / SECOND_US) > self._mute_after_s:
            faults["speaks"] = f"A reply has waited to be delivered for {age_s:.0f} seconds."
        return Verdict(faults)

    def _is_contested(self, now: float) -> bool:
        since, at = self._contested_since, self._contested_at
        return since is not None and at - since >= CONTESTED_FOR_S and now - at <= CONTESTED_STILL_S

    async def count(self) -> None:
        """Bring the gauges up to date."""
        self._metrics.storage_trouble.set(self._database.writer.trouble is not None)
        reader, metrics = self._database.counter, self._metrics
        backlog = await inbox.backlog(reader)
        queued, failed = await outbox.counts(reader)
        now_us = self._clock.now_us()
        reply_at = await outbox.oldest_due_reply(reader, now_us)
        known, unreachable = await people.counts(reader)
        metrics.inbox_waiting.set(backlog.waiting)
        metrics.inbox_set_aside.set(backlog.set_aside)
        metrics.oldest_update_s.set(_age_s(backlog.oldest_at, now_us))
        metrics.oldest_reply_s.set(_age_s(reply_at, now_us))
        metrics.outbox_queued.set(queued)
        metrics.outbox_failed.set(failed)
        metrics.people_known.set(known)
        metrics.people_unreachable.set(unreachable)
        metrics.open_questions.set(await questions.count(reader))


def _age_s(since_us: int | None, now_us: int) -> float:
    return 0.0 if since_us is None else max(0.0, (now_us - since_us) / SECOND_US)


def watch_routes(health: Health, metrics: Metrics) -> list[web.RouteDef]:
    """`/healthz`, 200 or 503 with what is wrong, and `/metrics`."""

    async def healthz(_request: web.Request) -> web.Response:
        verdict = await health.look()
        status = HTTPStatus.OK if verdict.is_well else HTTPStatus.SERVICE_UNAVAILABLE
        checks = {name: fault or "ok" for name, fault in verdict.faults.items()}
        return web.json_response({"ok": verdict.is_well, "checks": checks}, status=status)

    async def figures(_request: web.Request) -> web.Response:
        try:
            await health.count()
        except StorageError as error:
            return web.Response(text=f"The database cannot be read: {error}", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(body=metrics.page(), content_type="text/plain", charset="utf-8")

    return [web.get("/healthz", healthz), web.get("/metrics", figures)]


def webhook_watch(bot: ApiBot, health: Health, url: str) -> Callable[[], Awaitable[None]]:
    """A job that asks Telegram whether it gets its updates through to the webhook at `url`.

    With a webhook, silence alone says nothing: nobody may be writing. Telegram knows how many updates wait, and whether
    another program has them brought elsewhere.
    """

    async def ask() -> None:
        try:
            info: dict[str, Any] = await bot.call("getWebhookInfo", {})
        except TelegramError as error:
            log.warning("webhook_unknown", reason=str(error))
            return
        if info.get("url") != url:
            log.error("another_receiver", advice=STOP_THE_OTHER)
            health.contested()
        elif info.get("pending_update_count", 0) <= WEBHOOK_PENDING_AT_MOST:
            health.heard()
        else:
            log.error("webhook_behind", pending=info["pending_update_count"], last_error=info.get("last_error_message"))

    return ask


async def serve(
    routes: list[web.RouteDef], host: str, port: int, *, setting: str, body_at_most: int = 1024**2
) -> web.AppRunner:
    """Serve routes on an address; call `cleanup` on what is returned at the end.

    `setting` is the one that holds the port, for whoever has to choose another; that for the host is named like it.

    Raises:
        OSError: the address is taken, or cannot be used.
    """
    application = web.Application(client_max_size=body_at_most)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        is_of_the_system = error.errno is not None and error.errno in errno.errorcode
        reason = os.strerror(error.errno or 0) if is_of_the_system else error.strerror or str(error)
        told = f"{host}:{port} cannot be listened on ({reason});"
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise OSError(f"{setting}: {told} choose another port.") from None
        setting = f"{setting.removesuffix('port')}host"
        raise OSError(f"{setting}: {told} it must be an address of this machine.") from None
    return runner
