"""Whether an answer helped, as people are asked now and then."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import marks, questions
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import says, secretariat

DAY_S = 24 * 3600.0
ASKED = ("What is the AGM?", "What is the Annual Conference?", "When was the association founded?")
HELPED, DID_NOT = "This helped", "This did not help"


async def third_answer(phone: Phone, *asked: str) -> Json:
    for question in asked or ASKED:
        answer = await phone.ask(question)
    return answer


async def marked(bot: Running, answer: Json) -> bool | None:
    mark = await marks.at(bot.database.reader, answer["chat"]["id"], answer["message_id"] - 1)
    assert mark is not None
    return mark.helpful


async def test_the_third_answer_comes_with_the_question(bot: Running, people: People) -> None:
    phone = await people.person()
    for question in ASKED[:2]:
        assert HELPED not in buttons(await phone.ask(question))
    answer = await phone.ask(ASKED[2])
    assert list(buttons(answer))[:2] == [HELPED, DID_NOT]
    assert len(buttons(answer)) > 2  # what the answer leads to is still there
    for question in ASKED:
        assert HELPED not in buttons(await phone.ask(question))


async def test_nobody_is_asked_again_within_two_weeks(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    assert HELPED in buttons(await third_answer(phone))
    clock.advance(13 * DAY_S)
    assert HELPED not in buttons(await third_answer(phone))
    clock.advance(2 * DAY_S)
    assert HELPED in buttons(await phone.ask(ASKED[0]))


async def test_only_answers_count(bot: Running, people: People) -> None:
    phone = await people.person()
    for text in ("Hello", "How much is the membership fee?", "Thank you", "zqx vrtl wvy"):
        await phone.ask(text)
    for question in ASKED[:2]:
        assert HELPED not in buttons(await phone.ask(question))


async def test_in_a_group_nobody_is_asked(bot: Running, people: People) -> None:
    phone = await people.person()
    group = phone.within(await people.group(phone))
    for question in ASKED:
        assert HELPED not in buttons(await group.ask(f"@unigo_test_bot {question}"))


async def test_what_helped_is_thanked_for_once(bot: Running, people: People) -> None:
    phone = await people.person()
    answer = await third_answer(phone)
    toast = await phone.press(answer, buttons(answer)[HELPED])
    assert toast["text"] == "Thank you."
    await until(lambda: _has_no(phone, answer, HELPED))
    left = buttons(await phone.now(answer))
    assert left == {label: data for label, data in buttons(answer).items() if not data.startswith("helpful:")}
    assert await marked(bot, answer) is True
    # The first word counts: a press that was on its way changes nothing and says nothing.
    said = len(await phone.messages())
    toast = await phone.press(answer, f"helpful:no:{answer['message_id'] - 1}", forged=True)
    assert toast.get("text") in {None, ""}
    assert await marked(bot, answer) is True
    assert len(await phone.messages()) == said


async def test_what_did_not_help_can_go_to_the_secretariat(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    phone = await people.person("Delegate A")
    answer = await third_answer(phone)
    await phone.press(answer, buttons(answer)[DID_NOT])
    offer = await phone.reply_after(answer["message_id"])
    assert "I am sorry that this did not help." in offer["text"]
    assert await marked(bot, answer) is False
    assert await questions.count(bot.database.reader) == 0  # only if they want it
    await phone.press(offer, buttons(offer)["Send my question to the Secretariat"])
    assert "Your message has gone to the Secretariat." in (await phone.reply_after(offer["message_id"]))["text"]
    await says(office.group, ASKED[2])
    toast = await phone.press(offer, buttons(offer)["Send my question to the Secretariat"])
    assert toast["text"] == "The Secretariat has this question already."


async def test_what_somebody_else_was_asked_cannot_be_said(bot: Running, people: People) -> None:
    phone, stranger = await people.person(), await people.person()
    answer = await third_answer(phone)
    theirs = await stranger.ask("/start")
    for act in ("yes", "no", "send"):
        toast = await stranger.press(theirs, f"helpful:{act}:{answer['message_id'] - 1}", forged=True)
        assert toast["show_alert"] is True
    assert await marked(bot, answer) is None
    assert await questions.count(bot.database.reader) == 0


async def test_the_question_is_in_the_language_of_the_answer(bot: Running, people: People) -> None:
    phone = await people.person(language="en")
    for question in ASKED[:2]:
        await phone.ask(question)
    answer = await phone.ask("Quand l’association a-t-elle été fondée ?")
    assert any(data.startswith("helpful:") for data in buttons(answer).values())
    assert HELPED not in buttons(answer)


async def test_what_nobody_said_is_forgotten_after_a_month(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    answer = await third_answer(phone)

    async def forgotten() -> bool:
        return await marks.at(bot.database.reader, phone.id, answer["message_id"] - 1) is None

    clock.advance(29 * DAY_S)
    assert not await forgotten()
    clock.advance(2 * DAY_S)
    await until(forgotten)
    toast = await phone.press(answer, buttons(answer)[HELPED])
    assert toast["show_alert"] is True


async def _has_no(phone: Phone, message: Json, label: str) -> bool:
    return label not in buttons(await phone.now(message))
