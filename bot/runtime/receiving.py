"""How updates come in: fetched by polling, or brought to a web server of the bot's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.runtime.api import ApiBot, not_accepted
from bot.runtime.clock import Clock
from bot.runtime.health import Health, serve, webhook_watch
from bot.runtime.intake import UPDATE_BYTES_AT_MOST, Intake, Polling, webhook_routes
from bot.runtime.pacing import backoff_s
from bot.runtime.refusals import RefusedError
from bot.runtime.scheduler import Scheduler

log = structlog.stdlib.get_logger(__name__)

WEBHOOK_WATCH_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address to which Telegram brings updates, and where the bot listens for them."""

    url: str
    secret: str
    host: str
    port: int


@dataclass(slots=True)
class Receiving:
    """What is under way: one of both."""

    polling: Polling | None = None
    runner: web.AppRunner | None = None

    async def stop(self) -> None:
        """Take nothing new."""
        if self.polling is not None:
            self.polling.stop()
        if self.runner is not None:
            await self.runner.cleanup()


async def poll(intake: Intake, bot: ApiBot, clock: Clock, *, allowed: Sequence[str]) -> Receiving:
    """Prepare to fetch updates of the `allowed` kinds; whoever calls runs it."""
    await persist(lambda: bot.call("deleteWebhook", {}), clock, bot.server)
    return Receiving(polling=Polling(intake, bot, clock, allowed_updates=list(allowed)))


async def listen(
    webhook: Webhook,
    intake: Intake,
    bot: ApiBot,
    clock: Clock,
    *,
    allowed: Sequence[str],
    scheduler: Scheduler,
    health: Health,
) -> Receiving:
    """Take updates of the `allowed` kinds at the webhook. Raises OSError if the address to listen on is taken."""
    runner = await serve(
        webhook_routes(intake, urlsplit(webhook.url).path or "/", webhook.secret),
        webhook.host,
        webhook.port,
        setting="telegram.webhook_port",
        body_at_most=UPDATE_BYTES_AT_MOST,
    )
    call = {"url": webhook.url, "secret_token": webhook.secret, "allowed_updates": list(allowed)}
    await persist(lambda: bot.call("setWebhook", call), clock, bot.server)
    scheduler.every(WEBHOOK_WATCH_EVERY_S, "webhook watch", webhook_watch(bot, health, webhook.url))
    return Receiving(runner=runner)


async def persist(call: Callable[[], Awaitable[Any]], clock: Clock, server: str) -> None:
    """Make a call to a server until it succeeds.

    Raises:
        InvalidToken: the server does not accept the token.
        RefusedError: that will not change by waiting.
    """
    tries = 0
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except RefusedError as error:
            if error.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
                raise InvalidToken(not_accepted(server)) from None
            if error.retry_after_s is None and not error.is_passing:
                raise
            wait_s = error.retry_after_s or 5.0
            log.warning("telegram_refuses_for_now", reason=str(error), wait_s=wait_s)
        except TelegramError as error:
            wait_s = backoff_s(tries + 1, 0.0, most_s=30.0)
            log.warning("telegram_unreached", reason=str(error), wait_s=wait_s)
        else:
            return
        tries += 1
        await clock.sleep(wait_s)
