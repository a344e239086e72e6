"""/import through the chat: the list, its columns, the dry run, the decision, and what comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import audit, delegates, imports
from storage.audit import AuditFilter
from storage.delegates import EVERY_DELEGATE
from tests.chat import People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import bound, member_of, owner_of, running, says
from tests.office import (
    HEADINGS,
    LIST,
    as_xlsx,
    checked,
    data_of,
    document_of,
    next_document,
    now_reads,
    numbers,
    says_after,
    sent,
    sheets_of,
)

pytestmark = pytest.mark.usefixtures("hastened")


@pytest.fixture
async def bot(start_bot: StartBot) -> AsyncIterator[Running]:
    async with running(start_bot) as bot:
        yield bot


async def test_a_list_that_comes_unasked_is_offered_to_be_read(bot: Running, people: People, member: Phone) -> None:
    asked = await member.ask("/import")
    assert "I know these columns: Name of the Center, Short name of the Center, " in asked["text"]
    await member.ask("/cancel")
    message = await people.upload(member, LIST.encode(), "list.CSV")
    offer = await says_after(member, message, "Is this a list of Centers or people?")
    await member.press(offer, data_of(offer, "Look at the list"))
    screen = await says_after(member, offer, "A  Center → Name of the Center")
    assert "Check the list" in buttons(screen)
    picture = await people.upload(member, b"%PDF", "list.pdf")
    await says_after(member, picture, "I can only read text so far.")
    stranger = await people.person("Stranger")
    theirs = await people.upload(stranger, LIST.encode(), "list.csv")
    await says_after(stranger, theirs, "I can only read text so far.")
    await stranger.press(await stranger.ask("/start"), "import:this", forged=True)
    await says_after(stranger, theirs, "only")


async def test_a_list_is_shown_checked_and_read_in(bot: Running, people: People, member: Phone) -> None:
    screen = await sent(people, member, LIST)
    assert (
        "A  Center → Name of the Center\nB  Country → Country of the Center\nC  Given name → Given name"
        in (screen["text"])
    )
    result = await checked(member, screen)
    assert "What would happen (2 rows)\n\nNew Centers: 1\nNew people: 1\nRows that are not taken: 1" in result["text"]
    assert "Row 3: The given name or the family name is missing." in result["text"]
    report = await next_document(people, member, screen)
    rows = sheets_of(await document_of(people, report))["Rows"]
    assert rows[1][1:] == [2, "Delegate Alpha", None, None, None, "new", None, "new", None, None, None, None]
    assert rows[2][1:4] == [3, "Delegate", "The given name or the family name is missing."]
    assert await numbers(bot) == (0, 0)
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")
    assert await numbers(bot) == (1, 1)
    [noted] = await audit.search(bot.database.reader, AuditFilter(act="database"), at_most=9)
    assert (noted.entry.actor_id, noted.entry.act) == (member.id, "database.import")


async def test_who_has_no_center_is_told_of_as_a_guest(bot: Running, people: People, member: Phone) -> None:
    rows = (
        "Center A;Kenya;Delegate;Alpha;a@example.org\n;;Delegate;Bravo;b@example.org\n;;Delegate;Charlie;c@example.org"
    )
    result = await checked(member, await sent(people, member, f"{HEADINGS}\n{rows}\n"))
    told = "New Centers: 1\nNew people: 3\nNew people without a Center, as guests of the association: 2\n\n"
    assert told in result["text"]
    await member.press(result, data_of(result, "Read it in"))
    assert told in (await says_after(member, result, "The list is read in."))["text"]
    found = await delegates.after(bot.database.reader, 0, at_most=9)
    assert sorted(one.details.family_name for one in found if one.is_guest) == ["Bravo", "Charlie"]


async def test_the_same_list_again_does_nothing_and_says_so(bot: Running, people: People, member: Phone) -> None:
    result = await checked(member, await sent(people, member, LIST))
    for _time in range(3):  # doubled presses
        await member.press(result, data_of(result, "Read it in"), forged=True)
    await says_after(member, result, "The list is read in.")
    again = await checked(member, await sent(people, member, LIST))
    assert "There is nothing to read in" in again["text"]
    assert buttons(again) == {}
    assert await numbers(bot) == (1, 1)
    assert len(await audit.search(bot.database.reader, AuditFilter(act="database.import"), at_most=9)) == 1


async def test_a_list_that_waits_for_its_confirmation_is_given_up_with_cancel(
    bot: Running, people: People, member: Phone
) -> None:
    result = await checked(member, await sent(people, member, LIST))
    assert (await member.ask("/cancel"))["text"] == "The list was not read in. Nothing is changed."
    await member.press(result, data_of(result, "Read it in"))
    assert await numbers(bot) == (0, 0)
    assert "not read in" not in (await member.ask("/cancel"))["text"]


async def test_cancel_is_about_the_form_that_was_begun_last(bot: Running, people: People, member: Phone) -> None:
    result = await checked(member, await sent(people, member, LIST))
    menu = await member.ask("/register")
    await member.press(menu, data_of(menu, "A Center"))
    await says(member, "What is the official name of your Center?")
    assert "not read in" not in (await member.ask("/cancel"))["text"]
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")


async def test_columns_are_put_right(bot: Running, people: People, member: Phone) -> None:
    screen = await sent(people, member, "Center;Xyz;Vorname\nCenter A;Alpha;Bravo\n")
    assert "No column is" not in screen["text"]
    for column, field in (("C  Vorname", "Given name"), ("B  Xyz", "Family name")):
        await member.press(screen, data_of(screen, column))
        choosing = await now_reads(member, screen, "What stands in this column?")
        await member.press(choosing, data_of(choosing, field))
        screen = await now_reads(member, screen, f"→ {field}")
    result = await checked(member, screen)
    assert "New people: 1" in result["text"]
    await member.press(result, data_of(result, "Change the columns"))
    screen = await now_reads(member, result, "Xyz → Family name")
    await member.press(screen, data_of(screen, "B  Xyz"))
    choosing = await now_reads(member, screen, "What stands in this column?")
    await member.press(choosing, data_of(choosing, "Leave this column out"))
    screen = await now_reads(member, screen, "Given names and family names belong together")
    assert "Check the list" not in buttons(screen)
    await member.press(screen, data_of(screen, "Cancel"))
    await now_reads(member, screen, "was not read in")


async def test_sheets_are_read_or_left_out(bot: Running, people: People, member: Phone) -> None:
    book = {
        "Centers": [["Center", "City"], ["Center A", "A"], ["Center B", "B"]],
        "People": [["Given name", "Family name"], ["Delegate", "Alpha"]],
        "Notes": [["Country", "Phone"], ["Kenya", "1"]],
    }
    screen = await sent(people, member, await as_xlsx(book), "list.xlsx")
    assert list(buttons(screen)) == ["✓ Centers", "✓ People", "Notes", "Check the list", "Cancel"]
    await member.press(screen, data_of(screen, "People"))
    screen = await now_reads(member, screen, "People, 1 row")
    await member.press(screen, data_of(screen, "Leave this sheet out"))
    screen = await now_reads(member, screen, "This is not read in as it stands.")
    await member.press(screen, data_of(screen, "All sheets"))
    result = await checked(member, await now_reads(member, screen, "several sheets"))
    assert "(2 rows)\n\nNew Centers: 2" in result["text"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in this file."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02", "This is not a list"),
        (b"Center\nCenter A\n", "only one column"),
        (b"1;2\n3;4\n", "no headings"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "This is an old Excel file (XLS)."),
        (f"{HEADINGS}\n".encode() + b"Center A;;;;\n" * 5_101, "too many rows"),
        (f"{HEADINGS}\n{'a' * 40_000};;;;\n".encode(), "too long"),
    ],
)
async def test_what_is_no_list_is_refused_with_a_sentence(
    bot: Running, people: People, member: Phone, content: bytes, sentence: str
) -> None:
    refused = await sent(people, member, content, "list.xlsx")
    assert sentence in refused["text"]
    assert "Send another file, or /cancel." in refused["text"]
    message = await people.upload(member, LIST.encode(), "list.csv")  # it is still awaited
    assert "Name of the Center" in (await member.reply_after(message["message_id"]))["text"]


async def test_other_things_are_not_taken_for_a_list(people: People, member: Phone) -> None:
    await member.ask("/import")
    sticker = await people.post(f"/persons/{member.id}/stickers", {})
    assert "I am waiting for a list" in (await member.reply_after(sticker["message_id"]))["text"]
    assert "AGM" in (await member.ask("What is the AGM?"))["text"]  # a question in between is answered
    assert "I am no longer waiting for a list" in (await member.ask("/cancel"))["text"]
    message = await people.upload(member, LIST.encode(), "list.csv")
    assert "Name of the Center" not in (await member.reply_after(message["message_id"]))["text"]


async def test_in_reply_and_with_a_caption(people: People, member: Phone) -> None:
    message = await people.upload(member, LIST.encode(), "list.csv")
    await member.reply_after(message["message_id"])
    screen = await member.ask("/import", reply_to_message_id=message["message_id"])
    assert "Name of the Center" in screen["text"]
    captioned = await people.upload(member, LIST.encode(), "list.csv", caption="/import")
    assert "Name of the Center" in (await member.reply_after(captioned["message_id"]))["text"]


async def test_in_a_group_it_leads_to_the_private_chat(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group = member.within(await bound(people, owner, member))
    assert list(buttons(await group.ask("/import")).values()) == ["https://t.me/unigo_test_bot?start=import"]
    opened = await member.start("import")
    assert "Send me the list" in (await member.reply_after(opened["message_id"]))["text"]


async def test_a_stranger_can_do_nothing_with_it(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member, other = await member_of(people, owner), await member_of(people, owner, "Member B")
    screen = await sent(people, member, LIST)
    result = await checked(member, screen)
    run = await imports.open_of(bot.database.reader, member.id)
    assert run is not None
    stranger = await people.person("Stranger")
    assert "for the Secretariat only" in (await stranger.ask("/import"))["text"]
    for phone in (stranger, other):
        menu = await phone.ask("/start")
        for act in (
            "show", "sheet:0:0", "col:0:0", "set:0:0:email", "read:0:0", f"check:{run.edition}",
            f"apply:{run.edition}", f"back:{run.edition}", "cancel",
        ):  # fmt: skip
            toast = await phone.press(menu, f"import:{run.id}:{act}", forged=True)
            assert toast["text"] == "This is for the Secretariat only."
    assert await imports.by_id(bot.database.reader, run.id) == run
    document = await people.upload(stranger, LIST.encode(), "list.csv", caption="/import")
    assert "Center" not in (await stranger.reply_after(document["message_id"]))["text"].partition("→")[2]
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")


async def test_outdated_buttons_do_nothing(bot: Running, people: People, member: Phone, clock: MovableClock) -> None:
    screen = await sent(people, member, LIST)
    result = await checked(member, screen)
    clock.advance(10)  # what was pressed for that is no second tap any more
    for data in (
        data_of(screen, "Check the list"), "import:1:set:0:0:email", "import:1:read:0:0", "import:1:apply:0",
        "import:1:sheet:7:0", "import:1:col:0:99", "import:1:show", "import:99:show",
    ):  # fmt: skip
        toast = await member.press(screen, data, forged=True)
        assert toast["show_alert"] is True, data
    await member.press(result, data_of(result, "Cancel"))
    await now_reads(member, result, "was not read in")
    toast = await member.press(result, data_of(result, "Read it in"), forged=True)
    assert toast["text"] == "This has changed meanwhile. You see how it stands now."
    assert await numbers(bot) == (0, 0)


async def test_another_list_takes_the_place_of_the_first(bot: Running, people: People, member: Phone) -> None:
    first = await checked(member, await sent(people, member, LIST))
    second = await sent(people, member, LIST.replace("Alpha", "Beta"))
    toast = await member.press(first, data_of(first, "Read it in"))
    assert toast["show_alert"] is True
    result = await checked(member, second)
    await member.press(result, data_of(result, "Read it in"))
    await says_after(member, result, "The list is read in.")
    [person] = await delegates.page(bot.database.reader, EVERY_DELEGATE, at_most=9)
    assert person.details.family_name == "Beta"
