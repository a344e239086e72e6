"""What people want of the bot itself is a press away, and goes to nobody."""

from __future__ import annotations

import pytest

from bot.app import Running
from tests.chat import People, buttons, until
from tests.questions import in_group, kept, shows


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
    await until(lambda: shows(phone, {"fr": "Français", "en": "Your language is now English."}[chosen]))
    assert await kept(bot) == []


@pytest.mark.usefixtures("bot")
async def test_the_language_that_is_spoken_already_is_not_offered(people: People) -> None:
    phone = await people.person(language="fr")
    assert list(buttons(await phone.ask("Parlez-vous français ?")).values()) == ["language", "desk:write", "menu"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "send a message to the secretariat"),
        ("en", "can I talk to a human please"),
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
