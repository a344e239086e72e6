"""Delivery: what becomes of a queued message when Telegram asks to wait, refuses it, or cannot be reached."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import outbox
from storage import people as known_people
from storage.records import Call, NewMessage, Person
from storage.session import Transaction
from tests.chat import People, Phone, met, until
from tests.conftest import StartBot
from tests.delivering import has_texts, nothing_queued, queue, text

HOUR_S = 3600.0


async def person_of(bot: Running, phone: Phone) -> Person:
    person = await known_people.find(bot.database.reader, phone.id)
    assert person is not None
    return person


async def test_a_429_holds_up_its_own_chat_for_as_long_as_it_says(
    bot: Running, people: People, clock: MovableClock
) -> None:
    slowed, other = await met(people), await met(people)
    await people.fault("429", method="sendMessage", chat_id=slowed.id, times=1, retry_after=3600)
    await queue(bot, text(slowed.id, "first"), text(slowed.id, "second"))
    await until(lambda: _flooded(people, 1))
    await queue(bot, text(other.id, "unhindered"))
    await until(lambda: has_texts(other, "unhindered"))
    assert await has_texts(slowed)
    clock.advance(HOUR_S - 60)
    await queue(bot, text(other.id, "still unhindered"))
    await until(lambda: has_texts(other, "unhindered", "still unhindered"))
    assert await has_texts(slowed)
    clock.advance(61)
    await until(lambda: has_texts(slowed, "first", "second"))
    assert len(await _flooded(people, 1)) == 1


async def test_429s_to_several_chats_are_the_whole_bots(bot: Running, people: People, clock: MovableClock) -> None:
    phones = [await met(people) for _ in range(4)]
    fault = await people.fault("429", method="sendMessage", retry_after=3600)
    for number, phone in enumerate(phones[:3], start=1):
        await queue(bot, text(phone.id, "hello"))
        await until(lambda count=number: _flooded(people, count))  # type: ignore[misc]
    await people.delete(f"/faults/{fault}")
    calls_before = len(await people.calls("sendMessage"))
    await queue(bot, text(phones[3].id, "hello"))
    clock.advance(HOUR_S - 60)
    await bot.health.look()
    assert len(await people.calls("sendMessage")) == calls_before
    clock.advance(61)
    for phone in phones:
        await until(lambda phone=phone: has_texts(phone, "hello"))  # type: ignore[misc]


@pytest.mark.parametrize("fault", ["500", "502", "drop"])
async def test_a_passing_fault_is_tried_again_in_order(
    bot: Running, people: People, clock: MovableClock, fault: str
) -> None:
    phone = await met(people)
    await people.fault(fault, method="sendMessage", chat_id=phone.id, times=2)
    await queue(bot, text(phone.id, "first"), text(phone.id, "second"))

    async def arrived() -> bool:
        clock.advance(10)
        return await has_texts(phone, "first", "second")

    await until(arrived)
    await until(lambda: nothing_queued(bot))


async def test_a_message_that_alone_fails_is_given_up_and_does_not_block_its_chat(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone, other = await met(people), await met(people)
    await queue(bot, NewMessage(phone.id, Call("sendPhoto", {"photo": "missing"})), text(phone.id, "after it"))
    fault = await people.fault("500", method="sendPhoto", chat_id=phone.id)

    async def given_up() -> bool:
        clock.advance(70)
        await queue(bot, text(other.id, "works"))
        return bool(await outbox.list_failed(bot.database.reader))

    await until(given_up)
    await until(lambda: has_texts(phone, "after it"))
    await people.delete(f"/faults/{fault}")
    [failed] = await outbox.list_failed(bot.database.reader)
    assert failed.chat_id == phone.id


async def test_a_refused_message_is_reported_and_not_tried_again(bot: Running, people: People) -> None:
    phone = await met(people)
    await queue(bot, text(phone.id, ""), text(phone.id, "after it"))
    await until(lambda: has_texts(phone, "after it"))
    [failed] = await outbox.list_failed(bot.database.reader)
    assert failed.failure == "Message text is empty"
    refused = [call for call in await people.calls("sendMessage") if call["status"] == 400]
    assert len(refused) == 1


async def test_who_blocked_the_bot_is_unreachable_until_they_start_it_again(bot: Running, people: People) -> None:
    phone = await met(people)
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})

    async def is_unreachable() -> bool:
        return (await person_of(bot, phone)).unreachable_since is not None

    await until(is_unreachable)
    await queue(bot, text(phone.id, "one"), text(phone.id, "two"), text(phone.id, "three"))
    await until(lambda: nothing_queued(bot))
    refused = [call for call in await people.calls("sendMessage") if call["status"] == 403]
    assert len(refused) == 1
    await phone.start()
    await until(lambda: _person_reachable(bot, phone))
    await until(lambda: _last_is_welcome(phone))


async def test_a_403_alone_marks_the_person_unreachable(bot: Running, people: People) -> None:
    stranger = await people.person("Never wrote")

    async def known(tx: Transaction) -> None:
        found = known_people.meeting(tx.sql, stranger.id, language="en", guessed=True, reachable=True, now=bot.now_us())
        await known_people.meet(tx, found)

    await bot.database.write(known)
    await queue(bot, text(stranger.id, "to somebody who never wrote"))
    await until(lambda: nothing_queued(bot))
    assert len(await outbox.list_failed(bot.database.reader)) == 1
    assert (await person_of(bot, stranger)).unreachable_since is not None


async def test_a_source_that_refuses_says_nothing_of_whom_it_was_for(bot: Running, people: People) -> None:
    phone = await met(people)
    group = await people.group(phone)
    message = await phone.within(group).write("A file, say")
    await people.post(f"/groups/{group}/remove_bot")
    source = {"from_chat_id": group, "message_id": message["message_id"]}
    await queue(bot, NewMessage(phone.id, Call("copyMessage", source)), text(phone.id, "the next"))
    await until(lambda: nothing_queued(bot))
    assert await has_texts(phone, "the next")
    assert (await person_of(bot, phone)).unreachable_since is None
    [failed] = await outbox.list_failed(bot.database.reader)
    assert "Forbidden" in failed.failure


async def test_what_waits_is_delivered_after_a_restart(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with start_bot() as bot:
        phone = await met(people)
        fault = await people.fault("502", method="sendMessage")
        await queue(bot, text(phone.id, "one"), text(phone.id, "two"))
        await until(lambda: _refused_with(people, 502))
    await people.delete(f"/faults/{fault}")
    clock.advance(HOUR_S)
    async with start_bot() as bot:
        await until(lambda: has_texts(phone, "one", "two"))


async def _refused_with(people: People, status: int) -> list[Any]:
    return [call for call in await people.calls("sendMessage") if call["status"] == status]


async def _flooded(people: People, at_least: int) -> list[Any]:
    found = await _refused_with(people, 429)
    return found if len(found) >= at_least else []


async def _person_reachable(bot: Running, phone: Phone) -> bool:
    return (await person_of(bot, phone)).unreachable_since is None


async def _last_is_welcome(phone: Phone) -> bool:
    return (await phone.from_bot())[-1].startswith("Welcome")
