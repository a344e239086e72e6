"""Delegates and guests answer to a conference, change and withdraw."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import conferences, drafts
from storage.records.conferences import Conference, ConferenceState, Segment
from storage.records.members import CenterState, DelegateState
from storage.records.participations import Attendance
from storage.session import Transaction
from tests import newsmaking, records
from tests.chat import Json, People, Phone, buttons
from tests.desk import OWNER, owner_of, says
from tests.forms import asks
from tests.participants import (
    IN_PERSON,
    ONLINE,
    answered,
    becomes,
    conference,
    delegate,
    filled_in,
    labels,
    press,
    said,
    stands,
    state,
)

DAY_S = 24 * 3600.0
AFTER_THE_DEADLINE_S = 61 * DAY_S


async def test_a_delegate_registers_in_person(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    summary = await filled_in(phone, held, {**IN_PERSON, "Is there anything that you do not eat": "No nuts"})
    assert "No nuts" in summary["text"]
    await press(phone, summary, "Send")
    told = await said(phone, "You are registered to take part in person.", after=summary)
    assert "No nuts" not in told["text"]
    found = await stands(bot, held, phone)
    assert found is not None
    assert (found.state, found.details.attendance, found.details.arrives_on, found.details.departs_on) == (
        "registered", Attendance.IN_PERSON, held.details.starts_on, held.details.ends_on,
    )  # fmt: skip
    assert (found.details.diet, found.details.visa_letter, found.details.segment) == ("No nuts", True, Segment.PLENARY)
    again = await phone.ask("/participate")
    assert "Does not eat or drink: No nuts" in again["text"]
    assert labels(again) == ["Change", "Withdraw", f"Annual Conference {held.year}"]
    record = await records.acts(bot, f"delegate:{found.delegate}")
    assert record == [(phone.id, "participation.answer")]


async def test_how_many_questions_there_are_is_told_once_it_is_known(bot: Running, people: People) -> None:
    await conference(bot)
    guest = await delegate(bot, people, None, "Guest A")
    first = await guest.ask("/participate")
    assert "How will you take part?" in first["text"]
    assert " of " not in first["text"].partition("How will")[0]
    await guest.write("online")
    assert " · 2 of " in (await asks(guest, "Is there anything that you need"))["text"]


async def test_what_is_only_for_those_in_person_is_not_asked_online(bot: Running, people: People) -> None:
    held = await conference(bot)
    guest = await delegate(bot, people, None, "Guest A")
    await answered(guest, held, ONLINE, "You are registered to take part online.")
    found = await stands(bot, held, guest)
    assert found is not None
    assert (found.details.arrives_on, found.details.visa_letter, found.details.segment) == (None, False, "police")


async def test_days_go_with_the_conference(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first, last = held.details.starts_on, held.details.ends_on
    await phone.write("/participate")
    await asks(phone, "How will you take part?")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    for far in (first - timedelta(days=15), last + timedelta(days=1)):
        reply = await phone.ask(far.isoformat())
        assert "This does not go with the days of the conference" in reply["text"]
    await phone.write((first + timedelta(days=1)).isoformat())
    await asks(phone, "On which day do you leave?")
    reply = await phone.ask(first.isoformat())
    assert "before the day of arrival" in reply["text"]
    reply = await phone.ask((last + timedelta(days=15)).isoformat())
    assert "This does not go with the days of the conference" in reply["text"]
    await phone.write((first + timedelta(days=1)).isoformat())
    await asks(phone, "do not eat")


async def test_a_day_without_a_year_is_the_one_of_the_conference(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await phone.write("/participate")
    await asks(phone, "How will you take part?")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    await phone.write(f"{held.details.starts_on:%-d %B}")
    await asks(phone, "On which day do you leave?")
    await phone.write(f"{held.details.ends_on:%-d %b}")
    await asks(phone, "do not eat")


async def test_only_days_that_will_be_taken_are_offered(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first, last = held.details.starts_on, held.details.ends_on
    summary = await filled_in(phone, held)
    await press(phone, summary, "Departure")
    await asks(phone, "On which day do you leave?")
    for typed, wrong in (
        (f"{first - timedelta(days=1):%d.%m.%y}", "That would be before the day of arrival."),
        (f"{first - timedelta(days=1):%-d %B}", "That would be before the day of arrival."),
        (f"{last + timedelta(days=20):%-d %B}", "This does not go with the days of the conference"),
    ):
        reply = await phone.ask(typed)
        assert wrong in reply["text"]
        assert "Which of these do you mean?" not in reply["text"]
        assert not [label for label in buttons(reply) if label.endswith(f"{first.year}")]
    await phone.write(f"{last:%-d %B}")
    await asks(phone, "Is this right?")


async def test_who_arrives_after_the_day_of_departure_is_asked_for_that_anew(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first = held.details.starts_on
    await press(phone, await filled_in(phone, held), "Departure")
    await asks(phone, "On which day do you leave?")
    await phone.write(f"{first + timedelta(days=1):%-d %B}")
    await press(phone, await asks(phone, "Is this right?"), "Arrival")
    await asks(phone, "On which day do you arrive?")
    await phone.write(f"{first + timedelta(days=2):%-d %B}")
    reply = await asks(phone, "On which day do you leave?")
    assert "This form has changed" not in reply["text"]
    await phone.write(f"{first + timedelta(days=3):%-d %B}")
    await press(phone, await asks(phone, "Is this right?"), "Send")
    await said(phone, "registered to take part in person", after=reply)
    found = await stands(bot, held, phone)
    assert found is not None
    assert (found.details.arrives_on, found.details.departs_on) == (
        first + timedelta(days=2), first + timedelta(days=3),
    )  # fmt: skip


async def test_not_coming_is_an_answer_too_and_can_be_changed(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held, {"How will you take part?": "I will not come"}, "that you will not come")
    assert await state(bot, held, phone) == "declined"
    await press(phone, told, "Register after all")
    await asks(phone, "How will you take part?")
    await answered(phone, held, ONLINE)
    assert await state(bot, held, phone) == "registered"


async def test_me_shows_the_answer_with_its_button(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    name = f"Annual Conference {held.year}"
    before = await phone.ask("/me")
    assert f"{name}: No answer yet" in before["text"]
    await answered(phone, held)
    after = await phone.ask("/me")
    assert f"{name}: Registered" in after["text"]
    await press(phone, after, name)
    await becomes(phone, after, "registered to take part in person")


async def test_one_line_is_changed_at_a_time(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    await press(phone, told, "Change")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Send")
    await asks(phone, "It is so already.")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Visa letter")
    question = await asks(phone, "Do you need a letter of invitation")
    await press(phone, question, "No")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Send")
    await said(phone, "registered to take part in person", after=summary)
    found = await stands(bot, held, phone)
    assert found is not None
    assert (found.state, found.details.visa_letter, found.details.segment) == ("registered", False, "plenary")


async def test_an_answer_that_has_changed_meanwhile_is_not_overwritten(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    await press(phone, told, "Change")
    summary = await asks(phone, "Is this right?")
    shown = await phone.ask("/participate")
    await press(phone, shown, "Withdraw")
    await becomes(phone, shown, "Do you want to withdraw")
    await press(phone, shown, "Yes, withdraw")
    await becomes(phone, shown, "You are not registered any more.")
    await phone.write("/start")
    await phone.press(summary, next(iter(summary["reply_markup"]["inline_keyboard"][0]))["callback_data"])
    assert await state(bot, held, phone) == "withdrawn"


@pytest.mark.parametrize("question", ["Am I registered for the conference?", "What is the registration deadline?"])
async def test_who_asks_about_registering_is_told_how_they_stand(bot: Running, people: People, question: str) -> None:
    held = await conference(bot)
    phone, other = [await delegate(bot, people, await records.center(bot)) for _ in range(2)]
    await answered(phone, held)
    assert "✓ You are registered to take part in person." in (await phone.ask(question))["text"]
    assert "You are registered" not in (await other.ask(question))["text"]
    group = phone.within(await people.group(phone))
    assert "You are registered" not in (await group.ask(f"@unigo_test_bot {question}"))["text"]


async def test_who_has_withdrawn_and_says_that_they_will_not_come_is_done(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    await press(phone, told, "Withdraw")
    await press(phone, told, "Yes, withdraw")
    await becomes(phone, told, "You are not registered any more.")
    await press(phone, told, "Register")
    question = await asks(phone, "How will you take part?")
    await press(phone, question, "I will not come")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Send")
    await says(phone, "You are not registered any more.")
    assert await drafts.active(bot.database.reader, phone.id) is None


async def test_withdrawing_is_asked_first_and_an_old_button_says_so(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    await press(phone, told, "Withdraw")
    asked = await becomes(phone, told, "Do you want to withdraw")
    assert "Your place goes" not in asked["text"]  # there is room for everybody
    await press(phone, told, "Yes, withdraw")
    await becomes(phone, told, "You are not registered any more.")
    found = await stands(bot, held, phone)
    assert found is not None
    assert (found.state, found.details.diet, found.details.arrives_on) == ("withdrawn", None, None)
    toast = await phone.press(told, buttons(asked)["Yes, withdraw"], forged=True)
    assert "has changed meanwhile" in toast["text"]


@pytest.mark.parametrize("why", ["stranger", "left", "suspended", "center"])
async def test_who_is_no_delegate_is_told_how_to_become_one(bot: Running, people: People, why: str) -> None:
    held = await conference(bot)
    phone = await people.person("Somebody")
    await phone.ask("/start")
    words = "or your Center cannot take part"
    if why == "stranger":
        words = "Please register as one first."
    elif why == "left":
        words = "Please register as one first."
        await records.person(bot, await records.center(bot), writes=phone, state=DelegateState.LEFT)
    elif why == "suspended":
        await records.person(bot, await records.center(bot), writes=phone, state=DelegateState.SUSPENDED)
    else:
        await records.person(bot, await records.center(bot, CenterState.SUSPENDED), writes=phone)
    reply = await phone.ask("/participate")
    assert words in reply["text"]
    await phone.press(reply, f"part:show:{held.id}", forged=True)
    await phone.press(reply, f"part:withdraw:{held.id}:0", forged=True)
    await phone.press(reply, f"part:accept:{held.id}:0", forged=True)


async def test_there_may_be_no_conference_or_none_any_more(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await delegate(bot, people, await records.center(bot))
    reply = await phone.ask("/participate")
    assert "No conference is planned at the moment." in reply["text"]
    await phone.press(reply, "part:show:99", forged=True)
    held = await conference(bot)

    async def cancel(tx: Transaction) -> bool:
        return await conferences.set_state(tx, held.id, ConferenceState.CANCELLED, bot.now_us())

    summary = await filled_in(phone, held)
    await bot.database.write(cancel)
    await press(phone, summary, "Send")
    await says(phone, "was cancelled")
    other = await conference(bot)
    told = await answered(phone, other)
    clock.advance(110 * DAY_S)
    await press(phone, told, "Withdraw")
    await becomes(phone, told, "is over")


async def test_a_cancelled_conference_is_said_to_be_so_until_it_is_past_or_takes_place(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await conference(bot)
    comes, silent = [await delegate(bot, people, await records.center(bot)) for _ in range(2)]
    await answered(comes, held)
    await newsmaking.conference_is(bot, held.id, ConferenceState.CANCELLED)
    kept = "Your answer is kept. If it takes place after all, also on other days, I write to you here."
    for phone, last in ((comes, f"It was cancelled. {kept}"), (silent, "It was cancelled.")):
        told = await phone.ask("/participate")
        heading, sentences = told["text"].split("\n\n")
        assert heading.startswith(f"Annual Conference {held.year}\n")
        assert sentences == last
        assert f"conf:show:{held.id}" in buttons(told).values()
        for command in ("/conference", "/agenda", "/now", "/programme", "/calendar"):
            assert "It was cancelled." in (await phone.ask(command))["text"]
    await newsmaking.conference_is(bot, held.id, ConferenceState.OPEN)
    assert "✓ You are registered to take part in person." in (await comes.ask("/participate"))["text"]
    await newsmaking.conference_is(bot, held.id, ConferenceState.CANCELLED)
    other = await conference(bot)
    assert f"part:show:{other.id}" not in buttons(await comes.ask("/participate")).values()
    assert "It was cancelled." not in (await comes.ask("/conference"))["text"]
    await newsmaking.conference_is(bot, other.id, ConferenceState.CANCELLED)
    clock.advance(200 * DAY_S)
    assert "No conference is planned at the moment." in (await comes.ask("/participate"))["text"]
    assert "cancelled" not in (await comes.ask("/conference"))["text"]


async def test_in_a_group_it_leads_to_the_private_chat(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    group = phone.within(await people.group(phone))
    reply = await group.ask("/participate@unigo_test_bot")
    assert labels(reply) == ["Open a private chat"]
    await phone.start("form_participation")
    await asks(phone, "How will you take part?")
    assert await state(bot, held, phone) is None


async def test_after_the_last_day_nobody_registers(bot: Running, people: People, clock: MovableClock) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    summary = await filled_in(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    await press(phone, summary, "Send")
    told = await said(phone, "The last day to register", after=summary)
    assert labels(told)[0] == "Ask the Secretariat"
    assert await state(bot, held, phone) is None
    assert "The last day to register" in (await phone.ask("/participate"))["text"]


async def after_the_last_day(bot: Running, people: People, clock: MovableClock) -> tuple[Phone, Conference, Phone]:
    """The owner, a conference, and a delegate who is registered and cannot change that alone any more."""
    owner = await owner_of(people)
    await owner.ask("/start")
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await answered(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    return owner, held, phone


async def asks_to_withdraw(phone: Phone) -> Json:
    shown = await phone.ask("/participate")
    await press(phone, shown, "Withdraw")
    await becomes(phone, shown, "Do you want to withdraw")
    await press(phone, shown, "Yes, withdraw")
    return await becomes(phone, shown, "You have asked the Secretariat for a change.")


@pytest.mark.parametrize("label", ["Approve", "Decline"])
async def test_after_the_last_day_the_secretariat_decides(
    bot: Running, people: People, clock: MovableClock, label: str
) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    assert "what you change now, the Secretariat decides" in (await phone.ask("/participate"))["text"]
    shown = await asks_to_withdraw(phone)
    assert await state(bot, held, phone) == "registered"
    card = await says(owner, "asks to be withdrawn")
    data = buttons(card)["Approve"]
    await phone.press(shown, data, forged=True)
    assert await state(bot, held, phone) == "registered"
    await press(owner, card, label)
    words, after = {
        "Approve": ("has done what you asked for", "withdrawn"),
        "Decline": ("has not agreed", "registered"),
    }[label]
    await says(phone, words)
    assert await state(bot, held, phone) == after
    await becomes(owner, card, f"by Owner {OWNER}")
    toast = await owner.press(card, data, forged=True)
    assert "This is decided" in toast["text"]


async def test_what_is_asked_for_later_counts(bot: Running, people: People, clock: MovableClock) -> None:
    owner = await owner_of(people)
    await owner.ask("/start")
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    told = await answered(phone, held)
    clock.advance(AFTER_THE_DEADLINE_S)
    await press(phone, told, "Change")
    await press(phone, await asks(phone, "Is this right?"), "Visa letter")
    await press(phone, await asks(phone, "Do you need a letter of invitation"), "No")
    summary = await asks(phone, "Is this right?")
    await press(phone, summary, "Send")
    await said(phone, "You have asked the Secretariat for a change.", after=summary)
    first = await says(owner, "Visa letter: Yes → No")
    shown = await asks_to_withdraw(phone)
    second = await says(owner, "asks to be withdrawn")
    toast = await press(owner, first, "Approve")
    assert "something else is asked for" in toast["text"]
    await becomes(owner, first, "something else is asked for by now")
    assert not buttons(await becomes(owner, first, "something else is asked for by now"))
    # What waits is found again where the numbers are, should the card be lost.
    await owner.press(second, f"part:all:{held.id}", forged=True)
    await becomes(owner, second, "Registered: 1")
    await press(owner, second, "Changes to approve (1)")
    third = await said(owner, "asks to be withdrawn", after=second)
    refused = await phone.press(shown, f"part:asked:{held.id}", forged=True)
    assert refused["show_alert"] is True
    await press(owner, third, "Approve")
    await says(phone, "has done what you asked for")
    assert await state(bot, held, phone) == "withdrawn"
    toast = await owner.press(third, f"part:asked:{held.id}", forged=True)
    assert "This is decided" in toast["text"]


async def test_what_was_asked_for_can_be_taken_back(bot: Running, people: People, clock: MovableClock) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    shown = await asks_to_withdraw(phone)
    card = await says(owner, "asks to be withdrawn")
    await press(phone, shown, "Take it back")
    assert "Take it back" not in labels(await becomes(phone, shown, "what you change now, the Secretariat decides"))
    await press(owner, card, "Approve")
    await becomes(owner, card, "This is decided")
    assert await state(bot, held, phone) == "registered"


async def test_what_was_asked_for_is_not_done_once_the_conference_is_over(
    bot: Running, people: People, clock: MovableClock
) -> None:
    owner, held, phone = await after_the_last_day(bot, people, clock)
    await asks_to_withdraw(phone)
    card = await says(owner, "asks to be withdrawn")
    clock.advance(60 * DAY_S)
    await press(owner, card, "Approve")
    await becomes(owner, card, "is over")
    assert await state(bot, held, phone) == "registered"
