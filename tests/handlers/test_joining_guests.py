"""People who belong to no Center register as guests of the association."""

from __future__ import annotations

from storage.records.members import DelegateState
from tests.chat import People
from tests.delegates import press, record_of, registered_as_guest
from tests.desk import Secretariat, labels, says
from tests.handlers.test_me_changes import edited
from tests.participants import conference


async def test_a_guest_is_approved_by_the_secretariat(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered_as_guest(phone)
    card = await says(office.group, "Wants to be a guest of the association")
    assert "Organization: Organization A" in card["text"]
    await conference(office.bot)
    await press(office.group, card, "Approve")
    approved = await says(phone, "You are registered as a guest of the association now.")
    assert labels(approved) == ["Take part in the conference", "All topics"]
    record = await record_of(office.bot, phone)
    assert record is not None
    assert (record.state, record.is_guest, record.center) == (DelegateState.ACTIVE, True, None)
    said = await phone.ask("/join")
    assert said["text"].startswith("You are registered as a guest of the association.")


async def test_a_guest_corrects_what_the_secretariat_asks_for(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered_as_guest(phone)
    card = await says(office.group, "Wants to be a guest of the association")
    await press(office.group, card, "Ask for a correction")
    choice = await says(office.group, "What is to be corrected in")
    await press(office.group, choice, "Organization")
    await press(office.group, choice, "Send")
    await says(phone, "The Secretariat asks you to correct your registration.")
    assert "Your registration waits for you" in (await phone.ask("/me"))["text"]
    menu = await phone.ask("/register")
    await press(phone, menu, "as a guest")
    again = await says(phone, "Your registration waits for you", after=menu["message_id"])
    await press(phone, again, "Correct it")
    asked = await says(phone, "Which organization or group are you from?")
    assert "So far: Organization A" in asked["text"]
    summary = await phone.ask("Organization B")
    await press(phone, summary, "Send to the Secretariat")
    await says(phone, "I have sent your correction to the Secretariat.")
    again = await says(office.group, "Organization: Organization A → Organization B")
    await press(office.group, again, "Approve")
    await says(phone, "You are registered as a guest of the association now.")


async def test_a_correction_keeps_what_was_changed_meanwhile(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered_as_guest(phone)
    card = await says(office.group, "Wants to be a guest of the association")
    await press(office.group, card, "Ask for a correction")
    choice = await says(office.group, "What is to be corrected in")
    await press(office.group, choice, "Organization")
    await press(office.group, choice, "Send")
    await press(phone, await says(phone, "The Secretariat asks you to correct your registration."), "Correct it")
    await says(phone, "Which organization or group are you from?")
    await edited(office.bot, phone, family_name="Family B")
    await press(phone, await phone.ask("Organization B"), "Send to the Secretariat")
    await says(phone, "I have sent your correction to the Secretariat.")
    record = await record_of(office.bot, phone)
    assert record is not None
    assert (record.details.organization, record.details.family_name) == ("Organization B", "Family B")
