"""A Center that may be registered already is pointed out before it is registered again."""

from __future__ import annotations

import asyncio

from bot.app import Running
from storage import centers
from tests.centers import approved, confirmed, data_of, fill_in, has_become, press
from tests.chat import People, buttons
from tests.conftest import StartBot
from tests.desk import Secretariat, running, says, secretariat


async def test_a_center_that_is_there_is_offered_first(office: Secretariat, people: People) -> None:
    first, second = await people.person("First"), await people.person("Second")
    await approved(office, first)
    asked = await confirmed(second)
    assert asked["text"].startswith("Before I send it: is your Center one of these?\n\n• Center A, Example City\n\n")
    assert list(buttons(asked).items())[:2] == [
        ("🇨🇭 Center A", "join:1"),
        ("None of these: register mine", await data_of(second, asked, "None")),
    ]
    assert await centers.of_person(office.bot.database.reader, second.id) == []


async def test_none_of_these_registers_once(office: Secretariat, people: People) -> None:
    first, second = await people.person("First"), await people.person("Second")
    await approved(office, first)
    asked = await confirmed(second)
    data = await data_of(second, asked, "None")
    answers = await asyncio.gather(*(second.press(asked, data, forged=True) for _ in range(5)))
    assert sum("out of date" in one.get("text", "") for one in answers) == 4
    await has_become(second, asked, "I have sent the registration of “Center A”")
    assert len(await centers.of_person(office.bot.database.reader, second.id)) == 1
    card = await says(office.group, "Asked by Second")
    assert "May be the same as\n• 🇨🇭 Center A (approved)" in card["text"]


async def test_answers_can_be_changed_before_anything_is_registered(office: Secretariat, people: People) -> None:
    first, second = await people.person("First"), await people.person("Second")
    await approved(office, first)
    asked = await confirmed(second)
    none = await data_of(second, asked, "None")
    await press(second, asked, "Change my answers")
    summary = await says(second, "Is this right? Press a line below to change it.")
    summary = await second.reply_after(asked["message_id"])
    await press(second, summary, "Official name")
    await says(second, "So far: Center A")
    summary = await second.ask("Institute of Something Else")
    late = await second.press(asked, none, forged=True)
    assert late["text"] == "Your answers have changed since. Please look at them, then send them."
    assert await centers.of_person(office.bot.database.reader, second.id) == []
    summary = await second.reply_after(summary["message_id"])
    await press(second, summary, "Send to the Secretariat")
    again = await second.reply_after(summary["message_id"])
    assert "Center A" in again["text"], "its web site is the same"
    await press(second, again, "None of these")
    await has_become(second, again, "I have sent the registration of “Institute of Something Else”")


async def test_the_question_stays_after_a_restart(start_bot: StartBot, people: People) -> None:
    first, second = await people.person("First"), await people.person("Second")
    async with running(start_bot) as bot:
        await approved(await secretariat(bot, people), first)
        asked = await confirmed(second)
    async with running(start_bot) as bot:
        await press(second, asked, "None of these")
        await has_become(second, asked, "I have sent the registration of “Center A”")
        assert len(await centers.of_person(bot.database.reader, second.id)) == 1


async def test_somebody_elses_draft_cannot_be_registered(bot: Running, people: People) -> None:
    phone, stranger = await people.person(), await people.person("Stranger")
    await fill_in(phone)
    menu = await stranger.ask("/start")
    for data in ("center:new:1:12", "center:new:9:0", "center:answers"):
        answer_ = await stranger.press(menu, data, forged=True)
        assert "out of date" in answer_["text"]
    assert await centers.of_person(bot.database.reader, phone.id) == []
