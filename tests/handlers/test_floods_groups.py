"""Whoever floods a group or the Secretariat disturbs nobody else there."""

from __future__ import annotations

from functools import partial

import pytest

from bot.runtime.clock import MovableClock
from bot.settings import Floods
from tests.chat import Json, People, until
from tests.conftest import StartBot
from tests.desk import UNKNOWN, asked, says, secretariat
from tests.desk import running as running_desk
from tests.floods import A_FEW, QUESTION, all_handled, came_in, figure, read, told


async def test_a_flood_in_a_group_silences_one_person_there_and_nobody_else(
    start_bot: StartBot, people: People
) -> None:
    async with start_bot(floods=Floods()) as bot:
        one, other = await people.person(), await people.person()
        group_id = await people.group(one, other)
        for number in range(40):
            await one.within(group_id).write(f"@unigo_test_bot {QUESTION} {number}")
        await came_in(bot, 41)  # with the bot's own arrival
        assert Floods().group_at_once < await read(bot) <= Floods().group_at_once + 1 + A_FEW
        assert (await other.within(group_id).ask(f"@unigo_test_bot {QUESTION}"))["text"]
        assert (await one.ask(QUESTION))["text"]
        await until(partial(all_handled, bot))
        assert len(await told(one.within(group_id))) == 1
        assert await told(one) == []


async def test_nobody_is_held_back_in_the_secretariats_group(start_bot: StartBot, people: People) -> None:
    async with running_desk(start_bot, floods=Floods()) as bot:
        office = await secretariat(bot, people)
        before = await figure(bot, "received")
        for _ in range(2 * Floods().group_at_once):
            await office.group.write("/waiting")
        await came_in(bot, int(before) + 2 * Floods().group_at_once)
        await until(partial(all_handled, bot))
        assert await figure(bot, "not_read") == 0


@pytest.mark.parametrize("way", ["questions", "letters"])
async def test_a_flood_to_the_secretariat_does_not_fill_its_group(
    start_bot: StartBot, people: People, clock: MovableClock, way: str
) -> None:
    async with running_desk(start_bot, floods=Floods()) as bot:
        office = await secretariat(bot, people)
        limit = 20
        phone, _copy = await asked(office)
        last: Json = {}
        for number in range(limit + 5):
            last = await phone.ask(f"{UNKNOWN} {number}" if way == "questions" else f"/ask Letter {number}")
        assert "You have sent many messages to the Secretariat in a short time" in last["text"]
        await says(office.group, f"{UNKNOWN} {limit - 2}" if way == "questions" else f"Letter {limit - 2}")
        mine = [text for text in await office.group.from_bot() if UNKNOWN in text or "Letter" in text]
        assert len(mine) == limit
        await asked(office, "Who pays for the flowers in the hall?")  # somebody else's still comes to the group
        clock.advance(600)
        if way == "questions":
            await phone.press(last, f"ask:{last['message_id'] - 1}")
            await says(office.group, f"{UNKNOWN} {limit + 4}")
        else:
            await phone.ask("/ask Letter again")
            await says(office.group, "Letter again")
