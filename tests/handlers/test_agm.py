"""The AGM of a conference: its screen, how it is set, changed and cancelled, and who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import changes, conferences
from storage.records.conferences import Agm, ChangeAbout, Conference, ConferenceState, Entitled, Planned
from storage.records.durations import HOUR_US, SECOND_US
from storage.session import Transaction
from tests import conferences as example
from tests import newsmaking as news
from tests import participants, records
from tests.chat import People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, changed_line, finished, host_of, logged, opened, turned, with_agm


async def kept(bot: Running, conference: Conference) -> Agm:
    agm = await conferences.agm(bot.database.reader, conference.id)
    assert agm is not None
    return agm


async def test_the_link_into_the_agm_is_for_those_who_may_attend(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    stranger, entitled = await people.person(), await participants.delegate(bot, people, await records.center(bot))
    show, link = f"agm:show:{conference.id}", "Online: https://agm.example"
    answer = await stranger.ask("When is the AGM?")
    screen = await turned(stranger, await stranger.ask("/conference"), show, "May attend: ")
    for message in (answer, screen):
        assert "Place: Room 1" in message["text"]
        assert link not in message["text"]
    await turned(entitled, await entitled.ask("/conference"), show, link)


async def test_the_secretariat_sets_the_agm(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    menu = await turned(owner, menu, f"agm:show:{number}", "has not been announced here yet.")
    await begun(owner, menu, f"agm:edit:{number}")
    for answer in (conference.details.starts_on.isoformat(), "2 pm", "13:00"):
        refused = await owner.ask(answer)
    assert "It has to end after it begins." in refused["text"]
    for answer in ("16:30", "Room 5", "agm.example", "delegates"):
        asked = await owner.ask(answer)
    told = await finished(owner, asked, "Save")
    assert told["text"].startswith("Saved.\n\nAnnual General Meeting")
    assert "14:00–16:30 (Nairobi)" in told["text"]
    agm = await kept(bot, conference)
    assert (agm.place, agm.notice_days, agm.entitled) == ("Room 5", 30, Entitled.DELEGATES)
    assert agm.starts_at == example.at(conference, conference.details.starts_on, 14)
    assert len(await logged(bot, "agm.set")) == 1


async def test_what_is_changed_of_it_is_noted_and_told(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    step = await begun(owner, menu, f"agm:edit:{number}")
    told = await finished(owner, await changed_line(owner, step, "Ends", "17:00"), "Save")
    assert "14:00–17:00 (Nairobi)" in told["text"]
    assert (await kept(bot, conference)).ends_at == before.ends_at + HOUR_US
    [untold] = await changes.untold(bot.database.reader, number)
    assert untold.about == ChangeAbout.AGM
    [entry] = await logged(bot, "agm.edit")
    assert entry == f'conference:{number} {{"ends":"17:00"}}'


async def test_it_can_go_on_past_midnight(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    owner, number, day = await owner_of(people), conference.id, conference.details.starts_on + timedelta(days=1)
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    step = await changed_line(owner, await begun(owner, menu, f"agm:edit:{number}"), "Begins", "22:30")
    step = await changed_line(owner, step, "Ends", "21:00")
    refused = await finished(owner, step, "Save")
    assert "It has to end after it begins." in refused["text"]
    await finished(owner, await owner.ask("00:30"), "Save")
    agm = await kept(bot, conference)
    assert agm.starts_at == example.at(conference, day, 22, 30)
    assert agm.ends_at == example.at(conference, day + timedelta(days=1), 0, 30)
    step = await changed_line(owner, await begun(owner, menu, f"agm:edit:{number}"), "Days of notice", "20")
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Saved.")
    after = await kept(bot, conference)
    assert (after.starts_at, after.ends_at, after.notice_days) == (agm.starts_at, agm.ends_at, 20)
    assert after.edition == before.edition + 2


async def test_its_end_can_be_put_off_while_it_is_under_way(bot: Running, people: People, clock: MovableClock) -> None:
    conference, before = await with_agm(bot)
    clock.advance((before.starts_at - bot.now_us()) / SECOND_US + 600)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    step = await changed_line(owner, await begun(owner, menu, f"agm:edit:{number}"), "Ends", "18:00")
    assert (await finished(owner, step, "Save"))["text"].startswith("Saved.")
    after = await kept(bot, conference)
    assert (after.starts_at, after.ends_at) == (before.starts_at, before.ends_at + 2 * HOUR_US)


async def test_it_is_on_a_day_of_the_conference(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    step = await begun(owner, menu, f"agm:edit:{number}")
    late = (conference.details.ends_on + timedelta(days=1)).isoformat()
    refused = await changed_line(owner, step, "Day", late)
    assert "This is not a day of the conference." in refused["text"]
    assert await kept(bot, conference) == before
    later = replace(conference.details, ends_on=conference.details.starts_on)
    step = await owner.ask(conference.details.ends_on.isoformat())

    async def shortened(tx: Transaction) -> None:
        assert await conferences.change(tx, conference, later, bot.now_us())

    await bot.database.write(shortened)
    assert "This is not a day of the conference." in (await finished(owner, step, "Save"))["text"]
    assert await kept(bot, conference) == before


async def test_what_two_set_at_the_same_time_is_set_once(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(
        owner, await owner.ask("/conference"), f"agm:show:{number}", "has not been announced", forged=True
    )
    await begun(owner, menu, f"agm:edit:{number}")
    for answer in (conference.details.starts_on.isoformat(), "14:00", "16:00", "Room 5", "agm.example", "delegates"):
        asked = await owner.ask(answer)
    theirs = await example.with_agm(bot.database, conference, bot.now_us())
    told = await finished(owner, asked, "Save")
    assert told["text"].startswith("Somebody else has changed the same meanwhile")
    assert await kept(bot, conference) == theirs


async def test_what_somebody_else_has_changed_is_not_overwritten(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    step = await changed_line(owner, await begun(owner, menu, f"agm:edit:{number}"), "Place", "Mine")

    async def meanwhile(tx: Transaction) -> None:
        assert await conferences.change_agm(tx, replace(before, place="Theirs"), bot.now_us())

    await bot.database.write(meanwhile)
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Somebody else has changed the same meanwhile")
    assert "Place: Theirs" in told["text"]


async def test_it_is_cancelled_and_taken_back(bot: Running, people: People, clock: MovableClock) -> None:
    conference, _agm = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"agm:show:{number}", "May attend")
    asked = await turned(owner, menu, f"agm:cancel:{number}", "Cancel the AGM?")
    assert "Those who may attend are told, at the earliest in five minutes." in asked["text"]
    menu = await turned(owner, asked, f"agm:cancelled:{number}", "It was cancelled.")
    assert (await kept(bot, conference)).state == Planned.CANCELLED
    assert "changed meanwhile" in (await owner.press(menu, f"agm:cancelled:{number}", forged=True))["text"]
    asked = await turned(owner, menu, f"agm:restore:{number}", "Does the AGM take place after all?")
    assert asked["text"].endswith("Nobody has been told of the last change yet, so nobody is told of this one.")
    assert (await kept(bot, conference)).state == Planned.CANCELLED
    menu = await turned(owner, asked, f"agm:show:{number}", "It was cancelled.")
    await news.settled(bot, clock)
    asked = await turned(owner, menu, f"agm:restore:{number}", "Does the AGM take place after all?")
    assert "Those who may attend are told, at the earliest in five minutes." in asked["text"]
    await turned(owner, asked, f"agm:restored:{number}", "May attend")
    assert "changed meanwhile" in (await owner.press(menu, f"agm:restore:{number}", forged=True))["text"]
    assert (await kept(bot, conference)).state == Planned.PLANNED
    assert len(await logged(bot, "agm.cancel")) == len(await logged(bot, "agm.restore")) == 1


async def test_of_a_cancelled_conference_it_says_so(bot: Running, people: People) -> None:
    conference, _agm = await with_agm(bot)
    await news.conference_is(bot, conference.id, ConferenceState.CANCELLED)
    phone = await people.person()
    listed = await phone.ask("/conferences")
    screen = await turned(phone, listed, f"agm:show:{conference.id}", "May attend", forged=True)
    assert f"The Annual Conference {conference.year} was cancelled." in screen["text"]


async def test_the_host_changes_its_place_and_nothing_else(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    owner, number = await owner_of(people), conference.id
    host = await host_of(bot, people, owner, conference)
    screen = await turned(host, await host.ask("/conference"), f"agm:show:{number}", "May attend")
    await begun(host, screen, f"agm:edit:{number}")
    told = await finished(host, await host.ask("Great Hall"), "Save")
    assert "Place: Great Hall" in told["text"]
    after = await kept(bot, conference)
    assert after == replace(before, place="Great Hall", edition=after.edition, changed_at=after.changed_at)
    for act in ("add", "items", "file", "docs", "cancel", "cancelled", "restore"):
        toast = await host.press(screen, f"agm:{act}:{number}", forged=True)
        assert toast["text"] == "This is for the Secretariat only."
    assert len(await logged(bot, "refused")) == 7


async def test_others_change_nothing(bot: Running, people: People) -> None:
    conference, before = await with_agm(bot)
    phone = await people.person()
    screen = await turned(phone, await phone.ask("/conference"), f"agm:show:{conference.id}", "May attend")
    assert list(buttons(screen).values()) == [f"conf:show:{conference.id}"]
    for act in ("edit", "add", "items", "file", "cancelled"):
        toast = await phone.press(screen, f"agm:{act}:{conference.id}", forged=True)
        assert toast["text"] == "Only the host and the Secretariat can do that."
    assert await kept(bot, conference) == before
