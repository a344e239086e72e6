"""What takes updates in and handles them, without the rest of the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog

from bot.runtime.aftermath import Aftermath, Answer
from bot.runtime.clock import MovableClock
from bot.runtime.floods import FloodGate
from bot.runtime.intake import Intake
from bot.runtime.lanes import Lanes
from bot.runtime.metrics import Metrics
from bot.settings import Floods
from storage.database import Database
from storage.records import MessageClass
from storage.records.floods import Pause
from storage.session import Transaction
from tests.lanes import Clerk, Office, Open


class Silence:
    """Nobody is told anything."""

    async def is_exempt(self, _tx: Transaction, _chat_id: int) -> bool:
        return False

    async def slowed(self, _tx: Transaction, _update: Mapping[str, Any], _pause: Pause) -> Aftermath:
        return Aftermath()


@pytest.fixture
def news() -> list[str]:
    """What the intake tells of: "new" and "heard"."""
    return []


@pytest.fixture
def intake(database: Database, clock: MovableClock, news: list[str]) -> Intake:
    return Intake(
        database,
        clock,
        Metrics(),
        gate=FloodGate(Floods().limits(), Silence(), Metrics(), on_commit=lambda _answers, _classes: None),
        on_new=lambda: news.append("new"),
        on_heard=lambda: news.append("heard"),
    )


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged."""
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def open_office(database: Database, clock: MovableClock, clerk: Clerk, logged: list[Any]) -> Open:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Office]:
        answers: list[str] = []

        def on_commit(given: Iterable[Answer], _classes: set[MessageClass]) -> None:
            answers.extend(answer.query_id for answer in given)

        metrics = Metrics()
        lanes = Lanes(database, clerk, clock, metrics, on_commit=on_commit, tries_at_most=3)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(lanes.run())
            yield Office(database, clock, lanes, answers, metrics)
            lanes.stop()

    return opened


@pytest.fixture
async def office(open_office: Open) -> AsyncIterator[Office]:
    async with open_office() as opened:
        yield opened
