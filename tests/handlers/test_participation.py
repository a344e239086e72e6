"""Delegates and guests answer to a conference, change and withdraw."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import conferences, drafts
from storage.records.conferences import ConferenceState, Segment
from storage.records.members import CenterState, DelegateState
from storage.records.participations import Attendance
from storage.session import Transaction
from tests import newsmaking, records
from tests.chat import People, buttons
from tests.desk import says
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
    assert again["text"].splitlines()[1] == (await phone.ask("/conference"))["text"].splitlines()[1]
    assert labels(again) == ["Change", "Withdraw my registration", f"Annual Conference {held.year}"]
    record = await records.acts(bot, f"delegate:{found.delegate}")
    assert record == [(phone.id, "participation.answer")]


@pytest.mark.parametrize("words", ["no", "None.", "Rien", "нет", "没有", "لا يوجد"])
async def test_who_needs_nothing_says_so_in_words(bot: Running, people: People, words: str) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    nothing = {"Is there anything that you do not eat": words, "Is there anything that you need": words}
    summary = await filled_in(phone, held, {**IN_PERSON, **nothing, "Do you need a letter of invitation": "no"})
    assert "Does not eat or drink: –" in summary["text"]
    assert "Accessibility: –" in summary["text"]
    assert "Visa letter: No" in summary["text"]


async def test_how_many_questions_there_are_is_told_once_it_is_known(bot: Running, people: People) -> None:
    await conference(bot)
    guest = await delegate(bot, people, None, "Guest A")
    first = await guest.ask("/participate")
    assert "How will you take part?" in first["text"]
    assert " of " not in first["text"].partition("How will")[0]
    await guest.write("online")
    assert " · 2 of " in (await asks(guest, "Is there anything that you need"))["text"]


async def test_a_time_zone_that_is_none_keeps_nobody_from_answering(bot: Running, people: People) -> None:
    """A time zone that was kept may be gone from the database of zones."""
    held = await conference(bot)
    phone = await people.person("Delegate A")
    await phone.ask("/start")
    await records.person(bot, await records.center(bot), writes=phone, time_zone="Example/Nowhere")
    await answered(phone, held, ONLINE, "You are registered to take part online.")
    assert "You are registered to take part online." in (await phone.ask("/participate"))["text"]
    assert "online" in (await phone.ask("Am I registered for the conference?"))["text"]


async def test_what_is_only_for_those_in_person_is_not_asked_online(bot: Running, people: People) -> None:
    held = await conference(bot)
    guest = await delegate(bot, people, None, "Guest A")
    await answered(guest, held, ONLINE, "You are registered to take part online.")
    found = await stands(bot, held, guest)
    assert found is not None
    assert (found.details.arrives_on, found.details.visa_letter, found.details.segment) == (None, False, "police")


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
    await press(phone, shown, "Withdraw my registration")
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
    await press(phone, told, "Withdraw my registration")
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
    await press(phone, told, "Withdraw my registration")
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
    await press(phone, told, "Withdraw my registration")
    await becomes(phone, told, "is over")


async def test_a_cancelled_conference_is_said_to_be_so_until_it_is_past_or_takes_place(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await conference(bot)
    comes, silent = [await delegate(bot, people, await records.center(bot)) for _ in range(2)]
    await answered(comes, held)
    await newsmaking.conference_is(bot, held.id, ConferenceState.CANCELLED)
    kept = "Your answer is kept. If it takes place after all, also on other days, I will write to you here."
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
