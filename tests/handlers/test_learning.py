"""From a reply of the Secretariat's to an answer for everyone: drafted, published, withdrawn, discarded and listed."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage import audit, learned
from storage.records.learned import LearnedText
from storage.session import Transaction
from tests.chat import People
from tests.desk import Secretariat, answer, bound, member_of, owner_of, says, secretariat, shown
from tests.learning import ANSWER, OFFER, PARKING, SAME_PARKING, drafted, pressed, published
from tests.office import data_of


async def acts(bot: Running) -> list[str]:
    return [one.act for one in reversed(await audit.latest(bot.database.reader)) if one.act.startswith("answer.")]


async def test_a_reply_becomes_an_answer_for_the_next_who_asks(office: Secretariat) -> None:
    card = await drafted(office)
    assert PARKING in card["text"]
    assert ANSWER in card["text"]
    assert "In: English. Whoever reads another language is told which one it is in." in card["text"]
    before = await office.people.person("Delegate B")
    assert ANSWER not in (await before.ask(SAME_PARKING))["text"]  # a draft answers nobody
    await office.group.press(card, data_of(card, "Publish"))
    done = await says(office.group, "from now on, whoever asks gets it at once")
    assert "published by Member A" in done["text"]
    after = await office.people.person("Delegate C")
    reply = await after.ask(SAME_PARKING)
    assert reply["text"].startswith(f"{PARKING}\n\n{ANSWER}\n\nSource: the Secretariat, ")
    assert await acts(office.bot) == ["answer.draft", "answer.publish", "answer.tell"]


@pytest.mark.parametrize(
    "data",
    [
        "learn:offer:1",
        "learn:write:q:1",
        "learn:write:m:1",
        "learn:publish:1:0",
        "learn:same:1:0",
        "learn:toggle:1:1:0:0",
        "learn:show:1",
        "learn:show:1:fr",
        "learn:withdraw:1",
        "learn:ask:1",
        "learn:discard:1",
        "learn:tell:1",
        "learn:part:1:answer:en",
        "learn:part:1:translation:fr",
        "learn:translate:1",
        "learn:remove:1:en",
        "learned:published:0",
    ],
)
async def test_a_stranger_who_forges_a_press_is_refused_and_noted(office: Secretariat, data: str) -> None:
    await drafted(office)
    stranger = await office.people.person("Stranger")
    before = await acts(office.bot)
    welcome = await stranger.ask("/start")
    answered = await stranger.press(welcome, data, forged=True)
    assert answered["text"] == "This is for the Secretariat only."
    assert await acts(office.bot) == before
    refused = [one for one in await audit.latest(office.bot.database.reader) if one.act == "refused"]
    assert [one.actor_id for one in refused] == [stranger.id]
    assert (await stranger.ask("/learned"))["text"] == "This is for the Secretariat only."
    opened = await stranger.start("learned_1")
    assert (await stranger.reply_after(opened["message_id"]))["text"] == "This is for the Secretariat only."


async def test_what_is_withdrawn_answers_nobody_until_it_is_published_again(office: Secretariat) -> None:
    card = await published(office)
    old = await (await office.people.person("Delegate B")).ask(SAME_PARKING)
    await office.group.press(card, data_of(card, "Withdraw"))
    card = await says(office.group, "Who was given it keeps the message.")
    phone = await office.people.person("Delegate C")
    assert ANSWER not in (await phone.ask(SAME_PARKING))["text"]
    assert ANSWER in old["text"]
    gone = await office.group.press(card, "learn:withdraw:1", forged=True)
    assert gone["text"] == "This has changed meanwhile. You see how it stands now."
    await office.group.press(card, data_of(card, "Publish again"))
    assert ANSWER in (await (await office.people.person("Delegate D")).ask(SAME_PARKING))["text"]
    await says(phone, ANSWER)  # they asked while it was withdrawn


async def test_a_draft_is_discarded_after_a_question(office: Secretariat) -> None:
    card = await drafted(office)
    sure = await pressed(office.group, card, "Discard the draft")
    assert "Discard this draft?" in sure["text"]
    done = await pressed(office.group, sure, "Yes, discard")
    assert done["text"] == "The draft is discarded."
    late = await office.group.press(done, "learn:publish:1:0", forged=True)
    assert late["text"] == "This is not there any more."
    again = await pressed(office.group, done, "Make it an answer for everyone")  # the reply is still there
    assert ANSWER in again["text"]


async def test_learn_in_reply_makes_a_draft_without_a_kept_question(office: Secretariat) -> None:
    phone = await office.people.person("Delegate A")
    await phone.ask("/ask Is there a garage?")
    copy = await says(office.group, "Is there a garage?")
    mine = await answer(office, copy, ANSWER)
    await says(phone, ANSWER)
    thread = {"message_thread_id": copy["message_thread_id"]}
    assert not any(OFFER in text for text in await office.group.from_bot())
    await office.group.write("/learn", **thread)
    await says(office.group, "give /learn in reply")
    await office.group.write("/learn", reply_to_message_id=mine["message_id"], **thread)
    card = await says(office.group, "Draft of an answer for everyone")
    assert "Is there a garage?" in card["text"]


async def test_in_a_group_without_topics_it_goes_the_same_way(bot: Running, people: People) -> None:
    office = await secretariat(bot, people, is_forum=False)
    await published(office)
    reply = await (await people.person("Delegate B")).ask(SAME_PARKING)
    assert ANSWER in reply["text"]


async def test_the_lists_have_pages_and_states(office: Secretariat) -> None:
    for number in range(10):

        async def add(tx: Transaction, number: int = number) -> None:
            made = await learned.make(tx, None, "en", made_by=office.member.id, now=office.bot.now_us())
            assert made is not None
            text = LearnedText(made, "en", f"Question {number}?", "Answer.", None)
            await learned.put_text(tx, text)
            if number < 9:
                await learned.publish(tx, made, edition=0, person_id=office.member.id, now=office.bot.now_us())

        await office.bot.database.write(add)
    listing = await office.member.ask("/learned")
    assert "Question 8?" in listing["text"]
    assert "Question 0?" not in listing["text"]
    second = await pressed(office.member, listing, "Next")
    assert "Question 0?" in second["text"]
    drafts = await pressed(office.member, second, "Drafts (1)")
    assert "Question 9?" in drafts["text"]
    card = await pressed(office.member, drafts, "Question 9?")
    assert "Draft of an answer for everyone" in card["text"]
    in_group = await office.group.ask("/learned")
    assert "Question 8?" in in_group["text"]


async def test_a_new_group_has_the_same_answers(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group_id = await bound(people, owner, member, is_forum=True)
    office = Secretariat(bot, people, owner, member, member.within(group_id))
    await published(office)
    other_id = await bound(people, owner, member)
    listing = await member.within(other_id).ask("/learned")
    assert PARKING in listing["text"]
    await shown(member.within(other_id), lambda one: PARKING in one.get("text", ""))
