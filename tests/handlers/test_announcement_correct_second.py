"""A correction that comes to many people is confirmed by two members of the Secretariat."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.settings import AnnouncementsPart
from storage.records.announcements import Outcome
from tests.announcing import announced, announcement_now, outcomes
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import member_of, running, says
from tests.handlers.test_announcement_board import board_of, readers
from tests.handlers.test_announcement_correct import last
from tests.records import acts, becomes, press

pytestmark = pytest.mark.usefixtures("hastened")

TEXT = "The office moves on Friday."
BETTER = "The office moves on Monday."
WANTS = "wants to correct this announcement."


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot, announcements=AnnouncementsPart(second_person_from=2)) as bot:
        yield bot


async def confirmed_once(bot: Running, people: People, by: Phone) -> tuple[int, Phone, Json]:
    """Somebody has read an announcement, and `by` has confirmed other words for it; what they were told then."""
    [reader] = await readers(people, 1)
    number = await announced(bot, by)
    await outcomes(bot, number)
    await press(by, await board_of(by, number), "Correct it")
    await says(by, "Please write the whole text anew")
    await by.write(BETTER)
    asked = await says(by, "Above is how it looks.")
    assert "Because they are so many, a second member of the Secretariat has to confirm it as well." in asked["text"]
    await press(by, asked, "Yes, correct it")
    return number, reader, await becomes(by, asked, "It is not corrected yet.")


async def test_a_second_member_sees_and_confirms_it(bot: Running, people: People, owner: Phone) -> None:
    member = await member_of(people, owner)
    number, reader, told = await confirmed_once(bot, people, owner)
    asked = await says(member, WANTS)
    assert asked["text"].startswith(TEXT)  # so that they know which
    previews = [one for one in await member.messages() if one.get("text") == BETTER]
    assert [one["message_id"] < asked["message_id"] for one in previews] == [True]
    assert BETTER not in await reader.from_bot()
    refused = await owner.press(told, buttons(asked)["Yes, correct it"], forged=True)
    assert refused["text"] == "Somebody else has to confirm it: you have already."
    await press(member, asked, "Yes, correct it")
    await says(reader, BETTER)
    await says(owner, "Member A has confirmed your correction of")
    assert (await outcomes(bot, number)).keys() == {Outcome.SENT}
    done = await acts(bot, f"announcement:{number}")
    for act in ((owner.id, "announcement.confirm"), (member.id, "announcement.second")):
        assert act in done


async def test_other_words_begin_anew(bot: Running, people: People, owner: Phone) -> None:
    member = await member_of(people, owner)
    _number, reader, told = await confirmed_once(bot, people, owner)
    asked = await says(member, WANTS)
    await press(member, asked, "Write it anew")
    await says(member, "Please write the whole text anew")
    await member.write("The office stays.")
    own = await last(member, "Above is how it looks.", after=asked)
    late = await owner.press(told, buttons(asked)["Yes, correct it"], forged=True)
    assert late["text"] == "This has changed meanwhile. You see how it stands now."
    await press(member, own, "Yes, correct it")
    await press(owner, await says(owner, WANTS), "Yes, correct it")
    await says(reader, "The office stays.")
    assert BETTER not in await reader.from_bot()


async def test_what_is_recalled_meanwhile_is_not_corrected(bot: Running, people: People, owner: Phone) -> None:
    member = await member_of(people, owner)
    number, _reader, told = await confirmed_once(bot, people, owner)
    asked = await says(member, WANTS)
    await owner.press(told, f"ann:recalled:{number}", forged=True)
    late = await member.press(asked, buttons(asked)["Yes, correct it"])
    assert late["text"] == "This has changed meanwhile. You see how it stands now."
    assert (await outcomes(bot, number)).keys() == {Outcome.RECALLED}
    assert (await announcement_now(bot, number)).heading == TEXT


async def test_nobody_else_is_there(bot: Running, people: People, owner: Phone) -> None:
    await readers(people, 2)
    _number, reader, _told = await confirmed_once(bot, people, owner)
    await says(owner, "There is no other member of the Secretariat whom I can reach.")
    assert TEXT in await reader.from_bot()
