"""An agenda that is read in from a file: the dry run, the decision, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.app import Running
from bot.conferences import changes
from storage import agenda
from storage import changes as kept_changes
from storage.records.conferences import AgendaSession, Conference, Planned, Segment
from storage.records.durations import MINUTE_US
from tests import conferences, newsmaking
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import owner_of, running
from tests.handlers.conferencing import host_of, logged
from tests.office import as_xlsx, document_of, now_reads, says_after

READ_IN = "Read it in"


async def asked(phone: Phone, conference: Conference) -> Json:
    """Press the button of the import; the bot asks for the file."""
    screen = await phone.ask("/agenda")
    await phone.press(screen, f"agenda:import:{conference.id}", forged=True)
    return await says_after(phone, screen, "Send me the agenda as a file")


async def sent(people: People, phone: Phone, content: bytes, name: str) -> Json:
    """Send a file; what the bot says to it."""
    message = await people.upload(phone, content, name)
    return await says_after(phone, message, "")


async def sessions_of(bot: Running, conference: Conference) -> list[AgendaSession]:
    return await agenda.of_conference(bot.database.reader, conference.id)


async def sheet(conference: Conference) -> bytes:
    first = conference.details.starts_on
    return await as_xlsx(
        {
            "Agenda": [
                ["Room", "Title", "Day", "Begins", "Ends", "Segment"],
                ["Room 1", "Opening", datetime.combine(first, time()), time(9), time(10), "Plenary"],
                ["Room 1", "Police", None, time(9, 30), time(11), "police"],
                ["Room 1", "Late", first + timedelta(days=40), time(9), time(10), None],
            ]
        }
    )


def calendar(conference: Conference, hour: int, status: str = "CONFIRMED") -> bytes:
    day = f"{conference.details.starts_on:%Y%m%d}"
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:example\r\nBEGIN:VEVENT\r\nUID:opening@example.org\r\n"
        f"DTSTAMP:20260101T000000Z\r\nSUMMARY:Opening\r\nDTSTART:{day}T{hour:02}0000\r\n"
        f"DTEND:{day}T{hour + 1:02}0000\r\nSTATUS:{status}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


async def test_a_sheet_is_shown_and_read_in_by_the_host(bot: Running, people: People) -> None:
    conference = await conferences.opened(bot.database, bot.now_us())
    host = await host_of(bot, people, await owner_of(people), conference)
    await asked(host, conference)
    shown = await sent(people, host, await sheet(conference), "agenda.xlsx")
    assert "New sessions: 2\nRows that are not taken: 1" in shown["text"]
    assert "Agenda, Row 4: This is not a day of the conference." in shown["text"]
    assert "Room 1: At the same time: “Opening” and “Police”." in shown["text"]
    assert await sessions_of(bot, conference) == []
    for _time in range(3):  # doubled presses
        await host.press(shown, buttons(shown)[READ_IN], forged=True)
    await now_reads(host, shown, "The agenda is read in.")
    opening, police = await sessions_of(bot, conference)
    assert (opening.title, opening.starts_at) == (
        "Opening",
        conferences.at(conference, conference.details.starts_on, 9),
    )
    assert (police.segment, police.room) == (Segment.POLICE, "Room 1")
    [noted] = await logged(bot, "session.import")
    assert '"added":2' in noted
    assert '"refused":1' in noted
    assert await logged(bot, "session.add") == []
    await asked(host, conference)
    again = await sent(people, host, await sheet(conference), "agenda.xlsx")
    assert "Sessions with nothing new: 2" in again["text"]
    assert buttons(again) == {}


async def test_a_calendar_is_read_in_after_a_restart(start_bot: StartBot, people: People) -> None:
    async with running(start_bot) as bot:
        conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
        await asked(owner, conference)
        shown = await sent(people, owner, calendar(conference, 9), "agenda.ics")
        assert "New sessions: 1" in shown["text"]
    async with running(start_bot) as bot:
        await owner.press(shown, buttons(shown)[READ_IN])
        await now_reads(owner, shown, "The agenda is read in.")
        [opening] = await sessions_of(bot, conference)
        assert (opening.uid, opening.state) == ("opening@example.org", Planned.PLANNED)
        await asked(owner, conference)
        shown = await sent(people, owner, calendar(conference, 14, "CANCELLED"), "agenda.ics")
        assert "Changed sessions: 1" in shown["text"]
        await owner.press(shown, buttons(shown)[READ_IN])
        await now_reads(owner, shown, "The agenda is read in.")
        [changed] = await sessions_of(bot, conference)
        assert (changed.id, changed.state) == (opening.id, Planned.CANCELLED)
        assert changed.starts_at == conferences.at(conference, conference.details.starts_on, 14)


async def test_a_sheet_that_was_corrected_changes_what_it_had_added(bot: Running, people: People) -> None:
    conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
    day = conference.details.starts_on
    row = f"day,begins,ends,title,room\n{day},{{}},18:00,Opening,{{}}\n"
    for begins, room, told in (("9:00", "Hall", "New sessions: 1"), ("9:30", "Room 2", "Opening: Begins and Room")):
        await asked(owner, conference)
        shown = await sent(people, owner, row.format(begins, room).encode(), "agenda.csv")
        assert told in shown["text"]
        await owner.press(shown, buttons(shown)[READ_IN])
        await now_reads(owner, shown, "The agenda is read in.")
    [opening] = await sessions_of(bot, conference)
    assert opening.room == "Room 2"
    [noted] = await kept_changes.untold(bot.database.reader, conference.id)
    assert changes.session_before(noted).room == "Hall"
    assert await logged(bot, "session.edit") == []
    assert len(await logged(bot, "session.import")) == len(("added", "changed"))


async def test_a_calendar_file_that_was_made_here_adds_nothing(bot: Running, people: People) -> None:
    conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
    await owner.ask("/start")
    await conferences.with_agm(bot.database, conference, bot.now_us())
    numbers = [
        await conferences.with_session(
            bot.database, conference, bot.now_us(), f"Session {uid}", uid=uid, speakers="Speaker A", chair="Chair A"
        )
        for uid in ("session-a", "b@example.org")
    ]
    await newsmaking.starred(bot, owner, *numbers)
    before = await sessions_of(bot, conference)
    file = await document_of(people, await owner.ask("/calendar"))
    await asked(owner, conference)
    again = await sent(people, owner, file, "calendar.ics")
    assert "Sessions with nothing new: 2" in again["text"]
    assert buttons(again) == {}
    await asked(owner, conference)
    moved = await sent(people, owner, file.replace(b"T090000", b"T093000"), "calendar.ics")
    await owner.press(moved, buttons(moved)[READ_IN])
    await now_reads(owner, moved, "The agenda is read in.")
    half_an_hour_us = 30 * MINUTE_US
    assert [(one.id, one.details) for one in await sessions_of(bot, conference)] == [
        (one.id, replace(one.details, starts_at=one.starts_at + half_an_hour_us)) for one in before
    ]


async def test_what_was_changed_meanwhile_is_shown_again(bot: Running, people: People) -> None:
    conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
    await asked(owner, conference)
    shown = await sent(people, owner, calendar(conference, 9), "agenda.ics")
    await conferences.with_session(bot.database, conference, bot.now_us(), "Opening", uid="opening@example.org")
    await owner.press(shown, buttons(shown)[READ_IN])
    other = await now_reads(owner, shown, "changed meanwhile")
    assert "New sessions" not in other["text"]
    assert len(await sessions_of(bot, conference)) == 1


async def test_forged_and_outdated_presses_do_nothing(bot: Running, people: People) -> None:
    conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
    stranger = await people.person("Stranger")
    await asked(owner, conference)
    shown = await sent(people, owner, calendar(conference, 9), "agenda.ics")
    screen = await stranger.ask("/agenda")
    for data in (f"agenda:import:{conference.id}", buttons(shown)[READ_IN], buttons(shown)["No"]):
        toast = await stranger.press(screen, data, forged=True)
        assert toast["text"] == "Only the host and the Secretariat can do that."
    second = await sent(people, owner, calendar(conference, 14), "agenda.ics")
    await owner.press(shown, buttons(shown)[READ_IN])  # the first file's, while the second waits
    await now_reads(owner, shown, "Please look again")
    await owner.press(second, buttons(second)["No"])
    await now_reads(owner, second, "The agenda was not read in.")
    for data in (buttons(second)[READ_IN], buttons(second)["No"], f"agenda:read:{conference.id}:{'0' * 12}"):
        toast = await owner.press(second, data, forged=True)
        assert toast["show_alert"] is True
    assert await sessions_of(bot, conference) == []


async def test_what_is_no_agenda_is_refused_and_another_file_awaited(bot: Running, people: People) -> None:
    conference, owner = await conferences.opened(bot.database, bot.now_us()), await owner_of(people)
    await asked(owner, conference)
    sticker = await people.post(f"/persons/{owner.id}/stickers", {})
    assert "I am waiting for the agenda as a file" in (await owner.reply_after(sticker["message_id"]))["text"]
    picture = await sent(people, owner, b"\x89PNG\r\n\x1a\n\0\0", "agenda.png")
    assert "I am waiting for the agenda as a file" in picture["text"]
    refused = await sent(people, owner, b"Room,Speaker\n1,2\n", "agenda.csv")
    assert "I find no sessions in this file." in refused["text"]
    large = await sent(people, owner, b"a,b\n" * 700_000, "agenda.csv")
    assert "I take up to 2 MB" in large["text"]
    assert "New sessions: 1" in (await sent(people, owner, calendar(conference, 9), "agenda.ics"))["text"]
    assert "I am no longer waiting for the agenda" in (await owner.ask("/cancel"))["text"]
    later = await sent(people, owner, calendar(conference, 9), "agenda.ics")
    assert "New sessions" not in later["text"]
