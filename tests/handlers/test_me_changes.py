"""/me: people change their own record, and agree to a newer notice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.app import Running
from bot.members import curating
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from storage import delegates
from storage.records.members import DelegateDetails
from storage.session import Transaction
from tests.chat import Json, People, Phone
from tests.delegates import NOTICE_DAY, RIGHTS, member_of_a_center, press, record_of
from tests.desk import OWNER, labels, says
from tests.records import becomes


async def changing(phone: Phone) -> tuple[Json, Json]:
    """What is kept about somebody, and the form in which they change it."""
    held = await phone.ask("/me")
    await press(phone, held, "Change my details")
    return held, await says(phone, "Changing my details")


async def edited(bot: Running, phone: Phone, **details: Any) -> None:
    """The Secretariat has changed somebody's details."""
    record = await record_of(bot, phone)
    assert record is not None
    seen = record

    async def work(tx: Transaction) -> None:
        wanted = replace(seen.details, **details)
        await curating.edit_person(tx, RIGHTS, seen.id, seen.details, wanted, by=OWNER, now=bot.now_us())

    await bot.database.write(work)


async def with_another_function(bot: Running, phone: Phone, summary: Json) -> DelegateDetails:
    """Their details, once the form was saved with a function."""
    await press(phone, summary, "Function")
    await says(phone, "So far: Head of training")
    await press(phone, await phone.ask("Director"), "Save")
    await says(phone, "I have changed it.")
    record = await record_of(bot, phone)
    assert record is not None
    return record.details


async def test_details_are_changed_in_the_form(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    _held, summary = await changing(phone)
    assert "Privacy notice" not in labels(summary)
    details = await with_another_function(bot, phone, summary)
    assert details.function == "Director"


async def test_a_change_keeps_what_was_changed_meanwhile(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held, summary = await changing(phone)
    await phone.press(held, "me:zone:Africa/Nairobi", forged=True)
    await becomes(phone, held, "Time zone: Nairobi")
    details = await with_another_function(bot, phone, summary)
    assert (details.function, details.time_zone) == ("Director", "Africa/Nairobi")


async def test_what_was_missing_is_kept_when_it_is_given(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    await edited(bot, phone, email=None)
    await press(phone, await phone.ask("/me"), "Change my details")
    await says(phone, "At which e-mail address can you be reached?")
    await press(phone, await phone.ask("New@Center-A.example"), "Save")
    await says(phone, "I have changed it.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details.email == "new@center-a.example"


async def test_small_things_are_changed_at_once(bot: Running, people: People) -> None:
    phone, _lead, _center = await member_of_a_center(bot, people)
    held = await phone.ask("/me")
    await press(phone, held, "Show me to members")
    await becomes(phone, held, "Other members see you, since")
    await press(phone, held, "Do not show me")
    await becomes(phone, held, "Other members do not see you.")
    await press(phone, held, "My time zone")
    choice = await becomes(phone, held, "Your time zone is Zurich.")
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
    await becomes(phone, asked, f"I have noted that you agree to the notice of {NOTICE_DAY}.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.privacy_version == PRIVACY_NOTICE_VERSION
