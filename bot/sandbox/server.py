"""The sandbox: one HTTP server with the bot's side, the people's side and the chat page."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.runtime.clock import MovableClock
from bot.sandbox.accounts import Bot
from bot.sandbox.background import Background
from bot.sandbox.bot_side import BotSide
from bot.sandbox.guard import guard, sentences
from bot.sandbox.pages import page_routes
from bot.sandbox.people.request import WORLD
from bot.sandbox.people.routes import people_routes
from bot.sandbox.webhook import Webhook, WebhookSettings
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_BODY_BYTES = 52 * 1024 * 1024
STOP_TIMEOUT_S = 1.0


class Sandbox:
    """A local stand-in for Telegram, on the loopback only. See docs/sandbox.md.

    Usable as `async with Sandbox(clock) as sandbox`.
    """

    def __init__(self, clock: MovableClock, *, port: int = 0, host: str = "127.0.0.1", seed: int = 0) -> None:
        """Make a sandbox; `start` starts it.

        Port 0 takes a free one. `host` is a loopback address. `seed` is that of the generators that decide
        on faults and make identifiers, so that a run can be repeated.

        Raises:
            ValueError: `host` is not a loopback address.
        """
        if host not in {"127.0.0.1", "localhost", "::1"}:
            raise ValueError(f"The sandbox serves the loopback only, not {host}.")
        self._host = host
        self._port = port
        self._background = Background()
        self.world = World(clock, self._background, seed)
        self._bot_side = BotSide(self.world)
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def base_url(self) -> str:
        """Where it answers: `http://127.0.0.1:PORT`, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Begin to serve.

        Raises:
            OSError: the port is taken.
        """
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[guard, sentences])
        app[WORLD] = self.world
        app.router.add_route("*", "/bot{call:.*}", self._bot_side.handle)
        app.router.add_get("/file/bot{call:.*}", self._bot_side.download)
        app.add_routes(people_routes())
        app.add_routes(page_routes())
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=STOP_TIMEOUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        await self._background.start()
        self.world.new_webhook = self._new_webhook

    async def stop(self) -> None:
        """Stop serving and forget everything."""
        self.world.stop_waiting()
        if self._runner is not None:
            await self._runner.cleanup()
        try:
            await self._background.stop()
        finally:
            if self._session is not None:
                await self._session.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    def _new_webhook(self, bot: Bot, settings: WebhookSettings) -> Webhook:
        if self._session is None:
            raise RuntimeError("The sandbox is not running.")

        async def execute(answer: Json) -> None:
            await self._bot_side.perform_answer(bot, answer)

        return Webhook(
            settings,
            bot.updates,
            session=self._session,
            clock=self.world.clock,
            background=self._background,
            execute=execute,
        )
