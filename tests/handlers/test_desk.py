"""Between a person and the Secretariat: what goes there, what comes back, and how."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage import people as stored_people
from storage import questions
from tests.chat import People, buttons
from tests.desk import (
    UNKNOWN,
    Secretariat,
    answer,
    asked,
    labels,
    says,
    secretariat,
    shown,
)


async def topics(office: Secretariat) -> list[str]:
    state = await office.people.get("/state")
    chat = next(chat for chat in state["chats"] if chat["id"] == office.group.chat_id)
    return [topic["name"] for topic in chat["topics"]]


@pytest.fixture
async def office_without_topics(bot: Running, people: People) -> Secretariat:
    """The bot is a plain member, and hears only what is a reply to it."""
    return await secretariat(bot, people, is_forum=False)


async def test_what_the_bot_does_not_know_gets_a_topic_and_the_answer_comes_back(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A", last_name="B", username="delegate_a")
    reply = await phone.ask(UNKNOWN)
    assert "I have sent your question to the Secretariat. It usually answers within 48 hours." in reply["text"]
    copy = await says(office.group, UNKNOWN)
    assert copy["text"] == UNKNOWN
    assert await topics(office) == ["Delegate A B"]
    card = await says(office.group, "Waiting since")
    assert card["text"].startswith("Delegate A B (@delegate_a)\nLanguage: English\nWaiting since ")
    assert card["message_thread_id"] == copy["message_thread_id"]
    await answer(office, copy, "In June.")
    come = await says(phone, "In June.")
    assert come["text"] == "The Secretariat:\nIn June."
    assert come["reply_to_message"]["text"] == UNKNOWN
    assert buttons(come) == {"Reply to the Secretariat": "desk:write"}
    await shown(office.group, lambda one: one.get("text", "").find("Answered by Member A") > 0)
    assert await questions.waiting(office.bot.database.reader) == []


async def test_a_person_has_one_topic_for_all_that_they_ask(office: Secretariat) -> None:
    phone, first = await asked(office)
    await phone.ask("Do you have vacancies?")
    second = await says(office.group, "Do you have vacancies?")
    assert second["message_thread_id"] == first["message_thread_id"]
    await asked(office, "Which courses do you offer?", name="Delegate C")
    assert await topics(office) == ["Delegate A", "Delegate C"]


async def test_many_questions_at_once_keep_their_order_behind_the_new_topic(office: Secretariat) -> None:
    await office.people.fault("slow", method="createForumTopic", delay_s=0.3)
    phone = await office.people.person("Delegate A")
    for number in range(5):
        await phone.write(f"/ask Question {number}")
    await says(office.group, "Question 4")
    said = [one["text"] for one in await office.group.messages() if one.get("text", "").startswith("Question")]
    assert said == [f"Question {number}" for number in range(5)]
    assert len(await office.people.calls("createForumTopic")) == 1


async def test_without_topics_a_reply_to_the_card_or_the_message_goes_to_the_person(
    office_without_topics: Secretariat,
) -> None:
    office = office_without_topics
    phone, copy = await asked(office)
    assert copy["text"] == f"Delegate A writes:\n{UNKNOWN}"
    card = await says(office.group, "Waiting since")
    assert copy["reply_to_message"]["message_id"] == card["message_id"]
    await answer(office, copy, "By message.")
    await says(phone, "The Secretariat:\nBy message.")
    await office.group.write("By card.", reply_to_message_id=card["message_id"])
    await says(phone, "The Secretariat:\nBy card.")
    await phone.ask("Do you have vacancies?")
    later = await says(office.group, "Do you have vacancies?")
    assert later["reply_to_message"]["message_id"] != card["message_id"], "a new wait has a new card"


async def test_formatting_and_mark_up_arrive_as_they_were_written(office: Secretariat) -> None:
    phone = await office.people.person("<i>Delegate</i>")
    await phone.ask("/ask <b>When</b> & where?")
    copy = await says(office.group, "When")
    assert copy["text"] == "<b>When</b> & where?"
    assert (await says(office.group, "Waiting since"))["text"].startswith("<i>Delegate</i>\n")
    await answer(office, copy, "See <here> & https://example.org")
    come = await says(phone, "See <here>")
    assert come["text"] == "The Secretariat:\nSee <here> & https://example.org"


async def test_a_long_answer_arrives_whole(office: Secretariat) -> None:
    phone, copy = await asked(office)
    text = "🇺🇳 a " * 580
    await answer(office, copy, text)
    come = await says(phone, text.strip())
    assert come["text"] == text.strip()
    heading = next(one for one in await phone.messages() if one.get("text") == "The Secretariat:")
    assert heading["message_id"] < come["message_id"]
    await phone.write("And then?", reply_to_message_id=heading["message_id"])
    await says(office.group, "And then?")


async def test_comments_among_staff_stay_among_them(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await answer(office, copy, "// who knows this?")
    await answer(office, copy, "  //and this?")
    await answer(office, copy, "In June.")
    await says(phone, "In June.")
    assert len([text for text in await phone.from_bot() if text.startswith("The Secretariat")]) == 1


async def test_a_person_writes_back_by_reply_and_by_button(office: Secretariat) -> None:
    phone, copy = await asked(office)
    answered = await answer(office, copy, "In June.")
    come = await says(phone, "In June.")
    sent = await phone.ask("What is the AGM?", reply_to_message_id=come["message_id"])
    assert sent["text"].startswith("Your message has gone to the Secretariat.")
    back = await says(office.group, "What is the AGM?")
    assert back["reply_to_message"]["message_id"] == answered["message_id"]
    await phone.press(come, "desk:write")
    await says(phone, "Write your message to the Secretariat now.")
    assert (await phone.ask("What is the AGM, really?"))["text"].startswith("Your message has gone")
    await says(office.group, "What is the AGM, really?")
    assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"], "then the bot is asked again"


async def test_ask_and_cancel(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    assert (await phone.ask("/ask"))["text"].startswith("Write your message to the Secretariat now.")
    assert (await phone.ask("/cancel"))["text"] == "Nothing was sent to the Secretariat."
    assert (await phone.ask("/cancel"))["text"] == "There is nothing to cancel."
    assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"]
    assert (await phone.ask("/ask What is the AGM?"))["text"].startswith("Your message has gone")
    assert (await says(office.group, "What is the AGM?"))["text"] == "What is the AGM?"


async def test_what_is_not_about_the_association_goes_only_if_its_person_wants(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    question = "What is the weather like today?"
    reply = await phone.ask(question)
    assert "I have no answer to this question." in reply["text"]
    assert "you can put it to them" in reply["text"]
    assert await topics(office) == []
    press = buttons(reply)["Ask the Secretariat"]
    await phone.press(reply, press)
    assert (await says(office.group, question))["text"] == question
    again = await phone.press(reply, press)
    assert again["text"] == "The Secretariat has this question already."


async def test_ask_offers_the_question_that_was_asked_last(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    await phone.ask("What is the weather like today?")
    prompt = await phone.ask("/ask")
    assert "“What is the weather like today?”" in prompt["text"]
    await phone.press(prompt, buttons(prompt)["Send my last question"])
    await says(office.group, "What is the weather like today?")
    assert "Annual General Meeting" in (await phone.ask("What is the AGM?"))["text"]


async def test_nobody_can_send_somebody_elses_question(office: Secretariat) -> None:
    phone, stranger = await office.people.person("Delegate A"), await office.people.person("Stranger")
    group = phone.within(await office.people.group(phone, stranger))
    reply = await group.ask("@unigo_test_bot What is the weather like today?")
    answered = await stranger.within(group.chat_id).press(reply, buttons(reply)["Ask the Secretariat"])
    assert answered["text"] == "Only the person who asked this can send it to the Secretariat."
    menu = await stranger.ask("/start")
    forged = await stranger.press(menu, "ask:1", forged=True)
    assert forged["text"].startswith("This button is out of date")


async def test_a_question_in_a_group_is_answered_in_private(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    await phone.ask("/start")
    group = phone.within(await office.people.group(phone))
    reply = await group.ask(f"@unigo_test_bot {UNKNOWN}")
    assert "The answer comes to you in a private chat with me" in reply["text"]
    copy = await says(office.group, UNKNOWN)
    await answer(office, copy, "In June.")
    await says(phone, "The Secretariat:\nIn June.")


async def test_only_members_speak_for_the_secretariat(office: Secretariat) -> None:
    guest = await office.people.person("Guest")
    await office.people.post(f"/groups/{office.group.chat_id}/members", {"person_id": guest.id})
    phone, copy = await asked(office)
    await guest.within(office.group.chat_id).write("Nonsense.", message_thread_id=copy["message_thread_id"])
    await says(office.group, "This was not sent: only members of the Secretariat can answer.")
    assert not [text for text in await phone.from_bot() if "Nonsense" in text]


async def test_talk_among_staff_goes_nowhere_and_nobody_is_remembered_for_it(office: Secretariat) -> None:
    guest = await office.people.person("Guest")
    await office.people.post(f"/groups/{office.group.chat_id}/members", {"person_id": guest.id})
    phone, copy = await asked(office)
    other = await office.people.group(office.owner, guest, bot_is_admin=True)
    await guest.within(other).write("Just talk.")
    await office.group.write("Good morning.")
    await answer(office, copy, "In June.")
    await says(phone, "In June.")
    assert len(await phone.from_bot()) == 2
    assert await stored_people.find(office.bot.database.reader, guest.id) is None


async def test_blocked_people_are_reported_and_get_it_when_they_come_back(office: Secretariat) -> None:
    phone, copy = await asked(office)
    await office.people.post(f"/persons/{phone.id}/block", {"blocked": True})
    first = await answer(office, copy, "In June.")
    await answer(office, copy, "In Geneva.")
    note = await says(office.group, "This did not reach Delegate A")
    assert note["message_thread_id"] == copy["message_thread_id"]
    assert note["reply_to_message"]["message_id"] == first["message_id"]
    await phone.start()
    await says(phone, "The Secretariat:\nIn Geneva.")
    await says(office.group, "Delegate A can be reached again.")
    said = [text for text in await phone.from_bot() if text.startswith("The Secretariat")]
    assert said == ["The Secretariat:\nIn June.", "The Secretariat:\nIn Geneva."]


async def test_the_menu_and_the_help_lead_to_the_secretariat(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    for command in ("/start", "/help"):
        message = await phone.ask(command)
        assert "Ask the Secretariat" in labels(message)
        await phone.press(message, "desk:write")
        await says(phone, "Write your message to the Secretariat now.")
        await phone.ask("/cancel")
    group = phone.within(await office.people.group(phone))
    there = await group.ask("/ask")
    assert there["text"] == "Please write to the Secretariat in a private chat with me."
    opened = await phone.start("ask")
    assert (await phone.reply_after(opened["message_id"]))["text"].startswith("Write your message")
