"""The agenda by days, what is on now and next, sessions and stars."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.conferences import changes
from bot.runtime.clock import MovableClock
from storage import agenda
from storage import changes as kept_changes
from storage.records.conferences import Conference, Planned
from tests import conferences, records
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import owner_of, running, shown

HOUR_S = 3600.0


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as started:
        yield started


async def becomes(phone: Phone, words: str) -> Json:
    return await shown(phone, lambda message: words in message.get("text", ""))


async def held(bot: Running) -> tuple[Conference, list[int]]:
    conference = await conferences.opened(bot.database, bot.now_us())
    return conference, await conferences.with_agenda(bot.database, conference, bot.now_us())


async def test_without_a_conference_or_an_agenda_it_says_so(bot: Running, people: People) -> None:
    phone = await people.person()
    for command in ("/agenda", "/now", "/next", "/programme"):
        assert "No Annual Conference is planned" in (await phone.ask(command))["text"]
    await conferences.opened(bot.database, bot.now_us())
    assert "has no agenda yet" in (await phone.ask("/agenda"))["text"]
    assert "Nothing more is planned" in (await phone.ask("/next"))["text"]


async def test_the_agenda_by_day_segment_and_room(bot: Running, people: People) -> None:
    conference, _numbers = await held(bot)
    phone = await people.person()
    first = await phone.ask("/agenda")
    assert "09:00–10:00" in first["text"]
    assert "Opening" in first["text"]
    assert "Police session" not in first["text"]
    second = next(data for label, data in buttons(first).items() if data.startswith("agenda:at:"))
    await phone.press(first, second)
    day = await becomes(phone, "Police session")
    assert "Military session" in day["text"]
    await phone.press(day, buttons(day)["Room"])
    choice = await becomes(phone, "Which room?")
    await phone.press(choice, buttons(choice)["R 2"])
    by_room = await becomes(phone, "Room: R 2")
    assert "Civilian session" in by_room["text"]
    assert "Police session" not in by_room["text"]
    assert all(len(data.encode()) <= 64 for data in buttons(by_room).values())
    forged = f"agenda:at:{conference.id}:20279999:police:-:7"
    await phone.press(by_room, forged, forged=True)
    await becomes(phone, "Nothing is planned here on this day.")


async def test_times_are_those_of_the_conference_and_of_the_reader(bot: Running, people: People) -> None:
    _conference, _numbers = await held(bot)
    phone = await people.person()
    await phone.ask("/start")
    await records.person(bot, None, writes=phone, time_zone="Asia/Tokyo")
    agenda_message = await phone.ask("/agenda")
    assert "09:00–10:00 (15:00–16:00) Opening" in agenda_message["text"]
    assert "Times of Nairobi; your own in brackets." in agenda_message["text"]
    await phone.press(agenda_message, buttons(agenda_message)["09:00 Opening"])
    session = await becomes(phone, "Chair: Chair A")
    assert "09:00–10:00 (Nairobi), 15:00–16:00 your time" in session["text"]


async def test_now_and_next(bot: Running, people: People, clock: MovableClock) -> None:
    conference, _numbers = await held(bot)
    phone = await people.person()
    assert "Nothing takes place at this moment." in (await phone.ask("/now"))["text"]
    assert "Opening" in (await phone.ask("/next"))["text"]
    begins = conferences.at(conference, conference.details.starts_on, 9)
    clock.advance((begins - bot.now_us()) / 1_000_000 + HOUR_S / 2)
    assert "Opening" in (await phone.ask("/now"))["text"]
    coming = (await phone.ask("/next"))["text"]
    assert all(name in coming for name in ("Military session", "Civilian session", "Police session"))


async def test_my_programme_warns_of_a_clash(bot: Running, people: People) -> None:
    conference, numbers = await held(bot)
    phone = await people.person()
    assert "You have starred nothing yet." in (await phone.ask("/programme"))["text"]
    for number in numbers[1:3]:
        opened = await phone.ask("/agenda")
        await phone.press(opened, f"agenda:session:{number}", forged=True)
        session = await becomes(phone, "Segment:")
        toast = await phone.press(session, f"agenda:star:{number}", forged=True)
        assert toast["text"] == "This is in your programme now."
    mine = await phone.ask("/programme")
    assert "At the same time: “Military session” and “Civilian session”." in mine["text"]
    await phone.press(mine, f"agenda:unstar:{numbers[1]}", forged=True)
    mine = await phone.ask("/programme")
    assert "Military session" not in mine["text"]
    assert [one.id for one in await agenda.starred_by(bot.database.reader, phone.id, conference.id)] == [numbers[2]]


async def test_the_secretariat_cancels_and_restores_a_session(bot: Running, people: People) -> None:
    conference, numbers = await held(bot)
    owner, stranger = await owner_of(people), await people.person()
    opened = await stranger.ask("/agenda")
    toast = await stranger.press(opened, f"agenda:cancel:{numbers[0]}:0", forged=True)
    assert toast["text"] == "This is for the Secretariat only."
    opened = await owner.ask("/agenda")
    await owner.press(opened, f"agenda:session:{numbers[0]}")
    session = await becomes(owner, "Chair: Chair A")
    await owner.press(session, buttons(session)["Cancel the session"])
    cancelled = await becomes(owner, "Opening\nCancelled")
    toast = await owner.press(cancelled, f"agenda:cancel:{numbers[0]}:0", forged=True)
    assert "changed meanwhile" in toast["text"]
    [noted] = await kept_changes.untold(bot.database.reader, conference.id)
    assert changes.session_before(noted).state == Planned.PLANNED
    await owner.press(cancelled, buttons(cancelled)["It takes place after all"])
    await shown(owner, lambda message: "Cancel the session" in buttons(message))
    found = await agenda.by_id(bot.database.reader, numbers[0])
    assert found is not None
    assert (found.state, found.edition) == (Planned.PLANNED, 2)
    assert len(await kept_changes.untold(bot.database.reader, conference.id)) == 1
    assert [act for _by, act in await records.acts(bot, f"session:{numbers[0]}")] == [
        "session.restore", "session.cancel",
    ]  # fmt: skip
