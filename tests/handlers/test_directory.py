"""The directory: approved Centers for everybody, people for members, and only those who agreed."""

from __future__ import annotations

import pytest

from bot.app import Running
from storage.records.members import CenterState, DelegateState
from tests.chat import People, Phone, buttons
from tests.desk import labels, owner_of, says
from tests.records import becomes, center, person, press


@pytest.fixture
async def stranger(bot: Running, people: People) -> Phone:
    return await people.person("Stranger")


async def test_it_leads_from_regions_to_centers_and_back(bot: Running, stranger: Phone) -> None:
    await center(bot)
    await center(bot, name="Center B", country="CH", city="Bern")
    await center(bot, CenterState.PENDING, name="Center C")
    shown = await stranger.ask("/directory")
    assert shown["text"].startswith("The directory: 2 Centers")
    assert labels(shown) == ["Africa (1)", "Europe (1)", "All by name"]
    await press(stranger, shown, "Europe")
    await becomes(stranger, shown, "Europe")
    await press(stranger, shown, "🇨🇭 Switzerland (1)")
    await becomes(stranger, shown, "• Center B, Bern")
    await press(stranger, shown, "🇨🇭 Center B")
    card = await becomes(stranger, shown, "Official name: Center B")
    for line in ("E-mail: office@center-a.example", "Phone: +254", "Name of the head: Head of A", "City: Bern"):
        assert line in card["text"]
    await press(stranger, shown, "🇨🇭 Switzerland")
    await press(stranger, shown, "Europe")
    await press(stranger, shown, "All regions")
    await becomes(stranger, shown, "The directory: 2 Centers")


async def test_three_hundred_centers_have_pages(bot: Running, stranger: Phone) -> None:
    for number in range(30):
        await center(bot, name=f"Center {number:02}")
    shown = await stranger.ask("/directory")
    await press(stranger, shown, "All by name")
    seen = [label for label in labels(await becomes(stranger, shown, "All Centers by name")) if "Center" in label]
    for page in range(1, 4):
        await press(stranger, shown, "Next")
        page_shown = await becomes(stranger, shown, f"• Center {page * 8:02},")
        seen += [label for label in labels(page_shown) if "Center" in label]
    assert seen == [f"🇰🇪 Center {number:02}" for number in range(30)]


@pytest.mark.parametrize("words", ["center b", "centre b", "Switzerland", "center b switzerland", "suiza"])
async def test_a_name_behind_the_command_is_looked_for(bot: Running, stranger: Phone, words: str) -> None:
    await center(bot, name="Academy of Examples", short_name=None)
    await center(bot, name="Center B", country="CH")
    found = await stranger.ask(f"/directory {words}")
    assert "🇨🇭 Center B" in labels(found)
    nothing = await stranger.ask("/directory <zqx>")
    assert nothing["text"].startswith("I found no Center by “<zqx>”.")


async def test_suspended_centers_are_in_no_way_found(bot: Running, stranger: Phone) -> None:
    number = await center(bot, CenterState.SUSPENDED, name="Center B")
    assert (await stranger.ask("/directory"))["text"] == "There is no Center in the directory yet."
    found = await stranger.ask("/directory center b")
    assert "Center B" not in labels(found)
    answered = await stranger.press(found, f"dir:c:{number}:0", forged=True)
    assert answered["text"] == "This Center is not in the directory any more."
    sent = await stranger.start(f"directory_{number}")
    assert (await stranger.reply_after(sent["message_id"]))["text"] == "This Center is not in the directory any more."


async def test_people_are_shown_to_members_and_only_those_who_agreed(
    bot: Running, people: People, stranger: Phone
) -> None:
    number = await center(bot)
    phones = [await people.person(name) for name in ("A", "B", "C", "D")]
    for phone in phones:
        await phone.ask("/start")
    await person(bot, number, writes=phones[0], is_shown=True, family_name="Shown <A>")
    await person(bot, number, writes=phones[1], is_shown=False, family_name="Hidden")
    await person(bot, number, writes=phones[2], is_shown=True, family_name="Gone", state=DelegateState.SUSPENDED)
    await person(bot, number, family_name="Listed")
    await person(bot, None, writes=phones[3], family_name="Guest")
    for payload, reader in ((f"directory_{number}", phones[3]), (f"directory_{number}", await owner_of(people))):
        sent = await reader.start(payload)
        card = await reader.reply_after(sent["message_id"])
        assert card["text"].endswith("Its people who agreed to be shown\n• Major Given Shown <A>, Instructor")
        assert "example.org" not in card["text"], "never their address"
    sent = await stranger.start(f"directory_{number}")
    card = await stranger.reply_after(sent["message_id"])
    assert card["text"].endswith("Members of the association also see here those of its people who agreed to that.")
    assert "Shown" not in card["text"]


async def test_in_groups_a_button_leads_to_the_private_chat(bot: Running, people: People, stranger: Phone) -> None:
    await center(bot)
    group = stranger.within(await people.group(stranger))
    shown = await group.ask("/directory@unigo_test_bot")
    assert buttons(shown) == {"Open a private chat": "https://t.me/unigo_test_bot?start=directory"}
    sent = await stranger.start("directory")
    assert (await stranger.reply_after(sent["message_id"]))["text"].startswith("The directory: 1 Center")


@pytest.mark.parametrize("payload", ["directory_x", "directory_99999999999999", "directory__", "directory_-1"])
async def test_odd_links_lead_to_the_directory(bot: Running, stranger: Phone, payload: str) -> None:
    await center(bot)
    sent = await stranger.start(payload)
    assert (await stranger.reply_after(sent["message_id"]))["text"].startswith("The directory: 1 Center")


async def test_a_merged_center_leads_to_the_one_that_stays(bot: Running, people: People, stranger: Phone) -> None:
    stays, goes = await center(bot), await center(bot, name="Center B")
    owner = await owner_of(people)
    listing = await owner.ask("/centers")
    await owner.press(listing, f"merge:do:c{stays}:0:c{goes}:0", forged=True)
    await says(owner, "Official name: Center A")
    sent = await stranger.start(f"directory_{goes}")
    assert "Official name: Center A" in (await stranger.reply_after(sent["message_id"]))["text"]


@pytest.mark.parametrize("data", ["dir:n:XX:0", "dir:n:KE:900", "dir:r:africa:900", "dir:c:99:0", "dir:c:1:99"])
async def test_forged_places_do_no_harm(bot: Running, stranger: Phone, data: str) -> None:
    await center(bot)
    shown = await stranger.ask("/directory")
    await stranger.press(shown, data, forged=True)
    assert (await stranger.ask("/directory"))["text"].startswith("The directory: 1 Center")
