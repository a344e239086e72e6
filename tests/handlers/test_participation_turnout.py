"""The Secretariat and the host see who comes, and get the list."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members.roles import Role
from storage import audit, roles, turnouts
from storage.audit import AuditFilter
from storage.session import Transaction
from tests import records, reminding
from tests.chat import People, Phone
from tests.desk import OWNER, owner_of
from tests.office import document_of, next_document, sheets_of
from tests.participants import IN_PERSON, ONLINE, answered, becomes, conference, delegate, labels, press


async def host_of(bot: Running, people: People, conference_id: int) -> Phone:
    phone = await people.person("Host")
    await phone.ask("/start")

    async def work(tx: Transaction) -> None:
        await roles.give(tx, phone.id, Role.HOST, scope=str(conference_id), given_by=OWNER, now=bot.now_us())

    await bot.database.write(work)
    return phone


async def test_a_host_sees_the_numbers_and_gets_the_list(bot: Running, people: People) -> None:
    held = await conference(bot, capacity=1)
    a, b = await records.center(bot), await records.center(bot, name="Center B", country="CH")
    silent = await records.center(bot, name="Center C", country="FR")
    first = await delegate(bot, people, a, "Delegate A")
    second = await delegate(bot, people, b, "=Delegate B")
    guest = await delegate(bot, people, None, "Guest A")
    await answered(first, held, {**IN_PERSON, "Is there anything that you do not eat": "=No nuts"})
    await answered(second, held, words="Your place among those who wait")
    await answered(guest, held, ONLINE)

    async def absent(tx: Transaction) -> None:
        await turnouts.say_absent(tx, held.id, silent, by=OWNER, now=bot.now_us())

    host = await host_of(bot, people, held.id)
    menu = await host.ask("/start")
    await host.press(menu, f"part:all:{held.id}", forged=True)
    shown = await becomes(host, menu, "Registered: 2")
    for line in ("Waits for a place: 1", "In person: 1", "Online: 1", "Plenary: 1", "Visa letter: 1"):
        assert line in shown["text"]
    assert "Places in person: 1" in shown["text"]
    await press(host, shown, "Centers without an answer (1)")
    await becomes(host, shown, "Center C")
    await bot.database.write(absent)
    await press(host, shown, "Back")
    again = await becomes(host, shown, "Registered: 2")
    assert "Centers without an answer (1)" not in labels(again)
    await press(host, shown, "Centers that do not come (1)")
    await becomes(host, shown, "Center C")
    await press(host, shown, "Back")
    await becomes(host, shown, "Registered: 2")
    await press(host, shown, "As XLSX")
    file = await next_document(people, host, shown)
    assert file["document"]["file_name"] == f"unigo-participants-{held.year}.xlsx"
    (rows,) = sheets_of(await document_of(people, file)).values()
    days = [held.details.starts_on.isoformat(), held.details.ends_on.isoformat()]
    assert rows[1:] == [
        ["Delegate A Example", "Center A", "Kenya", "Registered", "In person", *days, "=No nuts", None, "Yes",
         "Plenary"],
        ["=Delegate B Example", "Center B", "Switzerland", "Waits for a place", "In person", *days, None, None, "Yes",
         "Plenary"],
        ["Guest A Example", None, None, "Registered", "Online", None, None, None, None, "No", "Police"],
    ]  # fmt: skip
    found = await audit.search(bot.database.reader, AuditFilter(object=f"conference:{held.id}"), at_most=9)
    assert [(line.entry.actor_id, line.entry.act) for line in found] == [(host.id, "participation.export")]


async def test_the_secretariat_gets_what_its_letters_need(bot: Running, people: People) -> None:
    held = await conference(bot)
    first = await delegate(bot, people, await records.center(bot), "Delegate A")
    await answered(first, held)
    owner = await owner_of(people)
    menu = await owner.ask("/start")
    await owner.press(menu, f"part:all:{held.id}", forged=True)
    await press(owner, await becomes(owner, menu, "Registered: 1"), "As XLSX")
    (rows,) = sheets_of(await document_of(people, await next_document(people, owner, menu))).values()
    assert rows[0][-4:] == ["Title or rank", "Function", "Nationality", "E-mail"]
    assert rows[1][-4:] == ["Major", "Instructor", "Kenya", "delegate-a@example.org"]


async def test_who_was_erased_is_counted_and_in_no_list(bot: Running, people: People) -> None:
    held = await conference(bot)
    center = await records.center(bot)
    for name in "AB":
        await answered(await delegate(bot, people, center, f"Delegate {name}"), held)
    await reminding.execute(
        bot.database, "UPDATE participations SET delegate = NULL WHERE id = (SELECT min(id) FROM participations)"
    )
    owner = await owner_of(people)
    menu = await owner.ask("/start")
    await owner.press(menu, f"part:all:{held.id}", forged=True)
    shown = await becomes(owner, menu, "Registered: 2")
    assert "1 of them had all data erased, and is not in the list." in shown["text"]


async def test_nobody_may_have_answered(bot: Running, people: People) -> None:
    held = await conference(bot)
    owner = await owner_of(people)
    menu = await owner.ask("/start")
    await owner.press(menu, f"part:all:{held.id}", forged=True)
    await becomes(owner, menu, "Nobody has answered yet.")


@pytest.mark.parametrize("act", ["all:{}", "silent:{}:0", "absent:{}:0", "file:{}"])
async def test_others_have_no_right_to_it(bot: Running, people: People, act: str) -> None:
    held, other = await conference(bot), await conference(bot)
    center = await records.center(bot)
    phone = await delegate(bot, people, center)
    await records.lead(bot, phone, center)
    host_of_another = await host_of(bot, people, other.id)
    for one in (phone, host_of_another):
        menu = await one.ask("/start")
        toast = await one.press(menu, f"part:{act.format(held.id)}", forged=True)
        assert toast["text"] == "Only the host and the Secretariat can do that."
    assert not [one for one in await phone.messages() if "document" in one]


async def test_a_conference_that_is_not_there_says_so(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    menu = await owner.ask("/start")
    for data in ("part:all:99", "part:file:99", "part:silent:99:0"):
        toast = await owner.press(menu, data, forged=True)
        assert toast["text"] == "This is not there any more.", data


async def test_a_group_is_led_to_the_conference_in_private(bot: Running, people: People) -> None:
    held, owner = await conference(bot), await owner_of(people)
    group = owner.within(await people.group(owner))
    said = await group.ask("/conference@unigo_test_bot")
    await group.press(said, f"part:all:{held.id}", forged=True)
    told = await group.reply_after(said["message_id"])
    [link] = [button["url"] for row in told["reply_markup"]["inline_keyboard"] for button in row]
    assert link.endswith(f"?start=conference_{held.id}")
