"""Remarks that are written in reply while it is picked what is to be corrected."""

from __future__ import annotations

from bot.runtime.clock import MovableClock
from storage.records.members import RequestState
from tests.centers import card_of, data_of, has_become, press, put, request_now
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import Secretariat, labels, running, says, secretariat
from tests.forms import with_button, without_buttons

PICK = "What is to be corrected in “🇨🇭 Center A”?"


async def ticked(chat: Phone, card: Json, *names: str) -> Json:
    """The message in which it is picked what is to be corrected, with these picked."""
    await press(chat, card, "Ask for a correction")
    ticks = await says(chat, PICK, after=card["message_id"])
    for name in names:
        await press(chat, ticks, name)
        ticks = await with_button(chat, ticks, f"✓ {name}")
    return ticks


async def reply(chat: Phone, to: Json, words: str) -> Json:
    """What is said to words in reply to a message."""
    return await chat.ask(words, reply_to_message_id=to["message_id"])


async def test_a_remark_in_reply_to_the_ticks_goes_along(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    request = await put(office.bot, phone)
    card = await card_of(office.group, "Center A")
    ticks = await ticked(office.group, card, "City")
    screen = await reply(office.group, ticks, "In English, & in full.")
    assert screen["text"].startswith(f"{PICK}\n\nThe remark: “In English, & in full.”\n\nPress what ")
    assert {"✓ City", "Send with the remark", "Do not ask"} <= set(labels(screen))
    assert "Add a remark and send" not in labels(screen)
    await without_buttons(office.group, ticks)
    assert (await request_now(office.bot, request)).state == RequestState.OPEN, "nothing is sent without a press"
    owner = office.owner.within(office.group.chat_id)  # others can go on with it
    await press(owner, screen, "E-mail")
    screen = await with_button(office.group, screen, "✓ E-mail")
    assert "In English, & in full." in screen["text"]
    await press(owner, screen, "Send with the remark")
    await has_become(office.group, screen, "I have asked for the correction.")
    news = await says(phone, "To correct: City, E-mail")
    assert "The Secretariat writes: “In English, & in full.”" in news["text"]
    again = await owner.press(screen, buttons(screen)["Send with the remark"], forged=True)
    assert not again["show_alert"], "it is the second of a double one"


async def test_a_remark_comes_before_the_ticks_and_is_replaced_by_the_next(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        phone = await people.person("Applicant A")
        await put(bot, phone)
        card = await card_of(office.group, "Center A")
        first = await reply(office.group, await ticked(office.group, card), "In French.")
        assert "Send with the remark" not in labels(first)
        second = await reply(office.group, first, "In English.")
        assert "The remark: “In English.”" in second["text"]
        late = await office.group.press(first, buttons(first)["City"], forged=True)
        assert late["text"].startswith("This remark is not kept any more, so nothing was sent.")
    async with running(start_bot):
        await press(office.group, second, "City")
        await press(office.group, await with_button(office.group, second, "✓ City"), "Send with the remark")
        news = await says(phone, "To correct: City")
        assert "The Secretariat writes: “In English.”" in news["text"]


async def test_a_remark_in_a_private_chat(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A")
    await put(office.bot, phone)
    await press(office.member, await office.member.ask("/pending"), "🇨🇭 Center A")
    card = await says(office.member, "Registration of a Center\n\n")
    ticks = await ticked(office.member, card, "Focus")
    too_long = await reply(office.member, ticks, "x" * 1_001)
    assert too_long["text"] == "That is too long: please write at most 1,000 characters."
    screen = await reply(office.member, ticks, "Both?")
    await press(office.member, screen, "Send with the remark")
    assert "The Secretariat writes: “Both?”" in (await says(phone, "To correct: Focus"))["text"]


async def test_what_staff_say_among_themselves_is_no_remark(office: Secretariat, people: People) -> None:
    await put(office.bot, await people.person("Applicant A"))
    card = await card_of(office.group, "Center A")
    ticks = await ticked(office.group, card, "City")
    await office.group.write("// Is it the right city?", reply_to_message_id=ticks["message_id"])
    guest = await people.person("Guest")
    await people.post(f"/groups/{office.group.chat_id}/members", {"person_id": guest.id})
    said = await reply(guest.within(office.group.chat_id), ticks, "Wrong city.")
    assert said["text"].startswith("I did not wait for these words of yours")
    assert "Send" in labels(await office.group.now(ticks))


async def test_a_remark_that_comes_too_late_says_so(office: Secretariat, people: People, clock: MovableClock) -> None:
    request = await put(office.bot, await people.person("Applicant A"))
    card = await card_of(office.group, "Center A")
    ticks = await ticked(office.group, card, "City")
    screen = await reply(office.group, ticks, "In English.")
    await office.group.ask("/cancel")  # whatever was awaited here is not any more
    pressed = await press(office.group, screen, "Send with the remark")
    assert pressed["show_alert"] is True
    screen = await with_button(office.group, screen, "Send")
    assert "In English." not in screen["text"]
    assert (await request_now(office.bot, request)).state == RequestState.OPEN
    clock.advance(60.0)
    await press(office.owner.within(office.group.chat_id), card, "Approve")
    assert (await data_of(office.group, screen, "Send")).startswith("request:correct:")
    late = await reply(office.group, screen, "In English.")
    assert late["text"].startswith("Owner 501 has approved this already")
