"""The board of an announcement: progress that is kept up to date, pausing, resuming, stopping."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.app import Running
from bot.conferences import moments
from bot.runtime.clock import MovableClock
from bot.settings import Delivery
from storage.records.announcements import AnnouncementState, Outcome
from storage.records.durations import HOUR_US
from tests import reminding
from tests.announcing import announced, announcement_now, outcomes
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import labels, opened, running, says
from tests.records import becomes, press

pytestmark = pytest.mark.usefixtures("hastened")


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    slowly = Delivery(per_second=5, private_per_second=1000, group_per_minute=1000)
    async with running(start_bot, delivery=slowly) as bot:
        yield bot


async def readers(people: People, number: int) -> list[Phone]:
    """People who have written to the bot."""
    found = [await people.person(f"Reader {one}") for one in range(number)]
    for phone in found:
        await phone.ask("/start")
    return found


async def board_of(phone: Phone, number: int) -> Json:
    """The board, opened by an old button."""
    menu = await opened(phone)
    await phone.press(menu, f"ann:board:{number}", forged=True)
    return await becomes(phone, menu, "Sent: ")


async def test_progress_is_kept_up_to_date_until_it_is_sent(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 12)
    number = await announced(bot, member)
    board = await board_of(member, number)
    assert board["text"].startswith("The office moves on Friday.\nIt is being sent.\n\n")
    assert "Left: " in board["text"]
    assert labels(board)[:2] == ["Pause", "Stop"]
    assert "As XLSX" not in labels(board)
    watched = await becomes(member, board, "Time left: ")  # once somebody was reached since it was last written
    assert re.search(r"Pace: .+ a second", watched["text"])
    done = await becomes(member, board, "It is sent.")
    assert "Sent: 14\nFailed: 0\nHave read it: 0 of 14" in done["text"]
    assert "Left" not in done["text"]


async def test_until_when_those_who_join_later_get_it_is_told_as_it_was_said(bot: Running, member: Phone) -> None:
    number = await announced(bot, member)
    await outcomes(bot, number)
    end_us = moments.end_of_day_us(date(2099, 3, 12), "Africa/Nairobi")
    change = "UPDATE announcements SET state = 'running', joins_until = ?, time_zone = ? WHERE id = ?"
    await reminding.execute(bot.database, change, end_us, "Africa/Nairobi", number)
    board = await board_of(member, number)
    assert "Who joins until 12 Mar 2099, 23:59 (Nairobi) gets it too." in board["text"]


async def card_of(phone: Phone, number: int, words: str) -> Json:
    """The card of an announcement, once it says this."""
    menu = await opened(phone)
    await phone.press(menu, f"ann:show:{number}", forged=True)
    return await becomes(phone, menu, words)


async def test_the_card_says_what_is_true_when_it_was_sent(
    bot: Running, people: People, member: Phone, clock: MovableClock
) -> None:
    number = await announced(bot, member, send_at=bot.now_us() + HOUR_US)
    planned = await card_of(member, number, "Status: waits for its time")
    assert "As things stand: 2 people\n\nTo be sent: " in planned["text"]
    clock.advance(3_601)
    await outcomes(bot, number)
    change = "UPDATE announcements SET is_official = 1, joins_until = ?, state = ? WHERE id = ?"
    end_us = moments.end_of_day_us(date(2025, 3, 12), "UTC")
    await reminding.execute(bot.database, change, end_us, "ended", number)
    sent = await card_of(member, number, "Status: sent")
    assert "Sent to: 2 people" in sent["text"]
    assert "It was an official notice: it also went to those who want no announcements." in sent["text"]
    assert "Those who joined later got it until 12 Mar 2025, 23:59 (UTC)." in sent["text"]
    assert not any(words in sent["text"] for words in ("As things stand", "To be sent", "Left", "Being sent since"))
    assert "Report" in labels(sent)
    await reminding.execute(bot.database, change, end_us, "stopped", number)
    stopped = await card_of(member, number, "Status: stopped")
    assert "joined later" not in stopped["text"]


async def test_the_card_of_one_on_its_way_says_how_many_are_left(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 12)
    number = await announced(bot, member)
    await press(member, await board_of(member, number), "Pause")
    paused = await card_of(member, number, "Status: paused")
    assert "Being sent since " in paused["text"]
    assert "Left: " in paused["text"]
    assert "As things stand" not in paused["text"]
    assert "Progress" in labels(paused)


async def test_while_others_may_join_it_is_sent(bot: Running, member: Phone) -> None:
    number = await announced(bot, member)
    await outcomes(bot, number)
    change = "UPDATE announcements SET state = 'running', joins_until = ? WHERE id = ?"
    await reminding.execute(bot.database, change, moments.end_of_day_us(date(2099, 3, 12), "UTC"), number)
    card = await card_of(member, number, "Status: sent")
    assert "Those who join later get it until 12 Mar 2099, 23:59 (UTC)." in card["text"]


async def test_until_then_it_is_being_recalled(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 10)
    number = await announced(bot, member)
    board = await board_of(member, number)
    await becomes(member, board, "It is sent.")
    await member.press(board, f"ann:recalled:{number}", forged=True)
    assert list(buttons(await becomes(member, board, "It is being recalled."))) == ["Refresh"]
    await becomes(member, board, "It was recalled.")


async def test_it_is_paused_and_goes_on(bot: Running, people: People, member: Phone) -> None:
    phones = await readers(people, 12)
    number = await announced(bot, member)
    board = await board_of(member, number)
    await press(member, board, "Pause")
    paused = await becomes(member, board, "It is paused.")
    assert labels(paused)[:2] == ["Resume", "Stop"]
    assert (await announcement_now(bot, number)).state == AnnouncementState.PAUSED
    await press(member, board, "Resume")
    await becomes(member, board, "It is sent.")
    assert await outcomes(bot, number) == {Outcome.SENT: 14}
    for phone in phones:
        texts = await phone.from_bot()
        assert texts.count("The office moves on Friday.") == 1


async def test_it_is_stopped_after_a_question(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 12)
    number = await announced(bot, member)
    board = await board_of(member, number)
    await press(member, board, "Stop")
    asked = await becomes(member, board, "Stop it for good?")
    assert list(buttons(asked)) == ["Yes, stop it", "Back"]
    await press(member, board, "Yes, stop it")
    await becomes(member, board, "It was stopped.")
    found = await outcomes(bot, number)
    assert found[Outcome.SKIPPED] > 0
    toast = await member.press(board, f"ann:pause:{number}", forged=True)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."


async def test_a_question_in_its_place_is_not_written_over(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 8)
    number = await announced(bot, member)
    board = await board_of(member, number)
    await press(member, board, "Stop")
    await becomes(member, board, "Stop it for good?")
    assert await outcomes(bot, number) == {Outcome.SENT: 10}  # it was to be written anew meanwhile
    assert "Stop it for good?" in (await member.now(board))["text"]
    await press(member, board, "Back")
    await becomes(member, board, "It is sent.")


async def test_whom_it_is_not_for_is_refused(bot: Running, people: People, member: Phone) -> None:
    [stranger] = await readers(people, 1)
    number = await announced(bot, member)
    menu = await opened(stranger)
    for data in ("board", "pause", "stopped", "recalled", "file", "centers:{}:0", "again:{}:0:0", "every:{}:0:2"):
        full = f"ann:{data.format(number)}" if "{}" in data else f"ann:{data}:{number}"
        toast = await stranger.press(menu, full, forged=True)
        assert "Secretariat" in toast["text"], data
    assert await outcomes(bot, number) == {Outcome.SENT: 3}
    toast = await member.press(await member.ask("/start"), "ann:board:999", forged=True)
    assert toast["text"] == "There is no such record any more."


async def test_the_board_stays_with_whoever_confirmed(bot: Running, people: People, member: Phone) -> None:
    await readers(people, 10)
    number = await announced(bot, member)
    mine = await board_of(member, number)
    owner = Phone(people, 501, 501)
    theirs = await board_of(owner, number)
    await becomes(member, mine, "It is sent.")
    assert "It is being sent." in (await owner.now(theirs))["text"]
    await press(owner, theirs, "Refresh")
    await becomes(owner, theirs, "It is sent.")


async def test_what_begins_at_its_time_shows_its_board_to_whoever_confirmed(
    bot: Running, people: People, member: Phone, clock: MovableClock
) -> None:
    await readers(people, 5)
    await announced(bot, member, send_at=bot.now_us() + HOUR_US)
    clock.advance(3_601)
    board = await says(member, "Sent: ")
    await becomes(member, board, "It is sent.")
