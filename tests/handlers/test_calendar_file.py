"""/calendar: a file that calendars read, with times that are right, and that updates what they have."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage.records.conferences import Agm, Conference, ConferenceState, Planned
from storage.records.durations import MINUTE_US, SECOND_US
from tests import conferences as example
from tests import newsmaking as news
from tests import reminding
from tests.chat import Json, People, Phone, buttons
from tests.desk import shown
from tests.office import document_of, next_document


async def asked(people: People, phone: Phone) -> Any:
    """The file that somebody gets."""
    return await read(people, await phone.ask("/calendar"))


async def read(people: People, message: Json) -> Any:
    """A file as a calendar reads it."""
    return Calendar.from_ical(await document_of(people, message))


def imported(calendar: Any, into: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a calendar has once it has read the file: an event with a known UID stays unless its SEQUENCE is higher."""
    kept = {} if into is None else dict(into)
    for event in calendar.events:
        known = kept.get(str(event["uid"]))
        if known is None or event["sequence"] > known["sequence"]:
            kept[str(event["uid"])] = event
    return kept


def moment(at_us: int) -> datetime:
    return datetime.fromtimestamp(at_us / SECOND_US, UTC)


async def planned(bot: Running, phone: Phone, **details: Any) -> tuple[Conference, Agm, int]:
    held = await example.opened(bot.database, bot.now_us(), **details)
    agm = await example.with_agm(bot.database, held, bot.now_us())
    await example.with_session(bot.database, held, bot.now_us(), "Session of nobody")
    mine = await example.with_session(
        bot.database, held, bot.now_us(), "Session A; with, all\\ signs", uid="session-a", description="Line 1\nLine 2"
    )
    await news.starred(bot, phone, mine)
    return held, agm, mine


async def test_without_a_conference_it_says_so(bot: Running, people: People) -> None:
    phone = await people.person()
    assert "No Annual Conference is planned" in (await phone.ask("/calendar"))["text"]
    toast = await phone.press(await phone.ask("/agenda"), "calendar:get:7", forged=True)
    assert toast["text"] == "This is not there any more."


async def test_what_is_in_it(bot: Running, people: People) -> None:
    phone, other = await people.person(), await people.person("Delegate B")
    await phone.ask("/start")
    held, _agm, _mine = await planned(bot, phone)
    message = await phone.ask("/calendar")
    assert message["document"]["file_name"] == f"unigo-conference-{held.year}.ics"
    assert message["caption"].startswith(f"Annual Conference {held.year} for your calendar.")
    events = imported(await read(people, message))
    assert list(events) == [
        f"conference-{held.id}@unigo_test_bot",
        f"agm-{held.id}@unigo_test_bot",
        f"session-a-{held.id}@unigo_test_bot",
    ]
    conference, agm, session = events.values()
    assert conference["dtstart"].dt == held.details.starts_on
    assert conference["dtend"].dt == held.details.ends_on + timedelta(days=1)
    assert conference["location"] == "Example Hall, Nairobi, Kenya"
    assert agm["summary"] == f"Annual General Meeting · Annual Conference {held.year}"
    assert session["summary"] == "Session A; with, all\\ signs"
    assert session["description"] == "Line 1\nLine 2"
    assert session["location"] == "Room 1, Example Hall"
    assert {str(one["status"]) for one in events.values()} == {"CONFIRMED"}
    said = await other.ask("/agenda")
    await other.press(said, f"calendar:get:{held.id}", forged=True)
    others = await read(people, await next_document(people, other, said))
    assert len(others.events) == len((conference, agm))


async def test_in_a_group_nobodys_programme_is_shown(bot: Running, people: People) -> None:
    phone = await people.person()
    await phone.ask("/start")
    await planned(bot, phone)
    group = phone.within(await people.group(phone))
    found = await read(people, await group.ask("/calendar@unigo_test_bot"))
    assert [str(one["uid"]).partition("-")[0] for one in found.events] == ["conference", "agm"]


