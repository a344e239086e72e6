"""People join a Center: by a link, by its name, or as guests of the association."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Running
from bot.members import curating, invitations
from bot.members import delegates as written
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from storage import centers, delegates, roles
from storage import invitations as kept_invitations
from storage.records.members import CenterState, DelegateDetails, DelegateState
from storage.session import Transaction
from tests import records
from tests.chat import People, Phone, buttons, until
from tests.conftest import StartBot
from tests.delegates import (
    ANSWERS,
    GUEST_ANSWERS,
    NOTICE_DAY,
    RIGHTS,
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
from tests.desk import OWNER, Secretariat, labels, running, says, secretariat, shown
from tests.participants import conference
from tests.records import person

DAY_S = 24 * 3600.0


@pytest.fixture
async def office(bot: Running, people: People) -> Secretariat:
    return await secretariat(bot, people)


# --- By a link


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
    joined = await says(phone, "You are a delegate of “Center A” now.")
    await press(phone, joined, "Take part")
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
    asked = await says(phone, "May other members see that you take part?")
    assert refused["message_id"] < asked["message_id"]
    await press(phone, asked, "Skip")
    summary = await says(phone, "Is this right?")
    assert f"Privacy notice: Agreed to the notice of {NOTICE_DAY}" in summary["text"]


async def test_who_was_suspended_is_not_let_in_by_a_link_that_was_open(bot: Running, people: People) -> None:
    center = await center_of(bot)
    number = await records.person(bot, center)
    payload = await link_into(bot, center, delegate=number)
    phone = await people.person()
    summary = await filled_in(phone, payload)

    async def suspend(tx: Transaction) -> None:
        await curating.suspend_person(tx, RIGHTS, number, None, by=OWNER, now=bot.now_us())

    await bot.database.write(suspend)
    await press(phone, summary, "Join")
    told = await phone.reply_after(summary["message_id"])
    assert "Your registration is suspended." in told["text"]
    again = await opened(await people.person("Another"), payload)
    assert "Your registration is suspended." in again["text"]
    assert (await records.person_now(bot, number)).state == DelegateState.SUSPENDED


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("unknown", "I do not know this link. Check that it is complete, or ask your Center for a new one."),
        ("used", "Somebody has used this link already, and it works only once. Ask your Center for a new one."),
        ("revoked", "Your Center has revoked this link. Ask it for a new one."),
        ("expired", "The time of this link is over. Ask your Center for a new one."),
        ("closed", "The Center of this link takes no delegates at present. If you think that it should, write to us."),
    ],
)
async def test_why_a_link_does_not_work(
    bot: Running, people: People, clock: MovableClock, spoil: str, words: str
) -> None:
    center = await center_of(bot)
    payload = await link_into(bot, center)
    await spoiled(bot, people, clock, payload, how=spoil, center=center)
    phone = await people.person("Late")
    said = await opened(phone, payload + "x" if spoil == "unknown" else payload)
    assert said["text"] == words
    assert "Find my Center" in labels(said)


async def spoiled(bot: Running, people: People, clock: MovableClock, payload: str, *, how: str, center: int) -> None:
    """A link that cannot be used, each for its reason."""
    [invitation] = await kept_invitations.of_center(bot.database.reader, center, bot.now_us())

    async def revoke(tx: Transaction) -> None:
        await invitations.revoke(tx, RIGHTS, invitation.id, by=OWNER, now=bot.now_us())

    async def close(tx: Transaction) -> None:
        await centers.set_state(tx, center, before=CenterState.APPROVED, state=CenterState.SUSPENDED, now=bot.now_us())

    match how:
        case "used":
            await joined(await people.person("First"), payload)
        case "revoked":
            await bot.database.write(revoke)
        case "expired":
            clock.advance(31 * DAY_S)
        case "closed":
            await bot.database.write(close)


async def test_of_two_people_with_one_personal_link_one_joins(bot: Running, people: People) -> None:
    center = await center_of(bot)
    payload = await link_into(bot, center)
    phones = [await people.person("First"), await people.person("Second")]
    summaries = [await filled_in(phone, payload) for phone in phones]
    await asyncio.gather(*(press(phone, summary, "Join") for phone, summary in zip(phones, summaries, strict=True)))
    said = [await phone.reply_after(one["message_id"]) for phone, one in zip(phones, summaries, strict=True)]
    won, lost = sorted(range(2), key=lambda number: "You are a delegate" not in said[number]["text"])
    assert said[won]["text"].startswith("You are a delegate of “Center A” now.")
    assert said[lost]["text"] == (
        "Somebody has used this link already, and it works only once. Ask your Center for a new one.\n\n"
        "Your answers are kept. Shall I ask “Center A” whether you may join?"
    )
    assert await record_of(bot, phones[lost]) is None
    await press(phones[lost], said[lost], "Ask to join")
    await says(phones[lost], "I have sent your request to join “Center A” to the Secretariat.")
    record = await record_of(bot, phones[lost])
    assert record is not None
    assert (record.state, record.details.function) == (DelegateState.PENDING, "Head of training")
    late = await phones[lost].press(said[lost], "join:ask:2:1", forged=True)
    assert "out of date" in late["text"]


async def test_a_double_confirmation_joins_once(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person()
    await leads(bot, lead, center)
    summary = await filled_in(phone, await link_into(bot, center, shared=True))
    data = next(data for label, data in buttons(summary).items() if label == "Join")
    await asyncio.gather(*(phone.press(summary, data, forged=True) for _ in range(4)))
    await says(lead, "has joined")
    again = await phone.ask("/me")
    assert "You are a delegate of “Center A”." in again["text"]
    assert sum("has joined" in text for text in await lead.from_bot()) == 1


async def test_a_shared_link_works_for_many(bot: Running, people: People) -> None:
    payload = await link_into(bot, await center_of(bot), shared=True)
    for name in ("First", "Second"):
        said = await joined(await people.person(name), payload)
        assert said["text"].startswith("You are a delegate of “Center A” now.")


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


async def test_a_link_for_a_record_joins_the_two(bot: Running, people: People) -> None:
    center = await center_of(bot)
    number = await read_in(bot, center)
    phone = await people.person("Tele")
    offer = await opened(phone, await link_into(bot, center, delegate=number))
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "Do you agree that the association keeps this" in asked["text"], "the rest is known"
    await phone.ask("yes")
    summary = await phone.ask("no")
    assert "Family name: Listed" in summary["text"]
    await press(phone, summary, "Join")
    await says(phone, "You are a delegate of “Center A” now.")
    record = await record_of(bot, phone)
    assert record is not None
    assert (record.id, record.state, record.privacy_version) == (number, DelegateState.ACTIVE, PRIVACY_NOTICE_VERSION)


async def test_two_records_of_one_person_become_one(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    phone = await people.person()
    await joined(phone, await link_into(bot, first))
    number = await read_in(bot, second)
    offer = await opened(phone, await link_into(bot, second, delegate=number))
    assert "You are a delegate of “Center A” now. If you join, you leave it." in offer["text"]
    await press(phone, offer, "Join")
    await phone.reply_after(offer["message_id"])
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Join")
    await says(phone, "You have left “Center A”.")
    record, merged = await record_of(bot, phone), await delegates.by_id(bot.database.reader, number)
    assert record is not None
    assert merged is not None
    assert (record.center, merged.state, merged.merged_into) == (second, DelegateState.MERGED, record.id)


async def read_in(bot: Running, center: int) -> int:
    """A record of somebody who has never written to the bot."""
    details = DelegateDetails(
        "Given L", "Listed", function="Instructor", email="listed@example.org", nationality="CH", languages=("en",),
        time_zone="Europe/Zurich",
    )  # fmt: skip

    async def work(tx: Transaction) -> int:
        return await written.add(
            tx, details, person_id=None, center=center, state=DelegateState.ACTIVE, now=bot.now_us()
        )

    return await bot.database.write(work)


async def test_a_delegate_is_replaced_by_another(bot: Running, people: People) -> None:
    center = await center_of(bot)
    lead, former, phone = await people.person("Lead"), await people.person("Former"), await people.person("New")
    await leads(bot, lead, center)
    await joined(former, await link_into(bot, center), {**ANSWERS, "family_name": "Former"})
    await leads(bot, former, center, Role.DEPUTY)
    record = await record_of(bot, former)
    assert record is not None
    payload = await link_into(bot, center, delegate=record.id, replaces=True)
    offer = await opened(phone, payload)
    assert "You take the place of another delegate, who is told." in offer["text"]
    await joined(phone, payload)
    told = await says(lead, "in the place of")
    assert told["text"] == ("Major Given A Family A has joined “Center A” in the place of Major Given A Former.")
    await says(former, "Somebody else has your place as a delegate of “Center A” now.")
    after = await delegates.by_id(bot.database.reader, record.id)
    assert after is not None
    assert (after.state, after.center) == (DelegateState.LEFT, None)
    assert not await roles.has(bot.database.reader, former.id, Role.DEPUTY, str(center))


async def test_a_link_of_the_own_center_says_so(bot: Running, people: People) -> None:
    center, phone = await center_of(bot), await people.person()
    await joined(phone, await link_into(bot, center))
    said = await opened(phone, await link_into(bot, center))
    assert said["text"] == "You are a delegate of “Center A” already. There is nothing more to do."


async def test_moving_by_a_link_tells_both_centers(bot: Running, people: People) -> None:
    first, second = await center_of(bot), await center_of(bot, "Center B")
    lead, other, phone = await people.person("Lead"), await people.person("Other"), await people.person()
    await leads(bot, lead, first)
    await leads(bot, other, second)
    await joined(phone, await link_into(bot, first))
    offer = await opened(phone, await link_into(bot, second))
    await press(phone, offer, "Join")
    asked = await phone.reply_after(offer["message_id"])
    assert "Do you agree" in asked["text"], "what was registered is known"
    await phone.ask("yes")
    summary = await phone.ask("no")
    await press(phone, summary, "Join")
    await says(other, "has joined “Center B” as a delegate.")
    await says(lead, "has left “Center A”.")


# --- Without a link


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
    assert "I write to you here as soon as it is decided." in said["text"]
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


async def asked_to_join(phone: Phone, center: int) -> None:
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{center}", forged=True)
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, ANSWERS)
    await press(phone, summary, "Send")
    await phone.reply_after(summary["message_id"])


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


# --- Guests


async def test_a_guest_is_approved_by_the_secretariat(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered_as_guest(phone)
    card = await says(office.group, "Wants to be a guest of the association")
    assert "Organization: Organization A" in card["text"]
    await conference(office.bot)
    await press(office.group, card, "Approve")
    approved = await says(phone, "You are registered as a guest of the association now.")
    assert labels(approved) == ["Take part", "All topics"]
    record = await record_of(office.bot, phone)
    assert record is not None
    assert (record.state, record.is_guest, record.center) == (DelegateState.ACTIVE, True, None)
    said = await phone.ask("/join")
    assert said["text"].startswith("You are registered as a guest of the association.")


async def registered_as_guest(phone: Phone) -> None:
    menu = await phone.ask("/register")
    await press(phone, menu, "as a guest")
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, GUEST_ANSWERS)
    await press(phone, summary, "Send")
    said = await phone.reply_after(summary["message_id"])
    assert said["text"].startswith("I have sent your registration to the Secretariat.")


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


# --- What is forged, odd, or elsewhere


async def test_a_link_cannot_be_guessed_from_its_number(bot: Running, people: People) -> None:
    await link_into(bot, await center_of(bot))
    phone = await people.person("Stranger")
    menu = await phone.ask("/start")
    for data in ("join:link:1", "join:ask:1:1", "join:ask:99:0"):
        await phone.press(menu, data, forged=True)
    await says(phone, "I do not know this link.")
    assert await record_of(bot, phone) is None


async def test_somebody_elses_answers_cannot_be_sent(bot: Running, people: People) -> None:
    center = await center_of(bot)
    phone, stranger = await people.person(), await people.person("Stranger")
    await filled_in(phone, await link_into(bot, center))
    menu = await stranger.ask("/start")
    answered = await stranger.press(menu, "join:ask:1:12", forged=True)
    assert "out of date" in answered["text"]
    assert await record_of(bot, stranger) is None


async def test_in_a_group_it_leads_to_the_private_chat(bot: Running, people: People) -> None:
    phone = await people.person()
    group = phone.within(await people.group(phone))
    said = await group.ask("/join@unigo_test_bot")
    assert buttons(said) == {"Open a private chat": "https://t.me/unigo_test_bot?start=join"}
    assert (await opened(phone, "join"))["text"].startswith("Which Center do you belong to?")


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


# --- What Telegram shows


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
