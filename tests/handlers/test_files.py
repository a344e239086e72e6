"""A handler that reads a file which somebody sends, and answers with one that it makes, through the whole bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from markupsafe import Markup
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.app import Running
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.downloads import TooBigError
from bot.runtime.spool import spool_folder
from bot.settings import Handling
from handlers.dispatch import Route
from handlers.turn import Desk, Turn
from handlers.views.message import Button, Message
from storage.records import Upload
from tests.chat import People, buttons, until
from tests.conftest import StartBot

AT_MOST = 10_000
DAY_S = 24 * 3600.0


@dataclass(frozen=True)
class Shouted:
    """What was read, in capitals; None if it was too much."""

    upload: Upload | None


async def read(update: Update, desk: Desk) -> Shouted:
    message = update.effective_message
    assert message is not None
    assert message.document is not None
    try:
        content = await desk.downloads.fetch(message.document.file_id, at_most=AT_MOST)
    except TooBigError:
        return Shouted(None)
    return Shouted(await desk.spool.keep(content.upper(), f"loud {message.document.file_name}"))


async def answer(_update: Update, turn: Turn) -> None:
    worked_out: Shouted = turn.worked_out
    if worked_out.upload is None:
        turn.say(Message(Markup("Too long.")))
        return
    if turn.message is not None and turn.message.caption == "fail":
        raise RuntimeError("A handler that fails, so that a test can see what happens then.")
    menu = Button("Menu", "menu")
    turn.send(worked_out.upload, Message(Markup("<b>Louder</b>"), ((menu,),)))
    turn.say(Message(Markup("That is it.")))


@pytest.fixture
async def bot(start_bot: StartBot, parts: Parts) -> AsyncIterator[Running]:
    route = Route(MessageHandler(filters.Document.ALL, answer), prepare=read)
    async with start_bot(replace(parts, routes=[route, *parts.routes])) as running:
        yield running


@pytest.mark.usefixtures("bot")
async def test_a_file_goes_in_and_another_comes_out(people: People) -> None:
    phone = await people.person()
    sent = await people.upload(phone, b"centers", "list.csv")
    reply = await phone.reply_after(sent["message_id"])
    assert reply["document"]["file_name"] == "loud list.csv"
    assert (reply["caption"], reply["caption_entities"][0]["type"]) == ("Louder", "bold")
    assert buttons(reply) == {"Menu": "menu"}
    assert await people.file(reply["document"]["file_id"]) == b"CENTERS"
    assert (await phone.reply_after(reply["message_id"]))["text"] == "That is it."


async def test_in_a_topic_of_a_group_it_comes_there_in_reply(bot: Running, people: People) -> None:
    phone = await people.person()
    group = phone.within(await people.group(phone, is_forum=True))
    topic = (await people.post(f"/groups/{group.chat_id}/topics", {"name": "T", "person_id": phone.id}))[
        "message_thread_id"
    ]
    sent = await people.document(group, message_thread_id=str(topic))
    reply = await group.reply_after(sent["message_id"])
    assert reply["message_thread_id"] == topic
    assert reply["reply_to_message"]["message_id"] == sent["message_id"]
    assert "document" in reply


@pytest.mark.usefixtures("bot")
async def test_what_is_too_big_is_told_by_the_handler(people: People) -> None:
    phone = await people.person()
    sent = await people.upload(phone, b"x" * (AT_MOST + 1), "a.txt")
    assert (await phone.reply_after(sent["message_id"]))["text"] == "Too long."


async def test_what_a_failing_handler_has_made_goes_nowhere_and_is_deleted(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    sent = await people.document(phone, caption="fail")
    assert "sorry" in (await phone.reply_after(sent["message_id"]))["text"].lower()
    assert await people.calls("sendDocument") == []
    assert await bot.spool.names() != []
    clock.advance(2 * DAY_S)

    async def nothing_left() -> bool:
        return await bot.spool.names() == []

    await until(nothing_left)


async def test_while_the_folder_cannot_be_written_the_message_waits(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    folder = spool_folder(bot.database.path)
    _replace_by_a_file(folder)
    sent = await people.upload(phone, b"centers", "list.csv")

    async def was_tried_often() -> bool:
        clock.advance(10)
        return len(await people.calls("getFile")) > Handling().tries + 1  # a failing update is not

    await until(was_tried_often)
    folder.unlink()
    reply = await phone.reply_after(sent["message_id"])
    assert await people.file(reply["document"]["file_id"]) == b"CENTERS"


def _replace_by_a_file(folder: Path) -> None:
    folder.rmdir()
    folder.touch()