def day_of_change(zone: str, year: int) -> date:
    """The first day of a year on which clocks there change; where they never do, one in June."""
    noons = [datetime.combine(date(year, 1, 1), time(12), ZoneInfo(zone)) + timedelta(days=day) for day in range(365)]
    changed = [now.date() for before, now in pairwise(noons) if before.utcoffset() != now.utcoffset()]
    return next(iter(changed), date(year, 6, 15))


@pytest.mark.parametrize("zone", ["Africa/Nairobi", "Europe/Zurich", "America/New_York"])
async def test_times_are_right_whether_or_not_clocks_change_meanwhile(
    bot: Running, people: People, clock: MovableClock, zone: str
) -> None:
    middle = day_of_change(zone, reminding.begin(clock))
    phone = await people.person()
    await phone.ask("/start")
    around = {"starts_on": middle - timedelta(days=1), "ends_on": middle + timedelta(days=1), "time_zone": zone}
    held, agm, _mine = await planned(bot, phone, **around)
    numbers = [
        await example.with_session(bot.database, held, bot.now_us(), f"Day {day}", uid=f"day-{day}", day=day)
        for day in range(3)
    ]
    await news.starred(bot, phone, *numbers)
    calendar = await asked(people, phone)
    events = imported(calendar)
    told = calendar.timezones[0].to_tz(lookup_tzid=False)  # what the file itself says of the zone
    for day, event in enumerate(events[f"day-{day}-{held.id}@unigo_test_bot"] for day in range(3)):
        starts = event["dtstart"].dt
        assert event["dtstart"].params["TZID"] == zone
        at = example.at(held, held.details.starts_on + timedelta(days=day), 9)
        assert starts.astimezone(UTC) == moment(at)
        assert starts.replace(tzinfo=told).astimezone(UTC) == moment(at)
    assert events[f"agm-{held.id}@unigo_test_bot"]["dtend"].dt.astimezone(UTC) == moment(agm.ends_at)
    assert [str(one["tzid"]) for one in calendar.timezones] == [zone]


async def test_taken_in_again_it_updates_and_doubles_nothing(bot: Running, people: People, clock: MovableClock) -> None:
    phone = await people.person()
    await phone.ask("/start")
    held, _agm, mine = await planned(bot, phone)
    first = await asked(people, phone)
    events = imported(first)
    again = await asked(people, phone)
    assert again.to_ical() == first.to_ical()
    assert imported(again, events) == events
    clock.advance(60)
    later = example.at(held, held.details.starts_on, 15)
    await news.session_changed(bot, mine, starts_at=later, ends_at=later + 30 * MINUTE_US)
    await news.agm_changed(bot, held.id, state=Planned.CANCELLED)
    after = imported(await asked(people, phone), events)
    assert list(after) == list(events)
    conference, meeting, session = after.values()
    uid = str(session["uid"])
    assert session["sequence"] == events[uid]["sequence"] + 1
    assert session["last-modified"].dt >= events[uid]["last-modified"].dt + timedelta(seconds=60)
    assert session["dtstart"].dt.astimezone(UTC) == moment(later)
    assert meeting["status"] == "CANCELLED"
    assert conference == events[str(conference["uid"])]
    await news.conference_is(bot, held.id, ConferenceState.CANCELLED)
    last_seen = (await phone.messages())[-1]["message_id"]
    await phone.press(await phone.ask("/agenda"), f"conf:show:{held.id}", forged=True)
    said = await shown(phone, lambda one: f"calendar:get:{held.id}" in buttons(one).values(), after=last_seen)
    toast = await phone.press(said, f"calendar:get:{held.id}")
    assert toast["text"] == "The file comes in a moment."
    last = imported(await read(people, await next_document(people, phone, said)), after)
    assert {str(one["status"]) for one in last.values()} == {"CANCELLED"}
    assert list(last) == list(events)
