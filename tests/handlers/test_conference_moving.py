"""A conference gets other days or another time zone: what is planned in it goes along, or is pointed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.app import Running
from bot.conferences.changes import agm_before, session_before
from storage import agenda, announcements, changes, conferences
from storage.records.announcements import AnnouncementState
from storage.records.conferences import AgendaSession, Agm, ChangeAbout, Conference, Planned
from storage.records.durations import DAY_US
from storage.session import Transaction
from tests import conferences as example
from tests import newsmaking as news
from tests import participants, records
from tests.chat import Json, People, Phone, buttons
from tests.desk import OWNER, owner_of
from tests.handlers.conferencing import begun, changed_line, finished, host_of, now_is, opened, turned


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


async def planned(bot: Running, conference: Conference) -> tuple[Agm, list[AgendaSession]]:
    """The AGM and the sessions as they are kept now."""
    agm = await conferences.agm(bot.database.reader, conference.id)
    assert agm is not None
    return agm, await agenda.of_conference(bot.database.reader, conference.id)


async def changed(bot: Running, people: People, conference: Conference, **lines: str) -> Json:
    """The Secretariat changes lines of a conference, by their names; what it is told."""
    await owner_of(people)
    return await changed_again(people, conference, **lines)


async def changed_again(people: People, conference: Conference, **lines: str) -> Json:
    owner, number = Phone(people, OWNER, OWNER), conference.id
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{number}", "want to change?")
    step = await begun(owner, menu, f"conf:edit:{number}")
    for name, text in lines.items():
        step = await changed_line(owner, step, name.replace("_", " "), text)
    return await finished(owner, step, "Save")


async def test_in_another_time_zone_everything_keeps_its_time_of_day(bot: Running, people: People) -> None:
    conference = await opened(bot)
    before = await example.with_agm(bot.database, conference, bot.now_us())
    await example.with_session(bot.database, conference, bot.now_us(), "Opening")
    off = await example.with_session(bot.database, conference, bot.now_us(), "Cancelled", day=1, hour=16)
    await news.session_changed(bot, off, state=Planned.CANCELLED)
    _agm, seen = await planned(bot, conference)
    told = await changed(bot, people, conference, Time_zone="Accra")
    assert told["text"].startswith("Saved.\n\nWhat is planned in it has moved with it.")
    after, first = await now_is(bot, conference), conference.details.starts_on
    assert after.details.time_zone == "Africa/Accra"
    agm, [opening, cancelled] = await planned(bot, conference)
    second = first + timedelta(days=1)
    assert (agm.starts_at, agm.ends_at) == (example.at(after, second, 14), example.at(after, second, 16))
    assert (opening.starts_at, opening.ends_at) == (example.at(after, first, 9), example.at(after, first, 10))
    assert cancelled.starts_at == example.at(after, second, 16)
    assert [agm.edition, opening.edition] == [before.edition + 1, seen[0].edition + 1]
    untold = {(one.about, one.session): one for one in await changes.untold(bot.database.reader, conference.id)}
    assert agm_before(untold[ChangeAbout.AGM, None]) == before
    assert session_before(untold[ChangeAbout.SESSION, opening.id]) == seen[0]


async def test_it_moves_with_all_the_days_of_the_conference(bot: Running, people: People) -> None:
    conference = await opened(bot)
    before = await example.with_agm(bot.database, conference, bot.now_us())
    await example.with_session(bot.database, conference, bot.now_us(), "Closing", day=2)
    details, week = conference.details, timedelta(days=7)
    first, last = (day + week for day in (details.starts_on, details.ends_on))
    told = await changed(bot, people, conference, First_day=first.isoformat(), Last_day=last.isoformat())
    assert "What is planned in it has moved with it. The times of day are the same." in told["text"]
    assert "not on a day" not in told["text"]
    agm, [closing] = await planned(bot, conference)
    assert agm.starts_at == before.starts_at + week // timedelta(microseconds=1)
    assert closing.starts_at == example.at(conference, last, 9)


async def test_what_is_on_other_days_than_the_conference_is_pointed_out(bot: Running, people: People) -> None:
    conference = await opened(bot)
    before = await example.with_agm(bot.database, conference, bot.now_us())
    for day in range(3):
        await example.with_session(bot.database, conference, bot.now_us(), f"Session {day}", day=day)
    first = conference.details.starts_on.isoformat()
    told = await changed(bot, people, conference, Last_day=first)
    assert told["text"].startswith(
        "Saved.\n\nThe AGM is not on a day of the conference now.\n\n"
        "2 sessions are not on a day of the conference now.\n\n"
    )
    number = conference.id
    assert list(buttons(told).values()) == [
        f"agm:show:{number}", f"agenda:manage:{number}", f"conf:edit:{number}", f"conf:manage:{number}",
    ]  # fmt: skip
    agm, [_first, second, _third] = await planned(bot, conference)
    assert agm == before
    assert second.edition == 0


async def scheduled(bot: Running) -> int:
    """An announcement that waits for its time."""

    async def work(tx: Transaction) -> int:
        number = await announcements.add(tx, made_by=OWNER, now=bot.now_us())
        draft = await announcements.find(tx, number)
        assert draft is not None
        planned = replace(
            draft, state=AnnouncementState.SCHEDULED, heading="Save the date", send_at=bot.now_us() + 10 * DAY_US
        )
        assert await announcements.change(tx, planned)
        return number

    return await bot.database.write(work)


async def test_what_stays_as_it_was_is_pointed_out(bot: Running, people: People) -> None:
    conference = await opened(bot, papers_by=None, visa_by=None, hotel_by=None)
    number = await scheduled(bot)
    delegate = await participants.delegate(bot, people, await records.center(bot))
    await participants.answered(delegate, conference)
    details, month = conference.details, timedelta(days=30)
    assert details.register_by is not None
    first, last = (day + month for day in (details.starts_on, details.ends_on))
    told = await changed(bot, people, conference, First_day=first.isoformat(), Last_day=last.isoformat())
    assert (
        f"Unchanged; see whether it still fits:\nLast day to register: {in_words(details.register_by)}" in told["text"]
    )
    assert "1 person has given days that do not fit any more, and is asked for others." in told["text"]
    assert "1 announcement is still to be sent: see whether it is right as it stands." in told["text"]
    assert buttons(told)["Details"] == f"conf:edit:{conference.id}"
    owner = Phone(people, OWNER, OWNER)
    listed = await turned(owner, told, buttons(told)["Planned announcements"], "Announcements")
    assert f"ann:show:{number}" in buttons(listed).values()


async def test_another_place_is_in_no_announcement_yet_that_waits(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await scheduled(bot)
    told = await changed(bot, people, conference, City="Other City")
    assert told["text"].startswith("Saved.\n\n1 announcement is still to be sent")
    assert "Details" not in buttons(told)


async def test_a_host_is_not_told_of_announcements(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await scheduled(bot)
    host = await host_of(bot, people, await owner_of(people), conference)
    menu = await turned(host, await host.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    step = await begun(host, menu, f"conf:edit:{conference.id}")
    told = await finished(host, await changed_line(host, step, "City", "Other City"), "Save")
    assert told["text"].startswith("Saved.\n\nAnnual Conference")
    assert "Planned announcements" not in buttons(told)


async def test_fewer_places_than_are_taken_are_pointed_out(bot: Running, people: People) -> None:
    conference = await opened(bot)
    center = await records.center(bot)
    for name in "AB":
        await participants.answered(await participants.delegate(bot, people, center, f"Delegate {name}"), conference)
    told = await changed(bot, people, conference, Places="1")
    assert told["text"].startswith("Saved.\n\n2 people have a place: nobody loses it.\n\n")
    conference = await now_is(bot, conference)
    assert "nobody loses it" not in (await changed_again(people, conference, Places="2"))["text"]


async def test_other_lines_move_nothing(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    await example.with_session(bot.database, conference, bot.now_us())
    before = await planned(bot, conference)
    told = await changed(bot, people, conference, Venue="Other Hall")
    assert told["text"].startswith("Saved.\n\nAnnual Conference")
    assert await planned(bot, conference) == before
