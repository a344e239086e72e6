"""What somebody who joins is asked, and how it is kept."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from storage.records.members import DelegateDetails, DelegateState
from tests.chat import People
from tests.conftest import StartBot
from tests.delegates import (
    ANSWERS,
    NOTICE_DAY,
    answer,
    center_of,
    filled_in,
    joined,
    leads,
    link_into,
    opened,
    press,
    record_of,
)
from tests.desk import labels, running, says
from tests.participants import conference


async def test_a_delegate_joins_by_a_personal_link(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person("Tele", last_name="Gram")
    await leads(bot, lead, center)
    offer = await opened(phone, await link_into(bot, center, label="Delegate A"))
    assert offer["text"].startswith(
        "You are invited to join “Center A” as a delegate.\n\nThe invitation is for: Delegate A\n\nThe link works until"
    )
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "A few questions, then you are a delegate of “Center A”." in asked["text"]
    assert "So far: Tele" in asked["text"], "what Telegram shows is offered"
    assert "Keep it so" in labels(asked)
    summary = await answer(phone, ANSWERS)
    assert "E-mail: Delegate.A@center-a.example" in summary["text"]
    assert "Phone: +41 44 668 18 00" in summary["text"], "dialled as in the Center's country"
    await press(phone, summary, "Join")
    said = await phone.reply_after(summary["message_id"])
    assert said["text"] == (
        "You are a delegate of “Center A” now.\n\n/me shows what is kept about you, and lets you change it."
    )
    told = await says(lead, "has joined")
    assert told["text"] == "Major Given A Family A has joined “Center A” as a delegate."
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details == DelegateDetails(
        "Given A", "Family A", title="Major", function="Head of training", email="delegate.a@center-a.example",
        phone="+41446681800", nationality="CH", languages=("en", "fr"), time_zone="Europe/Zurich",
    )  # fmt: skip
    assert (record.center, record.state, record.is_guest) == (center, DelegateState.ACTIVE, False)
    assert (record.privacy_version, record.privacy_at is not None) == (PRIVACY_NOTICE_VERSION, True)
    assert record.shown_since is None


async def test_who_has_joined_can_take_part_with_the_next_press(bot: Running, people: People) -> None:
    phone = await people.person()
    summary = await filled_in(phone, await link_into(bot, await center_of(bot)), ANSWERS)
    await conference(bot)
    await press(phone, summary, "Join")
    told = await says(phone, "You are a delegate of “Center A” now.")
    await press(phone, told, "Take part in the conference")
    await says(phone, "How will you take part?")


async def test_the_own_time_zone_is_guessed_from_the_center(bot: Running, people: People) -> None:
    phone = await people.person()
    await filled_in(phone, await link_into(bot, await center_of(bot)), dict(list(ANSWERS.items())[:8]))
    asked = await says(phone, "Which time zone do you live in?")
    assert labels(asked)[0] == "Zurich"


async def test_languages_beyond_those_of_the_united_nations(bot: Running, people: People) -> None:
    phone = await people.person()
    payload = await link_into(bot, await center_of(bot))
    asked = await filled_in(phone, payload, {**dict(list(ANSWERS.items())[:7]), "languages": "English, Another"})
    assert "Which other languages?" in asked["text"]
    assert labels(asked)[:2] == ["Portuguese", "German"]
    wrong = await phone.ask("Quechuese")
    assert "Which other languages?" in wrong["text"]
    asked = await phone.ask("Português, swahili and Nepali")
    assert "Which time zone" in asked["text"]
    await phone.ask("Zurich")
    await phone.ask("yes")
    summary = await phone.ask("yes")
    assert "Other languages: Nepali, Portuguese and Swahili" in summary["text"]
    await press(phone, summary, "Join")
    await says(phone, "You are a delegate of “Center A” now.")
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details.languages == ("en", "ne", "pt", "sw")
    assert record.shown_since is not None


async def test_without_agreement_nobody_is_registered(bot: Running, people: People) -> None:
    phone = await people.person()
    payload = await link_into(bot, await center_of(bot))
    asked = await filled_in(phone, payload, dict(list(ANSWERS.items())[:9]))
    assert "Do you agree that the association keeps this about you?" in asked["text"]
    assert "/privacy" in asked["text"]
    assert labels(asked)[:2] == ["Yes, I agree", "No"]
    await press(phone, asked, "No")
    refused = await says(phone, "Without your agreement I cannot register you.")
    again = await phone.ask("no")
    assert "Without your agreement" in again["text"]
    await press(phone, again, "Yes, I agree")
    asked = await says(phone, "May other members see you in the directory?")
    assert refused["message_id"] < asked["message_id"]
    await press(phone, asked, "Skip")
    summary = await says(phone, "Is this right?")
    assert f"Privacy notice: Agreed to the notice of {NOTICE_DAY}" in summary["text"]


async def test_a_restart_in_the_middle_loses_nothing(start_bot: StartBot, people: People) -> None:
    phone = await people.person()
    typed = list(ANSWERS.items())
    async with running(start_bot) as bot:
        await filled_in(phone, await link_into(bot, await center_of(bot)), dict(typed[:5]))
    async with running(start_bot) as bot:
        summary = await answer(phone, dict(typed[5:]))
        await press(phone, summary, "Join")
        await says(phone, "You are a delegate of “Center A” now.")
        record = await record_of(bot, phone)
        assert record is not None
        assert record.details.given_name == "Given A"


@pytest.mark.parametrize(
    "name",
    ['<b>Bold</b> & "quoted"', "=SUM(A1)", "أحمد \u200fevil", "zero\u200bwidth", "🌞 Sun", "N" * 500, "{name} %s"],
    ids=["HTML", "formula", "right to left", "zero width", "emoji", "long", "field"],
)
async def test_names_are_kept_as_typed_and_shown_harmlessly(bot: Running, people: People, name: str) -> None:
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person()
    await leads(bot, lead, center)
    await joined(phone, await link_into(bot, center), {**ANSWERS, "family_name": name})
    record = await record_of(bot, phone)
    assert record is not None
    assert record.details.family_name == name
    told = await says(lead, "has joined “Center A” as a delegate.")
    assert name[:10] in told["text"].replace("\u2068", "").replace("\u2069", "")
    held = await phone.ask("/me")
    assert name[:200] in held["text"].replace("\u2068", "").replace("\u2069", "")


async def test_of_the_name_that_telegram_shows_what_cannot_be_one_is_not_offered(bot: Running, people: People) -> None:
    center = await center_of(bot)
    phone = await people.person("\u3164", last_name=" Jose\u0301\u200e ")
    offer = await opened(phone, await link_into(bot, center))
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "So far" not in asked["text"], "nothing is to be seen of it"
    asked = await phone.ask("Given A")
    assert "So far: José" in asked["text"]
    await press(phone, asked, "Keep it so")
    for text in list(ANSWERS.values())[2:]:
        asked = await phone.reply_after(asked["message_id"])
        await phone.write(text)
    summary = await says(phone, "Is this right?")
    await press(phone, summary, "Join")
    await says(phone, "You are a delegate of")
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.details.given_name, record.details.family_name) == ("Given A", "José\u200e")
