"""Published answers about a conference, beside what the conference itself says."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.clock import MovableClock
from storage import conferences
from storage.session import Transaction
from tests import conferences as example
from tests.chat import buttons
from tests.desk import Secretariat, answer, asked, says

WHEN = "When is the next annual conference?"
OFFER = "make it one for everyone"
DAY_S = 24 * 3600


async def publish(office: Secretariat, question: str, reply: str) -> None:
    _phone, copy = await asked(office, question)
    await answer(office, copy, reply)
    note = await says(office.group, OFFER)
    await office.group.press(note, next(iter(buttons(note).values())))
    card = await says(office.group, "Draft of an answer for everyone")
    await office.group.press(card, next(data for label, data in buttons(card).items() if label == "Publish"))
    await says(office.group, "from now on, whoever asks gets it at once")


async def test_the_conference_itself_says_it_before_what_was_published(office: Secretariat) -> None:
    await publish(office, WHEN, "In Lima, in June.")
    phone = await office.people.person("Delegate D")
    reply = await phone.ask(WHEN)
    assert "In Lima, in June." in reply["text"]
    assert "topic:conference-date" not in buttons(reply).values()  # nothing is entered yet
    conference = await example.opened(office.bot.database, office.bot.now_us(), city="Nairobi")
    reply = await phone.ask(WHEN)
    assert "Nairobi" in reply["text"]
    assert "Lima" not in reply["text"]
    assert "Or did you mean this?" in reply["text"]
    await phone.press(reply, buttons(reply)[WHEN])
    await says(phone, "In Lima, in June.", after=reply["message_id"])
    details = example.details_at(office.bot.now_us(), city="Mombasa")

    async def move(tx: Transaction) -> None:
        assert await conferences.change(tx, conference, details, office.bot.now_us())

    await office.bot.database.write(move)
    assert "Mombasa" in (await phone.ask(WHEN))["text"]


async def test_it_does_so_while_a_form_is_filled_in(office: Secretariat) -> None:
    await publish(office, WHEN, "In Lima, in June.")
    await example.opened(office.bot.database, office.bot.now_us(), city="Nairobi")
    phone = await office.people.person("Delegate D")
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    step = await phone.reply_after(menu["message_id"])
    assert "What is the official name" in step["text"]
    reply = await phone.ask(WHEN)
    assert "Nairobi" in reply["text"]
    assert "Lima" not in reply["text"]


async def test_what_was_published_of_a_conference_that_is_over_does_not_answer_for_the_next(
    office: Secretariat, clock: MovableClock
) -> None:
    now = office.bot.now_us()
    await publish(office, WHEN, "In Lima, in June.")
    first = example.details_at(now).starts_on - timedelta(days=example.FIRST_DAY_IN - 1)
    await example.opened(office.bot.database, now, starts_on=first, ends_on=first, city="Lima", register_by=None)
    clock.advance(3 * DAY_S)
    reply = await (await office.people.person("Delegate D")).ask(WHEN)
    assert "nothing has been entered yet" in reply["text"]
    assert "June" not in reply["text"]


async def test_an_answer_on_what_the_conference_does_not_say_stays_first(office: Secretariat) -> None:
    question = "Is there parking at the venue of the conference?"
    await publish(office, question, "Yes: behind the hall.")
    await example.opened(office.bot.database, office.bot.now_us())
    assert "behind the hall" in (await (await office.people.person("Delegate D")).ask(question))["text"]
