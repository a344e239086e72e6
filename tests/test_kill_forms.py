"""A hard kill between any two steps of a form: nobody types an answer twice, and nothing is confirmed twice.

Nor does anything that is typed in a form come to a log.
"""

from __future__ import annotations

import json
import random
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from storage import audit
from storage.database import open_database
from tests.chat import People, Phone, buttons, until
from tests.example_form import TAKEN
from tests.forms import ANSWERS, SUMMARY, UNDERSTOOD, asks, begin
from tests.processes import PATIENCE_S, bot_process

PEOPLE = 2
STEPS_AT_MOST = 9
"""Between two kills."""
SEED = 20261125
EXAMPLE_BOT = ("tests.example_bot",)
QUESTIONS = list(ANSWERS)


@pytest.mark.timeout(300)
async def test_kills_while_forms_are_filled_in(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    delegates = [await people.person(f"Delegate {number}") for number in range(PEOPLE)]
    typed: dict[int, list[str]] = {phone.id: [] for phone in delegates}
    logged: list[str] = []

    def run() -> Any:
        return bot_process(sandbox.base_url, tmp_path, EXAMPLE_BOT, UNIGO_DATABASE__PATH=str(tmp_path / "bot.db"))

    async with run() as process:
        await process.until_said("running")
        for phone in delegates:
            await begin(phone)
        logged += process.printed
    await people.fault("slow", probability=0.5, delay_s=0.05, method="sendMessage")
    while any(len(done) < len(QUESTIONS) for done in typed.values()):
        async with run() as process:
            for _step in range(chance.randint(1, STEPS_AT_MOST)):
                phone = chance.choice([one for one in delegates if len(typed[one.id]) < len(QUESTIONS)] or delegates)
                await answer_next(phone, typed[phone.id])
            await process.stop(signal.SIGKILL)
            logged += process.printed
    await people.delete("/faults")
    async with run() as process:
        for phone in delegates:
            summary = await asks(phone, SUMMARY, within_s=PATIENCE_S)
            for _tap in range(2):
                await phone.people.post(
                    f"/persons/{phone.id}/presses",
                    {
                        "chat_id": phone.id,
                        "message_id": summary["message_id"],
                        "data": buttons(summary)["Send it"],
                        "forged": True,
                    },
                )
        await process.stop(signal.SIGKILL)
        logged += process.printed
    async with run() as process:
        for phone in delegates:
            await until(partial(is_sent, phone), within_s=PATIENCE_S)
        logged += process.printed
    async with open_database(tmp_path / "bot.db", now_us=0) as database:
        entries = await audit.latest(database.reader)
    assert [json.loads(entry.after or "") for entry in entries] == [UNDERSTOOD] * PEOPLE
    assert sorted(entry.actor_id for entry in entries) == sorted(phone.id for phone in delegates)
    for text in ("Center A", "name@center.org", "Nothing more", "668 18", TAKEN):
        assert not [line for line in logged if text in line]


async def answer_next(phone: Phone, done: list[str]) -> None:
    """Type the answer to the next question as soon as it is asked, and do not wait for what becomes of it."""
    if len(done) < len(QUESTIONS):
        question = QUESTIONS[len(done)]
        await asks(phone, question, within_s=PATIENCE_S)
        done.append(question)
        await phone.write(ANSWERS[question])


async def is_sent(phone: Phone) -> bool:
    return "⟦It is sent.⟧" in await phone.from_bot()
