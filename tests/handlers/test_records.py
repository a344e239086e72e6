"""The cards of Centers and people: what they show, their history, and what the Secretariat does with them."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage import audit, desk
from storage.audit import AuditFilter
from storage.records.members import CenterState, DelegateState
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import OWNER, answer, labels, owner_of, running, says, secretariat
from tests.records import acts, becomes, center, center_now, lead, person, person_now, press


@pytest.fixture
async def owner(bot: Running, people: People) -> Phone:
    return await owner_of(people)


async def started(people: People, name: str) -> Phone:
    """Somebody who has written to the bot."""
    phone = await people.person(name)
    await phone.ask("/start")
    return phone


async def opened(phone: Phone, key: str) -> Json:
    """A card, in the place of a list."""
    listing = await phone.ask("/centers")
    await phone.press(listing, f"card:{key}", forged=True)
    return await becomes(phone, listing, "Status: ")


async def test_a_centers_card_shows_all_and_leads_on(bot: Running, people: People, owner: Phone) -> None:
    number = await center(bot)
    focal, deputy = await started(people, "Focal A"), await started(people, "Deputy A")
    await lead(bot, focal, number)
    await lead(bot, deputy, number, Role.DEPUTY)
    await person(bot, number, family_name="Delegate")
    listing = await owner.ask("/centers")
    await press(owner, listing, "🇰🇪 Center A")
    card = await becomes(owner, listing, "Status: approved")
    for line in (
        "Official name: Center A", "Country: 🇰🇪 Kenya", "Focus: Police", "Focal point: Focal A", "Deputies: Deputy A",
    ):  # fmt: skip
        assert line in card["text"]
    assert labels(card) == [
        "Delegates (1)", "Focal point, invitations", "Edit", "Write to them", "Suspend", "Merge with another",
        "History", "Back to the list",
    ]  # fmt: skip
    await press(owner, card, "Delegates (1)")
    people_of_it = await becomes(owner, listing, "Center: Center A")
    await press(owner, people_of_it, "Delegate, Given")
    delegate = await becomes(owner, listing, "Has never written to this bot.")
    assert "Is not shown to other members." in delegate["text"]
    await press(owner, delegate, "🇰🇪 Center A")
    await becomes(owner, listing, "Focal point: Focal A")


async def test_the_secretariat_gives_a_center_a_focal_point_from_its_record(
    bot: Running, people: People, owner: Phone
) -> None:
    number, delegate = await center(bot), await started(people, "Delegate A")
    record, listed = await person(bot, number, writes=delegate), await person(bot, number, family_name="Listed")
    card = await opened(owner, f"c{number}")
    assert "It has no focal point." in card["text"]
    await press(owner, card, "Focal point, invitations")
    looked_after = await becomes(owner, card, "This Center has no focal point at the moment.")
    assert {"Invite", "Focal point, deputies"} <= set(labels(looked_after))
    await press(owner, looked_after, "Show the record")
    await becomes(owner, card, "It has no focal point.")
    await owner.press(card, f"card:d{listed}", forged=True)
    never_wrote = await becomes(owner, card, "Has never written to this bot.")
    assert "Make the focal point" not in labels(never_wrote)
    await owner.press(card, f"card:d{record}", forged=True)
    await press(owner, await becomes(owner, card, "Agreed to the privacy notice"), "Make the focal point")
    await press(owner, await becomes(owner, card, "Offer Major Given Family the role"), "Yes, offer it")
    await press(delegate, await says(delegate, "You are asked to become the focal point"), "Accept")
    await says(owner, "has accepted, and is the focal point of “Center A” now.")
    await owner.press(card, f"card:d{record}", forged=True)
    assert "Make the focal point" not in labels(await becomes(owner, card, "Focal point of Center no."))


async def test_back_leads_to_the_list_as_it_was(bot: Running, owner: Phone) -> None:
    for number in range(10):
        await center(bot, name=f"Center {number}")
    listing = await owner.ask("/centers")
    await press(owner, listing, "Next")
    await becomes(owner, listing, "page 2 of 2")
    await press(owner, listing, "🇰🇪 Center 9")
    await becomes(owner, listing, "Official name: Center 9")
    await press(owner, listing, "Back to the list")
    await becomes(owner, listing, "page 2 of 2")


async def test_a_center_is_edited_at_once_and_the_log_knows(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    card = await opened(owner, f"c{number}")
    await press(owner, card, "Edit")
    summary = await says(owner, "You change Center A.")
    await press(owner, summary, "City")
    await says(owner, "What is to stand under “City”?")
    changed = await owner.ask("Mombasa")
    await press(owner, changed, "Save")
    saved = await says(owner, "Saved. Changed in Center A: City")
    assert (await center_now(bot, number)).details.city == "Mombasa"
    (line,) = await audit.search(bot.database.reader, AuditFilter(act="center.edit"), at_most=9)
    assert (line.entry.actor_id, line.entry.before, line.entry.after) == (
        OWNER, '{"city":"Nairobi"}', '{"city":"Mombasa"}',
    )  # fmt: skip
    await press(owner, saved, "Show the record")
    await becomes(owner, saved, "City: Mombasa")
    await press(owner, saved, "History")
    history = await becomes(owner, saved, "History of Center A")
    assert "• Center changed. Fields: City.\nOwner 501, " in history["text"]


async def test_a_person_with_gaps_can_be_edited(bot: Running, owner: Phone) -> None:
    number = await person(bot, None, nationality=None, phone=None, languages=(), time_zone=None, email=None)
    card = await opened(owner, f"d{number}")
    await press(owner, card, "Edit")
    summary = await says(owner, "You change Major Given Family.")
    await press(owner, summary, "Function")
    await says(owner, "What is to stand under “Function”?")
    changed = await owner.ask("Head of training")
    await press(owner, changed, "Save")
    await says(owner, "Saved.")
    assert (await person_now(bot, number)).details.function == "Head of training"
    (line,) = await audit.search(bot.database.reader, AuditFilter(act="delegate.edit"), at_most=9)
    assert (line.entry.before, line.entry.after) == (None, '{"fields":["function"]}'), "no personal data in the log"


async def test_what_another_has_changed_is_not_written_over(bot: Running, people: People, owner: Phone) -> None:
    number, second = await center(bot), await owner_of(people, 502)
    forms = []
    for phone in (owner, second):
        card = await opened(phone, f"c{number}")
        await press(phone, card, "Edit")
        summary = await says(phone, "You change Center A.")
        await press(phone, summary, "City")
        await says(phone, "What is to stand under “City”?")
        forms.append(await phone.ask(f"City {phone.id}"))
    await press(owner, forms[0], "Save")
    await says(owner, "Saved.")
    await press(second, forms[1], "Save")
    await says(second, "Somebody else has changed the same meanwhile.")
    assert (await center_now(bot, number)).details.city == f"City {owner.id}"


async def test_a_form_of_somebody_who_is_not_of_the_secretariat_any_more_is_not_saved(
    start_bot: StartBot, people: People
) -> None:
    owner = await owner_of(people)
    async with running(start_bot) as bot:
        number = await center(bot)
        card = await opened(owner, f"c{number}")
        await press(owner, card, "Edit")
        summary = await says(owner, "You change Center A.")
        await press(owner, summary, "City")
        await says(owner, "What is to stand under “City”?")
        changed = await owner.ask("Mombasa")
    async with start_bot() as bot:
        await press(owner, changed, "Save")
        await says(owner, "This cannot be saved any more")
        assert (await center_now(bot, number)).details.city == "Nairobi"


async def test_a_suspended_center_is_told_why_and_takes_no_part(bot: Running, people: People, owner: Phone) -> None:
    number, focal = await center(bot), await started(people, "Focal A")
    await lead(bot, focal, number)
    card = await opened(owner, f"c{number}")
    await press(owner, card, "Suspend")
    question = await says(owner, "Suspend Center A?")
    assert "Its focal point and deputies read it." in question["text"]
    done = await owner.ask("The mandate <has> ended.")
    assert done["text"] == "Center A is suspended. I tell 1 person."
    told = await says(focal, "The Secretariat has suspended Center A.")
    assert "The reason: “The mandate <has> ended.”" in told["text"]
    assert (await center_now(bot, number)).state == CenterState.SUSPENDED
    assert "There is no Center in the directory yet." in (await focal.ask("/directory"))["text"]
    await press(owner, done, "Show the record")
    card = await becomes(owner, done, "Status: suspended")
    await press(owner, card, "End the suspension")
    await becomes(owner, done, "Status: approved")
    await says(focal, "Center A is no longer suspended")
    assert [act for _, act in await acts(bot, f"center:{number}")] == ["center.lift", "center.suspend"]
    assert "mandate" not in str(await audit.latest(bot.database.reader)), "reasons are not in the log"


async def test_a_suspended_person_is_told(bot: Running, people: People, owner: Phone) -> None:
    phone = await started(people, "Delegate A")
    number = await person(bot, await center(bot), writes=phone)
    card = await opened(owner, f"d{number}")
    await press(owner, card, "Suspend")
    question = await says(owner, "Suspend Major Given Family?")
    await press(owner, question, "Suspend without a reason")
    await becomes(owner, question, "Status: suspended")
    told = await says(phone, "The Secretariat has suspended your registration.")
    assert "The reason" not in told["text"]
    assert (await person_now(bot, number)).state == DelegateState.SUSPENDED
    # What is written next is an ordinary message.
    assert "suspended" not in (await owner.ask("What is the AGM?"))["text"]


async def test_two_who_suspend_at_the_same_time_do_it_once(bot: Running, people: People, owner: Phone) -> None:
    number, second = await center(bot), await owner_of(people, 502)
    first, other = await opened(owner, f"c{number}"), await opened(second, f"c{number}")
    await owner.press(first, f"curate:bare:c{number}", forged=True)
    answered = await second.press(other, f"curate:bare:c{number}", forged=True)
    assert answered["text"] == "This has changed meanwhile. You see how it stands now."
    await becomes(second, other, "Status: suspended")
    assert len(await acts(bot, f"center:{number}")) == 1


async def test_a_reason_that_is_too_long_is_asked_for_again(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    card = await opened(owner, f"c{number}")
    await press(owner, card, "Suspend")
    assert "Nobody leads it, so nobody is told." in (await says(owner, "Suspend Center A?"))["text"]
    assert "at most 1,000 characters" in (await owner.ask("x" * 1001))["text"]
    assert (await center_now(bot, number)).state == CenterState.APPROVED
    assert "is suspended. Nobody could be told." in (await owner.ask("Now"))["text"]


async def test_a_letter_goes_to_a_person_and_the_answer_to_the_group(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone = await started(people, "Delegate A")
    number = await person(bot, None, writes=phone)
    card = await opened(office.member, f"d{number}")
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
    leaders = [await started(people, f"Leader {letter}") for letter in "ABC"]
    await lead(bot, leaders[0], number)
    for deputy in leaders[1:]:
        await lead(bot, deputy, number, Role.DEPUTY)
    card = await opened(owner, f"c{number}")
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


async def test_a_letter_to_several_answers_nobody_who_waits(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    number = await center(bot)
    leaders = [await started(people, f"Leader {letter}") for letter in "AB"]
    for phone, role in zip(leaders, (Role.FOCAL_POINT, Role.DEPUTY), strict=True):
        await lead(bot, phone, number, role)
        await phone.ask("/ask May I bring my deputy?")
    waited = await desk.count_waiting(bot.database.reader)
    card = await opened(office.member, f"c{number}")
    await press(office.member, card, "Write to them")
    await says(office.member, "It goes to 2 people who lead Center A")
    sent = await office.member.ask("Please look at your phone number.")
    assert sent["text"] == "Your letter goes to 2 people."
    for phone in leaders:
        await says(phone, "Please look at your phone number.")
    assert await desk.count_waiting(bot.database.reader) == waited == 2


async def test_the_group_sees_letters_to_those_who_have_a_place_in_it(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone = await people.person("Delegate A")
    await phone.ask("How much is the membership fee?")
    copy = await says(office.group, "How much is the membership fee?")
    number = await person(bot, None, writes=phone)
    card = await opened(office.member, f"d{number}")
    await press(office.member, card, "Write to them")
    await says(office.member, "It goes to")
    await office.member.ask("There is none.")
    note = await says(office.group, "Member A has written to Delegate A: “There is none.”")
    assert note["message_thread_id"] == copy["message_thread_id"]


async def test_nobody_is_written_to_who_never_wrote(bot: Running, owner: Phone) -> None:
    number = await person(bot, None)
    card = await opened(owner, f"d{number}")
    toast = await press(owner, card, "Write to them")
    assert toast["text"].startswith("They have never written to this bot")


async def test_in_the_group_a_form_leads_to_the_private_chat(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    number = await center(bot)
    card = await opened(office.group, f"c{number}")
    await press(office.group, card, "Edit")
    link = next(iter(buttons(await says(office.group, "I ask you for changes in the private chat.")).values()))
    payload = link.partition("start=")[2]
    sent = await office.member.start(payload)
    assert "Official name: Center A" in (await office.member.reply_after(sent["message_id"]))["text"]
    stranger = await people.person()
    sent = await stranger.start(payload)
    assert "Welcome to UNIGO" in (await stranger.reply_after(sent["message_id"]))["text"]


async def test_a_reason_is_a_reply_in_the_group(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    number = await center(bot)
    card = await opened(office.group, f"c{number}")
    await press(office.group, card, "Suspend")
    question = await says(office.group, "Reply to this message with the reason.")
    await office.group.write("Just talking.")
    await office.group.write("// no", reply_to_message_id=question["message_id"])
    assert (await center_now(bot, number)).state == CenterState.APPROVED
    await office.group.write("Because.", reply_to_message_id=question["message_id"])
    await says(office.group, "Center A is suspended.")


async def test_records_that_there_are_not_say_so(bot: Running, owner: Phone) -> None:
    listing = await owner.ask("/centers")
    for data in ("card:c99", "card:d99", "past:c99:0", "curate:edit:d99", "merge:begin:c99"):
        answered = await owner.press(listing, data, forged=True)
        assert answered["text"] == "There is no such record any more."


async def test_history_has_pages(bot: Running, owner: Phone, clock: MovableClock) -> None:
    number = await center(bot)
    card = await opened(owner, f"c{number}")
    for act in ("bare", "lift") * 5:
        await owner.press(card, f"curate:{act}:c{number}", forged=True)
    await until(lambda: _has(owner, card, "Status: approved"))
    await press(owner, card, "History")
    first = await becomes(owner, card, "History of Center A")
    assert first["text"].count("•") == 8
    await press(owner, first, "Next")

    async def second_page() -> bool:
        return str((await owner.now(card))["text"]).count("•") == 2

    await until(second_page)


async def _has(phone: Phone, message: Json, words: str) -> bool:
    return words in str((await phone.now(message))["text"])
