"""The Secretariat writes to a person, or to all who lead a Center, from their card."""

from __future__ import annotations

from bot.app import Running
from bot.members.roles import Role
from storage import desk
from tests.chat import People, Phone, met
from tests.desk import Secretariat, answer, says
from tests.records import becomes, card_of, center, lead, person, press


async def test_a_letter_goes_to_a_person_and_the_answer_to_the_group(
    bot: Running, people: People, office: Secretariat
) -> None:
    phone = await met(people, "Delegate A")
    number = await person(bot, None, writes=phone)
    card = await card_of(office.member, f"d{number}")
    await press(office.member, card, "Write to them")
    await says(office.member, "It goes to Major Given Family, as a message from the Secretariat.")
    sent = await office.member.ask("Please send us your <visa> data.")
    assert sent["text"] == "Your letter goes to 1 person."
    letter = await says(phone, "Please send us your <visa> data.")
    await phone.write("Here it is.", reply_to_message_id=letter["message_id"])
    copy = await says(office.group, "Here it is.")
    await answer(office, copy, "Thank you.")
    await says(phone, "Thank you.")
    assert await desk.count_waiting(bot.database.reader) == 0


async def test_a_letter_to_a_center_reaches_all_who_lead_it_and_so_does_its_change(
    bot: Running, people: People, owner: Phone
) -> None:
    number = await center(bot)
    leaders = [await met(people, f"Leader {letter}") for letter in "ABC"]
    await lead(bot, leaders[0], number)
    for deputy in leaders[1:]:
        await lead(bot, deputy, number, Role.DEPUTY)
    card = await card_of(owner, f"c{number}")
    await press(owner, card, "Write to them")
    await says(owner, "It goes to 3 people who lead Center A")
    voice = await people.post(f"/persons/{owner.id}/voices", {})
    assert (await owner.reply_after(voice["message_id"]))["text"].startswith("I cannot pass this on.")
    written = await owner.write("The agenda is out.")
    assert (await owner.reply_after(written["message_id"]))["text"] == "Your letter goes to 3 people."
    letters = [await says(phone, "The agenda is out.") for phone in leaders]
    body = {"chat_id": owner.chat_id, "message_id": written["message_id"], "text": "The agenda is out now."}
    await people.post(f"/persons/{owner.id}/edits", body)
    for phone, letter in zip(leaders, letters, strict=True):
        await becomes(phone, letter, "The agenda is out now.")


async def test_a_letter_to_several_answers_nobody_who_waits(bot: Running, people: People, office: Secretariat) -> None:
    number = await center(bot)
    leaders = [await met(people, f"Leader {letter}") for letter in "AB"]
    for phone, role in zip(leaders, (Role.FOCAL_POINT, Role.DEPUTY), strict=True):
        await lead(bot, phone, number, role)
        await phone.ask("/ask May I bring my deputy?")
    waited = await desk.count_waiting(bot.database.reader)
    card = await card_of(office.member, f"c{number}")
    await press(office.member, card, "Write to them")
    await says(office.member, "It goes to 2 people who lead Center A")
    sent = await office.member.ask("Please look at your phone number.")
    assert sent["text"] == "Your letter goes to 2 people."
    for phone in leaders:
        await says(phone, "Please look at your phone number.")
    assert await desk.count_waiting(bot.database.reader) == waited == 2


async def test_the_group_sees_letters_to_those_who_have_a_place_in_it(
    bot: Running, people: People, office: Secretariat
) -> None:
    phone = await people.person("Delegate A")
    await phone.ask("How much is the membership fee?")
    copy = await says(office.group, "How much is the membership fee?")
    number = await person(bot, None, writes=phone)
    card = await card_of(office.member, f"d{number}")
    await press(office.member, card, "Write to them")
    await says(office.member, "It goes to")
    await office.member.ask("There is none.")
    note = await says(office.group, "Member A has written to Delegate A: “There is none.”")
    assert note["message_thread_id"] == copy["message_thread_id"]


async def test_nobody_is_written_to_who_never_wrote(bot: Running, owner: Phone) -> None:
    number = await person(bot, None)
    card = await card_of(owner, f"d{number}")
    toast = await press(owner, card, "Write to them")
    assert toast["text"].startswith("They have never written to this bot")
