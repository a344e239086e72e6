"""Announcements with pictures and files: previewed and sent by what Telegram has, and never uploaded again."""

from __future__ import annotations

import pytest

from bot.announcements.content import read_content
from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import announcements
from tests.chat import Json, People, Phone, until
from tests.composing import begin, composed, confirmed, number_of, sent_file, with_button
from tests.desk import says
from tests.records import becomes, press


@pytest.fixture
async def reader(bot: Running, people: People) -> Phone:
    phone = await people.person("Delegate A")
    await phone.ask("/start")
    return phone


async def menu_behind(phone: Phone, message: Json, clock: MovableClock) -> Json:
    clock.advance(2)
    return await with_button(phone, "ann:ask:", after=message["message_id"])


async def from_bot(phone: Phone, field: str) -> list[Json]:
    return [one for one in await phone.messages() if one["from"]["is_bot"] and field in one]


async def test_a_photo_with_words(bot: Running, owner: Phone, reader: Phone, clock: MovableClock) -> None:
    await begin(owner)
    sent = await sent_file(owner, "photo", caption="The new emblem")
    menu = await menu_behind(owner, sent, clock)
    assert [one["caption"] for one in await from_bot(owner, "photo")] == ["The new emblem"]
    await confirmed(owner, menu)
    assert (await says(reader, "The new emblem"))["photo"] == sent["photo"]  # by its id: it is not uploaded again


async def test_a_document(bot: Running, owner: Phone, reader: Phone, clock: MovableClock) -> None:
    await begin(owner)
    menu = await menu_behind(owner, await sent_file(owner, "document", caption="The agenda"), clock)
    await confirmed(owner, menu)
    assert "document" in await says(reader, "The agenda")


async def test_an_album_is_one_announcement(bot: Running, owner: Phone, reader: Phone, clock: MovableClock) -> None:
    await begin(owner)
    await sent_file(owner, "photo", 1, media_group_id="7", caption="Three pictures")
    await sent_file(owner, "photo", 2, media_group_id="7")
    last = await sent_file(owner, "photo", 3, media_group_id="7")
    await until(lambda: _has_media(bot, 1, 3))
    menu = await menu_behind(owner, last, clock)
    assert len({one["media_group_id"] for one in await from_bot(owner, "photo")}) == 1
    assert len(await from_bot(owner, "photo")) == 3
    await confirmed(owner, menu)
    await says(reader, "Three pictures")
    await until(lambda: _count(reader, 3))


async def test_under_an_album_the_words_and_buttons_follow(
    bot: Running, owner: Phone, reader: Phone, clock: MovableClock
) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Buttons")
    await press(owner, menu, "I have read it")
    await becomes(owner, menu, "• I have read it")
    await owner.press(menu, f"ann:write:{number_of(menu)}:en", forged=True)
    await says(owner, "Please write or forward")
    await sent_file(owner, "photo", 1, media_group_id="7", caption="Two pictures")
    last = await sent_file(owner, "photo", 2, media_group_id="7")
    await until(lambda: _has_media(bot, 1, 2))
    menu = await menu_behind(owner, last, clock)
    await confirmed(owner, menu)
    words = await says(reader, "Two pictures")
    assert "text" in words
    assert "I have read it" in str(words["reply_markup"])
    await until(lambda: _count(reader, 2))


async def test_what_comes_behind_an_album_is_an_ordinary_message(bot: Running, owner: Phone) -> None:
    await begin(owner)
    await sent_file(owner, "photo", 1, media_group_id="7")
    await until(lambda: _has_media(bot, 1, 1))
    await owner.write("What is the association?")
    await says(owner, "UN Peacekeeping")
    texts = await announcements.texts(bot.database.reader, 1)
    assert [read_content(text.content).text for text in texts] == [""]


async def test_what_cannot_be_announced_is_refused(bot: Running, owner: Phone) -> None:
    await begin(owner)
    await owner.people.post(f"/persons/{owner.id}/contacts", {"chat_id": owner.chat_id, "phone_number": "+12025550123"})
    await says(owner, "This cannot be announced.")


async def _has_media(bot: Running, number: int, count: int) -> bool:
    texts = await announcements.texts(bot.database.reader, number)
    return bool(texts) and len(read_content(texts[0].content).media) == count


async def _count(phone: Phone, count: int) -> bool:
    return len(await from_bot(phone, "photo")) == count
