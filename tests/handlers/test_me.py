"""/me: what is kept about somebody, and what they do with it themselves."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from bot.app import Running
from bot.members import delegates as written
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Role
from storage import delegates, roles
from storage.delegates import Consent
from storage.records.members import DelegateState
from storage.session import Transaction
from tests import records
from tests.centers import put
from tests.chat import Json, People, Phone, buttons, until
from tests.delegates import ANSWERS, NOTICE_DAY, answer, center_of, joined, leads, link_into, press, record_of
from tests.desk import Secretariat, labels, says, secretariat, shown

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@pytest.fixture
async def office(bot: Running, people: People) -> Secretariat:
    return await secretariat(bot, people)


async def member_of_a_center(bot: Running, people: People) -> tuple[Phone, Phone, int]:
    """A delegate, the focal point, and their Center."""
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person("Tele", username="tele")
    await leads(bot, lead, center)
    await joined(phone, await link_into(bot, center))
    return phone, lead, center


async def now(phone: Phone, message: Json, words: str) -> Json:
    """The message, once these words stand in it."""
    return await shown(phone, lambda one: one["message_id"] == message["message_id"] and words in one["text"])


async def test_everything_is_shown_plainly(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    await phone.ask("Is the moon made of green cheese?")
    held = await phone.ask("/me")
    assert held["text"].startswith(
        "What is kept about you\n\n"
        "Given name: Given A\nFamily name: Family A\nTitle or rank: Major\nFunction: Head of training\n"
        "E-mail: delegate.a@center-a.example\nPhone: +41 44 668 18 00\nNationality: 🇨🇭 Switzerland\n"
        "Working languages: English and French\nTime zone: Zurich\n\n"
        f"You are a delegate of “Center A”.\nYou agreed to the privacy notice of {NOTICE_DAY} on "
    )
    assert "Other members do not see you." in held["text"]
    assert f"Your name on Telegram: Tele (@tele)\nYour number on Telegram: {phone.id}" in held["text"]
    assert "Besides: " in held["text"]
    assert labels(held) == [
        "Change my details", "My time zone", "Show me to members", "Leave the Center", "Privacy notice",
        "Get it as a file", "Erase everything", "All topics",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "agreed"),
    [
        ("ar", "المؤرخ في 25 نوفمبر 2026"),
        ("es", "el aviso de privacidad del 25 de noviembre de 2026 el "),
        ("fr", "(version du 25 novembre 2026) le "),
        ("ru", "(редакция от 25 ноября 2026 г.), дата: "),
        ("zh", "隐私说明（2026年11月25日版）"),
    ],
)
async def test_the_day_of_the_notice_is_told_as_others_are(
    bot: Running, people: People, language: str, agreed: str
) -> None:
    phone = await people.person(language=language)
    await phone.ask("/start")

    async def work(tx: Transaction) -> None:
        consent = Consent(PRIVACY_NOTICE_VERSION, is_shown=False)
        await written.add(
            tx, records.PERSON, person_id=phone.id, center=None, state=DelegateState.ACTIVE, is_guest=True,
            consent=consent, now=bot.now_us(),
        )  # fmt: skip

    await bot.database.write(work)
    for command in ("/me", "/privacy"):
        text = " ".join((await phone.ask(command))["text"].split())
        assert not ISO_DAY.search(text)
        assert ".." not in text
        assert command != "/me" or agreed in text


async def test_who_is_not_registered_sees_what_there_is(bot: Running, people: People) -> None:
    phone = await people.person("Tele")
    held = await phone.ask("/me")
    assert held["text"].startswith(
        "What is kept about you\n\nYou are not registered as a delegate or a guest.\n\nYour name on Telegram: Tele"
    )
    assert labels(held) == ["Register", "Privacy notice", "Get it as a file", "Erase everything", "All topics"]
    await press(phone, held, "Privacy notice")
    notice = await says(phone, "If you register")
    assert f"Notice of {NOTICE_DAY}." in notice["text"]
    assert "Backups hold what is deleted for 30 days longer." in notice["text"]
    for data in ("me:edit", "me:shown:1", "me:zone", "me:zone:Europe/Zurich", "me:leave:1", "me:left:1", "me:left:0"):
        toast = await phone.press(held, data, forged=True)
        assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    for data in ("me:withdraw:99", "me:fix:99"):
        toast = await phone.press(held, data, forged=True)
        assert toast["show_alert"] is True


async def test_the_center_that_somebody_registers(office: Secretariat, people: People) -> None:
    phone = await people.person("Tele")
    await put(office.bot, phone)
    held = await phone.ask("/me")
    assert "You have registered “Center A”. It waits for the Secretariat's approval." in held["text"]
    assert labels(held)[:2] == ["Register", "See the registration"]
    await press(phone, held, "See the registration")
    mine = await now(phone, held, "Official name: Center A")
    assert labels(mine) == ["Change something", "Withdraw"]
    card = await says(office.group, "Official name: Center A")
    await office.group.press(card, "request:correct:1:0:20", forged=True)
    await says(phone, "asks you to correct the registration")
    assert (
        "You have registered “Center A”. The Secretariat asks you to correct something."
        in ((await phone.ask("/me"))["text"])
    )
    await office.group.press(card, "request:approve:1:1", forged=True)
    await says(phone, "“Center A” is approved")
    held = await phone.ask("/me")
    assert "You are the focal point of “Center A”." in held["text"]
    assert "You have registered" not in held["text"]


async def test_details_are_changed_in_the_form(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Change my details")
    summary = await says(phone, "Changing my details")
    assert "Privacy notice" not in labels(summary)
    await press(phone, summary, "Function")
    await says(phone, "So far: Head of training")
    summary = await phone.ask("Director")
    await press(phone, summary, "Save")
    await says(phone, "I have changed it.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details.function == "Director"


async def test_a_change_keeps_what_was_changed_meanwhile(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Change my details")
    summary = await says(phone, "Changing my details")
    await phone.press(held, "me:zone:Africa/Nairobi", forged=True)
    await now(phone, held, "Time zone: Nairobi")
    await press(phone, summary, "Function")
    await says(phone, "So far: Head of training")
    summary = await phone.ask("Director")
    await press(phone, summary, "Save")
    await says(phone, "I have changed it.")
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.details.function, record.details.time_zone) == ("Director", "Africa/Nairobi")


async def test_small_things_are_changed_at_once(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Show me to members")
    await now(phone, held, "Other members see you, since")
    await press(phone, held, "Do not show me")
    await now(phone, held, "Other members do not see you.")
    await press(phone, held, "My time zone")
    choice = await now(phone, held, "Your time zone is Zurich.")
    await press(phone, choice, "Another")
    await says(phone, "Which time zone do you live in?")
    summary = await phone.ask("Nairobi")
    await press(phone, summary, "Save")
    await says(phone, "I have changed it.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details.time_zone == "Africa/Nairobi"
    toast = await phone.press(held, "me:zone:Moon/Base", forged=True)
    assert "out of date" in toast["text"]


async def test_a_delegate_leaves(bot: Running, people: People) -> None:
    phone, lead, center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Leave the Center")
    await now(phone, held, "Leave “Center A”?")
    await press(phone, held, "Yes, leave")
    left = await now(phone, held, "You have left “Center A”.")
    assert "Other members" not in left["text"]
    assert "Other members" not in (await phone.ask("/me"))["text"]
    assert (await says(lead, "has left"))["text"] == "Major Given A Family A has left “Center A”."
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.state, record.center) == (DelegateState.LEFT, None)
    toast = await phone.press(held, f"me:left:{center}", forged=True)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    await joined(phone, await link_into(bot, center), {"privacy": "yes", "shown": "no"})
    again = await record_of(bot, phone)
    assert again is not None
    assert (again.id, again.state) == (record.id, DelegateState.ACTIVE)


async def test_a_focal_point_hands_over_first_or_leaves_the_center_alone(office: Secretariat, people: People) -> None:
    bot, center = office.bot, await center_of(office.bot)
    lead, deputy = await people.person("Lead"), await people.person("Deputy")
    await leads(bot, lead, center)
    await leads(bot, deputy, center, Role.DEPUTY)
    held = await lead.ask("/me")
    assert "You are the focal point of “Center A”." in held["text"]
    await press(lead, held, "Leave the Center")
    asked = await now(lead, held, "Hand that over to somebody else first")
    assert list(buttons(asked).values()) == ["center", f"me:left:{center}:alone", "me"]
    await lead.press(asked, f"me:left:{center}", forged=True)
    await now(lead, held, "Hand that over to somebody else first")
    assert await roles.has(bot.database.reader, lead.id, Role.FOCAL_POINT, str(center))
    await press(lead, asked, "Leave all the same")
    await now(lead, held, "You have left “Center A”.")
    loss = "“Center A” has no focal point any more: Lead has left."
    told = await says(office.group, loss)
    assert told["reply_markup"]["inline_keyboard"][0][0]["url"].endswith(f"?start=center_{center}")
    opened = await office.member.ask(f"/start center_{center}")
    assert "This Center has no focal point at the moment." in opened["text"]
    assert "Invite" in buttons(opened)
    assert buttons(await says(deputy, loss)) == {"Open the Center": f"center:show:{center}"}
    assert not await roles.has(bot.database.reader, lead.id, Role.FOCAL_POINT, str(center))


async def test_a_guest_ends_their_registration(office: Secretariat, people: People) -> None:
    phone = await people.person()
    menu = await phone.ask("/start")
    await phone.press(menu, "register:guest", forged=True)
    await phone.reply_after(menu["message_id"])
    answers = [*list(ANSWERS.values())[:3], "Organization A", *list(ANSWERS.values())[3:]]
    summary = await answer(phone, dict(enumerate(answers)))  # type: ignore[arg-type]
    await press(phone, summary, "Send")
    await says(office.group, "Wants to be a guest")
    await says(phone, "I have sent your registration to the Secretariat.")
    held = await phone.ask("/me")
    assert "Your registration as a guest waits for a decision." in held["text"]
    await press(phone, held, "My time zone")
    await phone.press(held, "me:zone:Africa/Nairobi", forged=True)
    again = await says(office.group, "Time zone: Zurich → Nairobi")
    await press(office.group, again, "Approve")
    await says(phone, "You are registered as a guest of the association now.")
    held = await phone.ask("/me")
    await press(phone, held, "End my registration")
    await press(phone, await now(phone, held, "End your registration as a guest?"), "Yes, end it")
    await now(phone, held, "You are no longer a guest of the association.")


async def test_a_newer_notice_is_asked_about_once(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)

    async def agreed_long_ago(tx: Transaction) -> None:
        await delegates.consent(tx, 1, "2020-01-01", bot.now_us())

    await bot.database.write(agreed_long_ago)
    await phone.ask("/me")
    asked = await says(phone, "The privacy notice has changed since you agreed to it.")
    await phone.ask("/me")
    await phone.ask("/help")
    assert sum("privacy notice has changed" in text for text in await phone.from_bot()) == 1
    await phone.press(asked, "me:agree:2020-01-02", forged=True)
    await press(phone, asked, "I agree")
    await now(phone, asked, f"I have noted that you agree to the notice of {NOTICE_DAY}.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.privacy_version == PRIVACY_NOTICE_VERSION


async def test_everything_is_given_as_a_file(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Get it as a file")

    async def file() -> Json | None:
        return next((one["document"] for one in await phone.messages() if "document" in one), None)

    document = await until(file)
    assert document["file_name"] == "unigo-my-data.json"
    whole = json.loads(await people.file(document["file_id"]))
    assert whole["telegram_id"] == phone.id
    assert whole["held"]["delegate"][0]["email"] == "delegate.a@center-a.example"


async def test_in_a_group_it_leads_to_the_private_chat(bot: Running, people: People) -> None:
    phone = await people.person()
    group = phone.within(await people.group(phone))
    said = await group.ask("/me@unigo_test_bot")
    assert buttons(said) == {"Open a private chat": "https://t.me/unigo_test_bot?start=me"}
    opened = await phone.start("me")
    assert "You are not registered as a delegate or a guest." in (await phone.reply_after(opened["message_id"]))["text"]


async def test_somebody_elses_request_cannot_be_taken_back(bot: Running, people: People) -> None:
    center = await center_of(bot)
    phone, stranger = await people.person(), await people.person("Stranger")
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{center}", forged=True)
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, ANSWERS)
    await press(phone, summary, "Send")
    await says(phone, "I have sent your request")
    menu = await stranger.ask("/start")
    for data in ("me:withdraw:1", "me:fix:1"):
        await stranger.press(menu, data, forged=True)
    record = await record_of(bot, phone)
    assert record is not None
    assert record.state == DelegateState.PENDING


async def test_two_presses_at_once_leave_once(bot: Running, people: People) -> None:
    phone, lead, center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await asyncio.gather(*(phone.press(held, f"me:left:{center}", forged=True) for _ in range(4)))
    await says(lead, "has left")
    await phone.ask("/help")
    assert sum("has left" in text for text in await lead.from_bot()) == 1
