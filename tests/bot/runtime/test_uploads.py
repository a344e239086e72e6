"""Files that the bot sends: whole, also after a fault; and gone from the disk when Telegram has them."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app import Running
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.spool import spool_folder
from storage import outbox
from storage.records import Call, Failure, FollowUp, NewMessage, Rendered, Upload
from storage.session import Session, Transaction
from tests.bot.sandbox.test_media import png
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot

DAY_S = 24 * 3600.0
CONTENT = random.Random(20261123).randbytes(300_000)
CAPTION = {
    "caption": "<b>All</b> Centers",
    "parse_mode": "HTML",
    "reply_markup": {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]},
}


async def queue(bot: Running, *messages: NewMessage) -> None:
    async def work(tx: Transaction) -> None:
        for message in messages:
            outbox.add(tx, message, bot.now_us())

    await bot.database.write(work)
    bot.wake_delivery()


async def met(people: People) -> Phone:
    phone = await people.person("Delegate A")
    await phone.ask("/start")
    return phone


def to(phone: Phone, upload: Upload, **more: Any) -> NewMessage:
    return NewMessage(phone.id, upload.as_call(CAPTION), **more)


async def arrived(phone: Phone, kind: str = "document", times: int = 1) -> list[Json]:
    """The messages of the bot's that carry a file, once there are so many."""
    found = [message for message in await phone.messages() if message["from"]["is_bot"] and kind in message]
    return found if len(found) >= times else []


async def nothing_waits(bot: Running) -> bool:
    return (await outbox.counts(bot.database.reader))[0] == 0


async def nothing_spooled(bot: Running) -> bool:
    return await bot.spool.names() == []


async def test_a_document_arrives_as_it_was_made_and_its_file_is_deleted(bot: Running, people: People) -> None:
    phone = await met(people)
    await queue(bot, to(phone, await bot.spool.keep(CONTENT, "List of Centers – Ü.xlsx")))
    [message] = await until(lambda: arrived(phone))
    assert message["document"]["file_name"] == "List of Centers – Ü.xlsx"
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("All Centers", "bold")
    assert buttons(message) == {"Menu": "menu"}
    assert await people.file(message["document"]["file_id"]) == CONTENT
    await until(lambda: nothing_spooled(bot))


async def test_a_picture_arrives_as_a_photo(bot: Running, people: People) -> None:
    phone = await met(people)
    picture = png()
    await queue(bot, to(phone, await bot.spool.keep(picture, "statistics.png", kind="photo")))
    [message] = await until(lambda: arrived(phone, "photo"))
    assert message["caption"] == "All Centers"
    assert buttons(message) == {"Menu": "menu"}
    assert await people.file(message["photo"][-1]["file_id"]) == picture
    await until(lambda: nothing_spooled(bot))


@pytest.mark.parametrize("fault", ["429", "502", "drop"])
async def test_after_a_fault_it_is_sent_again_whole(
    bot: Running, people: People, clock: MovableClock, fault: str
) -> None:
    phone = await met(people)
    await people.fault(fault, method="sendDocument", times=2, retry_after=5)
    await queue(bot, to(phone, await bot.spool.keep(CONTENT, "centers.xlsx")))

    async def sent() -> list[Json]:
        clock.advance(10)
        return await arrived(phone)

    [message] = await until(sent)
    assert len(await people.calls("sendDocument")) == 3
    assert await people.file(message["document"]["file_id"]) == CONTENT
    await until(lambda: nothing_spooled(bot))


async def test_one_file_goes_to_everybody_who_is_to_have_it(bot: Running, people: People) -> None:
    phones = [await met(people) for _ in range(3)]
    upload = await bot.spool.keep(CONTENT, "centers.xlsx")
    await queue(bot, *(to(phone, upload) for phone in phones))
    for phone in phones:
        [message] = await until(lambda phone=phone: arrived(phone))  # type: ignore[misc]
        assert await people.file(message["document"]["file_id"]) == CONTENT
    await until(lambda: nothing_spooled(bot))


async def test_others_are_served_while_a_file_is_slow_to_read(bot: Running, people: People) -> None:
    phone, other = await met(people), await met(people)
    upload = await bot.spool.keep(b"", "slow.bin")
    file = spool_folder(bot.database.path) / upload.spooled
    file.unlink()
    os.mkfifo(file)  # nobody can read from it until somebody writes into it
    await queue(bot, to(phone, upload))
    assert (await other.ask("/help"))["text"]
    await asyncio.to_thread(file.write_bytes, CONTENT)
    [message] = await until(lambda: arrived(phone))
    assert await people.file(message["document"]["file_id"]) == CONTENT


