"""Questions in free text: what is answered, what the bot does not know, and what is no question."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage import desk
from tests.chat import People, buttons, until
from tests.desk import says, secretariat
from tests.questions import kept, shows


async def test_the_contradiction_about_the_founding_is_disclosed(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded?")
    assert "2010" in reply["text"]
    assert "2013" in reply["text"]
    assert "Source: the association's web page" in reply["text"]


async def test_what_is_not_known_is_said_and_kept_once(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("How much is the membership fee?")
    assert "I have no information about" in reply["text"]
    assert "kept your question for the Secretariat" in reply["text"]
    assert await kept(bot) == ["How much is the membership fee?"]


@pytest.mark.parametrize("text", ["stop", "12345", "dsfkjhsdkjfh", "what now", "no"])
async def test_a_word_or_two_that_mean_nothing_go_to_nobody_unless_that_is_wanted(
    bot: Running, people: People, text: str
) -> None:
    phone = await people.person()
    reply = await phone.ask(text)
    assert "Secretariat" not in reply["text"]
    assert await kept(bot) == []
    assert buttons(reply)["Ask the Secretariat"] == "desk:write"


@pytest.mark.parametrize(
    ("language", "text", "beginning"),
    [
        ("en", "ok", "You are welcome."),
        ("fr", "d'accord", "Je vous en prie."),
        ("en", "and before?", "I do not know"),
        ("fr", "tu es un robot ?", "Je suis un programme"),
        ("en", "am I chatting with a person", "I am a program"),
        ("en", "speak to a human", "Ask the Secretariat: press the button"),
    ],
)
async def test_what_people_say_in_passing_is_taken_for_no_goodbye(
    bot: Running, people: People, language: str, text: str, beginning: str
) -> None:
    assert (await (await people.person(language=language)).ask(text))["text"].startswith(beginning)


async def test_an_edited_question_is_answered_anew_and_replaces_the_one_kept(bot: Running, people: People) -> None:
    phone = await people.person()
    question = await phone.write("How much is the membershp fee?")
    first = await phone.reply_after(question["message_id"])
    await people.post(
        f"/persons/{phone.id}/edits", {"message_id": question["message_id"], "text": "How much is the annual fee?"}
    )
    await phone.reply_after(first["message_id"])
    assert await kept(bot) == ["How much is the annual fee?"]


async def test_an_unclear_question_offers_topics_and_none_of_these_keeps_it(bot: Running, people: People) -> None:
    phone = await people.person()
    unclear = "purpose members"
    offer = await phone.ask(unclear)
    assert {"topic:purpose", "topic:members", "none"} <= set(buttons(offer).values())
    await phone.press(offer, "none")

    async def question_is_kept() -> bool:
        return await kept(bot) == [unclear]

    await until(question_is_kept)
    await until(lambda: shows(phone, "I have kept your question for the Secretariat."))
    assert "None of these" not in buttons((await phone.messages())[-1])


async def test_of_several_questions_the_first_is_answered_and_the_others_are_a_press_away(
    bot: Running, people: People
) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded? What is the AGM?")
    assert "2013" in reply["text"]
    assert reply["text"].endswith("You also asked about this:")
    assert [data for data in buttons(reply).values() if data.startswith("topic:")] == ["topic:agm"]
    assert await kept(bot) == []


async def test_a_question_without_an_answer_does_not_hide_the_one_that_has_one(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded? How much is the membership fee?")
    assert reply["text"].startswith("I have no information about membership fees")
    assert reply["text"].endswith("You also asked about this:")
    assert [data for data in buttons(reply).values() if data.startswith("topic:")] == ["topic:founding"]
    assert await kept(bot) == ["When was it founded? How much is the membership fee?"]


async def test_two_questions_without_an_answer_are_both_named(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("how much does it cost and do I need a visa?")
    assert "membership fees or what anything costs: the association has not published it" in reply["text"]
    assert "travel, visas or accommodation for a conference: nothing has been entered yet" in reply["text"]
    assert "topic:conference-practical" not in buttons(reply).values(), "it would lead to nothing"
    assert await kept(bot) == ["how much does it cost and do I need a visa?"]


@pytest.mark.usefixtures("bot")
async def test_beside_a_question_about_something_else_the_gap_is_named(people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("What is the capital of France? Do I need a visa?")
    assert "I have no answer to this question." in reply["text"]
    assert "travel, visas or accommodation for a conference: nothing has been entered yet" in reply["text"]


async def test_signs_alone_are_not_kept_as_a_question(bot: Running, people: People) -> None:
    phone = await people.person()
    assert (await phone.ask("??"))["text"].startswith("I can only read text")
    assert await kept(bot) == []


@pytest.mark.parametrize("text", ["<b>bold?</b> & </b>", "🇺🇳" * 900, "\u202eagm\u200b?", "=1+1", "a" * 4096])
async def test_odd_texts_are_answered(bot: Running, people: People, text: str) -> None:
    phone = await people.person("<i>&")
    reply = await phone.ask(text)
    assert reply["text"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Quand l'association a-t-elle été fondée ?", "Source :"),
        ("Combien coûte la cotisation annuelle de membre ?", "Je n’ai pas d’information"),
    ],
)
async def test_a_question_in_another_language_is_answered_in_that_language(
    bot: Running, people: People, question: str, sentence: str
) -> None:
    phone = await people.person(language="en")

    reply = await phone.ask(question)

    assert sentence.replace("’", "'") in reply["text"].replace("’", "'").replace("\u00a0", " ")


async def test_of_another_organization_nothing_of_ours_is_told(bot: Running, people: People) -> None:
    reply = await (await people.person()).ask("who founded ZIF")
    assert reply["text"].startswith("I can answer questions only about UNIGO, not about other organizations.")
    assert "Source:" not in reply["text"]
    assert "Of UNIGO, I can tell you this:" in reply["text"]
    assert next(iter(buttons(reply).items())) == ("When and by whom it was started", "topic:founding")
    assert buttons(reply)["Ask the Secretariat"].startswith("ask:")


async def test_what_is_not_so_is_not_confirmed(bot: Running, people: People) -> None:
    reply = await (await people.person()).ask("why is the conference only every two years?")
    assert "reasons or details of this kind" in reply["text"]
    assert "so" not in reply["text"].split(":")[0].split()
    assert "topic:annual-conference" in buttons(reply).values()


async def test_a_question_of_the_secretariats_own_is_sent_by_a_press_only(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    said = await office.member.ask("Is there a lake near the office, please?")
    assert (
        "You are a member of the Secretariat, so I send this to nobody. /help shows what you can do here."
        in said["text"]
    )
    assert await desk.count_waiting(bot.database.reader) == 0
    await office.member.press(said, buttons(said)["Ask the Secretariat"])
    await says(office.group, "Is there a lake near the office")
