"""What most tests stand on: a real sandbox, a real database file, and the real application between them."""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any

import aiohttp
import pytest
import uvloop
from pydantic import SecretStr

from bot.app import Running, running_bot
from bot.forms.places import Places, load_places
from bot.knowledge.answering import Answerer
from bot.knowledge.library import Library
from bot.knowledge.loading import load_library
from bot.knowledge.meaning import load_meaning
from bot.locales.catalogues import Catalogues, load_catalogues
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.memory import settle
from bot.sandbox.server import Sandbox
from bot.settings import BackupsPart, DatabasePart, Delivery, Floods, Settings, Telegram, Watch
from handlers.live import LIVE
from handlers.views.import_fields import list_words
from storage.database import Database, open_database
from tests.chat import People
from tests.hastening import hastening

TOKEN = "1234567890:EXAMPLE-token-for-tests-only-0000"

StartBot = Callable[..., AbstractAsyncContextManager[Running]]


LONG = ("test_kill", "test_chaos", "test_year", "test_every_sentence")
"""How the names of the modules begin whose tests take minutes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: at the end it would keep one core waiting for the other."""
    items.sort(key=lambda item: not item.path.name.startswith(LONG))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """Tests run on the loop that the bot runs on."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def hastened(clock: MovableClock) -> AsyncIterator[None]:
    """For tests that wait for boards and the like again and again: time passes faster for all of them."""
    async with hastening(clock):
        yield


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock) as running:
        yield running


@pytest.fixture
async def people(sandbox: Sandbox) -> AsyncIterator[People]:
    async with aiohttp.ClientSession(base_url=sandbox.base_url) as session:
        side = People(session)
        await side.post("/bots", {"token": TOKEN, "username": "unigo_test_bot", "first_name": "UNIGO"})
        yield side


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all of its tables and nothing in it; to make them takes longer than most tests."""
    path = tmp_path_factory.mktemp("new") / "new.db"

    async def make() -> None:
        async with open_database(path, now_us=0):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
async def database(tmp_path: Path, clock: MovableClock, new_database: Path) -> AsyncIterator[Database]:
    """An open database of its own, without a bot."""
    path = Path(copy(new_database, tmp_path / "alone.db"))
    async with open_database(path, now_us=clock.now_us()) as opened:
        yield opened


def telegram_for(sandbox: Sandbox, *, set_profile: bool = False) -> Telegram:
    """The bot at a sandbox. It takes 48 requests to set its profile, which few tests look at."""
    return Telegram(token=SecretStr(TOKEN), base_url=sandbox.base_url, set_profile=set_profile)


def settings_for(sandbox: Sandbox, path: Path, **parts: Any) -> Settings:
    """Settings that lead to a sandbox; `parts` replace whole tables."""
    tables = {
        "telegram": telegram_for(sandbox),
        "database": DatabasePart(path=path),
        # Tests wait for outcomes, not for Telegram's patience: that has tests of its own.
        "delivery": Delivery(per_second=1000, private_per_second=1000, group_per_minute=1000),
        # They also press and write faster than anybody does; what is done about that has tests of its own.
        "floods": Floods(messages_at_once=1000, group_at_once=1000, presses_at_once=1000, queries_at_once=1000),
        "watch": Watch(port=0),
        "backups": BackupsPart(keep_daily=0),  # they have tests of their own
        **parts,
    }
    return Settings().model_copy(update=tables)


@pytest.fixture(scope="session")
def knowledge() -> tuple[Library, Answerer]:
    """The content and its index, which take a while to read and never change."""
    library = load_library()
    return library, Answerer(library, LIVE, meaning=load_meaning())


@pytest.fixture(scope="session")
def places() -> Places:
    """Countries and time zones, which take a while to read and never change."""
    return load_places()


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    """The sentences in all languages, which take a while to read and never change."""
    return load_catalogues()


@pytest.fixture(scope="session")
def lasting(knowledge: tuple[Library, Answerer], places: Places, catalogues: Catalogues) -> Parts:
    """What of the application takes a while to read and never changes.

    As in a bot that has started, the garbage collector does not go through it again.
    """
    library, answerer = knowledge
    lists = list_words(catalogues)
    found = Parts(library=library, answerer=answerer, places=places, catalogues=catalogues, lists=lists)
    settle()
    return found


@pytest.fixture
def parts(clock: MovableClock, lasting: Parts) -> Parts:
    """What the application is made of, on the clock of the test."""
    return replace(lasting, clock=clock)


@pytest.fixture
def start_bot(sandbox: Sandbox, people: People, parts: Parts, tmp_path: Path, new_database: Path) -> StartBot:
    """Starts the real application against the sandbox; started again, it finds the same database."""
    path = tmp_path / "bot.db"

    @asynccontextmanager
    async def start(other_parts: Parts | None = None, **tables: Any) -> AsyncIterator[Running]:
        if not path.exists():
            copy(new_database, path)
        settings = settings_for(sandbox, path, **tables)
        async with running_bot(settings, other_parts or parts) as running:
            yield running

    return start


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with start_bot() as running:
        yield running
