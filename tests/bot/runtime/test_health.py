"""Health: well while updates come in and replies go out, and not merely while the process is there."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from telegram.error import TelegramError

from bot.app import Running
from bot.runtime.api import make_bot
from bot.runtime.clock import MovableClock
from bot.runtime.health import Health, serve, watch_routes, webhook_watch
from bot.runtime.metrics import Metrics
from bot.sandbox.server import Sandbox
from storage.database import Database
from storage.errors import StorageFullError
from storage.records import NewUpdate
from storage.session import Transaction
from tests.chat import People, Phone, until
from tests.conftest import TOKEN
from tests.inbox import take_in

WELL = {"hears": "ok", "handles": "ok", "speaks": "ok", "storage": "ok"}


class Watch:
    """An operator's tool that looks at the bot's pages."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def health(self) -> tuple[int, dict[str, str]]:
        async with self._session.get("/healthz") as response:
            told = await response.json()
            assert told["ok"] == (response.status == 200)
            return response.status, told["checks"]

    async def is_well(self) -> bool:
        return await self.health() == (200, WELL)

    async def complains(self, of: str, sentence: str) -> bool:
        status, checks = await self.health()
        return status == 503 and checks[of].startswith(sentence)

    async def figures(self) -> dict[tuple[str, ...], float]:
        async with self._session.get("/metrics") as response:
            assert (response.status, response.content_type) == (200, "text/plain")
            page = await response.text()
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
        }


@pytest.fixture
async def watch(bot: Running) -> AsyncIterator[Watch]:
    async with aiohttp.ClientSession(base_url=f"http://127.0.0.1:{bot.watch_port}") as session:
        yield Watch(session)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def watched_health(database: Database, clock: MovableClock, metrics: Metrics) -> Health:
    return Health(database, clock, metrics, deaf_after_s=180.0, mute_after_s=120.0)


@pytest.fixture
async def lonely(watched_health: Health, metrics: Metrics) -> AsyncIterator[Watch]:
    """The pages of a bot of which nothing but its database is there."""
    runner = await serve(watch_routes(watched_health, metrics), "127.0.0.1", 0, setting="watch.port")
    async with aiohttp.ClientSession(base_url=f"http://127.0.0.1:{runner.addresses[0][1]}") as session:
        yield Watch(session)
    await runner.cleanup()


async def test_a_bot_that_hears_and_speaks_is_well(watch: Watch, people: People, clock: MovableClock) -> None:
    assert await watch.is_well()
    phone = await people.person()
    for _ in range(3):
        await phone.ask("/help")
        await until(watch.is_well)
        clock.advance(170)
        await until(watch.is_well)  # it is not silence yet: a fetch may take half a minute


