"""What comes in between while a form is filled in: pauses, commands, other forms, upgrades."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import Running
from bot.forms.form import Field, Form
from bot.forms.texts import Text
from bot.parts import Parts
from bot.runtime.clock import MovableClock
from bot.runtime.housekeeping import DRAFTS_KEPT_DAYS, Retention, forget_old
from tests.chat import People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import says
from tests.example_form import EXAMPLE, conversations
from tests.forms import (
    SUMMARY,
    asks,
    begin,
    confirmed,
    drafts_of,
    fill_in,
    press,
    turned_into,
    without_buttons,
)

DAY_S = 24 * 3600.0


async def test_a_restart_and_a_week_later_it_goes_on(start_bot: StartBot, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    async with start_bot():
        await begin(phone)
        await fill_in(phone, up_to="Which country")
    clock.advance(7 * DAY_S)
    async with start_bot() as bot:
        offer = await phone.ask("Switzerland")
        assert offer["text"] == (
            "You have not finished “Example”: you were at 5 of 13.\n\n"
            "If you go on, I take what you have just written as “Country”."
        )
        assert list(buttons(offer)) == ["Continue", "Start over", "Not now"]
        await press(phone, offer, "Continue")
        await asks(phone, "e-mail address")
        await turned_into(phone, offer, "Country: 🇨🇭 Switzerland ✓")
        [draft] = await drafts_of(bot, phone)
        assert draft.answers["country"] == "CH"


async def test_what_was_written_after_a_rest_and_does_not_fit_is_asked_for(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which country")
    clock.advance(2 * DAY_S)
    await press(phone, await phone.ask("Good morning"), "Continue")
    question = await asks(phone, "Which country")
    assert question["text"].startswith("I do not know this country.")


@pytest.mark.parametrize("words", ["skip", "-", "none", "We don’t have one."])
async def test_after_a_rest_what_is_skipped_in_words_is_skipped(
    bot: Running, people: People, clock: MovableClock, words: str
) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which web site")
    clock.advance(2 * DAY_S)
    await press(phone, await phone.ask(words), "Continue")
    await asks(phone, "phone number")
    [draft] = await drafts_of(bot, phone)
    assert draft.answers["website"] is None


async def test_after_a_rest_a_question_is_answered_first(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await begin(phone)
    clock.advance(2 * DAY_S)
    answer = await phone.ask("What is the AGM?")
    assert "Annual General Meeting" in answer["text"]
    offer = await asks(phone, "You have not finished “Example”: you were at 1 of 12.")
    await press(phone, offer, "Not now")
    await turned_into(phone, offer, "“Example” is paused.")
    assert "Annual Conference" in (await phone.ask("What is the annual conference?"))["text"]
    assert [draft.state for draft in await drafts_of(bot, phone)] == ["paused"]


async def test_after_a_rest_a_file_has_to_be_sent_again(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="send the letter")
    clock.advance(2 * DAY_S)
    await people.document(phone)
    await asks(phone, "If you go on, please send again what you have just sent.")


async def test_start_over_begins_anew(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which country")
    offer = await begin(phone, words="You have not finished")
    await press(phone, offer, "Start over")
    await asks(phone, "Example · 1 of 12")
    [draft] = await drafts_of(bot, phone)
    assert draft.answers == {}


async def test_paused_and_continued(bot: Running, people: People) -> None:
    phone = await people.person()
    question = await begin(phone)
    await press(phone, question, "Pause")
    paused = await turned_into(phone, question, "“Example” is paused. Nothing is lost")
    assert "What is it called?" not in (await phone.ask("Good morning"))["text"]
    await press(phone, paused, "Continue")
    await asks(phone, "What is it called?")
    await without_buttons(phone, paused)


async def test_start_pauses_and_offers_to_go_on(bot: Running, people: People) -> None:
    phone = await people.person()
    question = await begin(phone)
    await phone.write("Center A")
    await asks(phone, "Whom does it train?")
    await phone.start()
    await says(phone, "Welcome to UNIGO")
    offer = await asks(phone, "You have not finished “Example”: you were at 2 of 12.")
    await press(phone, offer, "Continue")
    await asks(phone, "Whom does it train?")
    assert question


async def test_who_does_not_want_to_go_on_now_is_not_asked_behind_each_form(
    start_bot: StartBot, people: People
) -> None:
    phone = await people.person()
    async with start_bot() as bot:
        await begin(phone)
        await small_one(phone)
        offer = await asks(phone, "You have not finished “Example”")
        await press(phone, offer, "Not now")
        await turned_into(phone, offer, "“Example” is paused. Nothing is lost: go on here or with /start")
        await small_one(phone)
        assert len(await confirmed(bot)) == 2
    async with start_bot() as bot:
        await small_one(phone)
        assert (await phone.ask("Good morning"))["text"].startswith("Good day."), "nothing has come in between"
        said = [one["text"] for one in await phone.messages() if one["from"]["is_bot"]]
        assert [text for text in said if "You have not finished" in text] == []
        await phone.start()
        await press(phone, await asks(phone, "You have not finished “Example”"), "Continue")
        await asks(phone, "What is it called?")
        await small_one(phone)  # once they have gone on with it, it is offered again
        await asks(phone, "You have not finished “Example”")
        assert [draft.form for draft in await drafts_of(bot, phone)] == ["example"]


async def small_one(phone: Phone) -> None:
    """The other form, from its link to what is said when it is sent."""
    await begin(phone, "small", "Which city")
    await phone.write("Geneva")
    summary = await asks(phone, SUMMARY)
    await press(phone, summary, "Send it")
    await says(phone, "⟦It is sent.⟧", after=summary["message_id"])


@pytest.mark.parametrize(
    ("label", "what"), [("Keep it for later", "paused"), ("Discard", "discarded"), ("Go on", "active")]
)
async def test_cancel_asks_what_becomes_of_it(bot: Running, people: People, label: str, what: str) -> None:
    phone = await people.person()
    await begin(phone)
    asked = await phone.ask("/cancel")
    assert asked["text"] == "Shall I keep what you have filled in for “Example”?"
    await press(phone, asked, label)
    if what == "active":
        await asks(phone, "What is it called?")
    else:
        await turned_into(phone, asked, f"“Example” is {what}")
    assert [draft.state for draft in await drafts_of(bot, phone)] == ([what] if what != "discarded" else [])
    toast = await phone.press(asked, buttons(asked)["Discard"], forged=True)
    if what == "discarded":
        assert toast["text"] == "This form is finished or was discarded."


async def test_two_forms_one_after_the_other(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await phone.write("Center A")
    before = await asks(phone, "Whom does it train?")
    second = await begin(phone, "small", "Which city")
    assert second["text"].startswith("“Example” is paused meanwhile; nothing of it is lost.")
    await without_buttons(phone, before)
    await phone.write("Geneva")
    await press(phone, await asks(phone, SUMMARY), "Send it")
    await says(phone, "⟦It is sent.⟧")
    offer = await asks(phone, "You have not finished “Example”: you were at 2 of 12.")
    await press(phone, offer, "Continue")
    await asks(phone, "Whom does it train?")


async def test_commands_keep_working(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    for command, words in (("/help", "Write a question"), ("/privacy", "What I keep"), ("/language", "Which language")):
        assert words in (await phone.ask(command))["text"]
    await phone.ask("/ask")
    await phone.ask("A letter to the Secretariat")
    await phone.ask("Center A")
    assert (await drafts_of(bot, phone))[0].answers == {"name": "Center A"}


async def test_in_the_summary_nothing_is_written(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone)
    await phone.write("Yes, it is")
    await asks(phone, "Press the first button to finish, or a line to change it.")
    assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"]
    await asks(phone, SUMMARY)


async def test_a_form_that_has_changed_keeps_what_fits(
    start_bot: StartBot, parts: Parts, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    async with start_bot():
        await begin(phone)
        question = await fill_in(phone, up_to="Which country")
    fields = (EXAMPLE.fields[0], Field("city", Text(at_most=60)), *EXAMPLE.fields[4:])
    changed = replace(parts, conversations=conversations(example=Form("example", 2, fields)))
    clock.advance(60.0)
    async with start_bot(changed) as bot:
        await phone.write("Switzerland")
        asked = await asks(phone, "Which city do you come from?")
        assert asked["text"].startswith("This form has changed since you were here.")
        toast = await phone.press(question, buttons(question)["Back"], forged=True)
        assert toast["text"] == "This button is out of date. See below where you are."
        [draft] = await drafts_of(bot, phone)
        assert (draft.version, draft.answers) == (2, {"name": "Center A"})


async def test_a_form_that_is_no_more_is_in_nobodys_way(start_bot: StartBot, parts: Parts, people: People) -> None:
    phone = await people.person()
    async with start_bot():
        question = await begin(phone)
    async with start_bot(replace(parts, conversations={})):
        assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"]
        toast = await phone.press(question, buttons(question)["Pause"])
        assert toast["text"] == "This form is finished or was discarded."


async def test_drafts_are_forgotten(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await begin(phone)
    await begin(phone, "small")
    assert len(await drafts_of(bot, phone)) == 2
    clock.advance((DRAFTS_KEPT_DAYS + 1) * DAY_S)
    await forget_old(bot.database, clock, Retention(7, 700))
    assert await drafts_of(bot, phone) == []
    assert await confirmed(bot) == []
