"""Sessions are added and changed by chat, with their documents, by the Secretariat and the host."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.app import Running
from bot.conferences import agenda as sessions
from bot.conferences import changes
from bot.conferences.agenda_entries import LETTERS_AT_MOST, NotTakenError
from bot.members.roles import Rights
from storage import agenda
from storage import changes as kept_changes
from storage.records.conferences import AgendaSession, Conference, Segment, SessionDetails
from storage.records.durations import HOUR_US
from storage.session import Transaction
from tests import conferences as example
from tests.centers import press
from tests.chat import Json, People, Phone, buttons
from tests.desk import OWNER, owner_of, shown
from tests.handlers.conferencing import begun, changed_line, finished, host_of, logged, opened, turned

RIGHTS = Rights((OWNER,))


async def kept(bot: Running, conference: Conference) -> list[AgendaSession]:
    return await agenda.of_conference(bot.database.reader, conference.id)


async def managed(phone: Phone, conference: Conference) -> Json:
    menu = await turned(phone, await phone.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    await press(phone, menu, "Agenda")
    return await shown(phone, lambda one: one["message_id"] == menu["message_id"] and "Add a session" in buttons(one))


async def session_screen(phone: Phone, conference: Conference, number: int) -> Json:
    return await turned(phone, await managed(phone, conference), f"agenda:session:{number}:manage:0", "Segment:")


async def test_a_session_is_added_at_the_conferences_time(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, first = await owner_of(people), conference.details.starts_on
    menu = await managed(owner, conference)
    assert f"Annual Conference {conference.year} has no agenda yet." in menu["text"]
    step = await begun(owner, menu, f"agenda:add:{conference.id}")
    assert "Adding a session · 1 of 5" in step["text"]
    await owner.ask("Session A")
    await owner.ask("police")
    refused = await owner.ask((first - timedelta(days=1)).isoformat())
    assert "This is not a day of the conference." in refused["text"]
    await owner.ask(first.isoformat())
    await owner.ask("2 pm")
    assert "It has to end after it begins." in (await owner.ask("14:00"))["text"]
    summary = await owner.ask("15:30")
    summary = await changed_line(owner, summary, "Speakers", "Speaker A\nSpeaker B")
    told = await finished(owner, summary, "Save")
    assert told["text"].startswith("Saved.\n\nSession A")
    assert "14:00–15:30 (Nairobi)" in told["text"]
    [session] = await kept(bot, conference)
    assert session.starts_at == example.at(conference, first, 14)
    assert (session.segment, session.speakers, session.room) == (Segment.POLICE, "Speaker A\nSpeaker B", None)
    assert len(await logged(bot, "session.add")) == 1
    menu = await managed(owner, conference)
    assert "Session A" in menu["text"]
    await press(owner, menu, "Read in a file")
    await shown(owner, lambda one: "Send me the agenda as a file" in one.get("text", ""))


async def test_a_host_changes_one_thing_and_it_is_noted(bot: Running, people: People) -> None:
    conference = await opened(bot)
    host = await host_of(bot, people, await owner_of(people), conference)
    number = await example.with_session(bot.database, conference, bot.now_us(), chair="Chair A", description="About")
    [before] = await kept(bot, conference)
    step = await begun(host, await session_screen(host, conference, number), f"agenda:edit:{conference.id}:{number}")
    assert "Chair A" in step["text"]
    step = await changed_line(host, step, "Ends", "8:00")
    await press(host, step, "Save")
    asked = await shown(host, lambda one: "It has to end after it begins." in one.get("text", ""))
    assert asked["message_id"] >= step["message_id"]
    told = await finished(host, await host.ask("11:00"), "Save")
    assert "09:00–11:00 (Nairobi)" in told["text"]
    [after] = await kept(bot, conference)
    assert after.details == replace(before.details, ends_at=before.ends_at + HOUR_US)
    [noted] = await kept_changes.untold(bot.database.reader, conference.id)
    assert changes.session_before(noted).ends_at == before.ends_at


async def test_what_ends_on_another_day_stays_so_until_its_times_are_changed(bot: Running, people: People) -> None:
    conference, owner = await opened(bot), await owner_of(people)
    number = await example.with_session(bot.database, conference, bot.now_us(), lasts_hours=2 * 24 + 8)
    [before] = await kept(bot, conference)
    which = f"agenda:edit:{conference.id}:{number}"
    step = await begun(owner, await session_screen(owner, conference, number), which)
    told = await finished(owner, await changed_line(owner, step, "Room", "Hall A"), "Save")
    assert "Room: Hall A" in told["text"]
    [renamed] = await kept(bot, conference)
    assert renamed.details == replace(before.details, room="Hall A")
    step = await begun(owner, await session_screen(owner, conference, number), which)
    second = conference.details.starts_on + timedelta(days=1)
    step = await changed_line(owner, step, "Last day", second.isoformat())
    await finished(owner, step, "Save")
    [shorter] = await kept(bot, conference)
    assert shorter.details == replace(renamed.details, ends_at=example.at(conference, second, 17))


async def test_a_session_over_midnight_is_added_and_changed(bot: Running, people: People) -> None:
    conference, owner = await opened(bot), await owner_of(people)
    last = conference.details.ends_on
    await begun(owner, await managed(owner, conference), f"agenda:add:{conference.id}")
    for answer in ("Reception", "plenary", last.isoformat(), "20:00", "1:00"):
        summary = await owner.ask(answer)
    await finished(owner, summary, "Save")
    [session] = await kept(bot, conference)
    assert session.ends_at == example.at(conference, last + timedelta(days=1), 1)
    shown_again = await session_screen(owner, conference, session.id)
    step = await begun(owner, shown_again, f"agenda:edit:{conference.id}:{session.id}")
    await finished(owner, await changed_line(owner, step, "Begins", "21:00"), "Save")
    [changed] = await kept(bot, conference)
    assert changed.details == replace(session.details, starts_at=session.starts_at + HOUR_US)


async def test_what_was_changed_meanwhile_is_not_overwritten(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    number = await example.with_session(bot.database, conference, bot.now_us())
    [before] = await kept(bot, conference)
    step = await begun(owner, await session_screen(owner, conference, number), f"agenda:edit:{conference.id}:{number}")
    step = await changed_line(owner, step, "Room", "Mine")
    theirs = replace(before.details, room="Theirs")
    await bot.database.write(lambda tx: agenda.change(tx, before, theirs, bot.now_us()))
    told = await finished(owner, step, "Save")
    assert told["text"].startswith("Somebody else has changed the same meanwhile")
    assert "Room: Theirs" in told["text"]


async def test_clashes_are_pointed_out_and_not_refused(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner = await owner_of(people)
    await example.with_session(bot.database, conference, bot.now_us(), "Opening")
    day = conference.details.starts_on.isoformat()
    await begun(owner, await managed(owner, conference), f"agenda:add:{conference.id}")
    for answer in ("Session B", "police", day, "9:30", "10:30"):
        summary = await owner.ask(answer)
    told = await finished(owner, await changed_line(owner, summary, "Room", "room 1"), "Save")
    clash = "Room 1: At the same time: “Opening” and “Session B”."
    assert told["text"].endswith(clash)
    assert len(await kept(bot, conference)) == 2
    assert clash in (await managed(owner, conference))["text"]


async def test_strangers_are_refused(bot: Running, people: People) -> None:
    conference = await opened(bot)
    stranger = await people.person("Guest A")
    number = await example.with_session(bot.database, conference, bot.now_us())
    screen = await stranger.ask("/agenda")
    which = f"{conference.id}:{number}"
    pressed = (
        f"agenda:manage:{conference.id}", f"agenda:add:{conference.id}", f"agenda:edit:{which}", f"agenda:doc:{which}",
        f"agenda:docs:{which}", f"agenda:undoc:{conference.id}:1",
    )  # fmt: skip
    for data in pressed:
        toast = await stranger.press(screen, data, forged=True)
        assert toast["text"] == "Only the host and the Secretariat can do that.", data
    assert await logged(bot, "refused") == [f"conference:{conference.id} "] * len(pressed)


async def test_hosts_change_no_session_of_another_conference(bot: Running, people: People) -> None:
    conference, other = await opened(bot), await opened(bot)
    host = await host_of(bot, people, await owner_of(people), conference)
    number = await example.with_session(bot.database, other, bot.now_us())
    screen = await host.ask("/agenda")
    toast = await host.press(screen, f"agenda:edit:{conference.id}:{number}", forged=True)
    assert toast["text"] == "This is for the Secretariat only."
    assert await logged(bot, "refused") == ["agenda "]


async def test_a_document_is_added_read_and_removed(bot: Running, people: People) -> None:
    conference = await opened(bot)
    owner, reader = await owner_of(people), await people.person("Guest A")
    number = await example.with_session(bot.database, conference, bot.now_us())
    which = f"{conference.id}:{number}"
    await begun(owner, await session_screen(owner, conference, number), f"agenda:doc:{which}")
    sent = await people.upload(owner, b"text", "slides.txt", mime_type="text/plain")
    assert "What is it called?" in (await owner.reply_after(sent["message_id"]))["text"]
    told = await finished(owner, await owner.ask("Slides A"), "Save")
    assert "Slides A" in buttons(told)
    seen = await turned(reader, await reader.ask("/agenda"), f"agenda:session:{number}", "Segment:", forged=True)
    assert "Remove a document" not in buttons(seen)
    await press(reader, seen, "Slides A")
    got = await shown(reader, lambda one: "document" in one)
    assert await people.file(got["document"]["file_id"]) == b"text"
    listed = await turned(owner, told, f"agenda:docs:{which}", "Which document do you want to remove?")
    await press(owner, listed, "Slides A")
    await shown(owner, lambda one: "Add a document" in buttons(one) and "Slides A" not in buttons(one))
    assert await agenda.documents_of_session(bot.database.reader, number) == []
    toast = await reader.press(seen, buttons(seen)["Slides A"])
    assert "not there any more" in toast["text"]


async def test_a_document_comes_into_the_topic_in_which_it_was_asked_for(bot: Running, people: People) -> None:
    conference, owner = await opened(bot), await owner_of(people)
    number = await example.with_session(bot.database, conference, bot.now_us())
    file = (await people.upload(owner, b"text", "slides.txt"))["document"]["file_id"]
    await bot.database.write(partial(_add_document, conference_id=conference.id, session_id=number, file_id=file))
    group = owner.within(await people.group(owner, is_forum=True))
    topic = await bot.bot.create_forum_topic(group.chat_id, "Topic A")
    asked = await group.ask("/agenda@unigo_test_bot", message_thread_id=topic.message_thread_id)
    await group.press(asked, f"agenda:session:{number}", forged=True)
    seen = await shown(group, lambda one: "Slides A" in buttons(one))
    await press(group, seen, "Slides A")
    got = await shown(group, lambda one: "document" in one)
    assert got["message_thread_id"] == topic.message_thread_id
    assert got["caption"] == "Slides A"


async def test_nothing_longer_than_a_screen_is_taken(bot: Running, people: People) -> None:
    conference, now = await opened(bot), bot.now_us()
    await example.with_session(bot.database, conference, now)
    [session] = await kept(bot, conference)
    changed: Any
    for name, most in LETTERS_AT_MOST.items():
        changed = {name: "x" * (most + 1)}
        details = replace(session.details, **changed)
        with pytest.raises(NotTakenError):
            await bot.database.write(partial(_add, conference_id=conference.id, details=details, now=now))
        with pytest.raises(NotTakenError):
            await bot.database.write(partial(_change, seen=session, details=details, now=now))
    for number in range(6):
        await example.with_session(bot.database, conference, now, "x" * 200, uid=f"{number}", room="x" * 80)
    changed = {name: "x" * most for name, most in LETTERS_AT_MOST.items()}
    details = replace(session.details, **changed)
    await bot.database.write(partial(_change, seen=session, details=details, now=now))
    assert next(one.details for one in await kept(bot, conference) if one.id == session.id) == details
    owner = await owner_of(people)
    which = f"{conference.id}:{session.id}"
    step = await begun(owner, await session_screen(owner, conference, session.id), f"agenda:edit:{which}")
    told = await finished(owner, await changed_line(owner, step, "Ends", "12:00"), "Save")
    assert told["text"].startswith("Saved.")
    assert told["text"].endswith("…")  # the sixth clash
    assert len(told["text"]) < 4_096
    await press(owner, told, "☆ Add to my programme")  # and what was just made is not lost by it
    starred = await shown(owner, lambda one: "Remove from my programme" in buttons(one))
    assert starred["message_id"] == told["message_id"]
    assert starred["text"] == told["text"].removeprefix("Saved.\n\n")
    assert buttons(starred)["Add a session"] == f"agenda:add:{conference.id}"


async def _add(tx: Transaction, *, conference_id: int, details: SessionDetails, now: int) -> None:
    await sessions.add(tx, RIGHTS, conference_id, details, by=OWNER, now=now)


async def _add_document(tx: Transaction, *, conference_id: int, session_id: int, file_id: str) -> None:
    await agenda.add_document(tx, conference_id, session_id, title="Slides A", file_id=file_id, now=0)


async def _change(tx: Transaction, *, seen: AgendaSession, details: SessionDetails, now: int) -> None:
    await sessions.change(tx, RIGHTS, seen.id, seen.edition, details, by=OWNER, now=now)
