"""What most tests of handlers run with."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests import reminding
from tests.chat import People, Phone
from tests.conftest import StartBot
from tests.desk import Secretariat, member_of, owner_of, running, secretariat
from tests.reminding import Year


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    """The bot, with its owners."""
    async with running(start_bot) as started:
        yield started


@pytest.fixture
async def office(bot: Running, people: People) -> Secretariat:
    """The Secretariat, whose group has topics."""
    return await secretariat(bot, people)


@pytest.fixture
async def owner(bot: Running, people: People) -> Phone:
    """The first of the owners."""
    return await owner_of(people)


@pytest.fixture
async def member(bot: Running, people: People) -> Phone:
    """Somebody who has joined the Secretariat, which has no group."""
    return await member_of(people, await owner_of(people))


@pytest.fixture
async def coming(start_bot: StartBot, people: People, clock: MovableClock) -> AsyncIterator[Year]:
    """The year before a conference, at its beginning."""
    async with reminding.coming_year(start_bot, people, clock) as year:
        yield year
