"""Hard kills at random points over hundreds of registrations at the same time: nobody types an answer twice, no Center
and no delegate is there twice, none is lost, and everything is decided once.

Checked against what people typed and were told, not against what the bot thinks of itself.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.chat import People, Phone, until
from tests.crowd import INTO_A_CENTER, Crowd, all_of, decide, joined, read_news
from tests.desk import OWNER, bound, member_of, owner_of
from tests.processes import PATIENCE_S, BotProcess, bot_process
from tests.registrants import Registrant, Tally

CENTERS = 60
DELEGATES = 120
GUESTS = 20
KILLS = 8
CALLS_A_LIFE = 1_000
"""Of the Bot API, at most, between two kills."""
IN_FLIGHT = 20
SEED = 20261126
STARTED = "Ctrl-C stops it."
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "slow", "method": "sendMessage", "probability": 0.1, "delay_s": 0.1},
    {"kind": "502", "method": "*", "probability": 0.02},
    {"kind": "429", "method": "sendMessage", "probability": 0.01, "retry_after": 1},
    {"kind": "drop", "method": "*", "probability": 0.02},
)
SENDS = (
    "SELECT count(*) FROM outbox WHERE state = 'sent' AND (method IN ('sendMessage', 'sendPhoto') "
    "OR renderer IN ('request_card', 'request_news'))"
)
"""What of the outbox has become a new message."""


@dataclass
class Kills:
    """Kills the bot now and then, and counts what was in flight."""

    sandbox: Sandbox
    folder: Path
    tally: Tally
    in_flight: list[int] = field(default_factory=list)

    def run(self) -> AbstractAsyncContextManager[BotProcess]:
        return bot_process(
            self.sandbox.base_url, self.folder, UNIGO_PEOPLE__OWNERS=str(OWNER),
            UNIGO_DELIVERY__GROUP_PER_MINUTE="1000", UNIGO_DELIVERY__IN_FLIGHT=str(IN_FLIGHT),
        )  # fmt: skip

    async def kill(self, chance: random.Random, everybody: asyncio.Task[None]) -> None:
        log = self.sandbox.world.log
        for _ in range(KILLS):
            async with self.run() as process:
                self.tally.is_down = False
                after = log.last_seq + chance.randint(0, CALLS_A_LIFE)
                await until(lambda: log.last_seq >= after or everybody.done(), within_s=4 * PATIENCE_S)  # noqa: B023
                self.tally.is_down = True
                await process.stop(signal.SIGKILL)
            await self._settled()
            self.in_flight.append(self.unrecorded() - sum(self.in_flight))
        self.tally.is_down = False

    async def _settled(self) -> None:
        """Wait until the sandbox has seen the last of what the killed process had sent."""
        seen: list[int] = []
        while len(seen) < 5 or len(set(seen[-5:])) > 1:
            seen.append(self.sandbox.world.log.last_seq)
            await asyncio.sleep(0.02)

    def unrecorded(self) -> int:
        """How many more messages there are in the chats than the bot knows to have sent."""
        made = [one for one in self.sandbox.world.log.after(0) if one.is_done and one.message_id is not None]
        sent = sum(one.method in {"sendMessage", "sendPhoto"} for one in made)
        [(recorded,)] = rows(self.folder, SENDS)
        return sent - int(recorded)


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "bot.db", isolation_level=None)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@asynccontextmanager
async def many_phones(sandbox: Sandbox) -> AsyncIterator[People]:
    """As `people`, for so many that all of them wait at the same time."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(base_url=sandbox.base_url, connector=connector) as session:
        yield People(session)


