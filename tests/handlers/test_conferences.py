"""The screen of a conference, opening one, and changing it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.app import Running
from bot.conferences import moments
from bot.conferences.changes import conference_before
from bot.runtime.clock import MovableClock
from storage import changes, conferences
from storage.records.conferences import Entitled
from storage.session import Transaction
from tests import conferences as example
from tests import newsmaking, records, reminding
from tests.centers import press
from tests.chat import People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, changed_line, finished, logged, now_is, opened, turned
from tests.participants import delegate

# --- For everybody


async def test_without_a_conference_it_says_so(bot: Running, people: People) -> None:
    reply = await (await people.person()).ask("/conference")
    assert reply["text"] == "The next Annual Conference has not been announced here yet."
    assert list(buttons(reply).values()) == ["menu"]


async def test_everybody_sees_what_is_known_of_the_next_one(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    reply = await (await people.person()).ask("/conference")
    assert reply["text"].startswith(f"Annual Conference {conference.year}\n")
    for line in ("Nairobi, 🇰🇪 Kenya", "Theme: Example theme", "Edition: 12", "Languages: English and French",
                 "Places: 200", "Host organization: Organization A", "Last day to register: "):  # fmt: skip
        assert line in reply["text"]
    assert reply["text"].index("Last day for papers: ") < reply["text"].index("Last day to register: ")  # as they come
    number = conference.id
    assert list(buttons(reply).values()) == [
        f"part:show:{number}", f"agenda:show:{number}", f"programme:show:{number}", f"agm:show:{number}",
        f"calendar:get:{number}", "conf:list:0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("ar", "Nairobi، 🇰🇪 كينيا"), ("en", "Nairobi, 🇰🇪 Kenya"), ("es", "Nairobi, 🇰🇪 Kenia"),
        ("fr", "Nairobi, 🇰🇪 Kenya"), ("ru", "Nairobi, 🇰🇪 Кения"), ("zh", "Nairobi，🇰🇪 肯尼亚"),
    ],
)  # fmt: skip
async def test_the_place_is_told_in_each_language(bot: Running, people: People, language: str, place: str) -> None:
    await opened(bot)
    reply = await (await people.person(language=language)).ask("/conference")
    assert place in re.sub("[\u200f\u2068\u2069]", "", reply["text"]).splitlines()


async def test_what_is_not_known_is_left_out(bot: Running, people: People) -> None:
    await opened(
        bot, theme=None, city=None, venue=None, capacity=None, register_by=None, papers_by=None, visa_by=None,
        hotel_by=None, languages=(), online_link=None, contact=None, edition_number=None, host_organization=None,
    )  # fmt: skip
    lines = (await (await people.person()).ask("/conference"))["text"].splitlines()
    assert len(lines) == 3
    assert lines[2] == "🇰🇪 Kenya"


async def test_past_and_cancelled_conferences_stay_in_the_list(bot: Running, people: People) -> None:
    first = moments.today(example.ZONE, bot.now_us())
    past = await opened(
        bot, starts_on=first - timedelta(days=400), ends_on=first - timedelta(days=398), city="Past City"
    )
    owner = await owner_of(people)
    await owner.ask("/start")
    off = await opened(bot, city="Off City")
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:show:{off.id}", "Example Hall")
    menu = await turned(owner, menu, f"conf:manage:{off.id}", "What do you want to change?")
    asked = await turned(owner, menu, f"conf:cancel:{off.id}", f"Cancel “Annual Conference {off.year}”?")
    menu = await turned(owner, asked, f"conf:cancelled:{off.id}", "It was cancelled.")
    asked = await turned(owner, menu, f"conf:cancel:{past.id}", f"Cancel “Annual Conference {past.year}”?", forged=True)
    assert asked["text"].endswith("It is over, so nobody is told.")
    menu = await turned(owner, asked, f"conf:manage:{off.id}", "It was cancelled.", forged=True)
    assert f"conf:restore:{off.id}" in buttons(menu).values()
    phone = await people.person()
    reply = await phone.ask("/conferences")
    names = list(buttons(reply))
    assert names[0].endswith("Off City (cancelled)")
    assert names[1].endswith("Past City")
    shown = await turned(phone, reply, f"conf:show:{past.id}", "Past City, 🇰🇪 Kenya")
    assert f"part:show:{past.id}" not in buttons(shown).values()
    told = await phone.ask("/conference")
    heading, sentence = told["text"].split("\n\n")
    assert heading.startswith(f"Annual Conference {off.year}\nIt was cancelled.\n")
    assert sentence == "The next Annual Conference has not been announced here yet."
    assert f"conf:show:{off.id}" in buttons(told).values()


async def test_a_button_under_a_file_is_answered_below_it(bot: Running, people: People) -> None:
    conference = await opened(bot)
    phone = await people.person()
    file = await phone.ask("/calendar")
    await phone.press(file, f"conf:show:{conference.id}")
    assert "Theme: Example theme" in (await phone.reply_after(file["message_id"]))["text"]


async def test_a_link_leads_to_a_conference(bot: Running, people: People) -> None:
    conference = await opened(bot)
    phone = await people.person()
    start = await phone.start(f"conference_{conference.id:09}")
    assert "Theme: Example theme" in (await phone.reply_after(start["message_id"]))["text"]
    for payload in ("conference_", "conference_9999999999999999999", "conference_x", "conference_99"):
        start = await phone.start(payload)
        assert "Theme: Example theme" not in (await phone.reply_after(start["message_id"]))["text"]


# --- The Secretariat


async def test_the_secretariat_opens_a_conference(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    step = await begun(owner, await owner.ask("/conference"), "conf:open")
    first = moments.today("UTC", bot.now_us()) + timedelta(days=200)
    assert "Host country" in step["text"]
    await owner.ask("Kenya")
    await owner.ask(first.isoformat())
    assert "cannot be before the first" in (await owner.ask((first - timedelta(days=1)).isoformat()))["text"]
    assert "longer than a month" in (await owner.ask((first + timedelta(days=700)).isoformat()))["text"]
    zone = await owner.ask((first + timedelta(days=2)).isoformat())
    assert "Nairobi" in buttons(zone)
    await owner.ask("Nairobi")
    await owner.ask("Example City")
    await owner.ask("Example theme")
    assert "after the last day" in (await owner.ask((first + timedelta(days=9)).isoformat()))["text"]
    assert "This day is past." in (await owner.ask("2020-03-12"))["text"]
    asked = await owner.ask((first - timedelta(days=30)).isoformat())
    assert "The first day is past" not in asked["text"]
    late = await changed_line(owner, asked, "Last day to register", (first + timedelta(days=9)).isoformat())
    assert "after the last day" in late["text"]
    asked = await owner.ask((first - timedelta(days=30)).isoformat())
    asked = await changed_line(owner, asked, "Languages", "English, French")
    asked = await changed_line(owner, asked, "Places", "150")
    told = await finished(owner, asked, "Open it")
    assert told["text"].startswith(f"The conference is open.\n\nAnnual Conference {first.year}\n")
    [conference] = await conferences.latest(bot.database.reader, at_most=2)
    details = conference.details
    assert (details.host_country, details.starts_on, details.time_zone) == ("KE", first, "Africa/Nairobi")
    assert (details.city, details.languages, details.capacity) == ("Example City", ("en", "fr"), 150)
    assert details.register_by == first - timedelta(days=30)
    assert len(await logged(bot, "conference.open")) == 1


async def test_days_without_a_year_are_of_the_year_that_makes_sense(
    bot: Running, people: People, clock: MovableClock
) -> None:
    this = moments.today("UTC", bot.now_us()).year
    clock.advance(moments.moment_us(date(this + 1, 3, 1), time(12), "UTC") / 1_000_000 - bot.now_us() / 1_000_000)
    year = this + 2
    conference = await opened(bot, starts_on=date(year, 6, 12), ends_on=date(year, 6, 15), register_by=None)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:manage:{conference.id}", "change?", forged=True)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    first = await changed_line(owner, step, "First day", "10 June")
    assert [data[-10:] for data in buttons(first).values() if ":pick:" in data] == [
        f"{year - 1}-06-10",
        f"{year}-06-10",
    ]
    step = await owner.ask(f"10 June {year}")
    step = await changed_line(owner, step, "Last day", "16 June")
    step = await changed_line(owner, step, "Last day to register", "1 February")
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Saved.")
    details = (await now_is(bot, conference)).details
    assert (details.starts_on, details.ends_on) == (date(year, 6, 10), date(year, 6, 16))
    assert details.register_by == date(year, 2, 1)
    clock.advance(moments.moment_us(date(year, 6, 20), time(12), "UTC") / 1_000_000 - bot.now_us() / 1_000_000)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    told = await finished(owner, await changed_line(owner, step, "Last day", "17 June"), "Save")
    assert told["text"].startswith("Saved.")
    assert (await now_is(bot, conference)).details.ends_on == date(year, 6, 17)


async def test_one_that_is_over_is_entered_and_nobody_is_told(
    bot: Running, people: People, clock: MovableClock
) -> None:
    center = await records.center(bot)
    focal = await delegate(bot, people, center)
    await records.lead(bot, focal, center)
    owner = await owner_of(people)
    await begun(owner, await owner.ask("/conference"), "conf:open")
    first = moments.today(example.ZONE, bot.now_us()) - timedelta(days=5)
    for answer in ("Kenya", first.isoformat(), (first + timedelta(days=2)).isoformat(), "Nairobi", "City A", "Theme A"):
        await owner.ask(answer)
    summary = await owner.ask((first - timedelta(days=30)).isoformat())
    assert "The first day is past. Is the year right?" in summary["text"]
    told = await finished(owner, summary, "Open it")
    assert told["text"].startswith(
        "The conference is entered. It is over, so nobody is reminded of it.\n\nAnnual Conference"
    )
    [conference] = await conferences.latest(bot.database.reader, at_most=2)
    assert conference.details.starts_on == first
    await example.with_agm(bot.database, conference, bot.now_us(), entitled=Entitled.FOCAL_POINTS)
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:manage:{conference.id}", "change?", forged=True)
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    earlier = (first - timedelta(days=1)).isoformat()
    told = await finished(owner, await changed_line(owner, step, "First day", earlier), "Save")
    assert told["text"].startswith("Saved.")
    before = await focal.from_bot()
    clock.advance(36 * 3600)
    await reminding.Year(bot, people, clock, conference.year, conference.id).is_looked_at()
    assert await focal.from_bot() == before
    assert await reminding.states(bot.database, focal.id) == []


async def test_a_day_that_is_still_to_come_does_not_become_past(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    step = await changed_line(owner, await begun(owner, menu, f"conf:edit:{conference.id}"), "First day", "2020-03-12")
    assert "This day is past." in (await finished(owner, step, "Save"))["text"]
    assert await now_is(bot, conference) == conference


async def test_two_on_the_same_days_are_pointed_out(bot: Running, people: People) -> None:
    other = await opened(bot)
    owner = await owner_of(people)
    await begun(owner, await owner.ask("/conferences"), "conf:open")
    days = (other.details.starts_on.isoformat(), other.details.ends_on.isoformat())
    for answer in ("Ghana", *days, "Accra", "Example City", "Example theme"):
        await owner.ask(answer)
    told = await finished(owner, await owner.ask(days[0]), "Open it")
    assert f"Annual Conference {other.year} is on some of the same days." in told["text"]


async def test_others_open_none(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.ask("/conference")
    assert "only" in (await phone.press(reply, "conf:open", forged=True))["text"]
    assert await conferences.count(bot.database.reader) == 0
    assert await logged(bot, "refused") == ["conference "]


async def test_each_detail_can_be_changed_and_is_noted(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    step = await changed_line(owner, step, "Venue", "Other Hall")
    told = await finished(owner, await changed_line(owner, step, "Contact", "office@example.org"), "Save")
    assert told["text"].startswith("Saved.")
    assert "Venue: Other Hall" in told["text"]
    after = await now_is(bot, conference)
    assert after.details == replace(conference.details, venue="Other Hall", contact="office@example.org")
    assert await logged(bot, "conference.edit") == [
        f'conference:{conference.id} {{"venue":"Other Hall","contact":"…"}}'
    ]
    [untold] = await changes.untold(bot.database.reader, conference.id)
    assert conference_before(untold).details == conference.details


async def test_what_somebody_else_has_changed_is_not_overwritten(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    step = await changed_line(owner, step, "Venue", "My Hall")

    async def meanwhile(tx: Transaction) -> None:
        await conferences.change(tx, conference, replace(conference.details, venue="Their Hall"), bot.now_us())

    await bot.database.write(meanwhile)
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Somebody else has changed the same meanwhile")
    assert "Venue: Their Hall" in told["text"]
    assert (await now_is(bot, conference)).details.venue == "Their Hall"


async def test_days_that_do_not_fit_are_asked_for_again(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    step = await begun(owner, menu, f"conf:edit:{conference.id}")
    late = (conference.details.ends_on + timedelta(days=1)).isoformat()
    told = await finished(owner, await changed_line(owner, step, "First day", late), "Save")
    assert "The last day cannot be before the first." in told["text"]
    assert "Keep it so" not in buttons(told)
    assert await now_is(bot, conference) == conference
    far = (conference.details.ends_on + timedelta(days=700)).isoformat()
    told = await finished(owner, await owner.ask(far), "Save")
    assert "It would last longer than a month." in told["text"]
    assert "Keep it so" not in buttons(told)
    told = await finished(owner, await owner.ask(late), "Save")
    assert told["text"].startswith("Saved.")


async def test_a_note_is_written_shown_and_removed(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    listed = await turned(owner, menu, f"conf:notes:{number}", "What do you want to write about?")
    await begun(owner, listed, f"conf:write:{number}:visa")
    told = await finished(owner, await owner.ask("Ask for a letter.\nIt takes a week."), "Save")
    assert told["text"].startswith("Saved.")
    phone = await people.person()
    shown = await phone.ask("/conference")
    await turned(phone, shown, f"conf:note:{number}:visa", "Ask for a letter.\nIt takes a week.")
    step = await begun(owner, listed, f"conf:write:{number}:visa")
    assert "Leave empty" in buttons(step)
    await press(owner, step, "Leave empty")
    await finished(owner, await owner.reply_after(step["message_id"]), "Save")
    assert await conferences.notes(bot.database.reader, number) == {}
    assert "not there any more" in (await phone.press(shown, f"conf:note:{number}:visa", forged=True))["text"]
    assert len(await logged(bot, "conference.note")) == 2


async def test_a_conference_is_cancelled_once_and_taken_back(bot: Running, people: People, clock: MovableClock) -> None:
    conference = await opened(bot)
    owner, number = await owner_of(people), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    asked = await turned(owner, menu, f"conf:cancel:{number}", "Cancel “Annual Conference")
    assert "All delegates of approved Centers, those who lead them, the hosts and everybody" in asked["text"]
    menu = await turned(owner, asked, f"conf:cancelled:{number}", "It was cancelled.")
    again = await owner.press(menu, f"conf:cancelled:{number}", forged=True)
    assert "changed meanwhile" in again["text"]
    assert not (await now_is(bot, conference)).is_on
    asked = await turned(owner, menu, f"conf:restore:{number}", "Does “Annual Conference")
    assert asked["text"].endswith("Nobody has been told of the last change yet, so nobody is told of this one.")
    menu = await turned(owner, asked, f"conf:manage:{number}", "It was cancelled.")
    await newsmaking.settled(bot, clock)
    asked = await turned(owner, menu, f"conf:restore:{number}", "Does “Annual Conference")
    assert "All delegates of approved Centers, those who lead them, the hosts and everybody" in asked["text"]
    assert not (await now_is(bot, conference)).is_on
    menu = await turned(owner, asked, f"conf:restored:{number}", "want to change?")
    assert (await now_is(bot, conference)).is_on
    assert "changed meanwhile" in (await owner.press(menu, f"conf:restored:{number}", forged=True))["text"]
    assert len(await logged(bot, "conference.cancel")) == len(await logged(bot, "conference.restore")) == 1
