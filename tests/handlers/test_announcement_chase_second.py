"""Asking many people again who have not read an announcement is confirmed by two members of the Secretariat."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.announcements import chasing
from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.settings import AnnouncementsPart
from storage import announcement_readings, announcements
from tests.announcing import announced, announcement_now, outcomes
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import member_of, running, says
from tests.handlers.test_announcement_board import board_of, readers
from tests.handlers.test_announcement_report import copies
from tests.records import acts, becomes, data_of, press

pytestmark = pytest.mark.usefixtures("hastened")

WANTS = "wants to ask those again who have not read this announcement."
ONCE, OFTEN = "Once, now", "Every 2 days"


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot, announcements=AnnouncementsPart(second_person_from=2)) as bot:
        yield bot


async def confirmed_once(bot: Running, people: People, by: Phone, how: str = ONCE) -> tuple[int, Phone, Json, str]:
    """Three have not read an announcement, and `by` has confirmed to ask them; what they pressed for that."""
    reader = (await readers(people, 2))[0]
    number = await announced(bot, by)
    await outcomes(bot, number)
    board = await board_of(by, number)
    await press(by, board, "Ask again")
    await press(by, board, how)
    asked = await becomes(by, board, "a second member of the Secretariat has to confirm it as well.")
    assert "It takes about 1 minute." in asked["text"]
    pressed = await data_of(by, board, "Yes, ask again")
    await by.press(board, pressed)
    return number, reader, await becomes(by, board, "It is not sent yet."), pressed


@pytest.mark.parametrize("how", [ONCE, OFTEN])
async def test_a_second_member_confirms_it(bot: Running, people: People, owner: Phone, how: str) -> None:
    member = await member_of(people, owner)
    number, reader, told, pressed = await confirmed_once(bot, people, owner, how)
    asked = await says(member, WANTS)
    assert "4 people who have not pressed" in asked["text"]
    assert ("every 2 days" in asked["text"]) is (how == OFTEN)
    refused = await owner.press(told, pressed, forged=True)
    assert refused["text"] == "Somebody else has to confirm it: you have already."
    assert await announcement_readings.chased(bot.database.reader, number) == 0
    await press(member, asked, "Yes, ask again")
    await copies(reader, 2)
    await says(owner, "Member A has confirmed it: those who have not read")
    sent = await announcement_now(bot, number + 1)
    assert (sent.confirmed_by, sent.seconded_by) == (owner.id, member.id)
    assert ((await announcement_now(bot, number)).chase_at is not None) is (how == OFTEN)
    late = await member.press(asked, buttons(asked)["Yes, ask again"], forged=True)
    assert late["text"] == "This has changed meanwhile. You see how it stands now."
    done = await acts(bot, f"announcement:{number}")
    for act in ((owner.id, "announcement.confirm"), (member.id, "announcement.second")):
        assert act in done


@pytest.mark.parametrize("how", [ONCE, OFTEN])
async def test_what_is_being_recalled_is_not_asked_again(bot: Running, people: People, owner: Phone, how: str) -> None:
    member = await member_of(people, owner)
    number, _reader, told, _pressed = await confirmed_once(bot, people, owner, how)
    asked = await says(member, WANTS)
    await people.fault("502", method="deleteMessages")  # to delete it everywhere takes a while
    await owner.press(told, f"ann:recalled:{number}", forged=True)
    late = await member.press(asked, buttons(asked)["Yes, ask again"])
    assert late["text"] == "This has changed meanwhile. You see how it stands now."
    assert await announcement_readings.chased(bot.database.reader, number) == 0
    assert (await announcement_now(bot, number)).chase_at is None
    assert await announcements.find(bot.database.reader, number + 1) is None


async def test_what_two_have_confirmed_goes_on_by_itself(
    bot: Running, people: People, owner: Phone, clock: MovableClock
) -> None:
    member = await member_of(people, owner)
    _number, reader, _told, _pressed = await confirmed_once(bot, people, owner, OFTEN)
    await press(member, await says(member, WANTS), "Yes, ask again")
    await copies(reader, 2)
    clock.advance(2 * 86_400 + 60)
    await copies(reader, 3)


async def test_what_waits_stands_where_it_is_chosen_and_can_be_taken_back(
    bot: Running, people: People, owner: Phone
) -> None:
    member = await member_of(people, owner)
    number, _reader, told, _pressed = await confirmed_once(bot, people, owner)
    asked = await says(member, WANTS)
    await press(owner, told, "Back")
    await press(owner, told, "Ask again")
    waits = await becomes(owner, told, WANTS)
    assert [ONCE in buttons(waits), OFTEN in buttons(waits)] == [False, False]
    await press(owner, told, "Take it back")
    await becomes(owner, told, "4 people who have not pressed")
    assert await chasing.waiting(bot.database.reader, number) is None
    await press(member, asked, "Yes, ask again")  # which begins anew
    await becomes(member, asked, "It is not sent yet.")
    assert await announcement_readings.chased(bot.database.reader, number) == 0


async def test_another_way_of_asking_begins_anew(bot: Running, people: People, owner: Phone) -> None:
    member = await member_of(people, owner)
    number, _reader, _told, _pressed = await confirmed_once(bot, people, owner)
    asked = await says(member, WANTS)
    await member.press(asked, f"ann:every:{number}:0:2", forged=True)
    await becomes(member, asked, "It is not sent yet.")
    waits = await chasing.waiting(bot.database.reader, number)
    assert waits == chasing.Waiting(chasing.Wanted(2, only_centers=False), member.id)
    assert "every 2 days" in (await says(owner, WANTS))["text"]


async def test_few_are_asked_by_one(bot: Running, people: People, owner: Phone) -> None:
    [reader] = await readers(people, 1)
    number = await announced(bot, owner)
    await outcomes(bot, number)
    board = await board_of(owner, number)
    await press(owner, board, "Ask again")
    await press(owner, board, ONCE)
    asked = await becomes(owner, board, "It takes about")
    assert "second member" not in asked["text"]
    await press(owner, board, "Yes, ask again")
    await copies(reader, 2)
