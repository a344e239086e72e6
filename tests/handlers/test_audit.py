"""/audit: what was done, searched by who, about what, which acts and since when; and as a file."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.reminders.ladder import ladder_of
from bot.runtime.clock import MovableClock
from storage import audit
from storage.audit import AuditFilter
from storage.session import Transaction
from tests import conferences
from tests.announcing import announced
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import bound, member_of, owner_of, running
from tests.office import data_of, document_of, filled, next_document, now_reads, reads_no_more, sheets_of

DAY_S = 24 * 3600.0


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        await filled(bot)
        yield bot


async def noted(bot: Running, by: int, act: str, what: str, times: int = 1) -> None:
    async def work(tx: Transaction) -> None:
        for _time in range(times):
            await audit.add(tx, by, act, what, now=bot.now_us(), after={"fields": ["email"]})

    await bot.database.write(work)


async def test_entries_are_worded(bot: Running, member: Phone) -> None:
    await noted(bot, member.id, "center.correct", "center:1")
    await noted(bot, -1, "person.erase", "person:-1")
    await noted(bot, -1, "delegate.edit", "delegate:-1")
    await noted(bot, 0, "center.approved", "center:99")
    text = (await member.ask("/audit"))["text"]
    assert "Audit log, 6 entries" in text
    assert "Person no." not in text
    assert "• Registration of a Center corrected. Fields: E-mail.\n=Center A\nMember A, " in text
    assert "• All data of a person erased. Fields: E-mail.\nsomebody who was erased\nsomebody who was erased, " in text
    assert "Center no. 99\nthe bot, " in text
    assert "• Link made that gives a role. Role: Secretariat.\nLink no. 1\nOwner 501, " in text


async def test_things_are_called_by_their_names_and_opened_by_them(bot: Running, member: Phone) -> None:
    opened = await conferences.opened(bot.database, bot.now_us())
    number = await conferences.with_session(bot.database, opened, bot.now_us(), "Convoys & escorts")
    rung = (await bot.database.write(lambda tx: ladder_of(tx, opened.id)))[0]
    announcement = await announced(bot, member)
    for act, what in (
        ("session.edit", f"session:{number}"),
        ("reminder.hold", f"rung:{rung.id}"),
        ("conference.edit", f"conference:{opened.id}"),
        ("center.edit", "center:1"),
        ("announcement.pause", f"announcement:{announcement}"),
    ):
        await noted(bot, member.id, act, what)
    page = await member.ask("/audit")
    text = page["text"]
    assert "Convoys & escorts\nMember A, " in text
    assert f"Annual Conference {opened.year}\nMember A, " in text
    assert " · The office moves on Friday.\nMember A, " in text  # behind its day
    assert " before\nMember A, " in text  # the reminder, by what it is of and when
    assert not re.search(r"(session|rung|conference|announcement):", text)
    links = {one["url"].partition("start=")[2] for one in page["entities"] if one["type"] == "text_link"}
    assert links == {f"session_{number}", f"conference_{opened.id}", "record_c1", f"announcement_{announcement}"}
    for link, words in (
        (f"session_{number}", "Convoys & escorts"),
        (f"conference_{opened.id}", f"Annual Conference {opened.year}"),
        ("record_c1", "=Center A"),
        (f"announcement_{announcement}", "Status: "),
    ):
        assert words in (await member.ask(f"/start {link}"))["text"]


async def test_what_is_gone_and_what_is_no_thing_has_words(bot: Running, people: People, member: Phone) -> None:
    for what in ("session:99", "announcement:99", "conference:99", "rung:99"):
        await noted(bot, 0, "session.edit", what)
    for what in ("schedule", "conference", "announcement", "list"):
        await noted(bot, member.id, "refused", what)
    text = (await member.ask("/audit"))["text"]
    assert text.count("no longer there\nthe bot, ") == 4
    assert all(f"\n{words}\nMember A" in text for words in ("Reminders", "Conferences", "Announcements"))
    stranger = await people.person("Stranger")
    number = await announced(bot, member)
    assert "for the Secretariat only" in (await stranger.ask(f"/start announcement_{number}"))["text"]
    for gone in ("announcement_99", "session_99", "session_x"):
        assert "is not there any more" in (await member.ask(f"/start {gone}"))["text"]


async def test_pages(bot: Running, member: Phone) -> None:
    await noted(bot, member.id, "delegate.shown", "delegate:1", times=12)
    screen = await member.ask("/audit")
    assert screen["text"].count("Chosen whether") == 8
    await member.press(screen, data_of(screen, "Earlier"))
    screen = await now_reads(member, screen, "Role accepted by a link.")
    assert screen["text"].count("Chosen whether") == 4
    assert "Earlier" not in buttons(screen)
    await member.press(screen, data_of(screen, "Newest"))
    screen = await reads_no_more(member, screen, "Role accepted by a link.")
    assert screen["text"].count("Chosen whether") == 8
    assert "Newest" not in buttons(screen)


async def test_by_acts_and_time(bot: Running, member: Phone, clock: MovableClock) -> None:
    clock.advance(8 * DAY_S)
    await noted(bot, member.id, "delegate.join", "delegate:1")
    screen = await member.ask("/audit")
    await member.press(screen, data_of(screen, "Time"))
    choosing = await now_reads(member, screen, "How far back")
    await member.press(choosing, data_of(choosing, "The last 7 days"))
    screen = await now_reads(member, screen, "1 entry\nTime: The last 7 days")
    await member.press(screen, data_of(screen, "Acts"))
    choosing = await now_reads(member, screen, "Which acts")
    await member.press(choosing, data_of(choosing, "Roles"))
    screen = await now_reads(member, screen, "0 entries\nActs: Roles\nTime: The last 7 days")
    assert "Nothing was found." in screen["text"]
    await member.press(screen, data_of(screen, "Show all"))
    assert "3 entries" in (await now_reads(member, screen, "entries\n\n•"))["text"]


async def test_by_a_name(bot: Running, member: Phone) -> None:
    await noted(bot, member.id, "center.correct", "center:1")
    await noted(bot, 501, "delegate.lift", "delegate:2")
    screen = await member.ask("/audit")
    await member.press(screen, data_of(screen, "Who or what"))
    await now_reads(member, screen, "Write the name")
    found = await member.ask("Member")
    await member.press(found, data_of(found, "What Member A did"))
    text = (await now_reads(member, found, "Done by: Member A"))["text"]
    assert "2 entries" in text
    assert "AGM" in (await member.ask("What is the AGM?"))["text"]  # the name was the only one
    by_command = await member.ask("/audit Family2")
    await member.press(by_command, data_of(by_command, "What was done to Delegate Family2"))
    assert "Suspension of a person ended." in (await now_reads(member, by_command, "1 entry"))["text"]
    assert "I found nobody" in (await member.ask("/audit Xylophone Qwertz"))["text"]


async def test_a_search_that_is_left(member: Phone) -> None:
    screen = await member.ask("/audit")
    await member.press(screen, data_of(screen, "Who or what"))
    await now_reads(member, screen, "Write the name")
    await member.ask("/cancel")
    assert "AGM" in (await member.ask("What is the AGM?"))["text"]


async def test_in_the_group_the_name_comes_with_the_command(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group = member.within(await bound(people, owner, member))
    screen = await group.ask("/audit")
    toast = await group.press(screen, data_of(screen, "Who or what"))
    assert toast["text"] == "Here, write /audit and the name."
    found = await group.ask("/audit center:1")
    assert "What was done to center:1" in buttons(found)


@pytest.mark.parametrize("form", ["XLSX", "CSV"])
async def test_as_a_file(bot: Running, people: People, member: Phone, form: str) -> None:
    screen = await member.ask("/audit")
    await member.press(screen, data_of(screen, form))
    file = await next_document(people, member, screen)
    assert file["caption"].startswith("Audit log, 2 entries\n\nAs of ")
    content = await document_of(people, file)
    if form == "XLSX":
        heading, *rows = sheets_of(content)["Audit log"]
        assert heading[:5] == ["When (UTC)", "No. of who did it", "Who did it", "Act", "What was done"]
        assert [row[2:5] for row in rows] == [
            ["Member A", "role.accept", "Role accepted by a link."],
            ["Owner 501", "link.make", "Link made that gives a role."],
        ]
    else:
        assert "Role accepted by a link." in content.decode("utf-8-sig")
    [entry] = await audit.search(bot.database.reader, AuditFilter(act="log.export"), at_most=9)
    assert json.loads(entry.entry.after or "")["entries"] == 2


@pytest.mark.parametrize("data", ["audit:show:..--", "audit:acts:..--", "audit:words:..--", "audit:xlsx:..--"])
async def test_a_forged_press_is_refused_and_noted(bot: Running, people: People, member: Phone, data: str) -> None:
    stranger = await people.person("Stranger")
    assert (await stranger.ask("/audit Member"))["text"] == "This is for the Secretariat only."
    toast = await stranger.press(await stranger.ask("/start"), data, forged=True)
    assert toast["text"] == "This is for the Secretariat only."
    [entry] = await audit.search(bot.database.reader, AuditFilter(act="refused"), at_most=9)
    assert (entry.entry.actor_id, entry.entry.object) == (stranger.id, "audit")
    assert await bot.spool.names() == []
    for choice in ("..z-", "..-9"):
        for act in ("show", "xlsx"):
            outdated: Json = await member.press(await member.ask("/audit"), f"audit:{act}:{choice}", forged=True)
            assert outdated["show_alert"] is True
