"""Delivery: what becomes of a queued message when Telegram takes it, refuses it, or cannot be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.app import Running
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from storage import outbox
from storage import people as known_people
from storage.records import Call, FollowUp, MessageClass, NewMessage, Person, Rendered
from storage.session import Session, Transaction
from tests.chat import People, Phone, until
from tests.conftest import StartBot

HOUR_S = 3600.0


def text(chat_id: int, words: str, **more: Any) -> NewMessage:
    return NewMessage(chat_id, Call("sendMessage", {"text": words}), **more)


async def queue(bot: Running, *messages: NewMessage) -> None:
    now = bot.now_us()

    async def work(tx: Transaction) -> None:
        for message in messages:
            outbox.add(tx, message, now)

    await bot.database.write(work)
    bot.wake_delivery()


async def met(people: People, bot: Running, name: str = "Delegate") -> Phone:
    """A person whom the bot knows, and who has a welcome already."""
    phone = await people.person(name)
    await phone.ask("/start")
    return phone


async def has_texts(phone: Phone, *texts: str) -> bool:
    return tuple((await phone.from_bot())[1:]) == texts


async def nothing_queued(bot: Running) -> bool:
    return (await outbox.counts(bot.database.reader))[0] == 0


async def person_of(bot: Running, phone: Phone) -> Person:
    person = await known_people.find(bot.database.reader, phone.id)
    assert person is not None
    return person


async def test_messages_to_one_chat_arrive_in_order(bot: Running, people: People) -> None:
    phone = await met(people, bot)
    texts = [f"message {number}" for number in range(20)]
    await queue(bot, *(text(phone.id, words) for words in texts))
    await until(lambda: has_texts(phone, *texts))


async def test_a_chat_for_which_much_waits_holds_up_nobody_else(
    bot: Running, people: People, clock: MovableClock
) -> None:
    slow, other = await met(people, bot), await met(people, bot)
    await people.fault("429", method="sendMessage", chat_id=slow.id, times=1, retry_after=3600)
    texts = [f"message {number}" for number in range(1_100)]
    await queue(bot, *(text(slow.id, words) for words in texts))
    for _ in range(3):
        assert (await other.ask("/help"))["text"]
    assert len(await slow.from_bot()) == 1
    clock.advance(3601)
    await until(lambda: nothing_queued(bot))
    assert await has_texts(slow, *texts)


async def test_what_waits_for_a_group_follows_it_in_order_however_much_it_is(bot: Running, people: People) -> None:
    phone = await met(people, bot)
    group = await people.group(phone, title="A group", type="group")
    texts = [f"message {number}" for number in range(70)]
    supergroup = (await people.post(f"/groups/{group}/upgrade"))["id"]
    await queue(bot, *(text(group, words) for words in texts))
    await until(lambda: nothing_queued(bot))
    shown = [
        one["text"] for one in await phone.within(supergroup).messages() if one["from"]["is_bot"] and "text" in one
    ]
    assert [one for one in shown if one.startswith("message ")] == texts


async def test_a_429_holds_up_its_own_chat_for_as_long_as_it_says(
    bot: Running, people: People, clock: MovableClock
) -> None:
    slowed, other = await met(people, bot), await met(people, bot)
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
    phones = [await met(people, bot) for _ in range(4)]
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
    phone = await met(people, bot)
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
    phone, other = await met(people, bot), await met(people, bot)
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
    phone = await met(people, bot)
    await queue(bot, text(phone.id, ""), text(phone.id, "after it"))
    await until(lambda: has_texts(phone, "after it"))
    [failed] = await outbox.list_failed(bot.database.reader)
    assert failed.failure == "Message text is empty"
    refused = [call for call in await people.calls("sendMessage") if call["status"] == 400]
    assert len(refused) == 1


async def test_who_blocked_the_bot_is_unreachable_until_they_start_it_again(bot: Running, people: People) -> None:
    phone = await met(people, bot)
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
    await queue(bot, text(stranger.id, "to somebody who never wrote"))

    async def failed() -> bool:
        return bool(await outbox.list_failed(bot.database.reader))

    await until(failed)
    await until(lambda: nothing_queued(bot))


async def test_a_source_that_refuses_says_nothing_of_whom_it_was_for(bot: Running, people: People) -> None:
    phone = await met(people, bot)
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


async def test_a_group_that_migrated_is_followed(bot: Running, people: People) -> None:
    phone = await people.person()
    group = await people.group(phone, type="group")
    upgraded = await people.post(f"/groups/{group}/upgrade")
    await queue(bot, text(group, "to the old id"), text(group, "and again"))
    there = phone.within(upgraded["id"])

    async def arrived() -> bool:
        return [words for words in await there.from_bot() if words] == ["to the old id", "and again"]

    await until(arrived)
    await until(lambda: nothing_queued(bot))


async def test_a_long_text_is_split_and_its_buttons_go_last(bot: Running, people: People) -> None:
    phone = await met(people, bot)
    paragraphs = [f"<b>Paragraph {number}</b> " + "word " * 200 for number in range(12)]
    keyboard = {"inline_keyboard": [[{"text": "OK", "callback_data": "menu"}]]}
    call = Call("sendMessage", {"text": "\n\n".join(paragraphs), "parse_mode": "HTML", "reply_markup": keyboard})
    await queue(bot, NewMessage(phone.id, call), text(phone.id, "after it"))

    async def all_there() -> bool:
        return (await phone.from_bot())[-1] == "after it"

    await until(all_there)
    parts = [message for message in await phone.messages() if message["from"]["is_bot"]][1:-1]
    assert len(parts) > 1
    assert all(part["text"].startswith("Paragraph ") for part in parts)
    assert sum(len(part.get("entities", [])) for part in parts) == len(paragraphs)
    assert ["reply_markup" in part for part in parts] == [False] * (len(parts) - 1) + [True]


async def test_what_has_no_place_in_an_edited_message_follows_it(bot: Running, people: People) -> None:
    phone = await met(people, bot)
    [welcome] = [message for message in await phone.messages() if message["from"]["is_bot"]]
    paragraphs = [f"Paragraph {number} {'😀' * 500}" for number in range(9)]
    keyboard = {"inline_keyboard": [[{"text": "OK", "callback_data": "menu"}]]}
    edit = {"message_id": welcome["message_id"], "text": "\n\n".join(paragraphs), "parse_mode": "HTML"}
    await queue(bot, NewMessage(phone.id, Call("editMessageText", {**edit, "reply_markup": keyboard})))
    await until(lambda: nothing_queued(bot))
    parts = [message for message in await phone.messages() if message["from"]["is_bot"]]
    assert len(parts) == 3
    assert "\n\n".join(part["text"] for part in parts) == edit["text"]
    assert ["reply_markup" in part for part in parts] == [False, False, True]
    await queue(bot, NewMessage(phone.id, Call("editMessageText", {**edit, "reply_markup": keyboard})))
    await until(lambda: nothing_queued(bot))
    assert len([message for message in await phone.messages() if message["from"]["is_bot"]]) == 3, "nothing is new"


async def test_an_edit_that_changes_nothing_counts_as_done(bot: Running, people: People) -> None:
    phone = await met(people, bot)
    [welcome] = [message for message in await phone.messages() if message["from"]["is_bot"]]
    call = Call("editMessageText", {"message_id": welcome["message_id"], "text": "new"})
    await queue(bot, NewMessage(phone.id, call), NewMessage(phone.id, call))
    await until(lambda: nothing_queued(bot))
    assert await outbox.list_failed(bot.database.reader) == []


async def test_what_is_rendered_late_is_rendered_at_delivery(start_bot: StartBot, people: People, parts: Parts) -> None:
    async def reminder(session: Session, chat_id: int, args: Mapping[str, Any]) -> Call | None:
        if args.get("broken"):
            raise KeyError("broken")
        person = await known_people.find(session, chat_id)
        assert person is not None
        if person.language == "fr":
            return None
        return Call("sendMessage", {"text": f"{args['what']} for a reader of {person.language}"})

    async with start_bot(replace(parts, renderers={"late": reminder})) as bot:
        reader, other = await people.person(language="es"), await people.person(language="fr")
        for phone in (reader, other):
            await phone.ask("/start")

        def reminders(phone: Phone, **args: Any) -> NewMessage:
            return NewMessage(phone.id, Rendered("late", {"what": "AGM", **args}), MessageClass.REMINDER)

        await queue(bot, reminders(reader, broken=True), reminders(reader), reminders(other))
        await until(lambda: nothing_queued(bot))
        assert await has_texts(reader, "AGM for a reader of es")
        assert await has_texts(other)
        [failed] = await outbox.list_failed(bot.database.reader)
        assert failed.what == "late"


async def test_a_follow_up_runs_with_the_result_and_its_failure_sends_nothing_twice(
    start_bot: StartBot, people: People, parts: Parts
) -> None:
    seen: list[tuple[int, int]] = []

    async def note(tx: Transaction, chat_id: int, args: Mapping[str, Any], result: Any) -> None:
        if args.get("broken") == "in the database":
            await tx.run(tx.sql.about.put, name="key", value=None)
        elif args.get("broken"):
            raise KeyError("broken")
        seen.append((chat_id, result["message_id"]))

    async with start_bot(replace(parts, follow_ups={"note": note})) as bot:
        phone = await met(people, bot)
        await queue(
            bot,
            text(phone.id, "good", follow_up=FollowUp("note")),
            text(phone.id, "broken", follow_up=FollowUp("note", {"broken": "in the code"})),
            text(phone.id, "broken too", follow_up=FollowUp("note", {"broken": "in the database"})),
            text(phone.id, "last"),
        )
        await until(lambda: has_texts(phone, "good", "broken", "broken too", "last"))
        await until(lambda: nothing_queued(bot))
        [good] = [message for message in await phone.messages() if message.get("text") == "good"]
        assert seen == [(phone.id, good["message_id"])]


async def test_what_waits_is_delivered_after_a_restart(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with start_bot() as bot:
        phone = await met(people, bot)
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
