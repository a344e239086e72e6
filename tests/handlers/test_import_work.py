"""The worker behind /import: what changes meanwhile, what Telegram does not give, and 5,000 rows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest

import storage.writer
from bot.app import Running
from bot.members import delegates as written
from bot.members.importing import runs
from bot.members.importing.runs import Received
from bot.members.roles import Rights
from bot.runtime.clock import MovableClock
from handlers.import_work import EDIT_EVERY_S, TROUBLE_S
from storage import imports
from storage.records.imports import ImportState, SeenSheet
from storage.records.members import DelegateDetails, DelegateState
from storage.session import Transaction
from tests.bot.members.importing.example_list import as_xlsx as write_xlsx
from tests.bot.members.importing.example_list import example_list
from tests.chat import Json, People, Phone, until
from tests.conftest import StartBot
from tests.counted import Counted
from tests.desk import member_of, owner_of, running
from tests.office import (
    LIST,
    checked,
    data_of,
    numbers,
    says_after,
    sent,
)


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        yield bot


async def add_person(bot: Running, given: str, family: str) -> None:
    async def work(tx: Transaction) -> None:
        details = DelegateDetails(given, family, email="a@example.org")
        await written.add(
            tx, details, person_id=None, center=None, state=DelegateState.ACTIVE, is_guest=True, now=bot.now_us()
        )

    await bot.database.write(work)


async def test_what_changes_the_outcome_is_shown_before(bot: Running, people: People, member: Phone) -> None:
    result = await checked(member, await sent(people, member, LIST))
    await add_person(bot, "Somebody", "Else")  # who has the address that the list gives to another
    await member.press(result, data_of(result, "Read it in"))
    news = await says_after(member, result, "The database has changed meanwhile")
    assert "The e-mail address belongs to somebody else." in news["text"]
    assert await numbers(bot) == (0, 1)


async def test_what_a_list_says_otherwise_is_counted_and_named(bot: Running, people: People, member: Phone) -> None:
    result = await checked(member, await sent(people, member, "Center;City\nCenter A;Nairobi\n"))
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")
    other = "Center;City;Country\nCenter A;Mombasa;\nInstitute B;Bern;Atlantis\n"
    result = await checked(member, await sent(people, member, other))
    assert "Rows that say something else than the database, which stays as it is: 1 (City)" in result["text"]
    assert "Rows of which a cell is not understood, and left out: 1 (Country of the Center)" in result["text"]


async def test_what_changes_nothing_of_it_does_not_matter(bot: Running, people: People, member: Phone) -> None:
    result = await checked(member, await sent(people, member, LIST.replace("a@example.org", "c@example.org")))
    await add_person(bot, "Somebody", "Else")
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")
    assert await numbers(bot) == (1, 2)


async def test_who_has_lost_the_role_reads_nothing_in(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    result = await checked(member, await sent(people, member, LIST))
    listing = await owner.ask("/staff")
    await owner.press(listing, f"staff:remove:{member.id}", forged=True)
    toast = await member.press(result, data_of(result, "Read it in"))
    assert toast["text"] == "This is for the Secretariat only."
    assert await numbers(bot) == (0, 0)


async def test_a_file_that_telegram_has_no_more_is_told(bot: Running, people: People, member: Phone) -> None:
    sheet = SeenSheet("", ("Center", "Country"), 1, "center_name,center_country")

    async def work(tx: Transaction) -> None:
        received = Received("gone", "list.csv", (sheet,))
        await runs.begin(tx, Rights(owners=()), received, by=member.id, now=bot.now_us())

    await bot.database.write(work)
    screen = await member.ask("/start")
    await member.press(screen, "import:1:check:0", forged=True)
    await says_after(member, screen, "I cannot get the file from Telegram any more.")
    run = await imports.by_id(bot.database.reader, 1)
    assert run is not None
    assert run.state == ImportState.FAILED


async def held_up(people: People, phone: Phone, screen: Json, label: str) -> None:
    """Press, and let Telegram fail the worker, so that it tries again later."""
    asked = len(await people.calls("getFile"))
    await people.fault("502", method="getFile")
    await phone.press(screen, data_of(screen, label))

    async def has_failed() -> bool:
        return len(await people.calls("getFile")) > asked

    await until(has_failed)
    await people.delete("/faults")


async def test_while_a_list_is_read_in_another_waits(
    bot: Running, people: People, member: Phone, clock: MovableClock
) -> None:
    result = await checked(member, await sent(people, member, LIST))
    await held_up(people, member, result, "Read it in")
    assert "is being read in right now" in (await sent(people, member, LIST))["text"]
    toast = await member.press(result, "import:1:cancel", forged=True)
    assert toast["show_alert"] is True
    clock.advance(TROUBLE_S)
    await says_after(member, result, "The list is read in.")
    assert await numbers(bot) == (1, 1)


async def test_who_loses_the_role_meanwhile_is_told(bot: Running, people: People, clock: MovableClock) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    result = await checked(member, await sent(people, member, LIST))
    await held_up(people, member, result, "Read it in")
    await owner.press(await owner.ask("/staff"), f"staff:remove:{member.id}", forged=True)
    clock.advance(TROUBLE_S)
    await says_after(member, result, "The list was not read in: this is for the Secretariat only.")
    assert await numbers(bot) == (0, 0)


async def test_what_telegram_does_not_give_now_is_sent_again(people: People, member: Phone) -> None:
    await member.ask("/import")
    await people.fault("502", method="getFile")
    message = await people.upload(member, LIST.encode(), "list.csv")
    assert "Please send it again in a minute." in (await member.reply_after(message["message_id"]))["text"]
    await people.delete("/faults")
    again = await people.upload(member, LIST.encode(), "list.csv")
    assert "Name of the Center" in (await member.reply_after(again["message_id"]))["text"]


class NeverDone(Counted):
    """A connection on which people are read in, and which does not say so: the transaction goes on until it is ended.

    How fast the machine is makes no difference to that; whatever else is written takes some thousandths of a second.
    """

    async def change_many(self, sql: str, rows: Sequence[Mapping[str, object]]) -> int:
        touched: int = await self.__getattr__("change_many")(sql, rows)
        if sql.startswith("INSERT INTO delegates"):
            await asyncio.Event().wait()
        return touched


async def test_what_takes_too_long_is_told_and_can_be_tried_again(
    bot: Running, people: People, member: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = await checked(member, await sent(people, member, LIST))
    with monkeypatch.context() as patch:
        patch.setattr(bot.database.writer, "_conn", NeverDone(bot.database.writer._conn))
        patch.setattr(storage.writer, "WORK_TIMEOUT_S", 2.0)
        await member.press(result, data_of(result, "Read it in"))
        told = await says_after(member, result, "The list took too long")
    assert await numbers(bot) == (0, 0)
    await member.press(told, data_of(told, "Try again"))
    await says_after(member, told, "The list is read in.")
    assert await numbers(bot) == (1, 1)


@pytest.mark.timeout(240)
async def test_a_messy_list_of_5_000_rows(
    bot: Running, people: People, member: Phone, tmp_path: Path, clock: MovableClock
) -> None:
    example = example_list(5_000)
    await asyncio.to_thread(write_xlsx, example, tmp_path / "list.xlsx")
    screen = await sent(people, member, (tmp_path / "list.xlsx").read_bytes(), "list.xlsx")
    assert "5,000 rows" in screen["text"]
    assert "Organistion → Name of the Center" in screen["text"]
    await member.press(screen, data_of(screen, "Check the list"))
    answered = await (await people.person()).ask("What is the AGM?")  # nobody is held up
    assert "AGM" in answered["text"]

    async def is_told_how_far() -> bool:
        clock.advance(EDIT_EVERY_S)
        shown = await member.now(screen)
        return re.search(r"[1-9][\d,]* of 5,000 rows", shown["text"]) is not None

    await until(is_told_how_far, within_s=60)
    result = await says_after(member, screen, "What would happen", within_s=120)
    await member.press(result, data_of(result, "Read it in"))
    done = await says_after(member, result, "The list is read in.", within_s=120)
    found = await numbers(bot)
    assert example.centers - 2 <= found[0] <= example.centers
    assert example.people - 60 <= found[1] <= example.people
    for told in (result["text"], done["text"]):
        assert f"New Centers: {found[0]}\nNew people: {found[1]:,}\n" in told
    again = await sent(people, member, (tmp_path / "list.xlsx").read_bytes(), "list.xlsx")
    await member.press(again, data_of(again, "Check the list"))
    nothing = await says_after(member, again, "What would happen", within_s=120)
    assert "There is nothing to read in" in nothing["text"]
    assert await numbers(bot) == found
