"""The agenda of an AGM: written, and its items moved, changed and removed one by one."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.conferences.agm_items import mark_of
from storage import conferences
from storage.records.conferences import Conference
from storage.session import Transaction
from tests.centers import press
from tests.chat import Json, People, Phone, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, finished, logged, turned, with_agm


async def planned(bot: Running, *items: str) -> Conference:
    """A conference with this agenda of its AGM."""
    conference, _agm = await with_agm(bot)
    await written(bot, conference, *items)
    return conference


async def written(bot: Running, conference: Conference, *items: str) -> None:
    async def work(tx: Transaction) -> None:
        await conferences.set_agm_items(tx, conference.id, items)

    await bot.database.write(work)


async def kept(bot: Running, conference: Conference) -> tuple[str, ...]:
    return await conferences.agm_items(bot.database.reader, conference.id)


async def listed(owner: Phone, conference: Conference) -> Json:
    """The items, to choose one."""
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{conference.id}", "May attend")
    return await turned(owner, menu, f"agm:list:{conference.id}", "Which item do you want to change?")


async def test_it_is_written_line_by_line(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    assert "Rewrite the agenda" not in buttons(menu)  # there is none
    assert "What is the whole agenda?" in (await begun(owner, menu, f"agm:add:{number}"))["text"]
    summary = await owner.ask("Opening\n\n Budget ")
    assert "\nOpening\n" in summary["text"]
    told = await finished(owner, summary, "Save")
    assert "1. Opening\n2. Budget" in told["text"]
    assert "Which items come at the end?" in (await begun(owner, menu, f"agm:add:{number}"))["text"]
    told = await finished(owner, await owner.ask("Closing"), "Save")
    step = await begun(owner, told, f"agm:items:{number}")
    assert "So far: \nOpening\nBudget\nClosing" in step["text"]
    told = await finished(owner, await owner.ask("Budget\nOpening"), "Save")
    assert await conferences.agm_items(bot.database.reader, number) == ("Budget", "Opening")
    step = await begun(owner, told, f"agm:items:{number}")
    await press(owner, step, "Leave empty")
    await finished(owner, await owner.reply_after(step["message_id"]), "Save")
    assert await conferences.agm_items(bot.database.reader, number) == ()
    assert len(await logged(bot, "agm.items")) == 4


async def test_it_is_called_what_it_is(bot: Running, people: People) -> None:
    conference = await planned(bot, "Opening")
    phone = await people.person()
    screen = await turned(phone, await phone.ask("/conference"), f"agm:show:{conference.id}", "May attend")
    assert screen["text"].endswith("\n\nAgenda of the AGM\n1. Opening")


async def test_nothing_is_cut_off(bot: Running, people: People) -> None:
    long, short = [f"{place} {'x' * 300}" for place in range(6)], [str(place) for place in range(30)]
    conference = await planned(bot, *long)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    assert all(item in menu["text"] for item in long)
    await begun(owner, menu, f"agm:add:{number}")
    refused = await finished(owner, await owner.ask("y" * 400), "Save")
    assert "This is too long: there is room for 182 characters." in refused["text"]
    await finished(owner, await owner.ask("y" * 182), "Save")
    assert await kept(bot, conference) == (*long, "y" * 182)
    await begun(owner, menu, f"agm:items:{number}")
    assert "This is too long: there is room for 2,000 characters." in (await owner.ask("y" * 2001))["text"]
    assert "This is too much: it can be at most 50." in (await owner.ask("\n".join([*short, *short])))["text"]
    told = await finished(owner, await owner.ask("\n".join(short)), "Save")
    assert told["text"].startswith("Saved.")
    await begun(owner, menu, f"agm:add:{number}")
    refused = await finished(owner, await owner.ask("\n".join(short)), "Save")
    assert "This is too much: it can be at most 50." in refused["text"]
    assert await kept(bot, conference) == tuple(short)


async def test_an_item_is_moved(bot: Running, people: People) -> None:
    conference = await planned(bot, "A", "B", "C")
    owner, number = await owner_of(people), conference.id
    shown = await listed(owner, conference)
    mark = mark_of(("A", "B", "C"))
    shown = await turned(owner, shown, f"agm:item:{number}:1:{mark}", "2. B")
    shown = await turned(owner, shown, f"agm:move:{number}:1:{mark}:2", "3. B")
    assert await kept(bot, conference) == ("A", "C", "B")
    assert "Move down" not in buttons(shown)
    await press(owner, shown, "Move up")
    assert await kept(bot, conference) == ("A", "B", "C")
    assert len(await logged(bot, "agm.items")) == 2


async def test_an_item_is_changed_and_removed(bot: Running, people: People) -> None:
    conference = await planned(bot, "A", "B", "C")
    owner, number = await owner_of(people), conference.id
    mark = mark_of(("A", "B", "C"))
    shown = await turned(owner, await listed(owner, conference), f"agm:item:{number}:1:{mark}", "2. B")
    step = await begun(owner, shown, f"agm:word:{number}:1:{mark}")
    assert "What should the item be?" in step["text"]
    await finished(owner, await owner.ask("B1\nB2"), "Save")
    assert await kept(bot, conference) == ("A", "B1", "B2", "C")
    mark = mark_of(("A", "B1", "B2", "C"))
    shown = await turned(owner, await listed(owner, conference), f"agm:item:{number}:0:{mark}", "1. A")
    shown = await turned(owner, shown, f"agm:unitem:{number}:0:{mark}", "Which item do you want to change?")
    assert list(buttons(shown)) == ["1. B1", "2. B2", "3. C", "Back"]
    assert await kept(bot, conference) == ("B1", "B2", "C")


@pytest.mark.parametrize("act", ["item:{}", "move:{}:0", "word:{}", "unitem:{}"])
async def test_old_buttons_change_no_other_item(bot: Running, people: People, act: str) -> None:
    conference = await planned(bot, "A", "B")
    owner, number = await owner_of(people), conference.id
    shown = await listed(owner, conference)
    await written(bot, conference, "B", "A")
    which = f"{number}:1:{mark_of(('A', 'B'))}"
    toast = await owner.press(shown, f"agm:{act.format(which)}", forged=True)
    assert "changed meanwhile" in toast["text"]
    beyond = f"{number}:7:{mark_of(('B', 'A'))}"
    assert "changed meanwhile" in (await owner.press(shown, f"agm:{act.format(beyond)}", forged=True))["text"]
    assert await kept(bot, conference) == ("B", "A")


async def test_others_change_no_item(bot: Running, people: People) -> None:
    conference = await planned(bot, "A", "B")
    phone = await people.person()
    screen = await turned(phone, await phone.ask("/conference"), f"agm:show:{conference.id}", "May attend")
    which = f"{conference.id}:1:{mark_of(('A', 'B'))}"
    for act in (f"list:{conference.id}", f"item:{which}", f"move:{which}:0", f"word:{which}", f"unitem:{which}"):
        toast = await phone.press(screen, f"agm:{act}", forged=True)
        assert toast["text"] == "Only the host and the Secretariat can do that."
    assert await kept(bot, conference) == ("A", "B")
