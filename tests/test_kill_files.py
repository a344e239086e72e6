"""A hard kill between the commit of a message with a file and its delivery loses neither."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.clock import Clock
from bot.runtime.spool import Spool, spool_folder
from bot.sandbox.server import Sandbox
from storage import outbox
from storage.database import open_database
from storage.records import NewMessage
from storage.session import Transaction
from tests.chat import Json, People, Phone, until
from tests.processes import PATIENCE_S, bot_process

CONTENT = random.Random(20261123).randbytes(2_000_000)


async def queue_document(folder: Path, phone: Phone) -> Path:
    """Queue a document as a handler would, while no bot runs; where it waits."""
    database = folder / "bot.db"
    spool = Spool(spool_folder(database), Clock())
    upload = await spool.keep(CONTENT, "centers.xlsx")
    now_us = time.time_ns() // 1000

    async def work(tx: Transaction) -> None:
        outbox.add(tx, NewMessage(phone.id, upload.as_call({"caption": "All Centers"})), now_us)

    async with open_database(database, now_us=now_us) as opened:
        await opened.write(work)
    return spool_folder(database) / upload.spooled


async def documents(phone: Phone) -> list[Json]:
    return [message for message in await phone.messages() if "document" in message]


@pytest.mark.parametrize(("fault", "copies"), [("502", 1), ("drop", 1), ("drop_after", 2), ("slow", 2)])
async def test_it_is_sent_whole_after_a_kill(
    sandbox: Sandbox, people: People, tmp_path: Path, fault: str, copies: int
) -> None:
    phone = await people.person(started=True)
    file = await queue_document(tmp_path, phone)
    await people.fault(fault, method="sendDocument", delay_s=3600)
    async with bot_process(sandbox.base_url, tmp_path) as process:
        await until(lambda: people.calls("sendDocument"), within_s=PATIENCE_S)
        await process.stop(signal.SIGKILL)
    assert _size(file) == len(CONTENT)
    await people.delete("/faults")
    before = len(await documents(phone))
    assert before == copies - 1  # what Telegram has, without the bot's knowing, comes again: nothing can tell it

    async def arrived() -> Any:
        found = await documents(phone)
        return found[before:]

    async with bot_process(sandbox.base_url, tmp_path):
        [document] = await until(arrived, within_s=PATIENCE_S)
        assert await people.file(document["document"]["file_id"]) == CONTENT
        await until(lambda: not file.exists())


def _size(file: Path) -> int:
    return file.stat().st_size
