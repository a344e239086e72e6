"""From a reply of the Secretariat's to an answer for everyone, and to those who asked the same."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import audit, desk, learned, questions
from storage.records.learned import LearnedText
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import (
    Secretariat,
    answer,
    asked,
    bound,
    member_of,
    owner_of,
    running,
    says,
    secretariat,
    shown,
)

PARKING = "Is there parking at the venue of the conference?"
SAME_PARKING = "Is there parking at the conference venue?"
ANSWER = "Yes: two hundred places behind the hall."
OFFER = "make it one for everyone"
DAY_S = 24 * 3600


@pytest.fixture
async def office(bot: Running, people: People) -> Secretariat:
    return await secretariat(bot, people)


async def drafted(office: Secretariat, question: str = PARKING, reply: str = ANSWER, **person: object) -> Json:
    """The card of a draft, made from a reply in the group."""
    _phone, copy = await asked(office, question, **person)
    await answer(office, copy, reply)
    note = await says(office.group, OFFER)
    await office.group.press(note, next(iter(buttons(note).values())))
    return await says(office.group, "Draft of an answer for everyone")


async def published(office: Secretariat, question: str = PARKING, reply: str = ANSWER) -> Json:
    """The card of a published answer."""
    card = await drafted(office, question, reply)
    await office.group.press(card, data_of(card, "Publish"))
    return await says(office.group, "from now on, whoever asks gets it at once")


async def privately(office: Secretariat, number: int = 1) -> Json:
    """The card in the member's private chat."""
    opened = await office.member.start(f"learned_{number}")
    return await office.member.reply_after(opened["message_id"])


async def pressed(phone: Phone, message: Json, label: str) -> Json:
    """Press the button with this label; the message as it stands then."""
    await phone.press(message, data_of(message, label))

    async def changed() -> Json | None:
        found = await phone.now(message)
        return None if (found["text"], buttons(found)) == (message["text"], buttons(message)) else found

    return dict(await until(changed))


def data_of(message: Json, label: str) -> str:
    return next(data for name, data in buttons(message).items() if name.startswith(label))


def formatted(message: Json, kind: str) -> list[str]:
    """The parts of a text with this formatting; for texts of the basic plane."""
    text, entities = message["text"], message["entities"]
    return [text[one["offset"] : one["offset"] + one["length"]] for one in entities if one["type"] == kind]


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


async def test_those_who_asked_the_same_are_told_once_in_their_language(office: Secretariat) -> None:
    waiting = await office.people.person("Delegate B", language="fr")
    await waiting.ask(SAME_PARKING)
    await waiting.ask(PARKING)  # asked twice, told once
    other = await office.people.person("Delegate C")
    await other.ask("Do you have vacancies?")
    card = await drafted(office)
    assert "When you publish it, 1 person who asked the same is told." in card["text"]
    await office.group.press(card, data_of(card, "Publish"))
    told = await says(waiting, ANSWER)
    assert told["reply_to_message"]["text"] in {SAME_PARKING, PARKING}
    assert "Français" not in told["text"]
    await until(lambda: all_answered(office.bot, {SAME_PARKING, PARKING}))
    assert sum(ANSWER in text for text in await waiting.from_bot()) == 1
    assert not any(ANSWER in text for text in await other.from_bot())
    thread = await desk.thread_of(office.bot.database.reader, waiting.id)
    assert thread is not None
    assert thread.state == "answered"


async def all_answered(bot: Running, asked_for: set[str]) -> bool:
    left = {one.question for one in await questions.unanswered(bot.database.reader, after=0, at_most=100)}
    return not asked_for & left


async def test_a_thread_in_which_something_else_waits_goes_on_waiting(office: Secretariat) -> None:
    waiting = await office.people.person("Delegate B")
    await waiting.ask(SAME_PARKING)
    await waiting.ask("/ask Please call me back.")
    await says(office.group, "Please call me back.")
    await published(office)
    await says(waiting, ANSWER)
    thread = await desk.thread_of(office.bot.database.reader, waiting.id)
    assert thread is not None
    assert thread.state == "waiting"


