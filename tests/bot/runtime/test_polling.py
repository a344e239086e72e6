"""Polling keeps each update once before it is acknowledged, through whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import structlog
from telegram.error import InvalidToken

from bot.runtime.api import ApiBot, make_bot
from bot.runtime.clock import MovableClock
from bot.runtime.intake import Intake, Polling
from bot.sandbox.server import Sandbox
from storage.database import Database
from tests.chat import People, until
from tests.conftest import TOKEN
from tests.disks import full_disk
from tests.inbox import kept


@asynccontextmanager
async def polling(intake: Intake, api: ApiBot, clock: MovableClock) -> AsyncIterator[asyncio.Task[None]]:
    fetching = Polling(intake, api, clock, allowed_updates=["message"])
    async with asyncio.TaskGroup() as tasks:
        yield tasks.create_task(fetching.run())
        fetching.stop()


@pytest.fixture
async def api(sandbox: Sandbox, people: People) -> AsyncIterator[ApiBot]:
    bot = make_bot(TOKEN, sandbox.base_url, connections=5)
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def until_kept(database: Database, count: int, clock: MovableClock) -> None:
    async def reached() -> bool:
        clock.advance(60)  # past the pauses between tries
        return len(await kept(database)) >= count

    await until(reached)


async def test_polling_keeps_each_update_once_through_faults(
    intake: Intake, api: ApiBot, people: People, database: Database, clock: MovableClock
) -> None:
    phone = await people.person()
    for kind in ("500", "drop", "drop_after", "429"):
        await people.fault(kind, method="getUpdates", times=2, retry_after=30)
    await people.fault("duplicate_update", times=5)
    for number in range(5):
        await phone.write(f"text {number}")
    async with polling(intake, api, clock):
        await until_kept(database, 5, clock)
        await phone.write("one more")
        await until_kept(database, 6, clock)
    numbers = await kept(database)
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 6


async def test_polling_does_not_acknowledge_what_it_cannot_keep(
    intake: Intake, api: ApiBot, people: People, database: Database, clock: MovableClock
) -> None:
    phone = await people.person()
    for number in range(5):
        await phone.write(f"{number} {'x' * 4000}")
    with structlog.testing.capture_logs() as logged:
        async with full_disk(database), polling(intake, api, clock):
            await until(lambda: [event for event in logged if event["event"] == "fetch_failed"])
    assert await kept(database) == []
    async with polling(intake, api, clock):
        await until_kept(database, 5, clock)
    assert len(await kept(database)) == 5


async def test_polling_ends_when_the_token_is_refused(intake: Intake, sandbox: Sandbox, clock: MovableClock) -> None:
    stranger = make_bot("1234567890:EXAMPLE-token-that-nobody-knows", sandbox.base_url, connections=1)
    await stranger._request[0].initialize()
    with pytest.raises(InvalidToken, match=r"^http://\S+ does not accept this token\. Is telegram"):
        await Polling(intake, stranger, clock, allowed_updates=[]).run()
    await stranger._request[0].shutdown()


async def test_another_program_that_fetches_too_is_told_of(
    intake: Intake, api: ApiBot, sandbox: Sandbox, clock: MovableClock
) -> None:
    other = make_bot(TOKEN, sandbox.base_url, connections=1)
    await other.initialize()
    with structlog.testing.capture_logs() as logged:
        async with polling(intake, api, clock), polling(intake, other, clock):
            await until(lambda: any(event["event"] == "another_receiver" for event in logged))
    await other.shutdown()


async def test_that_updates_come_in_again_is_logged(
    intake: Intake, api: ApiBot, people: People, clock: MovableClock
) -> None:
    await people.fault("500", method="getUpdates", times=2)

    def is_told() -> bool:
        clock.advance(30)
        return any(event["event"] == "fetch_works_again" for event in logged)

    with structlog.testing.capture_logs() as logged:
        async with polling(intake, api, clock):
            person = await people.person()
            await person.write("/help")  # ends the fetch that is under way
            await until(is_told)
    assert [event["event"] for event in logged] == ["fetch_failed", "fetch_failed", "fetch_works_again"]
