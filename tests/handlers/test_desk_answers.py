"""Of several things that somebody asked, an answer is to some: which, who waits on, and what they are told of each."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import audit, desk, questions
from storage.records.desk import Thread
from tests.chat import Json, People, Phone, buttons
from tests.desk import UNKNOWN, Secretariat, answer, asked, labels, says, secretariat, shown

HOUR_S = 3600.0
OTHER = "Do you have vacancies?"
WHAT_BECAME = "What became of my question?"


async def both_asked(office: Secretariat, clock: MovableClock) -> tuple[Phone, Json, Json]:
    """Somebody who has asked two things an hour apart, and their copies in the group."""
    phone, first = await asked(office)
    clock.advance(HOUR_S)
    await phone.ask(OTHER)
    return phone, first, await says(office.group, OTHER)


async def replied(office: Secretariat, copy: Json, text: str) -> Json:
    where = {"message_thread_id": copy["message_thread_id"]} if "message_thread_id" in copy else {}
    return await office.group.write(text, reply_to_message_id=copy["message_id"], **where)


async def open_questions(office: Secretariat) -> list[str]:
    return [one.question for one in await questions.waiting(office.bot.database.reader)]


async def thread_of(office: Secretariat, phone: Phone) -> Thread:
    thread = await desk.thread_of(office.bot.database.reader, phone.id)
    assert thread is not None
    return thread


async def test_a_reply_to_one_question_leaves_the_other_waiting(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    began = (await thread_of(office, phone)).waiting_since
    await replied(office, first, "It is free.")
    come = await says(phone, "It is free.")
    assert come["reply_to_message"]["text"] == UNKNOWN
    note = await says(office.group, "still waits")
    assert note["text"] == (
        "This counts as the answer to 1 message of Delegate A. 1 message of Delegate A still waits for an answer. "
        "Press a message to change that."
    )
    assert note["message_thread_id"] == first["message_thread_id"]
    assert labels(note) == ["✓ How much is the membership fee?", f"– {OTHER}"]
    assert await open_questions(office) == [OTHER]
    thread = await thread_of(office, phone)
    assert (thread.state, thread.waiting_since > began) == ("waiting", True)
    assert "Delegate A" in (await office.member.ask("/waiting"))["text"]
    told = (await phone.ask(WHAT_BECAME))["text"]
    assert told.startswith(f"“{UNKNOWN}”\nAnswered on ")
    assert f"\n\n“{OTHER}”\nNot answered yet. You wrote it on " in told
    assert told.endswith("It usually answers within 48 hours.")


async def test_the_second_is_answered_then(office: Secretariat, clock: MovableClock) -> None:
    phone, first, second = await both_asked(office, clock)
    await replied(office, second, "None.")
    await says(phone, "None.")
    assert await open_questions(office) == [UNKNOWN]
    await replied(office, first, "It is free.")
    await says(phone, "It is free.")
    await shown(office.group, lambda one: "Answered by Member A" in one.get("text", ""))
    assert await open_questions(office) == []
    assert (await office.member.ask("/waiting"))["text"] == "Nobody waits for an answer."


async def test_what_is_not_in_reply_answers_all_that_waited(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    await answer(office, first, "It is free, and there are none.")
    await says(phone, "It is free, and there are none.")
    note = await says(office.group, "This counts as the answer to 2 messages of Delegate A.")
    assert labels(note) == ["✓ How much is the membership fee?", f"✓ {OTHER}"]
    assert await open_questions(office) == []
    assert (await thread_of(office, phone)).state == "answered"
    await phone.ask("Who is the president of the association?")
    await says(office.group, "Who is the president")
    assert await open_questions(office) == ["Who is the president of the association?"]


async def test_one_question_and_its_answer_need_no_note(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await replied(office, copy, "It is free.")
    await says(phone, "It is free.")
    await says(office.group, "make it one for everyone")
    await office.member.ask("/waiting")
    assert not [text for text in await office.group.from_bot() if "counts as the answer" in text]


async def test_a_press_says_that_one_is_still_open(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    await answer(office, first, "It is free.")
    note = await says(office.group, "This counts as the answer to 2 messages")
    press = buttons(note)[f"✓ {OTHER}"]
    await office.group.press(note, press)
    note = await says(office.group, "still waits")
    assert labels(note) == ["✓ How much is the membership fee?", f"– {OTHER}"]
    assert await open_questions(office) == [OTHER]
    assert (await thread_of(office, phone)).state == "waiting"
    await shown(office.group, lambda one: "Language:" in one.get("text", "") and "Waiting since" in one["text"])
    assert "Not answered yet." in (await phone.ask(WHAT_BECAME))["text"]
    clock.advance(10)
    late = await office.group.press(note, press, forged=True)
    assert late["text"] == "This has changed meanwhile. You see how it stands now."
    assert (await audit.latest(office.bot.database.reader))[0].act == "desk.unanswer"


async def test_one_press_says_that_it_answers_all(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    await phone.ask("/ask It is urgent.")
    await says(office.group, "It is urgent.")
    await replied(office, first, "It is free, and there are none.")
    note = await says(office.group, "2 messages of Delegate A still wait for an answer.")
    every = buttons(note)["It answers all of them"]
    await phone.ask("/ask One thing more.")
    await says(office.group, "One thing more.")
    await office.group.press(note, every)
    await says(office.group, "This counts as the answer to 3 messages of Delegate A.")
    assert await open_questions(office) == []
    thread = await thread_of(office, phone)
    assert thread.state == "waiting", "what came after the answer waits"
    told = (await phone.ask(WHAT_BECAME))["text"]
    assert "“One thing more.”\nNot answered yet." in told
    await office.group.press(note, every, forged=True)
    assert (await thread_of(office, phone)).state == "waiting"


async def test_only_members_say_what_an_answer_counts_for(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    await answer(office, first, "It is free.")
    note = await says(office.group, "This counts as the answer to 2 messages")
    refused = await phone.press(await phone.ask("/start"), buttons(note)[f"✓ {OTHER}"], forged=True)
    assert refused["text"] == "This is for the Secretariat only."
    assert await open_questions(office) == []
    gone = await office.group.press(note, "desk:answers:999:0:1", forged=True)
    assert gone["text"] == "This has changed meanwhile. You see how it stands now."


async def test_what_still_waits_is_in_the_alarm(office: Secretariat, clock: MovableClock) -> None:
    clock.advance(HOUR_S)
    phone, first, _ = await both_asked(office, clock)
    await replied(office, first, "It is free.")
    await says(phone, "It is free.")
    clock.advance(7.5 * HOUR_S)  # eight hours after the first, not after the second
    await phone.ask("/help")
    assert not [text for text in await office.group.from_bot() if "waited too long" in text]
    clock.advance(24 * HOUR_S)
    assert "Delegate A" in (await says(office.group, "waited too long"))["text"]


async def test_closing_tells_who_has_a_question_left(office: Secretariat, clock: MovableClock) -> None:
    phone, first, _ = await both_asked(office, clock)
    await replied(office, first, "It is free.")
    await says(phone, "It is free.")
    await office.group.write("/close", message_thread_id=first["message_thread_id"])
    await says(phone, "has closed your question without an answer")
    assert "closed your question without an answer on" in (await phone.ask(WHAT_BECAME))["text"]
    await office.group.write("/reopen", message_thread_id=first["message_thread_id"])
    await shown(office.group, lambda one: "Language:" in one.get("text", "") and "Waiting since" in one["text"])
    assert await open_questions(office) == [OTHER]
    await answer(office, first, "None.")
    await says(phone, "None.")
    assert await open_questions(office) == []


async def test_what_was_closed_can_be_answered_after_all(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await office.group.write("/close", message_thread_id=copy["message_thread_id"])
    await says(phone, "has closed your question without an answer")
    await answer(office, copy, "It is free.")
    await says(phone, "It is free.")
    assert "The Secretariat answered you on " in (await phone.ask(WHAT_BECAME))["text"]


async def test_without_topics_a_reply_to_the_card_answers_all(
    bot: Running, people: People, clock: MovableClock
) -> None:
    office = await secretariat(bot, people, is_forum=False)
    phone, first, _ = await both_asked(office, clock)
    await replied(office, first, "It is free.")
    await says(phone, "It is free.")
    assert await open_questions(office) == [OTHER]
    card = await says(office.group, "Language:")
    await replied(office, card, "None.")
    await says(phone, "None.")
    assert await open_questions(office) == []