@pytest.mark.timeout(600)
async def test_kills_while_hundreds_register(
    sandbox: Sandbox, people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, tally = random.Random(SEED), Tally()
    kills = Kills(sandbox, tmp_path, tally)
    async with kills.run() as process:
        await process.until_said(STARTED)
        owner = await owner_of(people)
        members = [await member_of(people, owner, name) for name in ("Member A", "Member B")]
        group = await bound(people, owner, *members)
    for fault in FAULTS:
        await people.post("/faults", fault)
    async with many_phones(sandbox) as phones:
        crowd = Crowd(phones, random.Random(SEED), tally)
        await crowd.gather(founders=CENTERS, delegates=DELEGATES, guests=GUESTS)
        first, second = (Registrant(Phone(phones, one.id, group), chance, tally) for one in members)
        deciding = asyncio.create_task(decide(first, second, chance))
        everybody = asyncio.create_task(all_of(crowd))
        try:
            await kills.kill(random.Random(SEED), everybody)
            async with kills.run() as process:
                await everybody
                await until(lambda: not rows(tmp_path, "SELECT 1 FROM outbox WHERE state = 'queued'"), within_s=60)
                await process.stop()
        finally:
            deciding.cancel()
            everybody.cancel()
        await read_news(crowd)
    with capsys.disabled():
        print(f"\n{report(crowd, kills, tmp_path)}")
    check_nothing_asked_twice(crowd, kills)
    check_registered(crowd, tmp_path)
    check_decided_once(crowd, tmp_path)
    check_path(tmp_path)


def report(crowd: Crowd, kills: Kills, folder: Path) -> str:
    [(centers,)] = rows(folder, "SELECT count(*) FROM centers")
    people = dict(rows(folder, "SELECT organization IS NULL, count(*) FROM delegates GROUP BY 1"))
    decided = dict(rows(folder, "SELECT kind || ' ' || state, count(*) FROM requests GROUP BY kind, state"))
    [(late,)] = rows(folder, "SELECT count(*) FROM requests WHERE state = 'open'")
    return (
        f"{centers} Centers, {people.get(1, 0)} delegates, {people.get(0, 0)} guests registered; "
        f"{crowd.tally.typed} answers typed, {crowd.tally.looked_again} times /start in between, "
        f"{len(crowd.tally.asked_again)} asked again; {len(kills.in_flight)} kills, in flight at each "
        f"{kills.in_flight}, came twice {kills.unrecorded()}; decided {decided}, {late} left"
    )


def check_nothing_asked_twice(crowd: Crowd, kills: Kills) -> None:
    assert crowd.tally.asked_again == []
    assert len(kills.in_flight) == KILLS
    assert max(kills.in_flight) <= IN_FLIGHT
    assert kills.unrecorded() <= sum(kills.in_flight)


def check_registered(crowd: Crowd, folder: Path) -> None:
    """Every Center and everybody is there once, as typed, and as they were told."""
    columns = ", ".join(crowd.founders[0].stored)
    assert rows(folder, f"SELECT registered_by, {columns}, state FROM centers ORDER BY registered_by") == [  # noqa: S608
        (one.who.phone.id, *one.stored.values(), "approved" if "is approved" in one.decisions[0] else "declined")
        for one in crowd.founders
    ]
    columns = ", ".join(f"delegates.{name}" for name in crowd.delegates[0].stored)
    assert rows(
        folder,
        f"SELECT person_id, {columns}, centers.name, delegates.state FROM delegates "  # noqa: S608
        "JOIN centers ON centers.id = delegates.center ORDER BY person_id",
    ) == [(one.who.phone.id, *one.stored.values(), joined(one), "active") for one in crowd.delegates]
    columns = ", ".join(crowd.guests[0].stored)
    assert rows(
        folder,
        f"SELECT person_id, {columns}, state FROM delegates "  # noqa: S608
        "WHERE organization IS NOT NULL ORDER BY person_id",
    ) == [
        (one.who.phone.id, *one.stored.values(), "active" if "are registered" in one.decisions[0] else "declined")
        for one in crowd.guests
    ]
    assert rows(folder, "SELECT count(*) FROM delegates") == [(DELEGATES + GUESTS,)]
    assert rows(folder, "SELECT * FROM drafts") == []


def check_decided_once(crowd: Crowd, folder: Path) -> None:
    """Whoever pressed at the same time, one decision was made, and that one was read."""
    for one in (*crowd.founders, *crowd.delegates, *crowd.guests):
        assert len(one.decisions) == 1, one.decisions
    decided = rows(
        folder,
        "SELECT object, count(*) FROM audit WHERE act LIKE '%.approved' OR act LIKE '%.declined' GROUP BY object",
    )
    assert {times for _object, times in decided} == {1}
    assert len(decided) == CENTERS + GUESTS + DELEGATES // INTO_A_CENTER
    assert rows(folder, "SELECT count(*) FROM requests WHERE state IN ('approved', 'declined')") == [(len(decided),)]
    assert rows(folder, "SELECT 1 FROM requests WHERE state NOT IN ('approved', 'declined')") == []


def check_path(folder: Path) -> None:
    """Nothing failed on its way."""
    assert rows(folder, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert rows(folder, "SELECT state, failure FROM outbox WHERE state NOT IN ('sent', 'aborted')") == []
