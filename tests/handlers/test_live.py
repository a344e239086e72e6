"""What is answered from the database."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from tests.chat import People, buttons
from tests.desk import UNKNOWN, answer, asked, says, secretariat, with_label

WHAT_BECAME = "What became of my question?"
DAY_S = 24 * 3600.0


async def test_who_has_asked_nothing_is_told_so(bot: Running, people: People) -> None:
    reply = await (await people.person()).ask(WHAT_BECAME)
    assert reply["text"] == "You have no question with the Secretariat."
    assert "Ask the Secretariat" in buttons(reply)


async def test_asking_what_became_of_a_question_is_no_question_for_the_secretariat(
    bot: Running, people: People
) -> None:
    office = await secretariat(bot, people)
    phone, _copy = await asked(office)
    await phone.ask(WHAT_BECAME)
    await phone.ask("/ask One thing more")
    await says(office.group, "One thing more")
    assert not [text for text in await office.group.from_bot() if WHAT_BECAME in text]


async def test_a_question_that_waits_answered_and_closed(bot: Running, people: People, clock: MovableClock) -> None:
    office = await secretariat(bot, people)
    phone, copy = await asked(office)
    clock.advance(DAY_S)
    reply = await phone.ask("did you get my message?")
    assert reply["text"].startswith(f"“{UNKNOWN}”\n\nIt has been with the Secretariat since ")
    assert "and is not answered yet. It usually answers within 48 hours." in reply["text"]
    await answer(office, copy, "It is free.")
    await says(phone, "It is free.")
    assert "The Secretariat answered you on " in (await phone.ask(WHAT_BECAME))["text"]
    other, _copy = await asked(office, "Who is the president of the association?", name="Delegate B")
    card = next(one for one in reversed(await office.group.messages()) if "Delegate B" in (one.get("text") or ""))
    await office.group.press(card, with_label(card, "Close")[1])
    await says(other, "has closed your question without an answer")
    assert "The Secretariat closed your question without an answer on " in (await other.ask(WHAT_BECAME))["text"]


async def test_without_a_group_it_is_kept(bot: Running, people: People) -> None:
    phone = await people.person()
    await phone.ask(UNKNOWN)
    assert "as soon as the Secretariat works here." in (await phone.ask(WHAT_BECAME))["text"]
    await phone.ask("Do you have vacancies?")
    told = (await phone.ask(WHAT_BECAME))["text"]
    assert told.endswith("The Secretariat sees your messages as soon as it works here.")
    assert told.count("Not answered yet.") == 2


async def test_in_a_group_nothing_is_told_of_it(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone, _copy = await asked(office)
    group = phone.within(await people.group(phone))
    reply = await group.ask(f"@unigo_test_bot {WHAT_BECAME}")
    assert UNKNOWN not in reply["text"]
    assert buttons(reply) == {"Open a private chat": "https://t.me/unigo_test_bot?start=topic_my-question"}
    opened = await phone.start("topic_my-question")
    assert UNKNOWN in (await phone.reply_after(opened["message_id"]))["text"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("ar", "هل ردت الأمانة على رسالتي؟"),
        ("es", "¿Qué ha sido de mi pregunta?"),
        ("fr", "Je n’ai toujours pas reçu de réponse du Secrétariat, où en est-on ?"),
        ("ru", "Что с моим вопросом, ответа всё нет?"),
        ("zh", "秘书处什么时候回复我的问题？"),
    ],
)
async def test_it_is_understood_in_every_language(bot: Running, people: People, language: str, question: str) -> None:
    reply = await (await people.person(language=language)).ask(question)
    assert "desk:write" in buttons(reply).values()
    assert list(buttons(reply).values()) == ["desk:write", "menu"]


async def test_a_question_is_quoted_as_one_does_in_its_language(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone, _copy = await asked(office, language="fr")
    reply = await phone.ask("Qu'est devenue ma question ?")
    assert reply["text"].startswith(f"«\u00a0{UNKNOWN}\u00a0»")
