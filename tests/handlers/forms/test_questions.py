"""Questions that are asked while a form is filled in, and texts that look like one."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests.chat import People, buttons
from tests.conftest import StartBot
from tests.desk import says, secretariat
from tests.forms import asks, begin, drafts_of, fill_in, press


async def test_a_question_in_the_middle_is_answered_in_its_language(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which country")
    answer = await phone.ask("Qu'est-ce que l'Assemblée générale annuelle ?")
    assert "Assemblée générale annuelle" in answer["text"]
    question = await asks(phone, "Which country is it in?")
    assert "Take it as my answer" not in buttons(question)
    assert "Annual General Meeting" in (await phone.ask("what is the annual general meeting"))["text"]
    await asks(phone, "Which country is it in?")
    assert (await drafts_of(bot, phone))[0].answers.get("country") is None


async def test_a_text_that_looks_like_a_question_may_be_the_answer(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"]
    question = await asks(phone, "What is it called?")
    await press(phone, question, "Take it as my answer")
    await asks(phone, "Whom does it train?")
    assert (await drafts_of(bot, phone))[0].answers == {"name": "What is the AGM?"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What do I write here?", "I do not know the answer to that."),
        ("What do I write here?! \U0001f642", "I do not know the answer to that."),
        ("How much does it cost?", "the association has not published it."),
        ("When is the next conference?", "nothing has been entered yet."),
    ],
)
async def test_a_question_without_an_answer_is_not_taken_where_no_answer_is_one(
    start_bot: StartBot, people: People, asked: str, told: str
) -> None:
    phone = await people.person()
    async with start_bot():
        await begin(phone)
        question = await phone.ask(asked)
        sentence = "As it looks like a question, I have not taken it as “Name” yet."
        assert question["text"].partition("\n")[0].endswith(f"{told} {sentence}")
        assert "What is it called?" in question["text"]
        assert list(buttons(question)) == ["Take it as my answer", "Ask the Secretariat", "Pause"]
    async with start_bot() as bot:
        assert (await drafts_of(bot, phone))[0].answers == {}
        await press(phone, question, "Take it as my answer")
        await asks(phone, "Whom does it train?")
        again = await phone.press(question, buttons(question)["Take it as my answer"], forged=True)
        assert "text" not in again, "it is the second of a double one"
        [draft] = await drafts_of(bot, phone)
        assert (draft.step, draft.answers) == ("focus", {"name": asked})


@pytest.mark.parametrize("words", ["back", "Stop!", "annuler", "Назад"])
async def test_the_words_of_a_button_are_no_name_unless_they_say_so(bot: Running, people: People, words: str) -> None:
    phone = await people.person()
    await begin(phone)
    question = await phone.ask(words)
    assert question["text"].startswith("Is this your answer?")
    assert list(buttons(question)) == ["Take it as my answer", "Pause"]
    assert (await drafts_of(bot, phone))[0].answers == {}
    await press(phone, question, "Take it as my answer")
    await asks(phone, "Whom does it train?")
    assert (await drafts_of(bot, phone))[0].answers == {"name": words}


async def test_what_is_likely_and_not_certain_is_asked_back(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="When do you arrive")
    question = await phone.ask("12.3.27")
    assert question["text"].startswith("Do you mean this? If not, please write it again.")
    assert list(buttons(question)) == ["12 March 2027", "Back", "Pause"]
    question = await phone.ask("12/3/27")
    assert question["text"].startswith("Which of these do you mean?")
    await press(phone, question, "12 March 2027")
    await asks(phone, "Which time zone")


async def test_what_can_be_no_answer_is_the_button_that_it_names(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Which country")
    await phone.write("back")
    question = await asks(phone, "Which languages does it teach in?")
    assert "So far: English and French" in question["text"]
    paused = await phone.ask("cancel")
    assert paused["text"].startswith("“Example” is paused.")
    assert [draft.state for draft in await drafts_of(bot, phone)] == ["paused"]


async def test_a_question_in_between_goes_to_the_secretariat_by_a_press(
    bot: Running, people: People, clock: MovableClock
) -> None:
    office = await secretariat(bot, people)
    phone = await people.person("Delegate A")
    await begin(phone)
    question = await phone.ask("What do I write here?")
    await press(phone, question, "Ask the Secretariat")
    await says(phone, "Your message has gone to the Secretariat.")
    again = await asks(phone, "What is it called?")
    assert "Take it as my answer" not in buttons(again)
    await phone.press(question, buttons(question)["Ask the Secretariat"], forged=True)  # the second of a double one
    await says(office.group, "What do I write here?")
    await phone.ask("Center A")
    await asks(phone, "Whom does it train?")
    clock.advance(60.0)
    toast = await phone.press(question, buttons(question)["Ask the Secretariat"], forged=True)
    assert toast["text"] == "This button is out of date. See below where you are."
    assert (await drafts_of(bot, phone))[0].answers == {"name": "Center A"}
    sent = [one for one in await office.group.messages() if one.get("text") == "What do I write here?"]
    assert len(sent) == 1


async def test_a_question_is_taken_where_an_answer_may_be_one(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await fill_in(phone, up_to="Is there anything else?")
    await phone.write("Can I come a day later?")
    await asks(phone, "May others see this?")
    assert (await drafts_of(bot, phone))[0].answers["notes"] == "Can I come a day later?"


async def test_who_asks_for_what_the_bot_does_is_led_there_from_a_form(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    assert (await phone.ask("How do I delete my data?"))["text"].startswith("What I keep about you: /me shows it.")
    assert "Take it as my answer" in buttons(await asks(phone, "What is it called?"))


async def test_what_is_no_question_is_the_answer_to_a_free_text(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await phone.ask("the annual general meeting")
    assert (await drafts_of(bot, phone))[0].answers == {"name": "the annual general meeting"}
