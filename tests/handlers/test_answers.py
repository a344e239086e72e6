"""Questions in free text: in private, in groups, and what the bot cannot answer."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage import desk, questions
from tests.chat import People, Phone, buttons, until
from tests.conftest import TOKEN
from tests.desk import says, secretariat


async def kept(bot: Running) -> list[str]:
    return [question.question for question in await questions.waiting(bot.database.reader)]


async def in_group(people: People, **more: object) -> Phone:
    phone = await people.person()
    return phone.within(await people.group(phone, **more))


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
        ("en", "speak to a human", "I am a program"),
    ],
)
async def test_what_people_say_in_passing_is_taken_for_no_goodbye(
    bot: Running, people: People, language: str, text: str, beginning: str
) -> None:
    assert (await (await people.person(language=language)).ask(text))["text"].startswith(beginning)


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "Please delete my data", "/me shows it. There you correct it, get it as a file, and erase it."),
        ("fr", "Parlez-vous anglais ?", "/language permet de choisir la vôtre."),
        ("en", "Do you speak French?", "Arabic, Chinese, English, French, Russian and Spanish. /language"),
    ],
)
async def test_who_asks_what_the_bot_itself_does_is_led_there(
    bot: Running, people: People, language: str, question: str, words: str
) -> None:
    reply = await (await people.person(language=language)).ask(question)
    assert words in reply["text"]


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("en", "change language", ("/language", "language")),
        ("fr", "supprimer mes données", ("/me", "me")),
        ("es", "no quiero más recordatorios", ("/reminders", "reminders:show")),
        ("ru", "отменить регистрацию", ("/participate", "me")),
        ("ar", "إلغاء الاشتراك", ("/reminders", "reminders:show")),
        ("zh", "查看我的数据", ("/me", "me")),
    ],
)
async def test_what_is_wanted_of_the_bot_itself_is_not_sent_to_the_secretariat(
    bot: Running, people: People, language: str, text: str, way: tuple[str, str]
) -> None:
    words, button = way
    phone = await people.person(language=language)
    reply = await phone.ask(text)
    assert words in reply["text"]
    assert list(buttons(reply).values()) == [button, "desk:write", "menu"]
    assert await kept(bot) == []
    opened = await phone.press(reply, button)
    assert not opened.get("text"), "the button leads there"


async def test_in_a_group_it_is_said_where_that_is_done_in_private(bot: Running, people: People) -> None:
    group = await in_group(people)
    reply = await group.ask("@unigo_test_bot delete my data")
    assert "/me" in reply["text"]
    assert list(buttons(reply).values()) == ["desk:write", "menu"]
    assert await kept(bot) == []


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
    await until(lambda: _shows(phone, "I have kept your question for the Secretariat."))
    assert "None of these" not in buttons((await phone.messages())[-1])


async def test_of_several_questions_the_first_is_answered_and_the_others_are_a_press_away(
    bot: Running, people: People
) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded? What is the AGM?")
    assert "2013" in reply["text"]
    assert reply["text"].endswith("You also asked about this:")
    assert next(iter(buttons(reply).values())) == "topic:agm"
    assert await kept(bot) == []


async def test_a_question_without_an_answer_does_not_hide_the_one_that_has_one(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded? How much is the membership fee?")
    assert reply["text"].startswith("I have no information about membership fees")
    assert reply["text"].endswith("You also asked about this:")
    assert next(iter(buttons(reply).values())) == "topic:founding"
    assert await kept(bot) == ["When was it founded? How much is the membership fee?"]


async def test_in_a_group_only_mentions_and_commands_are_answered(bot: Running, people: People) -> None:
    group = await in_group(people)
    await group.write("When was it founded?")
    reply = await group.ask("@unigo_test_bot what is the AGM?")
    assert "Annual General Meeting" in reply["text"]
    assert reply["reply_to_message"]["text"] == "@unigo_test_bot what is the AGM?"
    reply = await group.ask("/help@unigo_test_bot")
    assert reply["text"].startswith("In this group I answer when I am mentioned")
    assert len(await group.from_bot()) == 2


async def test_a_bot_that_reads_all_of_a_group_still_keeps_quiet(bot: Running, people: People) -> None:
    await people.post("/bots", {"token": TOKEN, "can_read_all_group_messages": True})
    group = await in_group(people)
    await group.write("When was it founded?")
    await group.write("/nonsense")
    await group.write("/nonsense@another_bot")
    await group.write("@another_bot when was it founded?")
    await group.ask("@unigo_test_bot thanks")
    assert await group.from_bot() == ["You are welcome."]


async def test_in_a_topic_the_reply_stays_in_the_topic(bot: Running, people: People) -> None:
    group = await in_group(people, is_forum=True)
    topic = await people.post(f"/groups/{group.chat_id}/topics", {"name": "Questions", "person_id": group.id})
    reply = await group.ask("@unigo_test_bot what is the AGM?", message_thread_id=topic["message_thread_id"])
    assert reply["message_thread_id"] == topic["message_thread_id"]


async def test_a_mention_alone_is_told_how_to_ask(bot: Running, people: People) -> None:
    group = await in_group(people)
    reply = await group.ask("@unigo_test_bot")
    assert "write @unigo_test_bot and your question" in reply["text"]


async def test_an_unknown_command_in_a_group_is_told_that_a_mention_is_needed(bot: Running, people: People) -> None:
    group = await in_group(people)
    assert (await group.ask("/nosuch@unigo_test_bot"))["text"].startswith("In this group I answer when I am mentioned")


async def test_a_mention_in_a_caption_is_not_part_of_the_question(bot: Running, people: People) -> None:
    group = await in_group(people)
    sent = await people.document(group, caption="@unigo_test_bot thanks")
    assert (await group.reply_after(sent["message_id"]))["text"] == "You are welcome."


async def test_signs_alone_are_not_kept_as_a_question(bot: Running, people: People) -> None:
    phone = await people.person()
    assert (await phone.ask("??"))["text"].startswith("I can only read text")
    assert await kept(bot) == []


@pytest.mark.parametrize("text", ["<b>bold?</b> & </b>", "🇺🇳" * 900, "\u202eagm\u200b?", "=1+1", "a" * 4096])
async def test_odd_texts_are_answered(bot: Running, people: People, text: str) -> None:
    phone = await people.person("<i>&")
    reply = await phone.ask(text)
    assert reply["text"]


async def _shows(phone: Phone, words: str) -> bool:
    return words in (await phone.messages())[-1]["text"]


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


async def test_a_question_of_the_secretariats_own_is_sent_by_a_press_only(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    said = await office.member.ask("Is there a lake near the office, please?")
    assert "You are of the Secretariat, so I send this to nobody. /help shows what you can do here." in said["text"]
    assert await desk.count_waiting(bot.database.reader) == 0
    await office.member.press(said, buttons(said)["Ask the Secretariat"])
    await says(office.group, "Is there a lake near the office")
