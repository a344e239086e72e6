"""What was changed of a conference is told to exactly those whom it concerns, in one message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.app import Running
from bot.conferences.news import tell_settled
from bot.runtime.clock import MovableClock
from storage import agenda
from storage.records.conferences import ConferenceState, Entitled, Planned
from storage.records.durations import HOUR_US, SECOND_US
from storage.records.members import CenterState
from storage.session import Transaction
from tests import conferences as example
from tests import newsmaking as news
from tests import records
from tests.chat import People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import owner_of, running
from tests.handlers.conferencing import host_of
from tests.participants import answered, delegate
from tests.reminding import insert


async def texts(phone: Phone) -> list[str]:
    return [one["text"] for one in await news.told(phone)]


async def test_a_session_is_told_of_to_whoever_starred_it(bot: Running, people: People, clock: MovableClock) -> None:
    held = await example.opened(bot.database, bot.now_us())
    first, second, third = [
        await example.with_session(bot.database, held, bot.now_us(), f"Session {name}") for name in "ABC"
    ]
    both, one, none = [await people.person(f"Delegate {name}") for name in "ABC"]
    for phone in (both, one, none):
        await phone.ask("/start")
    await records.person(bot, None, writes=one, time_zone="Asia/Tokyo")
    await news.starred(bot, both, first, second)
    await news.starred(bot, one, second)
    await news.starred(bot, none, third)
    begins = example.at(held, held.details.starts_on, 9)
    await news.session_changed(bot, first, room="Room 2", description="Nobody is told of this alone")
    await news.session_changed(bot, third, description="Nor of this")
    clock.advance(200)
    await news.session_changed(bot, first, room="Room 3", title="Session A2")
    await news.session_changed(bot, second, starts_at=begins + HOUR_US, ends_at=begins + 2 * HOUR_US)
    clock.advance(200)  # it begins anew with each change
    assert await texts(both) == []
    await news.settled(bot, clock)
    begins_on = held.details.starts_on
    day = f"{begins_on:%-d %b}" if begins_on.year == clock.now().year else f"{begins_on:%-d %b %Y}"
    (message,) = await news.told(both)
    assert message["text"] == (
        f"Annual Conference {held.year}: this has changed.\n\n"
        f"Session A2\nWhen: {day}, 09:00–10:00 (Nairobi)\nTitle: Session A → Session A2\nRoom: Room 1 → Room 3\n\n"
        f"Session B\nWhen: {day}, 09:00–10:00 (Nairobi) → {day}, 10:00–11:00 (Nairobi)"
    )
    assert buttons(message) == {"My programme": f"programme:show:{held.id}", "Calendar file": f"calendar:get:{held.id}"}
    (text,) = await texts(one)
    assert "Session A" not in text
    assert f"→ {day}, 10:00–11:00 (Nairobi), 16:00–17:00 your time" in text
    assert await texts(none) == []


async def test_what_is_undone_is_told_to_nobody(bot: Running, people: People, clock: MovableClock) -> None:
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await news.starred(bot, phone, number)
    for room in ("Room 2", "Room 1"):
        await news.session_changed(bot, number, room=room)
    await news.session_changed(bot, number, state=Planned.CANCELLED)
    await news.session_changed(bot, number, state=Planned.PLANNED)
    await news.settled(bot, clock)
    assert await texts(phone) == []
    await news.session_changed(bot, number, state=Planned.CANCELLED)
    await news.settled(bot, clock)
    (text,) = await texts(phone)
    assert text.endswith("Session A\nCancelled\n" + text.splitlines()[-1])
    await news.session_changed(bot, number, state=Planned.PLANNED)
    await news.settled(bot, clock)
    assert "It takes place after all" in (await texts(phone))[1]


async def test_what_is_past_is_told_to_nobody(bot: Running, people: People, clock: MovableClock) -> None:
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await news.starred(bot, phone, number)
    clock.advance((example.at(held, held.details.starts_on, 10) - bot.now_us()) / SECOND_US)
    await news.session_changed(bot, number, room="Room 2")
    await news.settled(bot, clock)
    assert await texts(phone) == []


async def test_the_agm_is_told_of_to_whoever_may_attend(bot: Running, people: People, clock: MovableClock) -> None:
    held = await example.opened(bot.database, bot.now_us())
    await example.with_agm(bot.database, held, bot.now_us())
    own, pending = await records.center(bot), await records.center(bot, CenterState.PENDING, name="Center P")
    member, guest, focal = [await delegate(bot, people, center) for center in (own, None, own)]
    waiting = await delegate(bot, people, pending)
    await records.lead(bot, focal, own)
    await news.agm_changed(bot, held.id, place="Room 9")
    await news.settled(bot, clock)
    (message,) = await news.told(member)
    assert "Annual General Meeting\nWhen: " in message["text"]
    assert message["text"].endswith("Place: Room 1 → Room 9")
    assert buttons(message) == {"AGM": f"agm:show:{held.id}", "Calendar file": f"calendar:get:{held.id}"}
    assert [len(await texts(phone)) for phone in (member, focal, guest, waiting)] == [1, 1, 0, 0]
    await news.agm_changed(bot, held.id, entitled=Entitled.EVERYONE)  # of that nobody is told
    await news.settled(bot, clock)
    await news.agm_changed(bot, held.id, place=None)
    await news.settled(bot, clock)
    assert "Place: Room 9 → –" in (await texts(guest))[0]
    await news.agm_changed(bot, held.id, entitled=Entitled.FOCAL_POINTS, place="Room 5")
    await news.settled(bot, clock)
    assert [len(await texts(phone)) for phone in (member, focal, guest, waiting)] == [2, 3, 1, 0]


async def test_the_conference_is_told_of_to_whoever_comes_and_its_days_to_all(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await example.opened(bot.database, bot.now_us())
    own = await records.center(bot)
    comes, silent, guest, stranger = [await delegate(bot, people, center) for center in (own, own, None, None)]
    await answered(comes, held)
    await answered(guest, held)
    owner = await owner_of(people)
    await owner.ask("/start")
    leader = await people.person("Leader")
    await leader.ask("/start")
    await records.lead(bot, leader, own)
    host = await host_of(bot, people, owner, held)
    await news.conference_changed(bot, held.id, venue="Example House", theme="Of that nobody is told")
    await news.settled(bot, clock)
    (message,) = await news.told(comes)
    assert message["text"].endswith("changed.\n\nVenue: Example Hall → Example House")
    assert buttons(message) == {"The conference": f"conf:show:{held.id}", "Calendar file": f"calendar:get:{held.id}"}
    everybody = (comes, guest, silent, leader, host, stranger, owner)
    assert [len(await texts(phone)) for phone in everybody] == [1, 1, 0, 0, 0, 0, 0]
    later = held.details.ends_on + timedelta(days=1)
    await news.conference_changed(bot, held.id, ends_on=later, hotel_by=None, city="Mombasa")
    await news.settled(bot, clock)
    assert "When: " in (await texts(silent))[0]
    assert "Place: Nairobi, 🇰🇪 Kenya → Mombasa, 🇰🇪 Kenya" in (await texts(silent))[0]
    await news.conference_is(bot, held.id, ConferenceState.CANCELLED)
    await news.settled(bot, clock)
    cancelled = f"The Annual Conference {held.year} was cancelled.\n\nWhen: "
    after_all = "If it takes place after all, also on other days, I will write to you here."
    for phone, last in ((silent, after_all), (comes, f"Your answer is kept. {after_all}")):
        text = (await texts(phone))[-1]
        assert text.startswith(cancelled)
        assert text.endswith(f"\nPlace: Mombasa, 🇰🇪 Kenya\n\n{last}")
    assert [len(await texts(phone)) for phone in everybody] == [3, 3, 2, 2, 2, 0, 0]
    await news.conference_is(bot, held.id, ConferenceState.OPEN)
    await news.settled(bot, clock)
    text = (await texts(comes))[-1]
    assert "\n\nIt takes place after all\nWhen: " in text
    assert text.endswith("\nPlace: Mombasa, 🇰🇪 Kenya\n\nYour answer is kept.")
    assert (await texts(silent))[-1].endswith("\nPlace: Mombasa, 🇰🇪 Kenya")


async def test_what_waits_while_a_conference_is_cancelled_is_told_when_it_takes_place(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await news.starred(bot, phone, number)
    await news.conference_is(bot, held.id, ConferenceState.CANCELLED)
    await news.session_changed(bot, number, room="Room 2")
    await news.settled(bot, clock, untold_left=1)
    assert await texts(phone) == []
    await news.conference_is(bot, held.id, ConferenceState.OPEN)
    await news.settled(bot, clock)
    assert "Room: Room 1 → Room 2" in (await texts(phone))[0]


async def test_a_restart_in_between_neither_loses_nor_doubles(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot) as bot:
        held = await example.opened(bot.database, bot.now_us())
        number = await example.with_session(bot.database, held, bot.now_us())
        phone = await people.person()
        await phone.ask("/start")
        await news.starred(bot, phone, number)
        await news.session_changed(bot, number, room="Room 2")
    async with running(start_bot) as bot:
        assert await news.untold(bot.database) == 1
        await news.settled(bot, clock)
    async with running(start_bot) as bot:
        await news.settled(bot, clock)
        assert len(await texts(phone)) == 1
        await news.session_changed(bot, number, room="Room 1")
        await news.settled(bot, clock)
        assert len(await texts(phone)) == 2


async def test_it_is_noted_as_told_only_with_its_messages(bot: Running, people: People, clock: MovableClock) -> None:
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us())
    keeps, drops = [await people.person(f"Delegate {name}") for name in "AB"]
    for phone in (keeps, drops):
        await phone.ask("/start")
        await news.starred(bot, phone, number)
    await news.session_changed(bot, number, room="Room 2")

    async def told_in(tx: Transaction) -> None:
        assert await tell_settled(tx, bot.now_us() + news.SETTLING_S * SECOND_US) == len((keeps, drops))

    async def cut_off(tx: Transaction) -> None:
        await told_in(tx)
        raise InterruptedError

    async def then_one_has_dropped_it(tx: Transaction) -> None:
        await told_in(tx)
        await agenda.unstar(tx, number, drops.id)

    with pytest.raises(InterruptedError):
        await bot.database.write(cut_off)
    assert await news.untold(bot.database) == 1
    await bot.database.write(then_one_has_dropped_it)
    await news.settled(bot, clock)
    assert [len(await texts(phone)) for phone in (keeps, drops)] == [1, 0]


async def test_what_changes_again_before_it_is_delivered_is_told_one_after_the_other(
    bot: Running, people: People, clock: MovableClock
) -> None:
    """Each message tells what it became then, not what it is by now: together they would contradict themselves."""
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us())
    phone = await people.person()
    await phone.ask("/start")
    await news.starred(bot, phone, number)

    async def twice(tx: Transaction) -> None:
        now = bot.now_us()
        for room in ("Room 2", "Room 1"):
            await news.change_session(tx, number, now, room=room)
            now += news.SETTLING_S * SECOND_US
            assert await tell_settled(tx, now) == 1

    await bot.database.write(twice)
    await news.settled(bot, clock)
    assert [text.splitlines()[-1] for text in await texts(phone)] == ["Room: Room 1 → Room 2", "Room: Room 2 → Room 1"]


HERE: Mapping[str, object] = {}
LIMA: Mapping[str, object] = {"time_zone": "America/Lima"}
"""Eight hours behind Nairobi."""
EARLY: Mapping[str, object] = {"night_from": 60, "night_to": 300}


@pytest.mark.parametrize(
    ("reader", "at", "begins", "is_silent"),
    [
        (HERE, 12, 9, False), (HERE, 23, 9, True), (LIMA, 23, 9, False), (LIMA, 12, 9, True), (EARLY, 23, 9, False),
        (EARLY, 2, 9, True), (HERE, 2, 6, False), (HERE, 2, 7, True),
    ],
)  # fmt: skip
async def test_by_night_it_comes_without_a_sound(
    bot: Running, people: People, clock: MovableClock,
    *, reader: Mapping[str, object], at: int, begins: int, is_silent: bool,
) -> None:  # fmt: skip
    """The night is the reader's own; what begins before the morning is heard."""
    held = await example.opened(bot.database, bot.now_us())
    number = await example.with_session(bot.database, held, bot.now_us(), hour=begins)
    phone = await people.person()
    await phone.ask("/start")
    await records.person(bot, None, writes=phone, time_zone=reader.get("time_zone"))
    if reader is EARLY:
        await insert(bot.database, "reminder_wishes", person_id=phone.id, **reader)
    await news.starred(bot, phone, number)
    day = held.details.starts_on - timedelta(days=0 if at < begins else 1)
    clock.advance((example.at(held, day, at) - bot.now_us()) / SECOND_US)
    await news.session_changed(bot, number, room="Room 2")
    await news.settled(bot, clock)
    [message] = await news.told(phone)
    silent = {(call["chat_id"], call["message_id"]) for call in await people.calls("sendMessage") if call.get("silent")}
    assert ((phone.id, message["message_id"]) in silent) is is_silent