async def test_the_file_stays_until_telegram_is_known_to_have_it(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await met(people)
    await people.fault("slow", method="sendDocument", delay_s=3600)
    upload = await bot.spool.keep(CONTENT, "centers.xlsx")
    await queue(bot, to(phone, upload))
    await until(lambda: arrived(phone))
    assert await bot.spool.names() == [upload.spooled]
    clock.advance(3601)
    await until(lambda: nothing_spooled(bot))


async def test_a_refused_file_is_given_up_and_deleted(bot: Running, people: People) -> None:
    phone = await met(people)
    upload = await bot.spool.keep(b"no picture", "a.png", kind="photo")
    await queue(bot, to(phone, upload))
    await until(lambda: nothing_waits(bot))
    [failed] = await outbox.list_failed(bot.database.reader)
    assert (failed.what, failed.failure) == ("sendPhoto", "Image_process_failed")
    await until(lambda: nothing_spooled(bot))


async def test_files_for_somebody_who_cannot_be_reached_are_deleted(bot: Running, people: People) -> None:
    phone = await met(people)
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await queue(bot, *[to(phone, await bot.spool.keep(CONTENT, name)) for name in ("a.txt", "b.txt", "c.txt")])
    await until(lambda: nothing_waits(bot))
    await until(lambda: nothing_spooled(bot))


async def test_a_missing_file_is_given_up_at_once_and_told(start_bot: StartBot, people: People, parts: Parts) -> None:
    told: list[Failure] = []

    async def note(_tx: Transaction, _chat_id: int, _args: Mapping[str, Any], failure: Failure) -> None:
        told.append(failure)

    async with start_bot(replace(parts, follow_ups={"note": note})) as bot:
        phone = await met(people)
        upload = await bot.spool.keep(CONTENT, "centers.xlsx")
        await bot.spool.discard(upload.spooled)
        await queue(
            bot,
            to(phone, upload, on_failure=FollowUp("note")),
            NewMessage(phone.id, Call("sendMessage", {"text": "after it"})),
        )
        await until(lambda: nothing_waits(bot))
        assert [failure.reason for failure in told] == ["The file that was to be sent is not there any more."]
        assert (await phone.from_bot())[-1] == "after it"
        assert await people.calls("sendDocument") == []


async def test_what_is_rendered_at_delivery_may_carry_a_file_too(
    start_bot: StartBot, people: People, parts: Parts, clock: MovableClock
) -> None:
    started: list[Running] = []

    async def export(_session: Session, _chat_id: int, args: Mapping[str, Any]) -> Call | None:
        upload = await started[0].spool.keep(args["words"].encode(), "export.csv")
        return upload.as_call({"caption": "Export"})

    async with start_bot(replace(parts, renderers={"export": export})) as bot:
        started.append(bot)
        phone = await met(people)
        await people.fault("502", method="sendDocument", times=1)
        await queue(bot, NewMessage(phone.id, Rendered("export", {"words": "Center A"})))
        await until(lambda: people.calls("sendDocument"))
        await until(lambda: nothing_spooled(bot))  # for the next try it is made anew

        async def sent() -> list[Json]:
            clock.advance(10)
            return await arrived(phone)

        [message] = await until(sent)
        assert await people.file(message["document"]["file_id"]) == b"Center A"
        await until(lambda: nothing_spooled(bot))


@pytest.mark.parametrize("blocked", [False, True])
async def test_of_a_file_that_was_sent_nothing_is_left(bot: Running, people: People, blocked: bool) -> None:  # noqa: FBT001
    phone = await met(people)
    await people.post(f"/persons/{phone.id}/block", {"blocked": blocked})
    files = [await bot.spool.keep(CONTENT, f"secret {number}.json") for number in range(2)]
    secret = [NewMessage(phone.id, file.as_call({"caption": "secret"})) for file in files]
    await queue(bot, *secret)
    await until(lambda: nothing_waits(bot))
    await until(lambda: nothing_spooled(bot))
    query = "SELECT params, upload_filename FROM outbox ORDER BY id"
    everything = await bot.database.reader.all(SimpleNamespace(sql=query))
    assert [tuple(row) for row in everything][-2:] == [(None, None)] * 2


async def test_what_no_message_names_is_deleted_after_a_day_and_nothing_else(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await met(people)
    fault = await people.fault("429", method="sendDocument", retry_after=int(3 * DAY_S))
    waits = await bot.spool.keep(CONTENT, "waits.txt")
    await queue(bot, to(phone, waits))
    await until(lambda: people.calls("sendDocument"))
    await bot.spool.keep(CONTENT, "of a handler that failed.txt")
    clock.advance(DAY_S - 60)
    new = await bot.spool.keep(CONTENT, "of a handler that is about to commit.txt")
    assert len(await bot.spool.names()) == 3
    clock.advance(120)

    async def left() -> set[str]:
        return set(await bot.spool.names())

    await until(lambda: _is(left, {waits.spooled, new.spooled}))
    await people.delete(f"/faults/{fault}")
    clock.advance(3 * DAY_S)
    [message] = await until(lambda: arrived(phone))
    assert await people.file(message["document"]["file_id"]) == CONTENT
    await until(lambda: nothing_spooled(bot))


async def _is(what: Any, expected: object) -> bool:
    return bool(await what() == expected)


async def test_a_start_deletes_what_the_last_run_left(start_bot: StartBot, people: People) -> None:
    async with start_bot() as bot:
        phone = await met(people)
        await people.fault("502", method="sendDocument", times=1)
        waits = await bot.spool.keep(CONTENT, "waits.txt")
        await queue(bot, to(phone, waits))
        await until(lambda: people.calls("sendDocument"))
        await bot.spool.keep(CONTENT, "of a handler that did not get to its end.txt")
        folder = spool_folder(bot.database.path)
    (folder / "cut short.part").write_bytes(b"half")
    async with start_bot() as bot:
        assert set(await bot.spool.names()) <= {waits.spooled}
        [message] = await until(lambda: arrived(phone))
        assert await people.file(message["document"]["file_id"]) == CONTENT
