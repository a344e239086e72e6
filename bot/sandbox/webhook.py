"""Delivery of updates by webhook: in order within a chat, side by side between chats, again on failure."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import aiohttp

from bot.runtime.clock import Clock
from bot.sandbox.background import Background
from bot.sandbox.updates import Update, UpdateQueue
from bot.sandbox.wire import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
FIRST_RETRY_S = 1.0
LONGEST_RETRY_S = 60.0
REQUEST_TIMEOUT_S = 60.0
OK_STATUSES = range(200, 300)

Execute: TypeAlias = Callable[[Json], Awaitable[None]]
"""Does a call that a webhook answered with."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What `setWebhook` was given."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    certificate: str = ""
    """The certificate (PEM) that the bot's server shows, if it signed it itself."""


class Webhook:
    """Sends the updates of one bot to its URL until it is closed."""

    def __init__(
        self,
        settings: WebhookSettings,
        updates: UpdateQueue,
        *,
        session: aiohttp.ClientSession,
        clock: Clock,
        background: Background,
        execute: Execute,
    ) -> None:
        self.settings = settings
        self.last_error_date: int | None = None
        self.last_error_message = ""
        self._updates = updates
        self._session = session
        self._clock = clock
        self._background = background
        self._execute = execute
        self._free_connections = asyncio.Semaphore(settings.max_connections)
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ssl: ssl.SSLContext | bool = (
            ssl.create_default_context(cadata=settings.certificate) if settings.certificate else True
        )

    def open(self) -> None:
        """Begin with what is unconfirmed, and go on with what comes."""
        for update in self._updates.unconfirmed():
            self._add(update)
        self._updates.on_arrival = self._add

    def close(self) -> None:
        """Stop sending. What was not confirmed stays in the queue."""
        self._updates.on_arrival = None
        for task in self._tasks:
            task.cancel()

    def _add(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = self._background.spawn(self._run_lane(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_lane(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting:
            update = waiting[0]
            for _ in range(1 + update.extra_copies):
                await self._deliver(update)
            self._updates.confirm_one(update)
            waiting.popleft()
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Send the update until it is taken, waiting longer after each failure."""
        delay_s = FIRST_RETRY_S
        while True:
            try:
                async with self._free_connections:
                    await self._send(update)
                return
            except (aiohttp.ClientError, TimeoutError, _RefusedError) as error:
                self.last_error_date = int(self._clock.timestamp())
                self.last_error_message = _describe(error)
                wait_s = delay_s
                if isinstance(error, _RefusedError) and error.retry_after_s:
                    wait_s = error.retry_after_s
            await self._clock.sleep(wait_s)
            delay_s = min(LONGEST_RETRY_S, delay_s * 2)

    async def _send(self, update: Update) -> None:
        headers = {"Content-Type": "application/json"}
        if self.settings.secret_token:
            headers[SECRET_HEADER] = self.settings.secret_token
        async with self._session.post(
            self.settings.url,
            data=update.text.encode(),
            headers=headers,
            ssl=self._ssl,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S),
        ) as response:
            body = await response.read()
            if response.status not in OK_STATUSES:
                raise _RefusedError(response.status, response.reason or "", response.headers.get("Retry-After", ""))
        await self._execute_answer(body)

    async def _execute_answer(self, body: bytes) -> None:
        """A webhook may answer with a method call; what becomes of it nobody is told."""
        try:
            answer = json.loads(body) if body else None
        except ValueError:
            return
        if isinstance(answer, dict) and isinstance(answer.get("method"), str):
            await self._execute(answer)


class _RefusedError(Exception):
    """The bot's server answered, but not with success."""

    def __init__(self, status: int, reason: str, retry_after: str) -> None:
        super().__init__(f"Wrong response from the webhook: {status} {reason}")
        self.retry_after_s = int(retry_after) if retry_after.isdigit() else 0


def _describe(error: Exception) -> str:
    if isinstance(error, _RefusedError):
        return str(error)
    if isinstance(error, TimeoutError):
        return "Read timeout expired"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Connection refused"
    return "Webhook connection closed"