async def test_a_bot_that_hears_nothing_is_not_well_until_it_does(
    watch: Watch, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    await phone.ask("/help")
    fault = await people.fault("drop", method="getUpdates")
    await phone.write("/help")  # ends the fetch that is under way
    await until(lambda: _struck(people))
    clock.advance(181)
    await until(lambda: watch.complains("hears", "No updates could be fetched for "))
    await people.delete(f"/faults/{fault}")
    clock.advance(60)
    await phone.write("/help")  # what comes in is heard
    await until(watch.is_well)


@pytest.mark.parametrize("kind", ["500", "drop"])
async def test_a_bot_whose_replies_do_not_go_out_is_not_well_until_they_do(
    watch: Watch, people: People, clock: MovableClock, kind: str
) -> None:
    phone = await people.person()
    await people.fault(kind, method="sendMessage")
    await phone.write("/help")

    async def attempts() -> int:
        return len(await people.calls("sendMessage"))

    await until(attempts)
    clock.advance(121)
    for _ in range(5):  # also between two attempts, when the next is not yet due
        seen = await attempts()
        await until(lambda: watch.complains("speaks", "A reply has waited to be delivered for "))
        assert await watch.complains("speaks", "A reply has waited")
        clock.advance(60)
        await _until_more(attempts, seen)
        assert await watch.complains("speaks", "A reply has waited")
    await people.delete("/faults")
    clock.advance(60)
    await phone.write("/help")  # ends the fetch that is under way
    await until(watch.is_well)
    await until(lambda: _both_said(phone))


async def test_a_reply_that_telegram_asked_to_hold_back_is_no_fault(
    watch: Watch, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    await people.fault("429", method="sendMessage", times=1, retry_after=3600)
    await phone.write("/help")

    async def is_held_back() -> bool:
        return (await watch.figures())["unigo_flood_waits_total",] == 1

    await until(is_held_back)
    clock.advance(150)

    async def is_no_fault() -> bool:
        _, checks = await watch.health()
        return checks["speaks"] == "ok"

    await until(is_no_fault)


async def test_updates_that_nobody_handles_are_told(lonely: Watch, database: Database, clock: MovableClock) -> None:
    assert await lonely.is_well()
    await database.write(lambda tx: take_in(tx, [NewUpdate(1, 1, "{}"), NewUpdate(2, 1, "{}")], clock.now_us()))
    clock.advance(181)
    assert await lonely.complains("handles", "2 updates wait to be handled, the oldest for 181 seconds.")
    assert await lonely.complains("hears", "No updates could be fetched for 181 seconds.")


async def test_a_database_that_cannot_be_read_is_told(lonely: Watch, database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("DROP TABLE inbox")
    assert await lonely.complains("storage", "no such table: inbox")
    async with lonely._session.get("/metrics") as response:
        assert response.status == 503
        assert await response.text() == "The database cannot be read: no such table: inbox"


async def test_the_figures_tell_what_happened(watch: Watch, people: People, clock: MovableClock) -> None:
    before = await watch.figures()
    assert before["unigo_people_known",] == 0
    phone = await people.person()
    for question in ("/help", "When was UNIGO founded?", "xyzzy plugh frobnicate"):
        await phone.ask(question)
    figures = await watch.figures()
    assert figures["unigo_updates_total", "received"] == 3
    assert figures["unigo_updates_total", "handled"] == 3
    assert figures["unigo_questions_total", "answer"] == 1
    assert figures["unigo_people_known",] == 1
    assert figures["unigo_inbox_waiting",] == 0
    assert figures["unigo_handling_seconds_count",] == 3
    assert figures["unigo_last_fetch_timestamp_seconds",] == pytest.approx(clock.timestamp(), abs=60)

    async def all_sent() -> bool:
        return (await watch.figures())["unigo_sends_total", "sent"] == 3

    await until(all_sent)


async def test_there_is_nothing_else_on_these_pages(watch: Watch) -> None:
    async with watch._session.get("/") as response:
        assert response.status == 404


async def _until_more(attempts: Callable[[], Any], before: int) -> None:
    async def more() -> bool:
        return bool(await attempts() > before)

    await until(more)


async def _fill(database: Database) -> None:
    """Let it have no room for much."""
    [pages] = await database.writer._conn.execute_fetchall("PRAGMA page_count")
    await database.writer._conn.execute_fetchall(f"PRAGMA max_page_count = {pages[0]}")

    async def much(tx: Transaction) -> int:
        updates = [NewUpdate(number, 1, "x" * 4000) for number in range(50)]
        return await take_in(tx, updates, 1)

    with pytest.raises(StorageFullError):
        await database.write(much)


async def _struck(people: People) -> bool:
    return bool((await people.get("/faults"))["faults"][0]["hits"])


async def _both_said(phone: Phone) -> bool:
    return len(await phone.from_bot()) == 2


async def test_a_disk_that_cannot_be_written_is_told_though_reading_works(lonely: Watch, database: Database) -> None:
    await _fill(database)
    assert await lonely.complains("storage", "The disk is full. Free some space; the bot goes on by itself.")


async def test_the_figures_tell_that_nothing_can_be_stored_and_when_it_can_again(
    lonely: Watch, database: Database
) -> None:
    assert (await lonely.figures())["unigo_storage_trouble",] == 0
    await _fill(database)
    assert (await lonely.figures())["unigo_storage_trouble",] == 1
    await database.write(lambda tx: take_in(tx, [NewUpdate(1000, 1, "{}")], 1))
    assert (await lonely.figures())["unigo_storage_trouble",] == 0


async def test_another_program_that_receives_the_updates_is_told(
    watch: Watch, bot: Running, sandbox: Sandbox, people: People, clock: MovableClock
) -> None:
    contested = "Another program receives this bot's updates, with the same token."
    other = make_bot(TOKEN, sandbox.base_url, connections=1)
    await other.initialize()

    async def is_told() -> bool:
        with suppress(TelegramError):  # one of the two is refused each time
            await other.call("getUpdates", {"timeout": 0})
        clock.advance(20)
        return await watch.complains("hears", contested)

    await until(is_told)
    await other.shutdown()
    assert (await watch.figures())["unigo_contested_total",] > 1
    phone = await people.person()

    async def is_over() -> bool:
        clock.advance(60)
        await phone.ask("/help")
        return await watch.is_well()

    await until(is_over)


async def test_that_another_program_ended_a_fetch_once_is_no_fault(
    lonely: Watch, watched_health: Health, clock: MovableClock
) -> None:
    for _ in range(5):
        watched_health.contested()
        watched_health.contested()
        clock.advance(160)
        watched_health.heard()
        assert await lonely.is_well()


async def test_a_webhook_that_another_program_has_taken_away_is_told(
    lonely: Watch, watched_health: Health, sandbox: Sandbox, people: People, clock: MovableClock
) -> None:
    api = make_bot(TOKEN, sandbox.base_url, connections=1)
    await api.initialize()
    look = webhook_watch(api, watched_health, "https://bot.example.org/hook")
    await api.call("setWebhook", {"url": "http://127.0.0.1:9/hook"})
    for _ in range(3):
        clock.advance(60)
        await look()
    assert await lonely.complains("hears", "Another program receives this bot's updates")
    await api.shutdown()
