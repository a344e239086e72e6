"""What is set of an announcement: buttons, audience, time, speed, and the second person who confirms."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.announcements.audience import read_audience
from bot.app import Running
from bot.settings import AnnouncementsPart
from storage import announcements
from storage.records.announcements import Action, AnnouncementState
from storage.records.conferences import Conference
from storage.records.durations import MINUTE_US
from tests import conferences
from tests.chat import Json, People, Phone, buttons
from tests.composing import TEXT, asked_to_send, composed, confirmed, kept, number_of, save, with_button, with_links
from tests.conftest import StartBot
from tests.desk import member_of, running, says
from tests.records import acts, becomes, center, person, press

DAY_S = 24 * 3600.0


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot, announcements=AnnouncementsPart(second_person_from=2)) as started:
        yield started


async def readers(people: People, count: int) -> list[Phone]:
    found = [await people.person(f"Delegate {number}") for number in range(count)]
    for phone in found:
        await phone.ask("/start")
    return found


async def of_two(people: People, owner: Phone) -> tuple[Phone, Json]:
    """A second member, and an announcement to so many that they have to confirm it; what its first was told."""
    member = await member_of(people, owner)
    await readers(people, 2)
    menu = await composed(owner)
    asked = await asked_to_send(owner, menu)
    assert "a second member of the Secretariat has to confirm" in asked["text"]
    await press(owner, asked, "Yes, send it")
    return member, await becomes(owner, menu, "It is not sent yet.")


async def for_the_conference(owner: Phone, conference: Conference) -> Json:
    """The menu of an announcement whose audience goes by this conference, with its building blocks shown."""
    menu = await composed(owner)
    await press(owner, menu, "Audience")
    await press(owner, menu, "Conference")
    await press(owner, menu, f"Annual Conference {conference.year}")
    await press(owner, menu, "Back")
    return menu


async def test_a_second_member_confirms_what_goes_to_many(bot: Running, people: People, owner: Phone) -> None:
    member, told = await of_two(people, owner)
    assert (await kept(bot, 1)).state == AnnouncementState.WAITING
    await says(member, TEXT)  # as its readers will see it
    asked = await says(member, "wants to send this announcement")
    own = buttons(asked)["Yes, send it"]
    refused = await owner.press(told, own, forged=True)
    assert refused["text"] == "Somebody else has to confirm it: you have already."
    await press(member, asked, "Yes, send it")
    await becomes(member, asked, "It is confirmed, and goes out now.")
    await says(owner, "Member A has confirmed your announcement")
    found = await kept(bot, 1)
    assert (found.confirmed_by, found.seconded_by) == (owner.id, member.id)
    assert [act for _who, act in await acts(bot, "announcement:1")][:2] == ["announcement.begin", "announcement.second"]


async def test_the_second_member_gives_it_back(bot: Running, people: People, owner: Phone) -> None:
    member, _told = await of_two(people, owner)
    asked = await says(member, "wants to send this announcement")
    await press(member, asked, "It has to be changed first")
    await says(owner, "Member A wants this announcement to be changed")
    assert (await kept(bot, 1)).state == AnnouncementState.DRAFT
    late = await member.press(asked, buttons(asked)["Yes, send it"], forged=True)
    assert late["text"] == "It was confirmed or sent meanwhile. You see how it stands now."


async def test_nobody_else_is_there(bot: Running, people: People, owner: Phone) -> None:
    await readers(people, 2)
    menu = await composed(owner)
    await confirmed(owner, menu, "It is not sent yet.")
    await says(owner, "There is no other member of the Secretariat whom I can reach.")


async def test_buttons_are_seen_before_they_are_sent(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Buttons")
    for label in ("I have read it", "Take part", "Agenda"):
        await press(owner, menu, label)
    await press(owner, menu, "Add a link")
    await says(owner, "What stands on the button?")
    await owner.write("The report")
    await says(owner, "Which address does it open?")
    written = await owner.write("report.example.org")
    await save(owner, written["message_id"])
    screen = await says(owner, "• The report")
    found = await announcements.buttons(bot.database.reader, 1)
    assert [one.action for one in found] == [Action.LINK, Action.READ, Action.REGISTRATION, Action.AGENDA]
    await owner.press(screen, "ann:ask:1", forged=True)  # it looks different now: it is shown before it is sent
    first = await says(owner, "please look at it first")
    menu = await with_button(owner, "ann:ask:", after=first["message_id"])
    preview = next(one for one in await owner.messages() if one["message_id"] == first["message_id"] + 1)
    assert list(buttons(preview)) == ["The report", "I have read it", "Take part", "Agenda"]
    await confirmed(owner, menu)


async def test_no_link_goes_for_the_sake_of_another(bot: Running, owner: Phone) -> None:
    """There are four at most: where a fifth does not fit, it is said, also where it was begun with three."""
    menu = await composed(owner)
    await with_links(bot, 1, "A", "B", "C", by=owner.id)
    await press(owner, menu, "Buttons")
    await press(owner, menu, "Add a link")
    await says(owner, "What stands on the button?")
    await owner.write("E")
    await says(owner, "Which address does it open?")
    await with_links(bot, 1, "D", by=owner.id)
    written = await owner.write("e.example.org")
    await save(owner, written["message_id"])
    screen = await says(owner, "It can have 4 links at most.")
    assert "Add a link" not in buttons(screen)
    assert [one.label for one in await announcements.buttons(bot.database.reader, 1)] == ["A", "B", "C", "D"]
    pressed = await owner.press(menu, "ann:link:1", forged=True)
    assert pressed["text"] == "It can have 4 links at most."


async def test_a_session_of_many_is_found_on_its_page(bot: Running, owner: Phone) -> None:
    opened = await conferences.opened(bot.database, bot.now_us())
    begins = conferences.at(opened, opened.details.starts_on, 9)
    numbers = [
        await conferences.with_session(
            bot.database, opened, bot.now_us(), f"Session {place:02}",
            starts_at=begins + place * MINUTE_US, ends_at=begins + (place + 30) * MINUTE_US,
        )
        for place in range(60)
    ]  # fmt: skip
    menu = await for_the_conference(owner, opened)
    await press(owner, menu, "Session")
    await press(owner, menu, "Next")
    await press(owner, menu, "Session 47")
    assert read_audience((await kept(bot, 1)).audience).session == numbers[47]
    await press(owner, menu, "Next")
    await press(owner, menu, "Session 59")
    await press(owner, menu, "✓ Session 59")
    await press(owner, menu, "Previous")
    await press(owner, menu, "Session 24")
    assert read_audience((await kept(bot, 1)).audience).session == numbers[24]


async def test_the_audience_is_chosen_by_building_blocks(bot: Running, people: People, owner: Phone) -> None:
    phone = (await readers(people, 1))[0]
    await person(bot, await center(bot), writes=phone)
    menu = await composed(owner)
    await press(owner, menu, "Audience")
    await becomes(owner, menu, "Among them")
    await press(owner, menu, "Who")
    await press(owner, menu, "Delegates")
    await becomes(owner, menu, "As things stand: 1 person")
    await press(owner, menu, "Hosts")
    assert read_audience((await kept(bot, 1)).audience).who == ("delegates", "hosts")
    await press(owner, menu, "✓ Hosts")
    await press(owner, menu, "Back")
    await press(owner, menu, "Language")
    await press(owner, menu, "French")
    await becomes(owner, menu, "As things stand: 0 people")
    answer = await owner.press(menu, "ann:ask:1", forged=True)
    assert answer["text"] == "Nobody belongs to this audience, as things stand."
    await press(owner, menu, "Back")
    await press(owner, menu, "Everybody")
    await becomes(owner, menu, "everybody who has written to the bot")


async def test_a_country_is_written(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Audience")
    await press(owner, menu, "Country")
    await press(owner, menu, "Write a country")
    await says(owner, "Which country?")
    await owner.write("Kenya")
    await says(owner, "Country: 🇰🇪 Kenya")
    assert read_audience((await kept(bot, 1)).audience).country == ("KE",)


async def test_the_conference_and_who_takes_part(bot: Running, owner: Phone) -> None:
    opened = await conferences.opened(bot.database, bot.now_us())
    menu = await for_the_conference(owner, opened)
    shown = await becomes(owner, menu, "A conference alone leaves nobody out. Press “Taking part”")
    assert "Who: everybody who has written to the bot\nConference: " in shown["text"]
    await press(owner, menu, "Taking part")
    await press(owner, menu, "Has not answered")
    await press(owner, menu, "Back")
    shown = await becomes(owner, menu, "Taking part: Has not answered")
    assert "everybody" not in shown["text"]
    assert "A conference alone" not in shown["text"]
    assert read_audience((await kept(bot, 1)).audience).conference == opened.id


async def test_paid_speed_states_its_cost(bot: Running, people: People, owner: Phone) -> None:
    await readers(people, 1)
    menu = await composed(owner)
    await press(owner, menu, "Paid speed")
    told = await becomes(owner, menu, "0.1 Stars")
    assert "It costs at most 1 Star." in told["text"]
    await press(owner, menu, "Yes, pay for speed")
    await becomes(owner, menu, "Paid speed: Yes")
    asked = await asked_to_send(owner, menu)
    assert "It costs at most 1 Star." in asked["text"]
    assert (await kept(bot, number_of(menu))).is_paid


async def test_templates_and_using_again(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    assert (await press(owner, menu, "Save as a template"))["text"] == "Saved as a template."
    await confirmed(owner, menu)
    listing = await owner.ask("/announce")
    await owner.press(listing, "ann:show:1")
    await becomes(owner, listing, "Status")
    await press(owner, listing, "All announcements")
    await press(owner, listing, "Templates")
    await owner.press(await with_button(owner, "ann:show:2", after=menu["message_id"]), "ann:show:2")
    await becomes(owner, listing, "Template")
    await press(owner, listing, "Use it")
    await becomes(owner, listing, "Announcement")
    states = [(await kept(bot, number)).state for number in (2, 3)]
    assert states == [AnnouncementState.TEMPLATE, AnnouncementState.DRAFT]


async def test_announcements_are_found_by_their_words(bot: Running, owner: Phone) -> None:
    await composed(owner, "La prochaine conférence")
    await composed(owner, "Something else")
    listing = await owner.ask("/announce")
    await press(owner, listing, "Search")
    await says(owner, "Which words are in the announcement?")
    await owner.write("CONFERENCE")
    found = await says(owner, "Looked for")
    assert [data for data in buttons(found).values() if data.startswith("ann:show:")] == ["ann:show:1"]


async def test_who_wants_official_notices_only(bot: Running, people: People, owner: Phone) -> None:
    reader = (await readers(people, 1))[0]
    screen = await reader.ask("/reminders")
    await press(reader, screen, "Official notices only")
    await press(reader, screen, "✓ Official notices only")
    menu = await composed(owner)
    await press(owner, menu, "Audience")
    assert "As things stand: 1 person" in (await becomes(owner, menu, "Among them"))["text"]
    await press(owner, menu, "Back")
    await press(owner, menu, "Official notice")
    await becomes(owner, menu, "As things stand: 2 people")
    await press(reader, screen, "All announcements")
    await press(reader, screen, "✓ All announcements")


@pytest.mark.parametrize(
    "data",
    ["ann:new", "ann:list", "ann:show:1", "ann:send:1:3", "ann:second:1:3", "ann:audience:1", "ann:dropped:1",
     "ann:pick:1:who:delegates:1", "ann:official:1:1", "ann:again:1", "ann:text:1:en", "ann:pace:1:1"],
)  # fmt: skip
async def test_forged_presses_are_refused(bot: Running, people: People, owner: Phone, data: str) -> None:
    await composed(owner)
    before = await kept(bot, 1)
    phone = await people.person()
    answer = await phone.press(await phone.ask("/start"), data, forged=True)
    assert answer["text"] == "This is for the Secretariat only."
    assert await kept(bot, 1) == before
    assert await acts(bot, "announcement") == [(phone.id, "refused")]
