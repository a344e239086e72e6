"""Hard kills between sending a list, confirming it and its end: nothing has to be sent again, nothing is done twice."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.bot.members.importing.example_list import as_csv, example_list
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER, owner_of
from tests.office import data_of, says_after
from tests.processes import PATIENCE_S, bot_process

ROWS = 1_000
SEED = 20261123
OWNERS = {"UNIGO_PEOPLE__OWNERS": f"[{OWNER}]"}
KILLS_IN_A_STEP = 2


def value(folder: Path, query: str) -> int:
    connection = sqlite3.connect(folder / "bot.db", isolation_level=None)
    try:
        return int(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


async def killed_often(sandbox: Sandbox, folder: Path, chance: random.Random) -> None:
    """The bot starts and is killed, some time after it has begun to work."""
    for _kill in range(KILLS_IN_A_STEP):
        async with bot_process(sandbox.base_url, folder, **OWNERS) as process:
            await process.until_said("Ctrl-C stops it.")
            await asyncio.sleep(chance.uniform(0, 2.5))  # what a kill hits is left to chance
            await process.stop(signal.SIGKILL)


async def offered(phone: Phone, after: Json, label: str) -> Json:
    """The next message of the bot's behind one with this button; what was in flight at a kill may come again before."""

    async def found() -> Json | None:
        later = await phone.messages(after=after["message_id"])
        return next((one for one in later if one["from"]["is_bot"] and label in buttons(one)), None)

    return dict(await until(found, within_s=PATIENCE_S))


async def pressed(phone: Phone, screen: Json, label: str) -> None:
    """Press while no bot runs: nobody answers."""
    body = {"chat_id": phone.chat_id, "message_id": screen["message_id"], "data": data_of(screen, label)}
    await phone.people.post(f"/persons/{phone.id}/presses", body)


@pytest.mark.timeout(300)
async def test_kills_cost_nobody_a_list(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    chance, example = random.Random(SEED), example_list(ROWS)
    async with bot_process(sandbox.base_url, tmp_path, **OWNERS) as process:
        await process.until_said("Ctrl-C stops it.")
        owner = await owner_of(people)
        asking = await owner.ask("/import")
        await process.stop(signal.SIGKILL)
    sent = await people.upload(owner, as_csv(example), "list.csv")
    await killed_often(sandbox, tmp_path, chance)
    async with bot_process(sandbox.base_url, tmp_path, **OWNERS) as process:
        screen = await offered(owner, sent, "Check the list")
        await process.stop(signal.SIGKILL)
    await pressed(owner, screen, "Check the list")
    await killed_often(sandbox, tmp_path, chance)
    async with bot_process(sandbox.base_url, tmp_path, **OWNERS) as process:
        result = await says_after(owner, screen, "What would happen", within_s=PATIENCE_S)
        await process.stop(signal.SIGKILL)
    await pressed(owner, result, "Read it in")
    await killed_often(sandbox, tmp_path, chance)
    async with bot_process(sandbox.base_url, tmp_path, **OWNERS) as process:
        await says_after(owner, asking, "The list is read in.", within_s=PATIENCE_S)
        await process.stop()
    assert example.centers - 2 <= value(tmp_path, "SELECT count(*) FROM centers") <= example.centers
    assert example.people - 30 <= value(tmp_path, "SELECT count(*) FROM delegates") <= example.people
    assert value(tmp_path, "SELECT count(*) FROM audit WHERE act = 'database.import'") == 1
    assert value(tmp_path, "SELECT count(*) FROM imports WHERE state = 'done'") == 1
    assert list((tmp_path / "bot.db.files").iterdir()) == []
