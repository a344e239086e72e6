"""The agenda by days, what is on now and next, and sessions."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Running
from bot.conferences import changes
from bot.runtime.clock import MovableClock
from handlers.views.lists import PAGE
from storage import agenda
from storage import changes as kept_changes
from storage.records.conferences import ConferenceState, Planned
from storage.records.durations import SECOND_US
from storage.session import Transaction
from tests import conferences, newsmaking, records
from tests.chat import People, buttons
from tests.desk import owner_of, shown
from tests.handlers.conferencing import screen, with_agenda

HOUR_S = 3600.0
DATA_BYTES = 64


async def test_without_a_conference_or_an_agenda_it_says_so(bot: Running, people: People) -> None:
    phone = await people.person()
    for command in ("/agenda", "/now", "/next", "/programme"):
        assert "No Annual Conference is planned" in (await phone.ask(command))["text"]
    await conferences.opened(bot.database, bot.now_us())
    assert "has no agenda yet" in (await phone.ask("/agenda"))["text"]
    assert "Nothing more is planned" in (await phone.ask("/next"))["text"]


async def test_after_the_last_conference_its_agenda_is_a_press_away(
    bot: Running, people: People, clock: MovableClock
) -> None:
    """Who looks for the documents of a session a day after it is over, and nothing is planned yet."""
    conference, _sessions = await with_agenda(bot)
    phone, ends = await people.person(), conferences.at(conference, conference.details.ends_on + timedelta(days=1), 12)
    clock.advance((ends - bot.now_us()) / SECOND_US)
    for command in ("/agenda", "/programme", "/next"):
        said = await phone.ask(command)
        assert said["text"] == "No Annual Conference is planned at the moment."
        assert buttons(said) == {
            f"Annual Conference {conference.year}": f"conf:show:{conference.id}",
            "All topics": "menu",
        }
    await phone.press(said, f"conf:show:{conference.id}")
    assert "Agenda" in buttons(await shown(phone, lambda one: "Theme" in one.get("text", "")))


async def test_any_number_of_rooms_and_of_documents_is_shown_by_pages(bot: Running, people: People) -> None:
    conference, [opening, *_others] = await with_agenda(bot)
    phone = await people.person()
    for room in range(101):
        await conferences.with_session(bot.database, conference, bot.now_us(), f"In {room}", room=f"Hall {room:03}")

    async def add(tx: Transaction) -> None:
        for paper in range(101):
            await agenda.add_document(tx, conference.id, opening, title=f"Paper {paper}", file_id="any", now=1)

    await bot.database.write(add)
    day = await phone.ask("/agenda")
    await phone.press(day, buttons(day)["Next"])
    day = await shown(phone, lambda message: "Previous" in buttons(message))
    await phone.press(day, buttons(day)["Room"])
    choice = await screen(phone, "Which room?")
    assert {"Hall 000", "Any", "Next"} <= buttons(choice).keys()
    await phone.press(choice, f"agenda:pick:room:{conference.id}:-:-:-:99", forged=True)
    choice = await shown(phone, lambda message: "Hall 100" in buttons(message))
    assert {"Any", "Previous"} <= buttons(choice).keys()
    await phone.press(choice, buttons(choice)["Hall 100"])
    day = await screen(phone, "Room: Hall 100")
    await phone.press(day, f"agenda:session:{opening}:-:police:abcdef:999", forged=True)
    seen = await screen(phone, "Chair A")
    assert f"Paper {PAGE}" not in buttons(seen)
    await phone.press(seen, buttons(seen)["Next"])
    seen = await shown(phone, lambda message: f"Paper {PAGE}" in buttons(message))
    assert buttons(seen)["Agenda"] == f"agenda:at:{conference.id}:-:police:abcdef:999"
    assert all(len(data.encode()) <= DATA_BYTES for data in buttons(seen).values())


async def test_the_agenda_by_day_segment_and_room(bot: Running, people: People) -> None:
    conference, _numbers = await with_agenda(bot)
    phone = await people.person()
    first = await phone.ask("/agenda")
    assert "09:00–10:00" in first["text"]
    assert "Opening" in first["text"]
    assert "Police session" not in first["text"]
    second = next(data for label, data in buttons(first).items() if data.startswith("agenda:at:"))
    await phone.press(first, second)
    day = await screen(phone, "Police session")
    assert "Military session" in day["text"]
    await phone.press(day, buttons(day)["Room"])
    choice = await screen(phone, "Which room?")
    await phone.press(choice, buttons(choice)["R 2"])
    by_room = await screen(phone, "Room: R 2")
    assert "Civilian session" in by_room["text"]
    assert "Police session" not in by_room["text"]
    assert all(len(data.encode()) <= 64 for data in buttons(by_room).values())
    forged = f"agenda:at:{conference.id}:20279999:police:-:7"
    await phone.press(by_room, forged, forged=True)
    await screen(phone, "Nothing is planned here on this day.")


async def test_times_are_those_of_the_conference_and_of_the_reader(bot: Running, people: People) -> None:
    _conference, _numbers = await with_agenda(bot)
    phone = await people.person()
    await phone.ask("/start")
    await records.person(bot, None, writes=phone, time_zone="Asia/Tokyo")
    agenda_message = await phone.ask("/agenda")
    assert "09:00–10:00 (15:00–16:00) Opening" in agenda_message["text"]
    assert "Times of Nairobi; your own in brackets." in agenda_message["text"]
    await phone.press(agenda_message, buttons(agenda_message)["09:00 Opening"])
    session = await screen(phone, "Chair: Chair A")
    assert "09:00–10:00 (Nairobi), 15:00–16:00 your time" in session["text"]


async def test_now_and_next(bot: Running, people: People, clock: MovableClock) -> None:
    conference, _numbers = await with_agenda(bot)
    phone = await people.person()
    assert "Nothing takes place at this moment." in (await phone.ask("/now"))["text"]
    assert "Opening" in (await phone.ask("/next"))["text"]
    begins = conferences.at(conference, conference.details.starts_on, 9)
    clock.advance((begins - bot.now_us()) / SECOND_US + HOUR_S / 2)
    assert "Opening" in (await phone.ask("/now"))["text"]
    coming = (await phone.ask("/next"))["text"]
    assert all(name in coming for name in ("Military session", "Civilian session", "Police session"))


async def test_from_a_session_one_gets_back_to_where_one_was(bot: Running, people: People) -> None:
    conference, numbers = await with_agenda(bot)
    owner = await owner_of(people)
    second = conference.details.starts_on + timedelta(days=1)
    look = f"{second:%Y%m%d}:police:-:0"
    opened = await owner.ask("/agenda")
    await owner.press(opened, f"agenda:at:{conference.id}:{look}", forged=True)
    day = await screen(owner, "Segment: Police")
    await owner.press(day, buttons(day)["09:00 Police session"])
    session = await screen(owner, "Room: Room 3")
    await owner.press(session, buttons(session)["☆ Add to my programme"])
    session = await shown(owner, lambda one: "Remove from my programme" in buttons(one))
    await owner.press(session, buttons(session)["Cancel the session"])
    asked = await screen(owner, "Cancel “Police session”?")
    assert "\n1 person who has it in their programme is told, at the earliest in five minutes." in asked["text"]
    await owner.press(asked, buttons(asked)["No"])
    session = await shown(owner, lambda one: "Cancel the session" in buttons(one))
    await owner.press(session, buttons(session)["Cancel the session"])
    asked = await screen(owner, "Cancel “Police session”?")
    assert all(len(data.encode()) <= DATA_BYTES for data in buttons(asked).values())
    await owner.press(asked, buttons(asked)["Yes, cancel it"])
    session = await screen(owner, "Police session\nCancelled")
    assert buttons(session)["Agenda"] == f"agenda:at:{conference.id}:{look}"
    assert all(len(data.encode()) <= DATA_BYTES for data in buttons(session).values())
    await owner.press(session, buttons(session)["Manage"])
    managed = await screen(owner, "Opening")
    await owner.press(managed, f"agenda:session:{numbers[0]}:manage:0")
    session = await screen(owner, "Chair: Chair A")
    assert buttons(session)["Manage"] == f"agenda:manage:{conference.id}:0"
    assert buttons(session)["Agenda"] == f"agenda:at:{conference.id}:{conference.details.starts_on:%Y%m%d}:-:-:0"


async def test_of_a_cancelled_conference_every_screen_says_so(bot: Running, people: People) -> None:
    conference, numbers = await with_agenda(bot)
    phone = await people.person()
    opened = await phone.ask("/agenda")
    await newsmaking.starred(bot, phone, numbers[0])
    await newsmaking.conference_is(bot, conference.id, ConferenceState.CANCELLED)
    screens = {
        f"programme:show:{conference.id}": "My programme",
        f"agenda:session:{numbers[0]}": "Chair: Chair A",
        f"agenda:show:{conference.id}": "Times of Nairobi.",
    }
    for data, words in screens.items():
        await phone.press(opened, data, forged=True)
        told = await screen(phone, words)
        assert f"The Annual Conference {conference.year} was cancelled." in told["text"]


async def test_forged_and_dead_buttons_are_answered(bot: Running, people: People) -> None:
    conference, _numbers = await with_agenda(bot)
    owner = await owner_of(people)
    opened = await owner.ask("/agenda")
    dead = (
        "agenda:show:999999", "agenda:next:999999:7", "agenda:now:999999:7", "agenda:at:999999:-:-:-:0",
        "agenda:pick:room:999999:-:-:-:0", "programme:show:999999:7", "calendar:get:999999", "agenda:session:999999",
        "agenda:session:999999:mine:7", "agenda:star:999999", "agenda:unstar:999999", "agenda:cancel:999999:0",
        "agenda:restore:999999:0", "agenda:cancelled:999999:0", "agenda:restored:999999:0", "agenda:file:999999",
        "agenda:manage:999999:7", "agenda:add:999999",
        "agenda:edit:999999:999999", f"agenda:edit:{conference.id}:999999", f"agenda:doc:{conference.id}:999999",
        f"agenda:docs:{conference.id}:999999", f"agenda:undoc:{conference.id}:999999", "agenda:import:999999",
    )  # fmt: skip
    for data in dead:
        toast = await owner.press(opened, data, forged=True)
        assert toast["text"] == "This is not there any more.", data
    outdated = (
        f"agenda:read:999999:{'0' * 12}",
        "agenda:unread:999999",
        "agenda:session:1:nowhere",
        "programme:show:x",
    )
    for data in outdated:
        toast = await owner.press(opened, data, forged=True)
        assert toast["show_alert"] is True, data


async def test_the_secretariat_cancels_and_restores_a_session(bot: Running, people: People) -> None:
    conference, numbers = await with_agenda(bot)
    owner, stranger = await owner_of(people), await people.person()
    opened = await stranger.ask("/agenda")
    for act in ("cancel", "cancelled"):
        toast = await stranger.press(opened, f"agenda:{act}:{numbers[0]}:0", forged=True)
        assert toast["text"] == "This is for the Secretariat only."
    opened = await owner.ask("/agenda")
    await owner.press(opened, buttons(opened)["09:00 Opening"])
    session = await screen(owner, "Chair: Chair A")
    await owner.press(session, buttons(session)["Cancel the session"])
    asked = await screen(owner, "Cancel “Opening”?")
    assert asked["text"].endswith("Nobody has it in their programme, so nobody is told.")
    found = await agenda.by_id(bot.database.reader, numbers[0])
    assert (found and found.state) == Planned.PLANNED
    await owner.press(asked, buttons(asked)["Yes, cancel it"])
    cancelled = await screen(owner, "Opening\nCancelled")
    for act in ("cancel", "cancelled"):
        toast = await owner.press(cancelled, f"agenda:{act}:{numbers[0]}:0", forged=True)
        assert "changed meanwhile" in toast["text"]
    [noted] = await kept_changes.untold(bot.database.reader, conference.id)
    assert changes.session_before(noted).state == Planned.PLANNED
    await owner.press(cancelled, f"agenda:restore:{numbers[0]}:1", forged=True)
    asked = await screen(owner, "Does “Opening” take place after all?")
    assert asked["text"].endswith("Nobody has been told of the last change yet, so nobody is told of this one.")
    await owner.press(asked, buttons(asked)["Yes, it takes place"])
    await shown(owner, lambda message: "Cancel the session" in buttons(message))
    found = await agenda.by_id(bot.database.reader, numbers[0])
    assert found is not None
    assert (found.state, found.edition) == (Planned.PLANNED, 2)
    assert len(await kept_changes.untold(bot.database.reader, conference.id)) == 1
    assert [act for _by, act in await records.acts(bot, f"session:{numbers[0]}")] == [
        "session.restore", "session.cancel",
    ]  # fmt: skip
