"""Delivery: in order, in parts where it is long, rendered when it leaves, and followed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.app import Running
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from storage import outbox
from storage import people as known_people
from storage.records import Call, FollowUp, MessageClass, NewMessage, Rendered
from storage.session import Session, Transaction
from tests.chat import People, Phone, met, until
from tests.conftest import StartBot
from tests.delivering import has_texts, nothing_queued, queue, text


async def test_messages_to_one_chat_arrive_in_order(bot: Running, people: People) -> None:
    phone = await met(people)
    texts = [f"message {number}" for number in range(20)]
    await queue(bot, *(text(phone.id, words) for words in texts))
    await until(lambda: has_texts(phone, *texts))


async def test_a_chat_for_which_much_waits_holds_up_nobody_else(
    bot: Running, people: People, clock: MovableClock
) -> None:
    slow, other = await met(people), await met(people)
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
    phone = await met(people)
    group = await people.group(phone, title="A group", type="group")
    texts = [f"message {number}" for number in range(70)]
    supergroup = (await people.post(f"/groups/{group}/upgrade"))["id"]
    await queue(bot, *(text(group, words) for words in texts))
    await until(lambda: nothing_queued(bot))
    shown = [
        one["text"] for one in await phone.within(supergroup).messages() if one["from"]["is_bot"] and "text" in one
    ]
    assert [one for one in shown if one.startswith("message ")] == texts


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
    phone = await met(people)
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
    phone = await met(people)
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
    phone = await met(people)
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
        phone = await met(people)
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
