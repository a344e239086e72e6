"""Whoever doubts an answer is told its source, and sends the question on if it did not fit."""

from __future__ import annotations

import pytest

from bot.app import Running
from tests.chat import People, buttons, until
from tests.questions import kept, shows


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
    await until(lambda: shows(phone, source))
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
    await until(lambda: shows(phone, "for the Secretariat"))


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
