"""A hard kill between any two steps of the desk loses nothing that anybody has typed, and keeps its order."""

from __future__ import annotations

import random
import signal
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.sandbox.server import Sandbox
from tests.chat import People, Phone, until
from tests.desk import OWNER, bound, member_of, owner_of, says
from tests.processes import bot_process

PEOPLE = 4
ROUNDS = 5
SEED = 20261123
OWNERS = {"UNIGO_PEOPLE__OWNERS": str(OWNER), "UNIGO_DELIVERY__GROUP_PER_MINUTE": "1000"}


async def test_nothing_typed_is_lost_by_kills(sandbox: Sandbox, people: People, tmp_path: Path) -> None:
    chance = random.Random(SEED)

    def run() -> Any:
        return bot_process(sandbox.base_url, tmp_path, **OWNERS)

    async with run():
        owner = await owner_of(people)
        member = await member_of(people, owner)
        group = member.within(await bound(people, owner, member, is_forum=True))
        delegates = [await people.person(f"Delegate {number}") for number in range(PEOPLE)]
        for phone in delegates:
            await phone.ask("/ask Beginning.")
        topics = [await topic_of(group, number) for number in range(PEOPLE)]
    await people.fault("slow", probability=0.5, delay_s=0.05, method="sendMessage")
    await people.fault("502", probability=0.1, method="sendMessage")
    for turn in range(ROUNDS):
        async with run() as process:
            for number, phone in enumerate(delegates):
                await phone.write(f"/ask Question {turn} of {number}.")
                await group.write(f"Answer {turn} to {number}.", message_thread_id=topics[number])
            calls = len(await people.calls("sendMessage"))
            some = chance.randrange(1, 2 * PEOPLE)
            await until(partial(at_least, people, calls + some))
            await process.stop(signal.SIGKILL)
    await people.delete("/faults")
    async with run():
        for number, phone in enumerate(delegates):
            await says(phone, f"Answer {ROUNDS - 1} to {number}.")
            await says(group, f"Question {ROUNDS - 1} of {number}.")
            questions = [
                one["text"] for one in await group.messages() if one.get("text", "").endswith(f" of {number}.")
            ]
            answers = [text for text in await phone.from_bot() if text.endswith(f" to {number}.")]
            assert without_repeats(questions) == [f"Question {turn} of {number}." for turn in range(ROUNDS)]
            assert without_repeats(answers) == [
                f"The Secretariat:\nAnswer {turn} to {number}." for turn in range(ROUNDS)
            ]


def without_repeats(texts: list[str]) -> list[str]:
    """What was on its way at a kill may come twice, one behind the other."""
    return [text for text, _ in groupby(texts)]


async def at_least(people: People, number: int) -> bool:
    return len(await people.calls("sendMessage")) >= number


async def topic_of(group: Phone, number: int) -> int:
    card = await says(group, f"Delegate {number}\n")
    return int(card["message_thread_id"])
