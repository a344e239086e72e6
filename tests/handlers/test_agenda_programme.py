"""The sessions that somebody has starred: their own programme."""

from __future__ import annotations

from bot.app import Running
from handlers.views.lists import PAGE
from storage import agenda
from tests import conferences, newsmaking, records
from tests.chat import People, buttons
from tests.desk import shown
from tests.handlers.conferencing import screen, with_agenda

MOST_LETTERS = 4_096


async def test_my_programme_warns_of_a_clash(bot: Running, people: People) -> None:
    conference, numbers = await with_agenda(bot)
    phone = await people.person()
    assert "You have starred nothing yet." in (await phone.ask("/programme"))["text"]
    for number in numbers[1:3]:
        opened = await phone.ask("/agenda")
        await phone.press(opened, f"agenda:session:{number}", forged=True)
        session = await screen(phone, "Segment:")
        toast = await phone.press(session, f"agenda:star:{number}", forged=True)
        assert toast["text"] == "This is in your programme now."
    mine = await phone.ask("/programme")
    assert "At the same time: “Military session” and “Civilian session”." in mine["text"]
    await phone.press(mine, f"agenda:unstar:{numbers[1]}", forged=True)
    mine = await phone.ask("/programme")
    assert "Military session" not in mine["text"]
    assert [one.id for one in await agenda.starred_by(bot.database.reader, phone.id, conference.id)] == [numbers[2]]


async def test_a_long_programme_is_read_in_pages_that_telegram_takes(bot: Running, people: People) -> None:
    conference = await conferences.opened(bot.database, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await records.person(bot, None, writes=phone, time_zone="Asia/Tokyo")
    numbers = [
        await conferences.with_session(
            bot.database, conference, bot.now_us(), f"{place} {'T' * 190}", uid=f"{place}", room="R" * 80
        )
        for place in range(2 * PAGE + 1)
    ]
    await newsmaking.starred(bot, phone, *numbers)
    opened = await phone.ask("/agenda")
    await phone.press(opened, f"programme:show:{conference.id}", forged=True)
    seen = await screen(phone, "My programme")
    for place in (PAGE, 2 * PAGE):
        assert len(seen["text"]) < MOST_LETTERS
        await phone.press(seen, buttons(seen)["Next"])
        seen = await screen(phone, f"{place} TTT")
    assert "Next" not in buttons(seen)
    await phone.press(seen, f"agenda:session:{numbers[-1]}:mine:2")
    session = await screen(phone, "Segment:")
    await phone.press(session, buttons(session)["My programme"])
    again = await shown(phone, lambda one: "Previous" in buttons(one))
    assert f"{2 * PAGE} TTT" in again["text"]
    coming = await phone.ask("/next")
    assert len(coming["text"]) < MOST_LETTERS
    await phone.press(coming, buttons(coming)["Next"])
    await screen(phone, f"{PAGE} TTT")


async def test_a_group_does_not_see_anybodys_programme(bot: Running, people: People) -> None:
    conference = await conferences.opened(bot.database, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await newsmaking.starred(
        bot, phone, await conferences.with_session(bot.database, conference, bot.now_us(), "Session of mine")
    )
    group = phone.within(await people.group(phone))
    told = await group.ask("/programme@unigo_test_bot")
    assert told["text"] == "I show this in a private chat only."
    [link] = [button["url"] for row in told["reply_markup"]["inline_keyboard"] for button in row]
    opened = await phone.start(link.partition("start=")[2])
    assert "Session of mine" in (await phone.reply_after(opened["message_id"]))["text"]
    dead = await phone.start("programme_999999")
    assert "Session of mine" not in (await phone.reply_after(dead["message_id"]))["text"]
    agenda_message = await group.ask("/agenda@unigo_test_bot")
    await group.press(agenda_message, f"programme:show:{conference.id}")
    pressed = await group.reply_after(agenda_message["message_id"])
    assert pressed["text"] == "I show this in a private chat only."
    [left] = [one for one in await group.messages() if one["message_id"] == agenda_message["message_id"]]
    assert left["text"] == agenda_message["text"]
