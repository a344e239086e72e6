"""Somebody who sends without end is slowed, told once, and disturbs nobody: the whole bot, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import structlog

from bot.app import Running
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.settings import Delivery, Floods, Handling
from storage import floods, inbox
from storage.records.floods import Kind
from tests.chat import People, Phone, has_replies, until
from tests.conftest import StartBot
from tests.floods import A_FEW, QUESTION, TOO_MANY, all_handled, came_in, figure, flood, read, told
from tests.unreadable import BREAKS, with_unreadable_topic

FLOOD = 1_000
OTHERS = 20
PAUSE_S = 120.0
AT_ONCE = Floods().messages_at_once
AS_TELEGRAM = Delivery()
"""A reply a second to each person."""


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    """With the limits that people have."""
    async with start_bot(floods=Floods()) as running:
        yield running


async def test_a_flood_of_a_thousand_disturbs_nobody(start_bot: StartBot, people: People, clock: MovableClock) -> None:
    flooder = await people.person("Flooder")
    others = [await people.person(f"Delegate {number}") for number in range(OTHERS)]
    async with start_bot(delivery=AS_TELEGRAM, floods=Floods()) as bot:
        async with asyncio.TaskGroup() as writing:
            writing.create_task(flood(flooder, FLOOD))
            await came_in(bot, AT_ONCE)
            for phone in others:
                writing.create_task(phone.write(QUESTION))
        await came_in(bot, FLOOD + OTHERS)
        await until(partial(everybody_is_answered, others))
        # A reply a second reaches the one who floods: all others have theirs long before that is over.
        assert len(await flooder.from_bot()) < AT_ONCE // 2
        mine = await read(bot) - OTHERS
        assert AT_ONCE <= mine <= AT_ONCE + A_FEW
        assert (await inbox.backlog(bot.database.reader)).set_aside == 0
        (account,) = [one for one in await floods.kept(bot.database.reader) if one.unread_count]
        assert (account.person_id, account.unread_count) == (flooder.id, FLOOD - mine)

        async def is_quiet() -> bool:
            clock.advance(0.9)
            return await all_handled(bot) and len(await flooder.from_bot()) > mine

        await until(is_quiet, within_s=60)
        assert len(await told(flooder)) == 1
        assert f"I have read the first {mine} of them." in (await told(flooder))[0]
        assert len(await flooder.from_bot()) == mine + 1
        clock.advance(PAUSE_S)
        assert "2010" in (await flooder.ask(QUESTION))["text"]
        assert len(await told(flooder)) == 1


async def everybody_is_answered(phones: list[Phone]) -> bool:
    return all([len(await phone.from_bot()) == 1 for phone in phones])


async def test_whoever_goes_on_is_paused_for_longer_and_whoever_stops_loses_nothing_more(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    limits = Floods(messages_at_once=20, messages_per_minute=6)
    phone = await people.person()
    async with start_bot(floods=limits) as bot:
        await flood(phone, 50, "/help")
        await came_in(bot, 50)
        at_first = await read(bot)
        assert 20 <= at_first <= 22
        clock.advance(PAUSE_S)
        await flood(phone, 50, "/help")
        await came_in(bot, 100)
        in_all = await read(bot)
        assert 12 <= in_all - at_first <= 16  # as many as two minutes allow
        clock.advance(PAUSE_S)  # it is twice as long this time
        await flood(phone, 1, "/help")
        await came_in(bot, 101)
        assert await read(bot) == in_all
        clock.advance(PAUSE_S)
        await flood(phone, 15, "/help")
        await came_in(bot, 116)
        assert await read(bot) == in_all + 15
        await until(partial(all_handled, bot))
        assert len(await told(phone)) == 2


async def test_what_was_sent_over_an_hour_while_the_bot_was_down_is_all_answered(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    for _minute in range(60):
        for _ in range(5):
            await phone.write("/help")
        clock.advance(60)
    async with start_bot(floods=Floods()) as bot:
        await until(partial(has_replies, phone, 300), within_s=30)
        assert await told(phone) == []
        assert await figure(bot, "not_read") == 0


async def test_a_flood_while_the_bot_was_down_is_told_of_when_it_is_over(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    await flood(phone, 180, "/help")
    clock.advance(3600)
    await phone.write("/privacy")
    async with start_bot(floods=Floods()) as bot:
        await came_in(bot, 181)
        await until(partial(all_handled, bot))
        await until(partial(has_replies, phone, await read(bot) + 1))
        (notice,) = await told(phone)
        assert "I have not read what you sent between" in notice
        assert AT_ONCE < await read(bot) <= AT_ONCE + A_FEW
        assert (await phone.from_bot())[-1].startswith("What I keep")


async def test_what_a_person_does_by_hand_is_no_flood(bot: Running, people: People) -> None:
    """An album, thirty messages forwarded, and a form filled in quickly with buttons."""
    phone = await people.person()
    offer = await phone.ask("/language")
    for number in range(10):
        await people.document(phone, media_group_id="1", caption=f"{number}")
    await flood(phone, 30, "Forwarded")
    for language in ("fr", "en") * 15:
        await phone.press(offer, f"language:{language}", forged=True)
    await until(partial(all_handled, bot))
    assert await figure(bot, "not_read") == 0


async def test_presses_without_end_are_told_of_once_over_the_chat(bot: Running, people: People) -> None:
    phone = await people.person()
    offer = await phone.ask("/language")
    presses = []
    for _ in range(Floods().presses_at_once + 60):
        made = await people.post(
            f"/persons/{phone.id}/presses",
            {"message_id": offer["message_id"], "data": "language:en", "forged": True},
        )
        presses.append(made["callback_query_id"])
    await came_in(bot, 1 + len(presses))
    unread = int(await figure(bot, "not_read"))
    assert 20 <= unread <= 60
    first = await people.get(f"/presses/{presses[-unread]}?wait=10")
    assert first["text"].startswith("You press buttons faster than I can follow. Please wait until")
    assert (await phone.ask("/help"))["text"]  # messages are another matter
    assert await told(phone) == []


async def test_a_pause_outlives_a_restart_and_what_was_read_before_it_is_answered(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    async with start_bot(floods=Floods()) as bot:
        await flood(phone, AT_ONCE + 30, "/help")
        await came_in(bot, AT_ONCE + 30)
        before = await read(bot)
        assert before <= AT_ONCE + A_FEW
    async with start_bot(floods=Floods()) as bot:
        await phone.write("/privacy")
        await came_in(bot, 1)
        assert await figure(bot, "not_read") == 1
        await until(partial(has_replies, phone, before + 1))
        assert len(await told(phone)) == 1
        clock.advance(PAUSE_S)
        assert (await phone.ask("/privacy"))["text"].startswith("What I keep")
        (account,) = await floods.kept(bot.database.reader)
        assert (account.kind, account.unread_count) == (Kind.MESSAGE, AT_ONCE + 30 - before + 1)


async def test_what_is_not_read_leaves_its_count_and_not_a_word(bot: Running, people: People) -> None:
    phone = await people.person()
    secret = "Nobody reads this"
    with structlog.testing.capture_logs() as logged:
        await flood(phone, AT_ONCE, "/help")
        await flood(phone, 50, secret)
        await came_in(bot, AT_ONCE + 50)
        await until(partial(all_handled, bot))
    rows: Any = await bot.database.writer._conn.execute_fetchall("SELECT payload, failure FROM inbox")
    assert [row[0] for row in rows if row[0]] == []
    assert [row[1] for row in rows].count("not read: too many") == await figure(bot, "not_read") > 0
    (told_of,) = [event for event in logged if event["event"] == "not_read_for_now"]
    assert (told_of["person_id"], told_of["for_s"]) == (phone.id, 120)


async def test_apologies_to_somebody_whose_every_message_fails_are_bounded_and_others_are_answered(
    start_bot: StartBot, people: People, parts: Parts
) -> None:
    breaks = replace(parts, library=with_unreadable_topic(parts.library), answerer=None)
    flooder, other = await people.person(), await people.person()
    limits = Floods(messages_at_once=20, messages_per_minute=6)
    async with start_bot(breaks, floods=limits, handling=Handling(tries=1)) as bot:
        for _ in range(60):
            await flooder.write(BREAKS)
        assert "2010" in (await other.ask(QUESTION))["text"]
        await came_in(bot, 61)
        await until(partial(all_handled, bot))

        async def apologies() -> int:
            return len([text for text in await flooder.from_bot() if not text.startswith(TOO_MANY)])

        async def all_have_come() -> bool:
            return await apologies() >= await read(bot) - 1

        await until(all_have_come)
        assert 20 <= await apologies() == await read(bot) - 1 <= 25
        assert len(await told(flooder)) == 1