async def test_of_two_who_publish_at_the_same_time_one_does(office: Secretariat) -> None:
    waiting = await office.people.person("Delegate B")
    await waiting.ask(SAME_PARKING)
    card = await drafted(office)
    owner = office.owner.within(office.group.chat_id)
    data = data_of(card, "Publish")
    first = await office.group.press(card, data)
    second = await owner.press(card, data, forged=True)
    assert (first.get("text", ""), second["text"]) == ("", "This has changed meanwhile. You see how it stands now.")
    await says(waiting, ANSWER)
    assert sum(ANSWER in text for text in await waiting.from_bot()) == 1


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


async def test_the_question_and_the_answer_are_changed_in_private(office: Secretariat) -> None:
    card = await drafted(office)
    assert buttons(card)["Change or translate"] == "https://t.me/unigo_test_bot?start=learned_1"
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the question"))
    prompt = await says(office.member, "Write the question in English")
    changed = await office.member.ask("Where can  I\npark?")
    assert "It is in the draft now." in changed["text"]
    assert "Where can I park?" in changed["text"]
    assert prompt["message_id"] < changed["message_id"]
    await office.member.press(changed, data_of(changed, "Change the answer"))
    await says(office.member, "Write the answer in English")
    changed = await office.member.ask("Behind the hall.", entities=[{"type": "italic", "offset": 0, "length": 6}])
    assert "Behind" in formatted(changed, "italic")
    await office.member.press(changed, data_of(changed, "Publish"))
    await says(office.member, "from now on, whoever asks")
    reply = await (await office.people.person("Delegate B")).ask("Where can I park?")
    assert reply["text"].startswith("Where can I park?\n\nBehind the hall.\n\nSource: the Secretariat")


async def test_an_edit_of_what_was_written_changes_the_answer_again(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    written = await office.member.write("Bhind the hall.")
    first = await office.member.reply_after(written["message_id"])
    await office.people.post(
        f"/persons/{office.member.id}/edits", {"message_id": written["message_id"], "text": "Behind the hall."}
    )
    second = await office.member.reply_after(first["message_id"])
    assert "Behind the hall." in second["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == ["Behind the hall."]
    assert ANSWER not in (await office.member.ask("When was it founded?"))["text"]  # an ordinary question again


async def test_a_translation_is_given_to_those_who_read_its_language(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    choice = await pressed(office.member, private, "Translate")
    await office.member.press(choice, data_of(choice, "Français"))
    await says(office.member, "Write it in French")
    assert "question in the first line" in (await office.member.ask("Y a-t-il un parking ?"))["text"]
    text = "Y a-t-il un parking ?\nOui, derrière la salle."
    at = text.index("derrière")
    card = await office.member.ask(text, entities=[{"type": "italic", "offset": at, "length": 8}])
    assert "In: English and French." in card["text"]  # a list as English has it
    await office.member.press(card, data_of(card, "Publish"))
    await says(office.member, "from now on, whoever asks")
    french = await office.people.person("Delegate B", language="fr")
    reply = await french.ask("Y a-t-il un parking ?")
    assert reply["text"].startswith("Y a-t-il un parking ?\n\nOui, derrière la salle.\n\n")
    assert "derrière" in formatted(reply, "italic")
    english = await (await office.people.person("Delegate C")).ask(SAME_PARKING)
    assert ANSWER in english["text"]


async def test_without_a_translation_the_language_is_named(office: Secretariat) -> None:
    await published(office)
    french = await office.people.person("Delegate B", language="fr")
    reply = await french.ask("Y a-t-il un parking sur le lieu de la conférence ?")
    assert ANSWER in reply["text"]
    assert "anglais" in reply["text"]


async def test_what_is_being_written_survives_a_restart_and_cancel_ends_it(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        await drafted(office)
        private = await privately(office)
        await office.member.press(private, data_of(private, "Change the answer"))
        await says(office.member, "Write the answer in English")
    async with running(start_bot):
        changed = await office.member.ask("In the garage.")
        assert "It is in the draft now." in changed["text"]
        await office.member.press(changed, data_of(changed, "Change the question"))
        await says(office.member, "Write the question in English")
        assert "It stays as it was." in (await office.member.ask("/cancel"))["text"]
        assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]


async def test_what_is_written_a_day_later_is_an_ordinary_message(office: Secretariat, clock: MovableClock) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    clock.advance(DAY_S + 60)
    assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == [ANSWER]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("Change the question", "a" * 301),
        ("Change the answer", "a" * 3_001),
        ("Change the answer", "😀" * 2_048),  # each counts as two
    ],
)
async def test_what_is_too_long_is_refused_and_can_be_written_again(office: Secretariat, part: str, text: str) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, part))
    await says(office.member, "/cancel leaves it as it is.")
    assert "This is too long" in (await office.member.ask(text))["text"]
    assert "It is in the draft now." in (await office.member.ask("Shorter."))["text"]


