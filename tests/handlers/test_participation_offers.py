"""Whom a free place is offered to, for how long, and what becomes of who waits in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.app import Running
from bot.conferences import moments, participating
from bot.conferences.waiting import OFFER_LASTS_HOURS
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from storage import centers, participations
from storage.records import NewMessage
from storage.records.conferences import Conference, ConferenceState
from storage.records.durations import SECOND_US
from storage.records.members import CenterState
from storage.records.participations import Attendance, ParticipationDetails
from storage.session import Transaction
from tests import records
from tests.chat import People, Phone
from tests.desk import OWNER, says
from tests.forms import asks
from tests.newsmaking import conference_is
from tests.participants import ONLINE, answered, becomes, conference, delegate, full, labels, press, said, stands, state

HOUR_S = 3600.0
RIGHTS = Rights((OWNER,))


async def test_who_may_not_take_a_place_is_not_offered_one(bot: Running, people: People) -> None:
    held = await conference(bot, capacity=1)
    both = [await records.center(bot, name=f"Center {name}", website=None, email=None) for name in "AB"]
    phones = [
        await delegate(bot, people, center, f"Delegate {name}")
        for name, center in zip("ABC", (both[1], *both), strict=True)
    ]
    told = await answered(phones[0], held)
    for phone in phones[1:]:
        await answered(phone, held, words="Your place among those who wait")

    async def suspend(tx: Transaction) -> bool:
        states = {"before": CenterState.APPROVED, "state": CenterState.SUSPENDED}
        return await centers.set_state(tx, both[0], **states, now=bot.now_us())

    assert await bot.database.write(suspend)
    await press(phones[0], told, "Withdraw my registration")
    await becomes(phones[0], told, "Do you want to withdraw")
    await press(phones[0], told, "Yes, withdraw")
    await says(phones[2], "A place is free, and kept for you until")
    assert await state(bot, held, phones[1]) == "waiting"


async def from_online_to_in_person(bot: Running, people: People) -> tuple[Conference, Phone, Phone]:
    """Who has the only place, and who takes part online and waits for one."""
    held = await conference(bot, capacity=1)
    center = await records.center(bot)
    first = await delegate(bot, people, center, "Delegate A")
    second = await delegate(bot, people, center, "Delegate B")
    await answered(first, held)
    told = await answered(second, held, ONLINE)
    await press(second, told, "Change")
    await press(second, await asks(second, "Is this right?"), "Taking part")
    await second.write("in person")
    for days in (held.details.starts_on, held.details.ends_on):
        await asks(second, "On which day do you")
        await second.write(days.isoformat())
    for question in ("do not eat", "Do you need a letter of invitation"):
        await asks(second, question)
        await second.write("no")
    summary = await asks(second, "Is this right?")
    await press(second, summary, "Send")
    waits = await said(second, "Your place among those who wait for one: 1", after=summary)
    assert "If you get none, you take part online, as before." in waits["text"]
    return held, first, second


@pytest.mark.parametrize("how", ["declined", "expired", "never offered"])
async def test_who_waits_in_vain_takes_part_online_as_before(
    bot: Running, people: People, clock: MovableClock, how: str
) -> None:
    held, first, second = await from_online_to_in_person(bot, people)
    if how == "never offered":
        clock.advance(101 * 24 * HOUR_S)
        await says(second, "You take part online, as before.")
    else:
        shown = await first.ask("/participate")
        await press(first, shown, "Withdraw my registration")
        await becomes(first, shown, "Do you want to withdraw")
        await press(first, shown, "Yes, withdraw")
        offer = await says(second, "A place is free, and kept for you until")
        if how == "declined":
            await press(second, offer, "Decline")
            await becomes(second, offer, "You are registered to take part online.")
        else:
            clock.advance(OFFER_LASTS_HOURS * HOUR_S + 60)
            await says(second, "You take part online, as before.")
    found = await stands(bot, held, second)
    assert found is not None
    assert (found.state, found.details.attendance) == ("registered", Attendance.ONLINE)


async def test_no_place_is_kept_beyond_the_first_day(bot: Running, people: People, clock: MovableClock) -> None:
    held, (first, second, third), _told = await full(bot, people, "ABC")
    opens = moments.moment_us(held.details.starts_on, time(12), held.details.time_zone)
    clock.advance((opens - bot.now_us()) / SECOND_US)
    await withdraws(bot, held, first)
    clock.advance(61)
    await says(second, "A place is free, and kept for you until")
    found = await stands(bot, held, second)
    assert found is not None
    assert found.offer_ends_at == moments.end_of_day_us(held.details.starts_on, held.details.time_zone)
    clock.advance(13 * HOUR_S)
    await says(second, "is offered to the next now")
    clock.advance(61)
    assert await state(bot, held, third) == "waiting"


async def withdraws(bot: Running, held: Conference, phone: Phone) -> None:
    """As the Secretariat has agreed to after the last day for it."""
    found = await stands(bot, held, phone)
    assert found is not None
    assert found.delegate is not None
    number, edition = found.delegate, found.edition

    async def work(tx: Transaction) -> bool:
        kept = await participations.answer(
            tx, held.id, number, ParticipationDetails(), edition=edition, now=bot.now_us()
        )
        return kept is not None

    assert await bot.database.write(work)


@pytest.mark.parametrize(
    ("asks_for", "answer"), [("another day", "Decline"), ("withdrawal", "Accept"), ("another day", "Accept")]
)
async def test_what_was_asked_for_before_an_offer_is_not_done_against_the_answer_to_it(
    bot: Running, people: People, clock: MovableClock, asks_for: str, answer: str
) -> None:
    held, (first, second), _told = await full(bot, people)
    clock.advance(61 * 24 * HOUR_S)  # after the last day to register
    found = await stands(bot, held, second)
    assert found is not None
    later = replace(found.details, arrives_on=held.details.starts_on + timedelta(days=1))
    wanted = later if asks_for == "another day" else ParticipationDetails()
    await changes(bot, held, second, wanted)
    await withdraws(bot, held, first)
    clock.advance(61)
    offer = await says(second, "A place is free, and kept for you until")
    await press(second, offer, answer)
    await becomes(second, offer, "You are registered" if answer == "Accept" else "You have answered that you will not")
    found = await stands(bot, held, second)
    assert found is not None
    assert found.state == ("registered" if answer == "Accept" else "declined")
    assert found.asked == (wanted if (asks_for, answer) == ("another day", "Accept") else None)


async def test_who_is_offered_a_place_and_changes_a_day_keeps_what_they_had_online(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held, first, second = await from_online_to_in_person(bot, people)
    await withdraws(bot, held, first)
    clock.advance(61)
    await says(second, "A place is free, and kept for you until")
    found = await stands(bot, held, second)
    assert found is not None
    await changes(bot, held, second, replace(found.details, arrives_on=held.details.ends_on))
    clock.advance(OFFER_LASTS_HOURS * HOUR_S + 60)
    await says(second, "You take part online, as before.")
    found = await stands(bot, held, second)
    assert found is not None
    assert (found.state, found.details.attendance) == ("registered", Attendance.ONLINE)


async def test_who_misses_an_offer_after_the_last_day_is_not_told_to_register_again(
    bot: Running, people: People, clock: MovableClock
) -> None:
    held, (first, second), _told = await full(bot, people)
    clock.advance(61 * 24 * HOUR_S)
    await withdraws(bot, held, first)
    clock.advance(61)
    await says(second, "A place is free, and kept for you until")
    clock.advance(OFFER_LASTS_HOURS * HOUR_S + 60)
    told = await says(second, "was kept for you and is free again now.")
    assert "The last day to register for the " in told["text"]
    assert "You can register again" not in told["text"]
    assert "Ask the Secretariat" in labels(told)


@pytest.mark.parametrize("off_for_h", [1, OFFER_LASTS_HOURS + 1])
async def test_who_could_not_accept_while_the_conference_was_cancelled_has_time_for_it_again(
    bot: Running, people: People, clock: MovableClock, off_for_h: int
) -> None:
    held, (first, second), _told = await full(bot, people)
    await withdraws(bot, held, first)
    clock.advance(61)
    offer = await says(second, "A place is free, and kept for you until")
    clock.advance((OFFER_LASTS_HOURS - 2) * HOUR_S)
    await conference_is(bot, held.id, ConferenceState.CANCELLED)
    clock.advance(off_for_h * HOUR_S)
    await conference_is(bot, held.id, ConferenceState.OPEN)
    clock.advance(25 * HOUR_S)
    again = await says(second, "A place is free, and kept for you until", after=offer["message_id"])
    await press(second, again, "Accept")
    await becomes(second, again, "You are registered")


async def changes(bot: Running, held: Conference, phone: Phone, wanted: ParticipationDetails) -> None:
    """Answer otherwise, as by the form."""
    found = await stands(bot, held, phone)
    assert found is not None
    edition = found.edition

    async def work(tx: Transaction) -> None:
        cards: list[NewMessage] = []
        await participating.answer(
            tx, RIGHTS, held.id, wanted, edition=edition, by=phone.id, now=bot.now_us(), post=cards.append
        )

    await bot.database.write(work)
