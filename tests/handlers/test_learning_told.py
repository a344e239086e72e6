"""Those who asked the same are told what was published for everyone."""

from __future__ import annotations

from bot.app import Running
from storage import desk, learned, questions
from tests.chat import buttons, until
from tests.desk import Secretariat, says
from tests.learning import ANSWER, PARKING, SAME_PARKING, drafted, pressed, privately, published
from tests.office import data_of


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
    await published(office)

    async def is_untold() -> bool:
        phrasings = await learned.phrasings(office.bot.database.reader, 1)
        return any(one.person_id == other.id and one.told_at is None for one in phrasings)

    await until(is_untold)
    assert "Tell 1 more person" in buttons(await privately(office))
