"""Without a link, people find their Center by its name and ask to join it."""

from __future__ import annotations

from bot.app import Running
from storage.records.members import CenterState, DelegateState
from tests.chat import People, buttons, until
from tests.delegates import (
    ANSWERS,
    answer,
    asked_to_join,
    center_of,
    joined,
    leads,
    link_into,
    opened,
    press,
    record_of,
)
from tests.desk import Secretariat, says, shown
from tests.records import person


async def test_a_center_is_found_by_its_name_and_asked(bot: Running, people: People) -> None:
    center = await center_of(bot, "Peace Training Center of Examplia")
    await center_of(bot, "Peace Training Center of Elsewhere", state=CenterState.PENDING)
    lead, phone = await people.person("Lead"), await people.person()
    await leads(bot, lead, center)
    asked = await phone.ask("/join")
    assert asked["text"].startswith("Which Center do you belong to?")
    nothing = await phone.ask("Xyzzy")
    assert nothing["text"].startswith("I find no member Center called “Xyzzy”.")
    found = await phone.ask("peace trainig center examplia")
    assert [data for data in buttons(found).values() if data.startswith("join:")] == [f"join:{center}"]
    await press(phone, found, "Peace Training")
    await phone.reply_after(found["message_id"])
    summary = await answer(phone, ANSWERS)
    await press(phone, summary, "Send")
    said = await says(phone, "I have sent your request to the focal point of")
    assert "I will write to you here as soon as it is decided." in said["text"]
    card = await says(lead, "Wants to join a Center")
    assert "Family name: Family A" in card["text"]
    await press(lead, card, "Approve")
    await says(phone, "You are a delegate of “Peace Training Center of Examplia” now.")
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.state, record.center) == (DelegateState.ACTIVE, center)


async def test_a_record_that_is_there_already_is_told_of(office: Secretariat, people: People) -> None:
    """As of somebody who was read in from a list, and comes without a link to that record."""
    phone = await people.person()
    center = await center_of(office.bot)
    await person(office.bot, center, given_name="Given A", family_name="Family A", email="office@center-a.example")
    await asked_to_join(phone, center)
    card = await says(office.group, "Wants to join a Center")
    assert "There may be a record of this person already." in card["text"]
    await press(office.group, card, "Approve")
    decided = await shown(office.group, lambda one: "✓ Approved by" in one.get("text", ""))
    assert "There may be a record of this person already." not in decided["text"]


async def test_those_who_lead_a_center_are_told_of_no_record(office: Secretariat, people: People) -> None:
    """It may be another Center's."""
    lead, phone = await people.person("Lead"), await people.person()
    center = await center_of(office.bot)
    await leads(office.bot, lead, center)
    await person(office.bot, None, given_name="Given A", family_name="Family A", email=ANSWERS["email"])
    await asked_to_join(phone, center)
    card = await says(lead, "Wants to join a Center")
    assert "There may be a record" not in card["text"]


async def test_a_question_is_answered_while_a_center_is_sought(bot: Running, people: People) -> None:
    phone = await people.person()
    await phone.ask("/join")
    for question in ("What is the AGM?", "What is the AGM? 🙂"):
        assert "Annual General Meeting" in (await phone.ask(question))["text"]
    still = await phone.ask("Xyzzy")
    assert "I find no member Center" in still["text"]
    assert (await phone.ask("/cancel"))["text"] == "I have stopped looking for a Center. /join begins again."
    after = await phone.ask("What is the AGM?")
    assert "Annual General Meeting" in after["text"]


async def test_who_was_declined_reads_why_and_may_ask_again(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person()
    await leads(bot, lead, center)
    await asked_to_join(phone, center)
    card = await says(lead, "Wants to join a Center")
    await press(lead, card, "Decline")
    await says(lead, "Decline “Major Given A Family A”?")
    await lead.ask("We do not know you.")
    declined = await says(phone, "Your request to join “Center A” was declined.")
    assert "“We do not know you.”" in declined["text"]
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{center}", forged=True)
    await says(phone, "Do you agree that the association keeps this about you?")
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Send")

    async def is_pending() -> bool:
        record = await record_of(bot, phone)
        return record is not None and (record.id, record.state) == (1, DelegateState.PENDING)

    await until(is_pending)


async def test_who_leads_a_center_need_not_ask(bot: Running, people: People) -> None:
    center, phone = await center_of(bot), await people.person("Lead")
    await leads(bot, phone, center)
    asked = await phone.ask("/join")
    assert buttons(asked)["🇨🇭 Center A"] == f"join:{center}"
    await asked_to_join(phone, center)
    await says(phone, "You are a delegate of “Center A” now.")


async def test_why_somebody_cannot_ask_now(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    pending = await center_of(bot, "Center C", state=CenterState.PENDING)
    phone, waiting = await people.person("In"), await people.person("Waiting")
    await joined(phone, await link_into(bot, first))
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{second}", forged=True)
    await says(phone, "You are a delegate of “Center A”. To move, ask the other Center for an invitation link")
    await phone.press(menu, f"join:{first}", forged=True)
    await says(phone, "You are a delegate of “Center A” already.")
    await asked_to_join(waiting, second)
    said = await waiting.ask("/join")
    assert said["text"].startswith("Your request to join “Center B” waits for a decision.")
    await press(waiting, said, "Take it back")
    await says(waiting, "I have taken your request back.")
    await waiting.press(said, f"join:{pending}", forged=True)
    await says(waiting, "“Center C” is not approved, so nobody can join it at present.")
    await waiting.press(said, "join:99", forged=True)
    await says(waiting, "This Center does not exist any more.")


async def test_a_link_takes_back_what_was_asked_before(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    phone = await people.person()
    await asked_to_join(phone, first)
    offer = await opened(phone, await link_into(bot, second))
    assert "If you join, what you have asked for before is taken back." in offer["text"]
    await press(phone, offer, "Join")
    await phone.reply_after(offer["message_id"])
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Join")
    await says(phone, "You are a delegate of “Center B” now.")


async def test_in_a_group_it_leads_to_the_private_chat(bot: Running, people: People) -> None:
    phone = await people.person()
    group = phone.within(await people.group(phone))
    said = await group.ask("/join@unigo_test_bot")
    assert buttons(said) == {"Open a private chat": "https://t.me/unigo_test_bot?start=join"}
    assert (await opened(phone, "join"))["text"].startswith("Which Center do you belong to?")
