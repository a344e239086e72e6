"""An announcement during which the bot is killed: how many have it, and of how many of these the bot knows."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter

from storage import announcements
from storage import people as known_people
from storage.database import Database
from storage.records.announcements import Outcome
from storage.session import Transaction
from tests.chat import People, until
from tests.processes import PATIENCE_S, BotProcess


async def members(people: People, database: Database, count: int, *, french: int = 0) -> list[int]:
    """The ids of people who have started the bot and read English; the last `french` of them read French."""
    numbers = [(await people.person(f"Member {number}", started=True)).id for number in range(count)]

    async def work(tx: Transaction) -> None:
        for place, number in enumerate(numbers):
            language = "en" if place < count - french else "fr"
            await known_people.meet(
                tx, known_people.meeting(tx.sql, number, language=language, guessed=False, reachable=True, now=1)
            )

    await database.write(work)
    return numbers


async def copies(people: People) -> Counter[int]:
    """How many messages were sent to whom, also where the answer came to nobody any more."""
    return Counter(int(call["chat_id"]) for call in await people.calls("sendMessage") if call["done"])


async def settled(people: People) -> int:
    """How many were sent, once the sandbox has seen the last of what a killed process had sent."""
    counts: list[int] = []
    while len(counts) < 5 or len(set(counts[-5:])) > 1:
        counts.append((await copies(people)).total())
        await asyncio.sleep(0.02)
    return counts[-1]


async def by_outcome(database: Database, number: int) -> dict[Outcome, int]:
    return dict((await announcements.tally(database.reader, number)).by_outcome)


async def killed_at(process: BotProcess, database: Database, number: int, sent: int) -> None:
    """Killed once so many are recorded as sent."""

    async def so_many() -> bool:
        return (await by_outcome(database, number)).get(Outcome.SENT, 0) >= sent

    await until(so_many, within_s=PATIENCE_S)
    await process.stop(signal.SIGKILL)


async def is_settled(database: Database, number: int) -> None:
    async def nothing_left() -> bool:
        return (await announcements.tally(database.reader, number)).left == 0

    await until(nothing_left, within_s=60)
