"""Places in a conference: never more than there are, and who has waited for the longest gets what becomes free."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.app import Running
from bot.conferences.waiting import OFFER_LASTS_HOURS
from bot.members import merging
from bot.runtime.clock import MovableClock
from storage import delegates, participations
from storage.records.conferences import Conference, Segment
from storage.records.members import DelegateState
from storage.records.participations import Attendance, ParticipationDetails
from storage.session import Transaction
from tests import records, reminding
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.delegates import RIGHTS
from tests.desk import OWNER, owner_of, running, says
from tests.forms import asks
from tests.participants import (
    answered,
    becomes,
    changed,
    conference,
    delegate,
    filled_in,
    full,
    press,
    said,
    state,
)

HOUR_S = 3600.0
IN_PERSON_DETAILS = ParticipationDetails(attendance=Attendance.IN_PERSON, segment=Segment.PLENARY)


async def becomes_state(bot: Running, held: Conference, phone: Phone, wanted: str) -> None:
    async def is_so() -> bool:
        return await state(bot, held, phone) == wanted

    await until(is_so)


async def withdraw(phone: Phone, card: Json) -> None:
    await press(phone, card, "Withdraw my registration")
    await becomes(phone, card, "Do you want to withdraw")
    await press(phone, card, "Yes, withdraw")


async def test_who_finds_no_place_waits_and_sees_where(bot: Running, people: People) -> None:
    held, (_first, second, third), _told = await full(bot, people, "ABC")
    assert "wait for one: 1." in (await second.ask("/participate"))["text"]
    assert "wait for one: 2." in (await third.ask("/participate"))["text"]
    online = await delegate(bot, people, None, "Guest A")
    await answered(online, held, {"How will you take part?": "online", "that you need": "-", "Which part": "police"})
    assert await state(bot, held, online) == "registered"


async def test_of_many_at_once_no_more_find_a_place_than_there_are(bot: Running, people: People) -> None:
    held = await conference(bot, capacity=3)
    center = await records.center(bot)
    phones = [await delegate(bot, people, center, f"Delegate {number}") for number in range(12)]
    summaries = [await filled_in(phone, held) for phone in phones]
    await asyncio.gather(*(press(phone, one, "Send") for phone, one in zip(phones, summaries, strict=True)))
    for phone, one in zip(phones, summaries, strict=True):
        await said(phone, held.details.starts_on.strftime("%Y"), after=one)
    found = [await state(bot, held, phone) for phone in phones]
    assert (found.count("registered"), found.count("waiting")) == (3, 9)


async def test_a_place_that_is_free_is_offered_and_accepted(bot: Running, people: People) -> None:
    held, (first, second, third), told = await full(bot, people, "ABC")
    await withdraw(first, told[0])
    offer = await says(second, "A place is free, and kept for you until")
    assert await state(bot, held, third) == "waiting"
    # The place is kept: who comes now waits, too.
    late = await delegate(bot, people, None, "Guest A")
    await answered(late, held, words="Your place among those who wait")
    await second.press(offer, buttons(offer)["Accept"])
    await becomes(second, offer, "You are registered to take part in person.")
    assert [await state(bot, held, one) for one in (first, second, third)] == ["withdrawn", "registered", "waiting"]
    toast = await second.press(offer, buttons(offer)["Decline"], forged=True)
    assert "has changed meanwhile" in toast["text"]
    stranger = await third.press(await third.ask("/participate"), buttons(offer)["Accept"], forged=True)
    assert "has changed meanwhile" in stranger["text"]
    assert await state(bot, held, third) == "waiting"


async def test_a_place_that_is_declined_goes_to_the_next(bot: Running, people: People) -> None:
    held, (first, second, third), told = await full(bot, people, "ABC")
    await press(first, told[0], "Change")
    await press(first, await asks(first, "Is this right?"), "Taking part")
    await first.press(await asks(first, "How will you take part?"), buttons(await asks(first, "How will"))["Online"])
    summary = await asks(first, "Is this right?")
    await press(first, summary, "Send")
    await said(first, "registered to take part online", after=summary)
    offer = await says(second, "A place is free, and kept for you until")
    await press(second, offer, "Decline")
    await becomes(second, offer, "You have answered that you will not come.")
    await says(third, "A place is free, and kept for you until")
    assert await state(bot, held, third) == "offered"


async def test_an_offer_ends_after_a_while(bot: Running, people: People, clock: MovableClock) -> None:
    held, (first, second, third), told = await full(bot, people, "ABC")
    await withdraw(first, told[0])
    offer = await says(second, "A place is free, and kept for you until")
    clock.advance(OFFER_LASTS_HOURS * HOUR_S + 60)
    await says(second, "is offered to the next now")
    await says(third, "A place is free, and kept for you until")
    toast = await second.press(offer, buttons(offer)["Accept"])
    assert "has changed meanwhile" in toast["text"]
    assert [await state(bot, held, one) for one in (second, third)] == ["lapsed", "offered"]


async def test_a_lapsed_offer_is_called_so_and_not_a_withdrawal(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held, (first, second), told = await full(bot, people)
    owner, record = await owner_of(people), await delegates.of_person(bot.database.reader, second.id)
    assert record is not None
    assert record.center is not None
    await records.lead(bot, second, record.center)
    await withdraw(first, told[0])
    await says(second, "A place is free, and kept for you until")
    clock.advance(OFFER_LASTS_HOURS * HOUR_S + 60)
    lapsed = await says(second, "was kept for you and is free again now. You can register again.")
    screen = await owner.ask("/conference")
    await owner.press(screen, f"part:all:{held.id}", forged=True)
    await becomes(owner, screen, "Offer of a place lapsed: 1\nWithdrawn: 1")
    await second.press(lapsed, f"part:center:{held.id}:{record.center}:0", forged=True)
    shown = await becomes(
        second, lapsed, "Taking part: 0\nOffer of a place lapsed: 1\nWill not come: 1\nNo answer yet: 0"
    )
    assert "• Delegate B Example: Offer of a place lapsed" in shown["text"]
    shown = await second.ask("/participate")
    assert (
        "You have not taken in time the place that was kept for you. You are not registered any more." in shown["text"]
    )
    assert "Offer of a place lapsed" in (await second.ask("/me"))["text"]
    await press(second, shown, "Register after all")
    summary = await asks(second, "Is this right?")
    await press(second, summary, "Send")
    await withdraw(second, await said(second, "You are registered to take part in person", after=summary))
    assert await state(bot, held, second) == "withdrawn"


@pytest.mark.parametrize("how", ["press", "command"])
async def test_an_offer_that_is_just_over_is_not_shown_as_one_any_more(bot: Running, people: People, how: str) -> None:
    held, (first, second, third), told = await full(bot, people, "ABC")
    await withdraw(first, told[0])
    offer = await says(second, "A place is free, and kept for you until")
    await reminding.execute(bot.database, "UPDATE participations SET offer_ends_at = ?", bot.now_us() - 1)
    if how == "press":
        toast = await second.press(offer, buttons(offer)["Accept"])
        assert "has changed meanwhile" in toast["text"]
        await becomes(second, offer, "You are not registered any more.")
    else:
        await second.write("/participate")
        await says(second, "You are not registered any more.")
    await says(second, "is offered to the next now")
    await says(third, "A place is free, and kept for you until")
    assert [await state(bot, held, one) for one in (second, third)] == ["lapsed", "offered"]


async def test_more_places_are_offered_in_order(bot: Running, people: People, clock: MovableClock) -> None:
    held, (_first, second, third, fourth), _told = await full(bot, people, "ABCD")
    await changed(bot, held, capacity=3)
    clock.advance(61)
    for phone in (second, third):
        await says(phone, "A place is free, and kept for you until")
    assert await state(bot, held, fourth) == "waiting"


@pytest.mark.parametrize("how", [DelegateState.LEFT, DelegateState.SUSPENDED])
async def test_who_is_no_delegate_any_more_gives_the_place_back(
    bot: Running, people: People, clock: MovableClock, how: DelegateState
) -> None:
    held, (first, second), _told = await full(bot, people)
    record = await delegates.of_person(bot.database.reader, first.id)
    assert record is not None

    async def leave(tx: Transaction) -> bool:
        return await delegates.set_state(tx, record.id, before=DelegateState.ACTIVE, state=how, now=bot.now_us())

    await bot.database.write(leave)
    clock.advance(61)
    await says(first, "You are not a delegate or guest at the moment")
    await says(second, "A place is free, and kept for you until")
    assert await state(bot, held, first) == "withdrawn"


async def test_an_erased_person_gives_the_place_back(bot: Running, people: People, clock: MovableClock) -> None:
    held, (first, second), _told = await full(bot, people)
    shown = await first.ask("/me")
    await press(first, shown, "Erase everything")
    await becomes(first, shown, "What goes:")
    await press(first, shown, "Go on")
    await press(first, shown, "Erase everything now")
    await says(first, "Everything about you is erased.")
    clock.advance(61)
    await says(second, "A place is free, and kept for you until")
    assert await state(bot, held, second) == "offered"


async def test_who_waits_keeps_the_place_in_the_queue_whatever_else_changes(bot: Running, people: People) -> None:
    held, (_first, second, third), told = await full(bot, people, "ABC")
    await press(second, told[1], "Change")
    await press(second, await asks(second, "Is this right?"), "Visa letter")
    await press(second, await asks(second, "Do you need a letter of invitation"), "No")
    summary = await asks(second, "Is this right?")
    await press(second, summary, "Send")
    await said(second, "wait for one: 1.", after=summary)
    assert "wait for one: 2." in (await third.ask("/participate"))["text"]
    assert await state(bot, held, second) == "waiting"


async def test_an_offer_that_was_committed_is_told_once_after_a_restart(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot) as bot:
        held, (first, second), told = await full(bot, people)
        await press(first, told[0], "Withdraw my registration")
        await becomes(first, told[0], "Do you want to withdraw")
        await people.fault("502", chat_id=second.id)
        await press(first, told[0], "Yes, withdraw")
        await becomes_state(bot, held, second, "offered")
    await people.delete("/faults")
    assert not any("A place is free" in text for text in await second.from_bot())
    async with running(start_bot) as bot:
        clock.advance(61)
        await says(second, "A place is free, and kept for you until")
        for _minute in range(3):
            clock.advance(61)
            await second.ask("/help")
        assert sum("A place is free" in text for text in await second.from_bot()) == 1
        assert await state(bot, held, second) == "offered"


async def test_the_answer_of_a_record_that_is_merged_counts_for_the_one_that_stays(
    bot: Running, people: People
) -> None:
    held = await conference(bot)
    center = await records.center(bot)
    phone = await delegate(bot, people, center)
    stays = await delegates.of_person(bot.database.reader, phone.id)
    assert stays is not None
    goes = await records.person(bot, center, given_name="Delegate", family_name="Same")
    other_goes = await records.person(bot, center, given_name="Delegate", family_name="Same")

    async def merge(tx: Transaction) -> None:
        for number, segment in ((goes, Segment.POLICE), (other_goes, Segment.MILITARY)):
            details = replace(IN_PERSON_DETAILS, segment=segment)
            now = bot.now_us()
            await participations.answer(tx, held.id, number, details, edition=participations.NEW, now=now)
            one, other = await delegates.by_id(tx, stays.id), await delegates.by_id(tx, number)
            assert one is not None
            assert other is not None
            editions = (one.edition, other.edition)
            await merging.merge_people(tx, RIGHTS, stays.id, number, editions=editions, by=OWNER, now=now)

    await bot.database.write(merge)
    kept = await participations.of_delegate(bot.database.reader, held.id, stays.id)
    assert kept is not None
    assert kept.details.segment == "police"
    left = await participations.of_delegate(bot.database.reader, held.id, other_goes)
    assert left is not None
    assert left.details.segment == "military"
