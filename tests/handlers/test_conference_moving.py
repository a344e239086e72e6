"""A conference gets other days or another time zone: what is planned in it goes along, or is pointed out."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from bot.conferences.changes import agm_before, session_before
from storage import agenda, changes, conferences
from storage.records.conferences import AgendaSession, Agm, ChangeAbout, Conference, Planned
from tests import conferences as example
from tests import newsmaking as news
from tests.chat import Json, People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import begun, changed_line, finished, now_is, opened, turned


async def planned(bot: Running, conference: Conference) -> tuple[Agm, list[AgendaSession]]:
    """The AGM and the sessions as they are kept now."""
    agm = await conferences.agm(bot.database.reader, conference.id)
    assert agm is not None
    return agm, await agenda.of_conference(bot.database.reader, conference.id)


async def changed(bot: Running, people: People, conference: Conference, **lines: str) -> Json:
    """The Secretariat changes lines of a conference, by their names; what it is told."""
    owner, number = await owner_of(people), conference.id
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
    assert list(buttons(told).values()) == [f"agm:show:{number}", f"agenda:manage:{number}", f"conf:manage:{number}"]
    agm, [_first, second, _third] = await planned(bot, conference)
    assert agm == before
    assert second.edition == 0


async def test_other_lines_move_nothing(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    await example.with_session(bot.database, conference, bot.now_us())
    before = await planned(bot, conference)
    told = await changed(bot, people, conference, Venue="Other Hall")
    assert told["text"].startswith("Saved.\n\nAnnual Conference")
    assert await planned(bot, conference) == before
