"""/me: what is kept about somebody, shown plainly and given as a file."""

from __future__ import annotations

import json
import re

import pytest

from bot.app import Running
from bot.members import delegates as written
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from storage.delegates import Consent
from storage.records.members import DelegateState
from storage.session import Transaction
from tests import records
from tests.centers import put
from tests.chat import Json, People, buttons, until
from tests.delegates import NOTICE_DAY, member_of_a_center, press
from tests.desk import Secretariat, labels, says
from tests.records import becomes

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
    mine = await becomes(phone, held, "Official name: Center A")
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
