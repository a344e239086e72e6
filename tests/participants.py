"""Conferences and people who answer to them, to test with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.app import Running
from storage import conferences, delegates, participations
from storage.records.conferences import Conference, ConferenceDetails
from storage.records.durations import SECOND_US
from storage.records.participations import Participation
from storage.session import Transaction
from tests import records
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER
from tests.forms import asks

STARTS_IN, LASTS, REGISTER_UNTIL = timedelta(days=100), timedelta(days=4), timedelta(days=60)
ZONE = "Africa/Nairobi"
IN_PERSON: Mapping[str, str] = {
    "How will you take part?": "in person",
    "On which day do you arrive?": "first",
    "On which day do you leave?": "last",
    "Is there anything that you do not eat": "-",
    "Is there anything that you need": "-",
    "Do you need a letter of invitation": "yes",
    "Which part of the agenda": "plenary",
}
"""What is typed; the days are those of the conference."""
ONLINE: Mapping[str, str] = {
    "How will you take part?": "online",
    "Is there anything that you need": "-",
    "Which part of the agenda": "police",
}
SUMMARY = "Is this right?"


async def conference(bot: Running, **details: Any) -> Conference:
    """A conference in a hundred days; one can register for sixty."""
    today = datetime.fromtimestamp(bot.now_us() / SECOND_US, UTC).date()
    first = today + STARTS_IN
    wanted = replace(ConferenceDetails("KE", first, first + LASTS, ZONE, register_by=today + REGISTER_UNTIL), **details)

    async def work(tx: Transaction) -> int:
        return await conferences.add(tx, wanted, by=OWNER, now=bot.now_us())

    found = await conferences.by_id(bot.database.reader, await bot.database.write(work))
    assert found is not None
    return found


async def changed(bot: Running, seen: Conference, **details: Any) -> None:
    """A conference of which something else is set."""

    async def work(tx: Transaction) -> bool:
        return await conferences.change(tx, seen, replace(seen.details, **details), bot.now_us())

    assert await bot.database.write(work)


async def delegate(bot: Running, people: People, center: int | None, name: str = "Delegate A", **more: Any) -> Phone:
    """Somebody who is a delegate of a Center, or without one a guest."""
    phone = await people.person(name, **more)
    await phone.ask("/start")
    await records.person(bot, center, writes=phone, given_name=name, family_name="Example", time_zone=None)
    return phone


async def filled_in(phone: Phone, held: Conference, answers: Mapping[str, str] = IN_PERSON) -> Json:
    """Answer everything that the form asks; the summary."""
    days: Mapping[str, date] = {"first": held.details.starts_on, "last": held.details.ends_on}
    await phone.write("/participate")
    for question, text in answers.items():
        await asks(phone, question)
        await phone.write(days[text].isoformat() if text in days else text)
    return await asks(phone, SUMMARY)


async def answered(phone: Phone, held: Conference, answers: Mapping[str, str] = IN_PERSON, words: str = "") -> Json:
    """Answer to the next conference; what is said to that."""
    summary = await filled_in(phone, held, answers)
    await press(phone, summary, "Send")
    return await said(phone, words or "registered to take part", after=summary)


async def said(phone: Phone, words: str, *, after: Json) -> Json:
    """The bot's first message behind another that has these words in it."""

    async def found() -> Json | None:
        later = await phone.messages(after=after["message_id"])
        return next((one for one in later if one["from"]["is_bot"] and words in one.get("text", "")), None)

    return dict(await until(found))


async def press(phone: Phone, message: Json, label: str) -> Json:
    """Press the button whose label begins so; what is seen of the answer."""
    return await records.press(phone, message, label)


async def becomes(phone: Phone, message: Json, words: str) -> Json:
    """A message, once these words stand in it."""
    return await records.becomes(phone, message, words)


async def stands(bot: Running, held: Conference, phone: Phone) -> Participation | None:
    """What somebody has answered."""
    record = await delegates.of_person(bot.database.reader, phone.id)
    assert record is not None
    return await participations.of_delegate(bot.database.reader, held.id, record.id)


async def state(bot: Running, held: Conference, phone: Phone) -> str | None:
    """What came of somebody's answer."""
    found = await stands(bot, held, phone)
    return None if found is None else str(found.state)


def labels(message: Json) -> list[str]:
    """What stands on its buttons."""
    return list(buttons(message))


async def full(bot: Running, people: People, names: str = "AB") -> tuple[Conference, list[Phone], list[Json]]:
    """A conference with one place, which the first has; the others wait in this order. What each was told."""
    held = await conference(bot, capacity=1)
    center = await records.center(bot)
    phones: list[Phone] = []
    told: list[Json] = []
    for name in names:
        phone = await delegate(bot, people, center, f"Delegate {name}")
        words = "Your place among those who wait" if phones else "registered to take part in person"
        told.append(await answered(phone, held, words=words))
        phones.append(phone)
    return held, phones, told
