"""What was sent is corrected, and recalled where Telegram allows it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.announcements.content import Content, Medium
from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import announcements
from storage.records.announcements import Outcome
from storage.session import Transaction
from tests.announcing import announced, outcomes
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import labels, running, says
from tests.handlers.test_announcement_board import board_of, readers
from tests.records import acts, becomes, press

pytestmark = pytest.mark.usefixtures("hastened")

TEXT = "The office moves on Friday."
BETTER = "The office moves on Monday."


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        yield bot


async def test_other_words_are_seen_confirmed_and_put_in_every_chat(
    bot: Running, people: People, member: Phone
) -> None:
    [reader] = await readers(people, 1)
    number = await announced(bot, member)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Correct it")
    question = await says(member, "Please write the whole text anew (English), as people are to see it.")
    entity = {"type": "bold", "offset": 20, "length": 6}
    written = await member.write(BETTER, entities=[entity])
    preview = await member.reply_after(written["message_id"])
    assert preview["text"] == BETTER
    asked = await says(member, "The text is replaced in the chats of 3 people.")
    assert asked["message_id"] > preview["message_id"] > question["message_id"]
    assert TEXT in await reader.from_bot()
    await press(reader, await says(reader, TEXT), "I have read it")
    await press(member, asked, "Yes, correct it")
    shown = await becomes(member, asked, "It is sent.")
    assert shown["text"].startswith(BETTER)
    corrected = await says(reader, BETTER)
    assert corrected["entities"] == [entity]
    assert "edit_date" in corrected
    assert labels(corrected) == ["✓ You have read it"]
    assert TEXT not in await reader.from_bot()
    told = await says(member, "The text is corrected (English).")
    assert "1 person had said before that they have read it, and is counted as before." in told["text"]
    assert "Unchanged" not in told["text"]
    assert await outcomes(bot, number) == {Outcome.SENT: 3}
    assert (member.id, "announcement.correct") in await acts(bot, f"announcement:{number}")


async def test_the_other_languages_are_named_that_stay_as_they_are(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 1)
    number = await announced(bot, member)

    async def in_french(tx: Transaction) -> None:
        await announcements.set_text(tx, number, "fr", Content("Le bureau déménage vendredi.").as_json())

    await bot.database.write(in_french)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Correct it")
    await press(member, await becomes(member, board, "Which text do you want to correct?"), "English")
    await says(member, "Please write the whole text anew (English)")
    await member.write(BETTER)
    await press(member, await says(member, "Above is how it looks."), "Yes, correct it")
    told = await says(member, "The text is corrected (English).")
    assert "Unchanged: French. Does the same have to be corrected there?" in told["text"]
    assert "had said before" not in told["text"]
    await press(member, told, "Français")
    await says(member, "Please write the whole text anew (French)")


async def test_only_what_was_seen_last_is_confirmed(bot: Running, people: People, member: Phone) -> None:
    [reader] = await readers(people, 1)
    number = await announced(bot, member)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Correct it")
    await says(member, "Please write the whole text anew")
    await member.write("The office stays.")
    first = await says(member, "Above is how it looks.")
    await press(member, first, "Write it anew")
    await again(member, first)
    await member.write(BETTER)
    second = await last(member, "Above is how it looks.", after=first)
    toast = await member.press(first, data_of_confirming(first))
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await press(member, second, "Yes, correct it")
    await says(reader, BETTER)
    assert "The office stays." not in await reader.from_bot()


async def test_what_does_not_fit_is_refused_and_what_is_left_changes_nothing(
    bot: Running, people: People, member: Phone
) -> None:
    [reader] = await readers(people, 1)
    file = await people.document(member)
    content = Content(TEXT, media=(Medium("document", file["document"]["file_id"]),))
    number = await announced(bot, member, content=content)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Correct it")
    question = await says(member, "Pictures and files stay as they are.")
    too_long = await member.ask("😀" * 513)
    assert "This has 1,026 characters, and Telegram takes 1,024 here." in too_long["text"]
    await press(member, question, "Back")
    await becomes(member, question, "It is sent.")
    answer = await member.ask("What is the AGM?")
    assert "Above is how it looks." not in answer["text"]
    await says(reader, TEXT)


async def test_a_caption_is_corrected_below_its_file(bot: Running, people: People, member: Phone) -> None:
    [reader] = await readers(people, 1)
    file = await people.document(member)
    content = Content(TEXT, media=(Medium("document", file["document"]["file_id"]),))
    number = await announced(bot, member, content=content)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Correct it")
    await says(member, "Please write the whole text anew")
    await member.write(BETTER)
    await press(member, await says(member, "Above is how it looks."), "Yes, correct it")
    corrected = await says(reader, BETTER)
    assert corrected["document"]["file_id"] == file["document"]["file_id"]


async def test_what_telegram_refuses_is_told(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 1)
    gone = Content(TEXT, media=(Medium("photo", "no-such-file"),))
    number = await announced(bot, member, content=gone)
    assert await outcomes(bot, number) == {Outcome.FAILED: 3}
    board = await board_of(member, number)
    assert "Why it failed, as Telegram says it:\n• Wrong remote file identifier" in board["text"]
    await member.press(board, f"ann:correct:{number}", forged=True)
    await says(member, "Pictures and files stay as they are.")
    await member.write(BETTER)
    told = await says(member, "Telegram does not take this text. It says: ")
    assert labels(told) == ["Write it anew", "Back"]


async def test_it_is_recalled_where_telegram_allows_it(
    bot: Running, people: People, member: Phone, clock: MovableClock
) -> None:
    [reader] = await readers(people, 1)
    number = await announced(bot, member)
    await outcomes(bot, number)
    board = await board_of(member, number)
    await press(member, board, "Recall it")
    asked = await becomes(member, board, "Delete it in the chats of 3 people?")
    assert "stays" not in asked["text"]
    await press(member, board, "Yes, recall it")

    async def is_gone() -> bool:
        there = [one for one in await reader.messages() if one.get("text") == TEXT]
        return all(one.get("deleted") for one in there)

    await until(is_gone)
    assert await outcomes(bot, number) == {Outcome.RECALLED: 3}
    await becomes(member, board, "Recalled: 3\nCould not be recalled: 0")
    await becomes(member, board, "It was recalled.")
    assert any(" · recalled · " in label for label in buttons(await member.ask("/announce")))
    assert (member.id, "announcement.recall") in await acts(bot, f"announcement:{number}")


async def test_what_is_too_old_stays(bot: Running, people: People, member: Phone, clock: MovableClock) -> None:
    [reader] = await readers(people, 1)
    number = await announced(bot, member)
    await outcomes(bot, number)
    clock.advance(49 * 3_600)
    board = await board_of(member, number)
    await press(member, board, "Recall it")
    await becomes(member, board, "In 3 chats it is older and stays.")
    await press(member, board, "Yes, recall it")
    await becomes(member, board, "Recalled: 0\nCould not be recalled: 3")
    assert TEXT in await reader.from_bot()


def data_of_confirming(message: Json) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    return next(str(one["callback_data"]) for row in rows for one in row if "corrected" in one["callback_data"])


async def again(phone: Phone, after: Json) -> Json:
    return await last(phone, "Please write the whole text anew", after=after)


async def last(phone: Phone, words: str, *, after: Json) -> Json:
    """The message with these words behind another."""

    async def found() -> Json | None:
        later = await phone.messages(after=after["message_id"])
        return next((one for one in later if one["from"]["is_bot"] and words in one.get("text", "")), None)

    return dict(await until(found))