async def test_a_change_of_what_is_published_counts_at_once(office: Secretariat) -> None:
    await published(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    assert "people get it like this from now on" in (await office.member.ask("Not this year."))["text"]
    reply = await (await office.people.person("Delegate B")).ask(SAME_PARKING)
    assert "Not this year." in reply["text"]
    changes = [one for one in await audit.latest(office.bot.database.reader) if one.act == "answer.change"]
    assert ANSWER in (changes[0].before or "")
    assert "Not this year." in (changes[0].after or "")


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


async def test_a_question_that_only_looks_the_same_is_left_out(office: Secretariat) -> None:
    other = await office.people.person("Delegate B")
    await other.ask(SAME_PARKING)
    card = await drafted(office)
    asked_same = await pressed(office.group, card, "Who asked the same (2)")
    assert "✓ 2. Is there parking at the conference venue? (English)" in asked_same["text"]
    assert "has the answer" in asked_same["text"]
    listed = await pressed(office.group, asked_same, "✓ 2")
    assert "✓ 2." not in listed["text"]
    card = await pressed(office.group, listed, "Back")
    await office.group.press(card, data_of(card, "Publish"))
    await says(office.group, "from now on, whoever asks")
    assert not any(ANSWER in text for text in await other.from_bot())
    card = await office.group.now(card)
    listed = await pressed(office.group, await pressed(office.group, card, "Who asked the same (1)"), "– 2")
    card = await pressed(office.group, listed, "Back")
    await office.group.press(card, data_of(card, "Tell 1 more person"))
    await says(other, ANSWER)


async def test_who_cannot_be_reached_is_yet_to_be_told(office: Secretariat) -> None:
    other = await office.people.person("Delegate B")
    await other.ask(SAME_PARKING)
    await office.people.post(f"/persons/{other.id}/block", {"blocked": True})
    card = await published(office)

    async def is_untold() -> bool:
        phrasings = await learned.phrasings(office.bot.database.reader, 1)
        return any(one.person_id == other.id and one.told_at is None for one in phrasings)

    await until(is_untold)
    assert "Tell 1 more person" in buttons(await privately(office))
    assert card["message_id"]


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


async def test_an_answer_by_somebody_who_is_no_longer_staff_is_not_written(office: Secretariat) -> None:
    await drafted(office)
    private = await privately(office)
    await office.member.press(private, data_of(private, "Change the answer"))
    await says(office.member, "Write the answer in English")
    listing = await office.owner.ask("/staff")
    sure = await pressed(office.owner, listing, "Remove Member A")
    await office.owner.press(sure, data_of(sure, "Yes, remove"))
    await says(office.member, "You are no longer a member of the Secretariat.")
    assert "Annual General Meeting" in (await office.member.ask("What is the AGM?"))["text"]
    assert [one.plain for one in await learned.texts(office.bot.database.reader, 1)] == [ANSWER]


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
