"""/export: what is chosen is what is in the file, and nobody else gets it."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import audit
from storage.audit import AuditFilter
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import bound, member_of, owner_of, running, shown
from tests.office import data_of, document_of, filled, next_document, now_reads, sheets_of


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        await filled(bot)
        yield bot


async def test_everything_as_one_spreadsheet(bot: Running, people: People, member: Phone) -> None:
    screen = await member.ask("/export")
    assert "2 Centers\n3 delegates and guests" in screen["text"]
    toast = await member.press(screen, data_of(screen, "As XLSX"))
    assert toast["text"] == "The file comes in a moment."
    file = await next_document(people, member, screen)
    assert file["document"]["file_name"].startswith("unigo-database-")
    assert file["caption"].startswith("2 Centers\n3 delegates and guests\n\nAs of ")
    assert "personal data" in file["caption"]
    sheets = sheets_of(await document_of(people, file))
    assert list(sheets) == ["Centers", "Delegates and guests", "About this file"]
    heading, *rows = sheets["Centers"]
    assert heading[:5] == ["No.", "Official name", "Short name", "Kind of member", "Focus"]
    assert [row[1] for row in rows] == ["=Center A", "Center B"]
    assert rows[0][3:7] == ["Training Center", "Police", "Kenya", "KE"]
    assert [row[1] for row in sheets["Delegates and guests"][1:]] == ["Family1", "Family2", "Family3"]

    async def sent() -> bool:
        return await bot.spool.names() == []

    await until(sent)
    [noted] = await audit.search(bot.database.reader, AuditFilter(act="database"), at_most=9)
    assert (noted.entry.actor_id, noted.entry.act) == (member.id, "database.export")


async def test_what_is_chosen_is_counted_and_is_in_the_file(people: People, member: Phone) -> None:
    screen = await member.ask("/export")
    screen = await pressed(member, screen, "Status", "approved")
    assert "Status: approved" in screen["text"]
    assert "1 Center\n2 delegates and guests" in screen["text"]
    screen = await pressed(member, screen, "Guests", "Guests only")
    assert "1 Center\n1 delegate or guest" in screen["text"]
    await member.press(screen, data_of(screen, "People"))
    number = screen["message_id"]
    screen = await shown(member, lambda one: one["message_id"] == number and "1 Center" not in one["text"])
    await member.press(screen, data_of(screen, "As XLSX"))
    sheets = sheets_of(await document_of(people, await next_document(people, member, screen)))
    assert list(sheets) == ["Delegates and guests", "About this file"]
    assert [row[1] for row in sheets["Delegates and guests"][1:]] == ["Family3"]
    assert ["Guests", "Guests only"] in sheets["About this file"]


async def test_by_country_of_the_center(people: People, member: Phone) -> None:
    screen = await member.ask("/export")
    screen = await pressed(member, screen, "Country", "Switzerland")
    assert "1 Center\n1 delegate or guest\n\nCountry: Switzerland" in screen["text"]


async def test_csv_is_a_file_for_each(people: People, member: Phone) -> None:
    screen = await member.ask("/export")
    await member.press(screen, data_of(screen, "As CSV"))
    first = await next_document(people, member, screen)
    second = await next_document(people, member, first)
    assert (first["caption"].partition("\n")[0], second["caption"].partition("\n")[0]) == (
        "2 Centers",
        "3 delegates and guests",
    )
    text = (await document_of(people, first)).decode("utf-8-sig")
    assert [row[1] for row in csv.reader(io.StringIO(text))] == ["Official name", "'=Center A", "Center B"]


async def test_what_nobody_is_in_is_not_exported(member: Phone) -> None:
    screen = await member.ask("/export")
    screen = await pressed(member, screen, "Status", "merged")
    assert "There is nothing to export with this choice." in screen["text"]
    assert not any(label.startswith("As ") for label in buttons(screen))


async def test_in_the_group_too_and_no_longer_when_it_is_let_go(
    bot: Running, people: People, clock: MovableClock
) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group = member.within(await bound(people, owner, member))
    screen = await group.ask("/export")
    await group.press(screen, data_of(screen, "As XLSX"))
    file = await next_document(people, group, screen)
    await owner.within(group.chat_id).ask("/unbind")
    clock.advance(10)  # it is no second tap
    toast = await group.press(screen, data_of(screen, "As XLSX"))
    assert toast["show_alert"] is True
    shown = await group.press(screen, data_of(screen, "Status"))
    assert shown["show_alert"] is True
    assert [one["message_id"] for one in await group.messages() if "document" in one] == [file["message_id"]]


@pytest.mark.parametrize(
    "data",
    ["export:show:0-----CH", "export:pick:standing:0-------", "export:country:0:0-------", "export:file:xlsx:0-------"],
)
async def test_a_forged_press_is_refused_and_noted(bot: Running, people: People, member: Phone, data: str) -> None:
    stranger = await people.person("Stranger")
    assert "for the Secretariat only" in (await stranger.ask("/export"))["text"]
    toast = await stranger.press(await stranger.ask("/start"), data, forged=True)
    assert toast["text"] == "This is for the Secretariat only."
    [noted] = await audit.search(bot.database.reader, AuditFilter(act="refused"), at_most=9)
    assert (noted.entry.actor_id, noted.entry.object) == (stranger.id, "export")
    assert [one for one in await stranger.messages() if "document" in one] == []
    assert await bot.spool.names() == []


@pytest.mark.parametrize("choice", ["9-------", "0--9----", "--------", "0----9--"])
async def test_what_no_button_says_is_outdated(member: Phone, choice: str) -> None:
    screen = await member.ask("/export")
    for data in (f"export:show:{choice}", f"export:file:csv:{choice}"):
        toast = await member.press(screen, data, forged=True)
        assert "show_alert" in toast
        assert toast["show_alert"] is True


async def pressed(phone: Phone, screen: Json, name: str, option: str) -> Json:
    """Choose an option of a filter; the screen as it is then."""
    await phone.press(screen, data_of(screen, name))
    choosing = await now_reads(phone, screen, f"Only: {name}")
    await phone.press(choosing, data_of(choosing, option))
    return await now_reads(phone, screen, option)
