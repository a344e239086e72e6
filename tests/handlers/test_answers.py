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
    assert list(buttons(reply).values()) == ["https://t.me/unigo_test_bot?start=me", "desk:write", "menu"]
    assert await kept(bot) == []


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("in French please", "language"),
        ("stop writing to me", "reminders"),
        ("I will not come to the conference", "me"),
        ("I want to talk to the Secretariat", "ask"),
    ],
)
async def test_from_a_group_one_press_leads_to_where_it_is_done(
    bot: Running, people: People, text: str, payload: str
) -> None:
    reply = await (await in_group(people)).ask(f"@unigo_test_bot {text}")
    assert next(iter(buttons(reply).values())) == f"https://t.me/unigo_test_bot?start={payload}"
    assert await kept(bot) == []


@pytest.mark.parametrize(
    ("language", "text", "chosen"),
    [
        ("en", "change language to french", "fr"),
        ("en", "parlez-vous français ?", "fr"),
        ("fr", "passe en anglais", "en"),
        ("es", "cambia a inglés", "en"),
        ("ru", "смени язык на английский", "en"),
        ("ar", "غير اللغة إلى الإنجليزية", "en"),
        ("zh", "改成英文", "en"),
    ],
)
async def test_the_language_that_somebody_wants_is_one_press_away(
    bot: Running, people: People, language: str, text: str, chosen: str
) -> None:
    phone = await people.person(language=language)
    reply = await phone.ask(text)
    assert "/language" in reply["text"]
    assert list(buttons(reply).values()) == [f"language:{chosen}", "language", "desk:write", "menu"]
    await phone.press(reply, f"language:{chosen}")
    await until(lambda: _shows(phone, {"fr": "Français", "en": "Your language is now English."}[chosen]))
    assert await kept(bot) == []


@pytest.mark.usefixtures("bot")
async def test_the_language_that_is_spoken_already_is_not_offered(people: People) -> None:
    phone = await people.person(language="fr")
    assert list(buttons(await phone.ask("Parlez-vous français ?")).values()) == ["language", "desk:write", "menu"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "send a message to the secretariat"),
        ("fr", "je voudrais parler à quelqu’un du secrétariat"),
        ("es", "quiero hablar con la secretaría"),
        ("ru", "свяжите меня с секретариатом"),
        ("ar", "أريد التواصل مع الأمانة"),
        ("zh", "我想联系秘书处"),
    ],
)
async def test_who_wants_the_secretariat_writes_to_it_next(
    bot: Running, people: People, language: str, text: str
) -> None:
    phone = await people.person(language=language)
    reply = await phone.ask(text)
    assert list(buttons(reply).values()) == ["desk:write", "menu"]
    assert await kept(bot) == []
    await phone.press(reply, "desk:write")
    prompt = await phone.reply_after(reply["message_id"])
    assert "/cancel" in prompt["text"]
    assert text not in prompt["text"], "the wish is not offered to be sent"


@pytest.mark.parametrize(
    ("language", "doubt", "source"),
    [
        ("en", "are you sure?", "Source: the association's web page"),
        ("en", "says who?", "Source: the association's web page"),
        ("en", "is that true?", "Source: the association's web page"),
        ("fr", "vous êtes sûr ?", "Source"),
        ("es", "¿estás seguro?", "Fuente"),
        ("ru", "точно?", "Источник"),
        ("ar", "هل أنت متأكد؟", "المصدر"),
        ("zh", "你确定吗？", "来源"),
    ],
)
async def test_who_doubts_is_told_the_source_again_and_nothing_is_sent(
    bot: Running, people: People, language: str, doubt: str, source: str
) -> None:
    phone = await people.person(language=language)
    await phone.press(await phone.ask("/start"), "topic:purpose", forged=True)
    await until(lambda: _shows(phone, source))
    reply = await phone.ask(doubt)
    assert source in reply["text"]
    assert list(buttons(reply).values()) == ["desk:write", "menu"]
    assert await kept(bot) == []


@pytest.mark.usefixtures("bot")
async def test_a_doubt_about_nothing_names_no_source(people: People) -> None:
    text = (await (await people.person()).ask("are you sure?"))["text"]
    assert text.startswith("I answer only from what the association has published")
    assert "Source" not in text


async def test_an_answer_that_did_not_fit_can_be_sent_with_one_press(bot: Running, people: People) -> None:
    phone = await people.person()
    question = await phone.write("What is the purpose of the association?")
    await phone.reply_after(question["message_id"])
    reply = await phone.ask("that’s not what I asked")
    assert "“What is the purpose of the association?”" in reply["text"]
    assert list(buttons(reply).values()) == [f"ask:{question['message_id']}", "desk:write", "menu"]
    again = await phone.ask("your answer was wrong")
    assert list(buttons(again).values()) == list(buttons(reply).values())
    await phone.press(reply, f"ask:{question['message_id']}")
    await until(lambda: _shows(phone, "for the Secretariat"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that’s not what I asked"),
        ("fr", "ce n’est pas ma question"),
        ("es", "no es lo que pregunté"),
        ("ru", "это не то, что я спросил"),
        ("ar", "ليس هذا سؤالي"),
        ("zh", "答非所问"),
    ],
)
async def test_after_small_talk_and_wishes_the_way_to_the_secretariat_is_shown(
    bot: Running, people: People, language: str, text: str
) -> None:
    phone = await people.person(language=language)
    await phone.ask("Are you a robot?")
    await phone.ask("change language")
    reply = await phone.ask(text)
    assert list(buttons(reply).values()) == ["desk:write", "menu"]
    assert await kept(bot) == []


@pytest.mark.usefixtures("bot")
async def test_in_a_group_only_who_asked_is_offered_to_send_it(people: People) -> None:
    first, second = await people.person(), await people.person()
    group = await people.group(first, second)
    await first.within(group).ask("@unigo_test_bot What is the purpose of the association?")
    other = await second.within(group).ask("@unigo_test_bot that is not what I asked")
    assert list(buttons(other).values()) == ["desk:write", "menu"]
    own = await first.within(group).ask("@unigo_test_bot that is not what I asked")
    assert next(iter(buttons(own).values())).startswith("ask:")


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
    assert [data for data in buttons(reply).values() if data.startswith("topic:")] == ["topic:agm"]
    assert await kept(bot) == []


async def test_a_question_without_an_answer_does_not_hide_the_one_that_has_one(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("When was it founded? How much is the membership fee?")
    assert reply["text"].startswith("I have no information about membership fees")
    assert reply["text"].endswith("You also asked about this:")
    assert [data for data in buttons(reply).values() if data.startswith("topic:")] == ["topic:founding"]
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
