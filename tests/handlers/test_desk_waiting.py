"""Who waits, who takes it, and what is closed."""

from __future__ import annotations

import asyncio

from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.settings import DeskPart
from storage import audit, desk
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import Secretariat, asked_at, labels, says, secretariat, shown

HOUR_S = 3600
OFFICE = DeskPart(alarm_after_hours=8)


async def card_with(group: Phone, words: str) -> Json:
    return await shown(group, lambda one: "Language:" in one.get("text", "") and words in one["text"])


def data(message: Json, label: str) -> str:
    return buttons(message)[label]


async def test_waiting_lists_who_waits_longest_first(office: Secretariat, clock: MovableClock) -> None:
    assert (await office.member.ask("/waiting"))["text"] == "Nobody waits for an answer."
    await asked_at(office, "First question", "Delegate A")
    clock.advance(3 * HOUR_S)
    _, copy = await asked_at(office, "Second question", "Delegate B")
    listing = await office.member.ask("/waiting")
    assert listing["text"] == "2 people wait\n• Delegate A, 3 hours\n• Delegate B, 1 minute"
    assert list(buttons(listing)) == ["Delegate A", "Delegate B"]
    number = str(office.group.chat_id).removeprefix("-100")
    assert buttons(listing)["Delegate B"] == f"https://t.me/c/{number}/{copy['message_thread_id']}"
    assert (await office.group.ask("/waiting"))["text"] == listing["text"]


async def test_waiting_is_for_the_secretariat(office: Secretariat) -> None:
    stranger = await office.people.person()
    assert (await stranger.ask("/waiting"))["text"] == "This is for the Secretariat only."


async def test_in_a_group_without_links_a_button_shows_the_card_again(bot: Running, people: People) -> None:
    office = await secretariat(bot, people, type="group", is_forum=False)
    await asked_at(office)
    listing = await office.group.ask("/waiting")
    await office.group.press(listing, data(listing, "Delegate A"))

    async def two_cards() -> bool:
        return len([one for one in await office.group.messages() if "Waiting since" in one.get("text", "")]) == 2

    await until(two_cards)


async def test_take_close_and_reopen_by_button(office: Secretariat) -> None:
    phone, _ = await asked_at(office)
    card = await card_with(office.group, "Waiting since")
    assert labels(card) == ["Take", "Close"]
    await office.group.press(card, data(card, "Take"))
    card = await card_with(office.group, "Taken by Member A")
    assert labels(card) == ["Take over", "Close"]
    assert "taken by Member A" in (await office.member.ask("/waiting"))["text"]
    await office.group.press(card, data(card, "Close"))
    card = await card_with(office.group, "Closed by Member A")
    assert labels(card) == ["Reopen"]
    await says(phone, "The Secretariat has closed your question without an answer.")
    assert (await office.member.ask("/waiting"))["text"] == "Nobody waits for an answer."
    await office.group.press(card, data(card, "Reopen"))
    await card_with(office.group, "Waiting since")
    acts = [entry.act for entry in await audit.latest(office.bot.database.reader)]
    assert acts[:3] == ["desk.reopen", "desk.close", "desk.take"]


async def test_take_close_and_reopen_by_command(office: Secretariat) -> None:
    phone, copy = await asked_at(office)
    where = {"message_thread_id": copy["message_thread_id"]}
    await office.group.write("/take", **where)
    await card_with(office.group, "Taken by Member A")
    await office.owner.within(office.group.chat_id).write("/take", **where)
    await card_with(office.group, "Taken by Owner 501")
    await office.group.write("In June.", **where)
    await says(phone, "In June.")
    await office.group.write("/close", **where)
    await card_with(office.group, "Closed by Member A")
    await office.group.write("/close", **where)
    await says(office.group, "There is nothing to change")
    await office.group.write("/reopen", **where)
    await card_with(office.group, "Waiting since")
    assert not [text for text in await phone.from_bot() if "closed" in text], "it was answered before"
    assert (await office.group.ask("/close"))["text"].startswith("Give this command in a person's topic")


async def test_two_who_take_at_the_same_time(office: Secretariat) -> None:
    await asked_at(office)
    card = await card_with(office.group, "Waiting since")
    owner = office.owner.within(office.group.chat_id)
    answers = await asyncio.gather(*(phone.press(card, data(card, "Take")) for phone in (office.group, owner)))
    assert sorted(answer.get("text", "") for answer in answers) == [
        "",
        "This has changed meanwhile. You see how it stands now.",
    ]
    assert len([one for one in await audit.latest(office.bot.database.reader) if one.act == "desk.take"]) == 1


async def test_two_who_close_at_the_same_time_tell_the_person_once(office: Secretariat) -> None:
    phone, _ = await asked_at(office)
    card = await card_with(office.group, "Waiting since")
    owner = office.owner.within(office.group.chat_id)
    await asyncio.gather(*(one.press(card, data(card, "Close")) for one in (office.group, owner)))
    await says(phone, "The Secretariat has closed your question")
    await phone.ask("/help")
    assert len([text for text in await phone.from_bot() if "has closed" in text]) == 1


async def test_a_former_member_can_do_nothing_with_old_buttons(office: Secretariat) -> None:
    phone, copy = await asked_at(office)
    card = await card_with(office.group, "Waiting since")
    listing = await office.owner.ask("/staff")
    await office.owner.press(listing, f"staff:remove:{office.member.id}", forged=True)
    answer = await office.group.press(card, data(card, "Close"))
    assert answer["text"] == "This is for the Secretariat only."
    await office.group.write("/close", message_thread_id=copy["message_thread_id"])
    await says(office.group, "This is for the Secretariat only.")
    thread = await desk.thread_of(office.bot.database.reader, phone.id)
    assert thread is not None
    assert thread.state == "waiting"


async def test_thanks_after_an_answer_can_be_closed_without_a_word(office: Secretariat) -> None:
    phone, copy = await asked_at(office)
    where = {"message_thread_id": copy["message_thread_id"]}
    await office.group.write("In June.", **where)
    come = await says(phone, "In June.")
    await phone.ask("Many thanks.", reply_to_message_id=come["message_id"])
    await says(office.group, "Many thanks.")
    await office.group.write("/close", **where)
    await card_with(office.group, "Closed by")
    await phone.ask("/help")
    assert not [text for text in await phone.from_bot() if "has closed" in text]


async def test_a_closed_conversation_opens_again_when_its_person_writes(office: Secretariat) -> None:
    phone, _ = await asked_at(office)
    card = await card_with(office.group, "Waiting since")
    await office.group.press(card, data(card, "Take"))
    await card_with(office.group, "Taken by")
    await office.group.press(card, data(card, "Close"))
    await card_with(office.group, "Closed by")
    await phone.ask("/ask Still here.")
    card = await card_with(office.group, "Waiting since")
    assert "Taken by" not in card["text"]
