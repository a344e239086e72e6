"""The texts of an answer for everyone are written, changed and translated in the private chat."""

from __future__ import annotations

import pytest

from bot.runtime.clock import MovableClock
from storage import audit, learned
from tests.chat import Json, People, buttons
from tests.conftest import StartBot
from tests.desk import Secretariat, running, says, secretariat
from tests.learning import ANSWER, SAME_PARKING, drafted, pressed, privately, published
from tests.office import data_of

DAY_S = 24 * 3600


def formatted(message: Json, kind: str) -> list[str]:
    """The parts of a text with this formatting; for texts of the basic plane."""
    text, entities = message["text"], message["entities"]
    return [text[one["offset"] : one["offset"] + one["length"]] for one in entities if one["type"] == kind]


async def test_the_question_and_the_answer_are_changed_in_private(office: Secretariat) -> None:
    card = await drafted(office)
    assert buttons(card)["Change or translate"] == "https://t.me/unigo_test_bot?start=learned_1"
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the question"))
    prompt = await says(office.member, "Write the question in English")
    changed = await office.member.ask("Where can  I\npark?")
    assert "It is in the draft now." in changed["text"]
    assert "Where can I park?" in changed["text"]
    assert prompt["message_id"] < changed["message_id"]
    await office.member.press(changed, data_of(changed, "Change the answer"))
    await says(office.member, "Write the answer in English")
    changed = await office.member.ask("Behind the hall.", entities=[{"type": "italic", "offset": 0, "length": 6}])
    assert "Behind" in formatted(changed, "italic")
    await office.member.press(changed, data_of(changed, "Publish"))
    await says(office.member, "from now on, whoever asks")
    reply = await (await office.people.person("Delegate B")).ask("Where can I park?")
    assert reply["text"].startswith("Where can I park?\n\nBehind the hall.\n\nSource: the Secretariat")


async def test_an_edit_of_what_was_written_changes_the_answer_again(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    written = await office.member.write("Bhind the hall.")
    first = await office.member.reply_after(written["message_id"])
    await office.people.post(
        f"/persons/{office.member.id}/edits", {"message_id": written["message_id"], "text": "Behind the hall."}
    )
    second = await office.member.reply_after(first["message_id"])
    assert "Behind the hall." in second["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == ["Behind the hall."]
    assert ANSWER not in (await office.member.ask("When was it founded?"))["text"]  # an ordinary question again


async def test_a_translation_is_given_to_those_who_read_its_language(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    choice = await pressed(office.member, private, "Translate")
    await office.member.press(choice, data_of(choice, "Français"))
    await says(office.member, "Write it in French")
    assert "question in the first line" in (await office.member.ask("Y a-t-il un parking ?"))["text"]
    text = "Y a-t-il un parking ?\nOui, derrière la salle."
    at = text.index("derrière")
    card = await office.member.ask(text, entities=[{"type": "italic", "offset": at, "length": 8}])
    assert "In: English and French." in card["text"]  # a list as English has it
    await office.member.press(card, data_of(card, "Publish"))
    await says(office.member, "from now on, whoever asks")
    french = await office.people.person("Delegate B", language="fr")
    reply = await french.ask("Y a-t-il un parking ?")
    assert reply["text"].startswith("Y a-t-il un parking ?\n\nOui, derrière la salle.\n\n")
    assert "derrière" in formatted(reply, "italic")
    english = await (await office.people.person("Delegate C")).ask(SAME_PARKING)
    assert ANSWER in english["text"]


async def test_without_a_translation_the_language_is_named(office: Secretariat) -> None:
    await published(office)
    french = await office.people.person("Delegate B", language="fr")
    reply = await french.ask("Y a-t-il un parking sur le lieu de la conférence ?")
    assert ANSWER in reply["text"]
    assert "anglais" in reply["text"]


async def test_what_is_being_written_survives_a_restart_and_cancel_ends_it(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        await drafted(office)
        private = await privately(office)
        await office.member.press(private, data_of(private, "Change the answer"))
        await says(office.member, "Write the answer in English")
    async with running(start_bot):
        changed = await office.member.ask("In the garage.")
        assert "It is in the draft now." in changed["text"]
        await office.member.press(changed, data_of(changed, "Change the question"))
        await says(office.member, "Write the question in English")
        assert "It stays as it was." in (await office.member.ask("/cancel"))["text"]
        assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]


async def test_what_is_written_a_day_later_is_an_ordinary_message(office: Secretariat, clock: MovableClock) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    clock.advance(DAY_S + 60)
    assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == [ANSWER]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("Change the question", "a" * 301),
        ("Change the answer", "a" * 3_001),
        ("Change the answer", "😀" * 2_048),  # each counts as two
    ],
)
async def test_what_is_too_long_is_refused_and_can_be_written_again(office: Secretariat, part: str, text: str) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, part))
    await says(office.member, "/cancel leaves it as it is.")
    assert "This is too long" in (await office.member.ask(text))["text"]
    assert "It is in the draft now." in (await office.member.ask("Shorter."))["text"]


async def test_a_change_of_what_is_published_counts_at_once(office: Secretariat) -> None:
    await published(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    assert "people get it like this from now on" in (await office.member.ask("Not this year."))["text"]
    reply = await (await office.people.person("Delegate B")).ask(SAME_PARKING)
    assert "Not this year." in reply["text"]
    changes = [one for one in await audit.latest(office.bot.database.reader) if one.act == "answer.change"]
    assert ANSWER in (changes[0].before or "")
    assert "Not this year." in (changes[0].after or "")


async def test_an_answer_by_somebody_who_is_no_longer_staff_is_not_written(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    listing = await office.owner.ask("/staff")
    sure = await pressed(office.owner, listing, "Remove Member A")
    await office.owner.press(sure, data_of(sure, "Yes, remove"))
    await says(office.member, "You are no longer a member of the Secretariat.")
    assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == [ANSWER]
