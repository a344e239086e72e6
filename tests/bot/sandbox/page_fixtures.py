"""The chat page in a real browser, a sandbox behind it, and a bot that a test plays by hand."""

from __future__ import annotations

import base64
import importlib.util
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.runtime.clock import MovableClock
from bot.sandbox.server import Sandbox

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
TOKEN = "424242:page-tests-only-token"
PATIENCE_S = 15
DESKTOP = (1440, 900)
PHONE = (390, 844)

needs_browser = pytest.mark.skipif(
    importlib.util.find_spec("playwright") is None or not CHROMIUM.exists(),
    reason="needs playwright and Chromium at /usr/bin/chromium",
)


@dataclass
class PlayedBot:
    """The bot's side, spoken by hand: plain calls to the Bot API."""

    http: aiohttp.ClientSession
    base_url: str
    id: int = 0
    username: str = "unigo_page_bot"
    _offset: int = 0
    _waiting: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, method: str, **fields: object) -> Any:
        """Call a method; its result. Raises AssertionError with Telegram's words if it is refused."""
        async with self.http.post(f"{self.base_url}/bot{TOKEN}/{method}", json=fields) as response:
            answer = await response.json()
        assert answer["ok"], f"{method}: {answer}"
        return answer["result"]

    async def say(self, chat_id: int, text: str, **fields: object) -> int:
        """Send a text; its message id."""
        message = await self.call("sendMessage", chat_id=chat_id, text=text, **fields)
        message_id: int = message["message_id"]
        return message_id

    async def send_file(
        self, method: str, chat_id: int, kind: str, name: str, content: bytes, **fields: str
    ) -> dict[str, Any]:
        """Upload a file with `sendDocument` or `sendPhoto`; the message."""
        form = aiohttp.FormData({"chat_id": str(chat_id), **fields})
        form.add_field(kind, content, filename=name)
        async with self.http.post(f"{self.base_url}/bot{TOKEN}/{method}", data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result

    async def update(self, kind: str) -> dict[str, Any]:
        """The next update of this kind; others before it are passed over."""
        while True:
            while self._waiting:
                update = self._waiting.pop(0)
                if kind in update:
                    found: dict[str, Any] = update[kind]
                    return found
            self._waiting = await self.call("getUpdates", offset=self._offset, timeout=PATIENCE_S)
            assert self._waiting, f"no {kind} came within {PATIENCE_S} s"
            self._offset = self._waiting[-1]["update_id"] + 1


@dataclass
class World:
    """A sandbox with a bot, some persons and a group."""

    sandbox: Sandbox
    bot: PlayedBot
    http: aiohttp.ClientSession
    delegate: int = 0
    arabic: int = 0
    secretary: int = 0
    group: int = 0

    async def ask(self, method: str, path: str, **fields: object) -> Any:
        """A call of the people's side."""
        body = {"json": fields} if fields else {}
        async with self.http.request(method, f"{self.sandbox.base_url}/sandbox{path}", **body) as response:  # type: ignore[arg-type]
            assert response.status < 400, await response.text()
            return await response.json()


@asynccontextmanager
async def peopled_world() -> AsyncIterator[World]:
    """Two delegates, a member of the Secretariat, and the Secretariat's group."""
    async with Sandbox(MovableClock()) as sandbox, aiohttp.ClientSession() as http:
        world = World(sandbox, PlayedBot(http, sandbox.base_url), http)
        bot = await world.ask("POST", "/bots", token=TOKEN, username=world.bot.username, first_name="UNIGO")
        world.bot.id = bot["id"]
        people = [("Delegate A", "en"), ("مندوب ب", "ar"), ("Secretariat", "fr")]
        ids = [
            (await world.ask("POST", "/persons", first_name=name, language_code=language))["id"]
            for name, language in people
        ]
        world.delegate, world.arabic, world.secretary = ids
        group = await world.ask("POST", "/groups", title="Secretariat’s group", type="group", members=ids[2:])
        world.group = group["id"]
        await world.bot.call("deleteWebhook", drop_pending_updates=True)
        yield world


@dataclass
class Shown:
    """The page, open in a browser."""

    page: Page
    world: World
    problems: list[str] = field(default_factory=list)
    """What the page complained of in the console, and requests that went elsewhere."""

    def column(self, name: str) -> Locator:
        """The column that bears this name."""
        return self.page.locator(f'section.column:has(.who-title:text-is("{name}"))')

    def message(self, name: str, text: str) -> Locator:
        """The messages with this text in the column of that name."""
        return self.column(name).locator(".message", has_text=text)

    async def write(self, name: str, text: str) -> None:
        """Type a text in the column of that name and send it."""
        box = self.column(name).get_by_label("Message", exact=True)
        await box.fill(text)
        await box.press("Enter")


@asynccontextmanager
async def shown_page(
    browser: Browser, world: World, size: tuple[int, int] = DESKTOP, *, dark: bool = False, touch: bool = False
) -> AsyncIterator[Shown]:
    """Open the page, wait until it knows the chats, and close it again; it may not have complained."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        accept_downloads=True,
        has_touch=touch,
        timezone_id="UTC",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    shown = Shown(page, world)
    base_url = world.sandbox.base_url
    page.on("pageerror", lambda error: shown.problems.append(str(error)))
    page.on("console", lambda said: shown.problems.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            shown.problems.append(request.url) if not request.url.startswith((base_url, "data:", "blob:")) else None
        ),
    )
    try:
        await page.goto(f"{base_url}/")
        await page.locator("section.column").first.wait_for()
        yield shown
        assert shown.problems == []
    finally:
        await context.close()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Chromium, without a window."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 (may not be installed)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    size: tuple[int, int] = DESKTOP, *, dark: bool = False, touch: bool = False
) -> AsyncIterator[Shown]:
    """A fresh world and the page before it."""
    async with (
        peopled_world() as world,
        chromium() as browser,
        shown_page(browser, world, size, dark=dark, touch=touch) as shown,
    ):
        yield shown


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def picture(side_px: int = 64) -> bytes:
    """A PNG of one colour."""
    header = side_px.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = (b"\0" + bytes([22, 131, 190]) * side_px) * side_px
    return (
        base64.b64decode("iVBORw0KGgo=")
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )
