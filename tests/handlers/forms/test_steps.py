"""Filling in a form, from the first question to the confirmation."""

from __future__ import annotations

import json

import pytest

from bot.app import Running
from storage.records.drafts import Draft
from tests.chat import People, buttons
from tests.desk import says
from tests.example_form import ODD, REFUSED, TAKEN
from tests.forms import (
    SUMMARY,
    UNDERSTOOD,
    asks,
    begin,
    confirmed,
    drafts_of,
    fill_in,
    press,
    turned_into,
    with_button,
    without_buttons,
)


async def test_a_question_says_where_one_is_and_what_can_be_done(bot: Running, people: People) -> None:
    phone = await people.person()
    first = await begin(phone)
    assert first["text"] == "This is an example.\n\nExample · 1 of 12\nWhat is it called?"
    assert list(buttons(first)) == ["Pause"]
    second = await phone.ask("Center A")
    assert second["text"] == "Example · 2 of 12\nWhom does it train?\nPress one, or write it."
    assert list(buttons(second)) == ["Military", "Civilian", "Police", "Mixed", "Back", "Pause"]
    assert buttons(await turned_into(phone, first, "Name: Center A ✓")) == {}


async def test_everything_typed_up_to_the_confirmation(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    summary = await fill_in(phone)
    assert summary["text"] == (
        "Example\n\nName: Center A\nFocus: Police\nSchools: 7\nLanguages: English and French\n"
        "Country: 🇨🇭 Switzerland\nE-mail: name@center.org\nWeb site: –\nPhone: +41 44 668 18 00\n"
        "Arrival: 12 March 2027\nTime zone: Zurich\nLetter: –\nNotes: Nothing more. Thank you.\nConsent: Yes\n\n"
        "Is this right? Press a line below to change it."
    )
    await press(phone, summary, "Send it")
    await says(phone, "⟦It is sent.⟧")
    assert [json.loads(one) for one in await confirmed(bot)] == [UNDERSTOOD]
    assert await drafts_of(bot, phone) == []
    await without_buttons(phone, summary)
    left = (await phone.now(summary))["text"]
    assert left.startswith("Example\n\nName: Center A"), "what was confirmed can still be read"
    assert left.endswith("Consent: Yes"), "and asks nothing more"


async def test_pressing_what_can_be_pressed(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await press(phone, await phone.ask("Center A"), "Mixed")
    languages = await asks(phone, "Which languages")
    assert "Example · 3 of 12" in languages["text"], "police schools are asked for where police is trained only"
    await press(phone, languages, "French")
    for _tap in range(2):  # the second comes before the first is seen
        await phone.press(languages, buttons(languages)["Arabic"], forged=True)
    ticked = await with_button(phone, languages, "✓ Arabic")
    await press(phone, ticked, "✓ French")
    await with_button(phone, languages, "French")
    await press(phone, languages, "Done")
    assert "Languages: Arabic ✓" in (await turned_into(phone, languages, "✓"))["text"]
    country = await asks(phone, "Which country")
    guess = await phone.ask("Swizzerlnd")
    assert (buttons(guess)).keys() >= {"🇨🇭 Switzerland"}, country
    await press(phone, guess, "🇨🇭 Switzerland")
    await asks(phone, "e-mail")
    await phone.write("name@center.org")
    await press(phone, await asks(phone, "web site"), "Skip")
    await asks(phone, "phone number")
    await phone.write("044 668 18 00")
    await asks(phone, "When do you arrive?")
    arrival = await phone.ask("03/04/2027")
    assert list(buttons(arrival))[:2] == ["3 April 2027", "4 March 2027"]
    await press(phone, arrival, "3 April 2027")
    await press(phone, await asks(phone, "time zone"), "Zurich")
    [draft] = await drafts_of(bot, phone)
    assert draft.answers == {
        "name": "Center A",
        "focus": "mixed",
        "languages": ["ar"],
        "country": "CH",
        "email": "name@center.org",
        "website": None,
        "phone": "+41446681800",
        "arrival": "2027-04-03",
        "zone": "Europe/Zurich",
    }


@pytest.mark.parametrize(
    ("question", "wrong", "sentence"),
    [
        ("What is it called?", "x" * 4_096, "This is too long: there is room for 40 characters."),
        ("What is it called?", "\u3164\u00ad", "There is nothing to read in this."),
        ("What is it called?", TAKEN, "This name is taken."),
        ("What is it called?", ODD, "This cannot be the answer."),
        ("What is it called?", "x", "This is too short: it needs at least 2 characters."),
        ("Whom does it train?", "nobody", "I do not find this among the choices."),
        ("How many police schools", "many", "This is not a whole number."),
        ("How many police schools", "51", "This is too much: it can be at most 50."),
        ("How many police schools", "0", "This is too little: it has to be at least 1."),
        ("Which country", "Atlantis", "I do not know this country."),
        ("e-mail address", "name@center", "This is not a complete e-mail address."),
        ("Which web site", "center", "This is not the address of a web site."),
        ("phone number", "12", "Digits seem to be missing in this phone number."),
        ("phone number", "1" * 40, "This phone number has more digits than there can be."),
        ("phone number", "none", "I cannot read this as a phone number."),
        ("When do you arrive", "soon", "I cannot read this as a date. Please write it like this: 12 March 2027."),
        ("When do you arrive", "31.2.2027", "There is no such day."),
        ("Which time zone", "xqzv", "I do not know this time zone."),
        ("send the letter", "Here it is", "Here I need a file."),
        ("May others see", "perhaps", "Please answer with yes or no."),
    ],
)
async def test_what_is_wrong_gets_one_sentence_and_the_question_again(
    bot: Running, people: People, question: str, wrong: str, sentence: str
) -> None:
    phone = await people.person()
    await begin(phone)
    before = await fill_in(phone, up_to=question)
    again = await phone.ask(wrong)
    assert again["text"].startswith(sentence)
    assert question in again["text"]
    await without_buttons(phone, before)
    await fill_in(phone, since=question)


async def test_back_shows_what_was_answered(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await press(phone, await fill_in(phone, up_to="How many police schools"), "Back")
    focus = await asks(phone, "So far: Police")
    await press(phone, focus, "Back")
    name = await asks(phone, "So far: Center A")
    assert list(buttons(name)) == ["Keep it so", "Pause"]
    await press(phone, name, "Keep it so")
    await asks(phone, "How many police schools")
    revision = (await drafts_of(bot, phone))[0].revision
    assert revision == 5


async def test_back_at_the_first_question_is_harmless(bot: Running, people: People) -> None:
    phone = await people.person()
    first = await begin(phone)
    back = buttons(first)["Pause"].replace("pause", "back")
    await phone.press(first, back, forged=True)
    await asks(phone, "Example · 1 of 12")
    await phone.ask("Center A")
    await asks(phone, "Whom does it train?")


async def test_an_answer_that_hides_a_question_hides_its_answer(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    summary = await fill_in(phone)
    await press(phone, summary, "Focus")
    await press(phone, await asks(phone, "So far: Police"), "Civilian")
    changed = await asks(phone, "Focus: Civilian\n")
    assert "Schools" not in changed["text"]
    await press(phone, changed, "Send it")
    await says(phone, "⟦It is sent.⟧")
    assert "schools" not in json.loads((await confirmed(bot))[0])


async def test_a_line_of_the_summary_is_changed_and_changed_again(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    summary = await fill_in(phone)
    await press(phone, summary, "Name")
    question = await asks(phone, "So far: Center A")
    assert question["text"].startswith("Example\nWhat is it called?"), "it is one line, not a number of nine"
    await phone.write("Center B")
    summary = await asks(phone, "Name: Center B\n")
    assert [label for label in buttons(summary) if label in {"Name", "Consent", "Next"}] == ["Name", "Consent"]
    await press(phone, summary, "Consent")
    await press(phone, await asks(phone, "So far: Yes"), "Back")
    await asks(phone, "Name: Center B\n")


async def test_a_line_that_needs_another_answer_asks_for_it(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    await press(phone, await phone.ask("Center A"), "Civilian")
    summary = await fill_in(phone, since="Which languages")
    await press(phone, summary, "Focus")
    await press(phone, await asks(phone, "So far: Civilian"), "Police")
    await asks(phone, "How many police schools")
    await phone.write("3")
    await asks(phone, "Schools: 3\n")


async def test_what_the_form_refuses_is_asked_for_again(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    summary = await fill_in(phone)
    await press(phone, summary, "Name")
    await asks(phone, "What is it called?")
    await phone.write(REFUSED)
    await press(phone, await asks(phone, SUMMARY), "Send it")
    question = await asks(phone, "⟦Another name, please.⟧")
    assert "What is it called?" in question["text"]
    await phone.write("Center B")
    await press(phone, await asks(phone, SUMMARY), "Send it")
    await says(phone, "⟦It is sent.⟧")
    assert len(await confirmed(bot)) == 1


async def test_a_name_is_shown_harmlessly(bot: Running, people: People) -> None:
    phone = await people.person()
    await begin(phone)
    name = '=<b>"O\'Brien"</b> & \u200fمركز 👩\u200d🚒'
    await phone.write(name)
    await asks(phone, "Whom does it train?")
    shown = await says(phone, f"Name: \u2068{name}\u2069 ✓")
    assert [one["type"] for one in shown.get("entities", [])] == []
    draft: Draft = (await drafts_of(bot, phone))[0]
    assert draft.answers["name"] == name


async def test_only_these_fields(bot: Running, people: People) -> None:
    phone = await people.person()
    first = await begin(phone, "small")
    assert "Small example\nWhich city do you come from?" in first["text"]
    await phone.write("Geneva")
    summary = await asks(phone, SUMMARY)
    assert "City: Geneva\nGuests: 2" in summary["text"]


async def test_in_a_group_nobody_fills_in_anything(bot: Running, people: People) -> None:
    phone = await people.person()
    first = await begin(phone)
    group = phone.within(await people.group(phone))
    asked = await group.ask("/start@unigo_test_bot form_small")
    assert asked["text"] == "I ask for this in a private chat."
    assert buttons(asked) == {"Open a private chat": "https://t.me/unigo_test_bot?start=form_small"}
    toast = await group.press(await group.ask("/start@unigo_test_bot"), buttons(first)["Pause"], forged=True)
    assert toast["text"] == "This form is finished or was discarded."
    [draft] = await drafts_of(bot, phone)
    assert draft.answers == {}
