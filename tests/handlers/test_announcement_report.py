"""What people do with an announcement, and what the Secretariat sees of it: who has read it, the file, replies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import announcement_readings, announcements
from storage.records.announcements import Outcome
from tests.announcing import announced, announcement_now, outcomes
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import running, says, secretariat
from tests.handlers.test_announcement_board import board_of
from tests.office import document_of, next_document, sheets_of
from tests.records import acts, becomes, center, data_of, lead, person, press

pytestmark = pytest.mark.usefixtures("hastened")

TEXT = "The office moves on Friday."


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        yield bot


async def delegate(bot: Running, people: People, name: str, center_id: int | None, **details: Any) -> Phone:
    """Somebody who has written to the bot and belongs to a Center."""
    phone = await people.person(name)
    await phone.ask("/start")
    if center_id is not None:
        await person(bot, center_id, writes=phone, **details)
    return phone


async def test_reading_is_noted_once_and_the_button_says_so(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    reader = await delegate(bot, people, "Reader", None)
    number = await announced(bot, office.member)
    message = await says(reader, TEXT)
    [data] = [data for data in buttons(message).values() if data.startswith("ann:read:")]
    assert data == f"ann:read:{number}"
    await outcomes(bot, number)
    toast = await reader.press(message, data)
    assert toast["text"] == "Thank you: it is noted that you have read this."

    async def says_read() -> bool:
        return "✓ You have read it" in buttons(await says(reader, TEXT))

    await until(says_read)
    assert (await announcements.tally(bot.database.reader, number)).read == 1
    toast = await reader.press(message, data)
    assert toast["text"] == "Thank you: it is noted that you have read this."
    assert (await announcements.tally(bot.database.reader, number)).read == 1
    later = await people.person("Later")
    menu = await later.ask("/start")
    toast = await later.press(menu, data, forged=True)
    assert "out of date" in toast["text"]


async def test_who_has_read_it_by_center_and_as_a_file(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    a, b = await center(bot, name="Center A"), await center(bot, name="Center B")
    first = await delegate(bot, people, "Reader A", a, given_name="Given A", family_name="Family A")
    await delegate(bot, people, "Reader B", b, given_name="Given B", family_name="Family B")
    leader = await people.person("Leader C")
    await leader.ask("/start")
    await lead(bot, leader, await center(bot, name="Center C"))  # and is no delegate
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    await first.press(await says(first, TEXT), f"ann:read:{number}")
    board = await board_of(office.member, number)
    assert "Have read it: 1 of 5" in board["text"]
    await press(office.member, board, "By Center")
    shown = await becomes(office.member, board, "Centers where nobody has stand first.")
    assert shown["text"].endswith("Center B: 0 of 1\nCenter C: 0 of 1\n✓ Center A: 1 of 1\nWithout a Center: 0 of 2")
    await press(office.member, board, "Back")
    await becomes(office.member, board, "Sent: 5")
    await press(office.member, board, "As XLSX")
    file = await next_document(people, office.member, board)
    assert file["caption"].startswith(f"{TEXT}\nPeople: 5\n\nAs of ")
    sheets = sheets_of(await document_of(people, file))
    assert list(sheets) == ["People", "Centers"]
    heading, *rows = sheets["People"]
    assert heading == ["Name", "Center", "Country", "Language", "Status", "Reason", "Sent on (UTC)", "Read on (UTC)"]
    [line] = [row for row in rows if row[0] == "Given A Family A"]
    assert line[1:6] == ["Center A", "Kenya", "English", "Sent", None]
    assert line[7] is not None
    [line] = [row for row in rows if row[0] == "Leader C"]
    assert line[1:3] == ["Center C", "Kenya"]
    assert sheets["Centers"][1:] == [
        ["Center B", 1, 0], ["Center C", 1, 0], ["Center A", 1, 1], ["Without a Center", 2, 0]
    ]  # fmt: skip
    assert (office.member.id, "announcement.export") in await acts(bot, f"announcement:{number}")


async def test_a_reply_reaches_the_desk_with_the_announcement_named(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    reader = await delegate(bot, people, "Reader", None)
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    message = await says(reader, TEXT)
    answer = await reader.ask("On which floor?", reply_to_message_id=message["message_id"])
    assert answer["text"].startswith("Your message has gone to the Secretariat.")
    note = await says(office.group, f"Reader replies to the announcement “{TEXT}”:")
    letter = await says(office.group, "On which floor?")
    assert letter["message_id"] > note["message_id"]
    assert letter["message_thread_id"] == note["message_thread_id"]


async def test_those_who_have_not_read_it_are_asked_again(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    reader, other = [await delegate(bot, people, name, None) for name in ("Reader", "Other")]
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    await reader.press(await says(reader, TEXT), f"ann:read:{number}")
    board = await board_of(office.member, number)
    await press(office.member, board, "Ask again")
    await becomes(office.member, board, "3 people who have not pressed “I have read it”")
    await press(office.member, board, "Once, now")
    again = await data_of(office.member, board, "Yes, ask again")
    assert (await other.from_bot()).count(TEXT) == 1, "nothing goes before that"
    toast = await office.member.press(board, again)
    assert toast["text"] == "It goes to 3 people."
    chase = await copies(other, 2)
    await becomes(office.member, board, "How often they were asked so far: 1")
    assert (await reader.from_bot()).count(TEXT) == 1
    toast = await office.member.press(board, again, forged=True)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await other.press(chase, buttons(chase)["I have read it"])
    assert (await announcements.tally(bot.database.reader, number)).read == 2


async def test_only_centers_where_nobody_has_are_asked_again(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    a, b = await center(bot, name="Center A"), await center(bot, name="Center B")
    first = await delegate(bot, people, "Reader A", a, email="a@example.org")
    second = await delegate(bot, people, "Other A", a, email="b@example.org")
    silent = await delegate(bot, people, "Reader B", b, email="c@example.org")
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    await first.press(await says(first, TEXT), f"ann:read:{number}")
    board = await board_of(office.member, number)
    await press(office.member, board, "Ask again")
    await becomes(office.member, board, "4 people who have not pressed")
    await press(office.member, board, "Only Centers where nobody has")
    shown = await becomes(office.member, board, "1 person who has not pressed")
    assert "✓ Only Centers where nobody has" in buttons(shown)
    await press(office.member, board, "Once, now")
    toast = await press(office.member, board, "Yes, ask again")
    assert toast["text"] == "It goes to 1 person."
    await copies(silent, 2)
    assert await outcomes(bot, number + 1) == {Outcome.SENT: 1}
    assert (await second.from_bot()).count(TEXT) == 1


async def test_they_are_asked_every_few_days_until_all_have(bot: Running, people: People, clock: MovableClock) -> None:
    office = await secretariat(bot, people)
    reader = await delegate(bot, people, "Reader", None)
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    board = await board_of(office.member, number)
    await ask_every_two_days(office.member, board)
    await copies(reader, 2)
    clock.advance(2 * 86_400 + 60)
    third = await copies(reader, 3)
    for phone in (reader, office.member, office.owner):
        await phone.press(third, f"ann:read:{number}", forged=True)
    assert (await announcements.tally(bot.database.reader, number)).read == 3
    clock.advance(2 * 86_400 + 60)

    async def is_over() -> bool:
        return (await announcement_now(bot, number)).chase_at is None

    await until(is_over)
    assert await announcement_readings.chased(bot.database.reader, number) == 2
    assert (await reader.from_bot()).count(TEXT) == 3


async def test_whom_it_would_not_go_to_is_not_asked_again(bot: Running, people: People, clock: MovableClock) -> None:
    office = await secretariat(bot, people)
    reader, other = [await delegate(bot, people, name, None) for name in ("Reader", "Other")]
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    for phone in (other, office.member, office.owner):
        await phone.press(await says(phone, TEXT), f"ann:read:{number}")
    board = await board_of(office.member, number)
    await press(office.member, board, "Ask again")
    await becomes(office.member, board, "1 person who has not pressed")
    await ask_every_two_days(office.member, board)
    await copies(reader, 2)
    wishes = await reader.ask("/reminders")
    await reader.press(wishes, "ann:wish:official")
    clock.advance(2 * 86_400 + 60)

    async def is_over() -> bool:
        return (await announcement_now(bot, number)).chase_at is None

    await until(is_over)
    assert await announcement_readings.chases(bot.database.reader, number) == [number + 1]
    assert (await reader.from_bot()).count(TEXT) == 2


@pytest.mark.parametrize("how", ["corrected", "recalled"])
async def test_what_asked_again_is_corrected_and_recalled_as_well(bot: Running, people: People, how: str) -> None:
    office = await secretariat(bot, people)
    reader = await delegate(bot, people, "Reader", None)
    number = await announced(bot, office.member)
    await outcomes(bot, number)
    board = await board_of(office.member, number)
    await ask_every_two_days(office.member, board)
    await copies(reader, 2)
    await outcomes(bot, number + 1)
    board = await board_of(office.member, number)
    if how == "corrected":
        await press(office.member, board, "Correct it")
        await says(office.member, "Please write the whole text anew")
        await office.member.write("Other words.")
        await press(office.member, await says(office.member, "Above is how it looks."), "Yes, correct it")
    else:
        await press(office.member, board, "Recall it")
        await press(office.member, board, "Yes, recall it")

    async def there() -> list[str]:
        shown = [one for one in await reader.messages() if one["from"]["is_bot"] and not one.get("deleted")]
        return [one["text"] for one in shown if one["text"] in {TEXT, "Other words."}]

    expected = ["Other words."] * 2 if how == "corrected" else []

    async def is_done() -> bool:
        return await there() == expected

    await until(is_done)
    assert ((await announcement_now(bot, number)).chase_at is None) is (how == "recalled")


async def ask_every_two_days(phone: Phone, board: Json) -> None:
    """From the board, or from where one chooses it."""
    if "Ask again" in buttons(await phone.now(board)):
        await press(phone, board, "Ask again")
    await press(phone, board, "Every 2 days")
    await press(phone, board, "Yes, ask again")
    await becomes(phone, board, "The next time is ")


async def copies(phone: Phone, number: int) -> Json:
    """The last of so many messages with the text, as soon as there are so many."""

    async def found() -> Json | None:
        there = [one for one in await phone.messages() if one.get("text") == TEXT]
        return there[-1] if len(there) == number else None

    return dict(await until(found))
