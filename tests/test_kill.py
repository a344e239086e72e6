"""A hard kill at any moment loses nothing, handles nothing twice, and repeats no more than was in flight."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.chat import People, Phone, buttons, until
from tests.conftest import TOKEN

PERSONAS = 10
MESSAGES_EACH = 30
KILLS = 8
IN_FLIGHT = 10
SEED = 20261123
TOPICS = ("agm", "about", "founding", "focus", "members", "purpose", "secretariat")
FAULTS = (
    {"kind": "429", "method": "sendMessage", "probability": 0.03, "retry_after": 1},
    {"kind": "500", "method": "sendMessage", "probability": 0.03},
    {"kind": "slow", "method": "sendMessage", "probability": 0.5, "delay_s": 0.2},
    {"kind": "drop", "method": "*", "probability": 0.03},
    {"kind": "502", "method": "getUpdates", "probability": 0.05},
    {"kind": "duplicate_update", "probability": 0.1},
)


@dataclass
class Persona:
    """Somebody who writes, and what the bot should answer to each message, as far as it can be told apart."""

    phone: Phone
    expected: list[str] = field(default_factory=list)
    unanswerable: list[str] = field(default_factory=list)

    async def say(self, number: int, welcome: dict[str, object]) -> None:
        """One message or press; no two neighbours have the same reply."""
        topic = TOPICS[(number // 2) % len(TOPICS)]
        if number % 2:
            question = f"zqx {number} of {self.phone.id} wvy"
            self.unanswerable.append(question)
            self.expected.append("unknown")
            await self.phone.write(question)
        elif number % 4:
            self.expected.append(topic)
            await self.phone.start(f"topic_{topic}")
        else:
            self.expected.append(topic)
            # Not waited for: while the bot is down, nobody answers a press.
            await self.phone.people.post(
                f"/persons/{self.phone.id}/presses", {"message_id": welcome["message_id"], "data": f"topic:{topic}"}
            )


@dataclass
class Counts:
    """What the test prints."""

    kills: int = 0
    in_flight_at_kills: list[int] = field(default_factory=list)


async def spawn(sandbox: Sandbox, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        "PATH": "",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "UNIGO_TELEGRAM__TOKEN": TOKEN,
        "UNIGO_TELEGRAM__BASE_URL": sandbox.base_url,
        "UNIGO_DATABASE__PATH": str(folder / "bot.db"),
        "UNIGO_DELIVERY__PER_SECOND": "1000",
        "UNIGO_DELIVERY__PRIVATE_PER_SECOND": "200",
        "UNIGO_DELIVERY__IN_FLIGHT": str(IN_FLIGHT),
        "UNIGO_WATCH__PORT": "0",
    }
    with (folder / "log.txt").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=folder, stdout=log, stderr=log
        )


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "bot.db", isolation_level=None)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def told_apart(text: str, titles: dict[str, str]) -> str:
    return titles.get(text.partition("\n")[0], "unknown")


async def replies(persona: Persona, titles: dict[str, str]) -> list[str]:
    """What the bot said after its welcome."""
    return [told_apart(text, titles) for text in (await persona.phone.from_bot())[1:]]


def without_repeats(said: list[str]) -> list[str]:
    return [key for key, _ in groupby(said)]


async def settled(people: People) -> None:
    """Wait until the sandbox has seen the last of what a killed process had sent."""
    lengths: list[int] = []
    while len(lengths) < 5 or len(set(lengths[-5:])) > 1:
        lengths.append(len(await people.calls()))
        await asyncio.sleep(0.02)


def delays(chance: random.Random) -> Iterator[float]:
    """How long the process may live: sometimes killed while it starts, sometimes at work."""
    for _ in range(KILLS):
        yield chance.uniform(1.0, 4.5)


@pytest.mark.timeout(300)
async def test_kills_at_random_points_through_a_faulty_network(
    sandbox: Sandbox, people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    counts = Counts()
    process = await spawn(sandbox, tmp_path)
    personas = [Persona(await people.person(f"Delegate {number}")) for number in range(PERSONAS)]
    welcomes = [await persona.phone.ask("/start") for persona in personas]
    titles = {label: data.removeprefix("topic:") for label, data in buttons(welcomes[0]).items()}
    for fault in FAULTS:
        await people.post("/faults", fault)

    async def write(persona: Persona, welcome: dict[str, object]) -> None:
        for number in range(MESSAGES_EACH):
            await persona.say(number, welcome)
            await asyncio.sleep(random.Random(SEED + persona.phone.id + number).uniform(0, 1.6))

    async with asyncio.TaskGroup() as writers:
        for persona, welcome in zip(personas, welcomes, strict=True):
            writers.create_task(write(persona, welcome))
        for delay in delays(chance):
            await asyncio.sleep(delay)
            process.kill()
            await process.wait()
            await settled(people)
            delivered = sum([len(without_repeats(await replies(persona, titles))) for persona in personas])
            [(recorded,)] = rows(tmp_path, "SELECT count(*) FROM outbox WHERE state = 'sent'")
            counts.kills += 1
            counts.in_flight_at_kills.append(delivered + PERSONAS - int(str(recorded)))
            logged = (tmp_path / "log.txt").stat().st_size
            process = await spawn(sandbox, tmp_path)

    async def all_answered() -> bool:
        said = [without_repeats(await replies(persona, titles)) for persona in personas]
        return sum(map(len, said)) >= sum(len(persona.expected) for persona in personas)

    await until(all_answered, within_s=90)
    await until(
        lambda: rows(tmp_path, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued')"), within_s=60
    )
    await until(lambda: b"Ctrl-C stops it." in (tmp_path / "log.txt").read_bytes()[logged:])
    process.terminate()
    assert await process.wait() == 0

    heard = [await replies(persona, titles) for persona in personas]
    repeats = sum(len(said) - len(without_repeats(said)) for said in heard)
    with capsys.disabled():
        print(
            f"\n{sum(len(persona.expected) for persona in personas)} messages, {counts.kills} kills, in flight at "
            f"each {counts.in_flight_at_kills}, repeated {repeats}"
        )
    # Every reply delivered, in the order of its question, and nothing that was not asked for.
    for persona, said in zip(personas, heard, strict=True):
        assert without_repeats(said) == persona.expected
    # Every message handled exactly once.
    kept = sorted(str(question) for (question,) in rows(tmp_path, "SELECT question FROM open_questions"))
    assert kept == sorted(question for persona in personas for question in persona.unanswerable)
    assert rows(tmp_path, "SELECT state, count(*) FROM outbox GROUP BY state") == [
        ("sent", sum(len(persona.expected) for persona in personas) + PERSONAS)
    ]
    assert rows(tmp_path, "SELECT DISTINCT state FROM inbox") == [("done",)]
    # Nothing repeated but what was in flight at a kill.
    assert max(counts.in_flight_at_kills) <= IN_FLIGHT
    assert repeats <= sum(counts.in_flight_at_kills)
    assert TOKEN not in (tmp_path / "log.txt").read_text()
