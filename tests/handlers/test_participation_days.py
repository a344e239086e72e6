"""The days on which somebody arrives at a conference and leaves."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from tests import records
from tests.chat import Json, People, Phone, buttons
from tests.forms import asks
from tests.participants import (
    conference,
    delegate,
    filled_in,
    press,
    said,
    stands,
)


async def test_days_go_with_the_conference(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first, last = held.details.starts_on, held.details.ends_on
    await phone.write("/participate")
    await asks(phone, "How will you take part?")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    for far in (first - timedelta(days=15), last + timedelta(days=1)):
        reply = await phone.ask(far.isoformat())
        assert "This does not go with the days of the conference" in reply["text"]
    await phone.write((first + timedelta(days=1)).isoformat())
    await asks(phone, "On which day do you leave?")
    reply = await phone.ask(first.isoformat())
    assert "before the day of arrival" in reply["text"]
    reply = await phone.ask((last + timedelta(days=15)).isoformat())
    assert "This does not go with the days of the conference" in reply["text"]
    await phone.write((first + timedelta(days=1)).isoformat())
    await asks(phone, "do not eat")


async def test_a_day_without_a_year_is_the_one_of_the_conference(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await phone.write("/participate")
    await asks(phone, "How will you take part?")
    await phone.write("in person")
    await asks(phone, "On which day do you arrive?")
    await phone.write(f"{held.details.starts_on:%-d %B}")
    await asks(phone, "On which day do you leave?")
    await phone.write(f"{held.details.ends_on:%-d %b}")
    await asks(phone, "do not eat")


async def test_the_usual_days_are_a_press_and_the_day_of_the_month_will_do(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    await phone.write("/participate")
    await asks(phone, "How will you take part?")
    await phone.write("in person")
    arrival = await asks(phone, "On which day do you arrive?")
    first, last = held.details.starts_on, held.details.ends_on
    assert "Press one, or write it." in arrival["text"]
    assert list(buttons(arrival))[:2] == [f"{day:%-d %B %Y}" for day in (first - timedelta(days=1), first)]
    await press(phone, arrival, f"{first:%-d %B %Y}")
    departure = await asks(phone, "On which day do you leave?")
    assert list(buttons(departure))[:2] == [f"{day:%-d %B %Y}" for day in (last, last + timedelta(days=1))]
    await phone.write(f"the {last.day}th")
    summary = await filled_in_after(phone)
    assert f"Departure: {last:%-d %B %Y}" in summary["text"]


async def filled_in_after(phone: Phone) -> Json:
    """The rest of the form; the summary."""
    for question, words in (
        ("do not eat", "-"),
        ("that you need", "-"),
        ("letter of invitation", "no"),
        ("Which part", "police"),
    ):
        await asks(phone, question)
        await phone.write(words)
    return await asks(phone, "Is this right?")


async def test_only_days_that_will_be_taken_are_offered(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first, last = held.details.starts_on, held.details.ends_on
    summary = await filled_in(phone, held)
    await press(phone, summary, "Departure")
    await asks(phone, "On which day do you leave?")
    for typed, wrong in (
        (f"{first - timedelta(days=1):%d.%m.%y}", "That would be before the day of arrival."),
        (f"{first - timedelta(days=1):%-d %B}", "That would be before the day of arrival."),
        (f"{last + timedelta(days=20):%-d %B}", "This does not go with the days of the conference"),
    ):
        reply = await phone.ask(typed)
        assert wrong in reply["text"]
        assert "Which of these do you mean?" not in reply["text"]
        days = [label for label in buttons(reply) if label.endswith(f"{first.year}")]
        assert days == [f"{day:%-d %B %Y}" for day in (last, last + timedelta(days=1))]
    await phone.write(f"{last:%-d %B}")
    await asks(phone, "Is this right?")


async def test_who_arrives_after_the_day_of_departure_is_asked_for_that_anew(bot: Running, people: People) -> None:
    held = await conference(bot)
    phone = await delegate(bot, people, await records.center(bot))
    first = held.details.starts_on
    await press(phone, await filled_in(phone, held), "Departure")
    await asks(phone, "On which day do you leave?")
    await phone.write(f"{first + timedelta(days=1):%-d %B}")
    await press(phone, await asks(phone, "Is this right?"), "Arrival")
    await asks(phone, "On which day do you arrive?")
    await phone.write(f"{first + timedelta(days=2):%-d %B}")
    reply = await asks(phone, "On which day do you leave?")
    assert "This form has changed" not in reply["text"]
    await phone.write(f"{first + timedelta(days=3):%-d %B}")
    await press(phone, await asks(phone, "Is this right?"), "Send")
    await said(phone, "registered to take part in person", after=reply)
    found = await stands(bot, held, phone)
    assert found is not None
    assert (found.details.arrives_on, found.details.departs_on) == (
        first + timedelta(days=2), first + timedelta(days=3),
    )  # fmt: skip
