"""A clean stop: within five seconds, with exit status 0, and nothing lost or said twice."""

from __future__ import annotations

import asyncio
import signal
from itertools import cycle, islice
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.chat import People, Phone, until
from tests.processes import PATIENCE_S, bot_process

STOP_WITHIN_S = 5.0
PERSONS = 5
MESSAGES_EACH = 12
ASKED = {"/help": "Write a question", "/privacy": "What I keep", "/language": "Which language"}
"""Commands, and how the replies to them begin."""


async def write(phone: Phone, count: int) -> None:
    for command in islice(cycle(ASKED), count):
        await phone.write(command)


async def heard(phones: list[Phone]) -> int:
    return sum([len(await phone.from_bot()) for phone in phones])


async def heard_at_least(phones: list[Phone], count: int) -> bool:
    return await heard(phones) >= count


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_in_the_middle_of_traffic_loses_and_repeats_nothing(
    sandbox: Sandbox, people: People, tmp_path: Path, how: signal.Signals
) -> None:
    phones = [await people.person() for _ in range(PERSONS)]
    await people.fault("slow", method="sendMessage", probability=0.3, delay_s=0.1)
    async with bot_process(sandbox.base_url, tmp_path) as bot, asyncio.TaskGroup() as writing:
        for phone in phones:
            writing.create_task(write(phone, MESSAGES_EACH))
        await until(lambda: heard_at_least(phones, PERSONS), within_s=PATIENCE_S)
        assert await bot.stop(how, within_s=STOP_WITHIN_S) == 0
        assert bot.said("Traceback") == 0
    assert await heard(phones) < PERSONS * MESSAGES_EACH  # there was still something to lose
    async with bot_process(sandbox.base_url, tmp_path) as bot:
        await until(lambda: heard_at_least(phones, PERSONS * MESSAGES_EACH), within_s=PATIENCE_S)
        assert await bot.stop(how, within_s=STOP_WITHIN_S) == 0
    for phone in phones:
        beginnings = list(islice(cycle(ASKED.values()), MESSAGES_EACH))
        texts = await phone.from_bot()
        assert [text[: len(beginning)] for text, beginning in zip(texts, beginnings, strict=True)] == beginnings


@pytest.mark.parametrize("kind", ["drop", "slow"])
async def test_a_stop_does_not_wait_for_a_telegram_that_does_not_answer(
    sandbox: Sandbox, people: People, tmp_path: Path, kind: str
) -> None:
    phone = await people.person()
    async with bot_process(sandbox.base_url, tmp_path) as bot:
        await bot.until_said("@unigo_test_bot is running.")
        fault = await people.fault(kind, method="sendMessage", delay_s=3600)
        await write(phone, 3)
        await until(lambda: people.calls("sendMessage"))
        assert await bot.stop(within_s=STOP_WITHIN_S) == 0
        assert bot.said("Traceback") == 0
    await people.delete(f"/faults/{fault}")
    before = await heard([phone])
    async with bot_process(sandbox.base_url, tmp_path):
        await until(lambda: heard_at_least([phone], before + 3), within_s=PATIENCE_S)


async def test_a_stop_while_starting_is_clean_too(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    await people.fault("drop", method="getMe")
    async with bot_process(sandbox.base_url, tmp_path) as bot:
        await bot.until_said("telegram_unreached")
        assert await bot.stop(within_s=STOP_WITHIN_S) == 0
        assert bot.said("Traceback") == 0
