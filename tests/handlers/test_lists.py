"""/people and /centers: listed, filtered, turned, and for the Secretariat alone."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.members import centers
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateState, Focus
from storage.session import Transaction
from tests.chat import People, Phone, until
from tests.desk import OWNER, labels, member_of, owner_of, says, secretariat
from tests.records import acts, becomes, center, entries, person, press


async def many(bot: Running, count: int) -> None:
    """Centers of several countries, with names in order."""
    prepared = [
        centers.prepare(
            CenterDetails(
                f"Center {number:03}", kind=CenterKind.UNIVERSITY if number % 2 else CenterKind.AGENCY,
                focus=Focus.POLICE if number % 3 else Focus.MIXED, country=("KE", "CH", "FR")[number % 3],
            )
        )
        for number in range(count)
    ]  # fmt: skip

    async def work(tx: Transaction) -> None:
        await centers.add_many(tx, prepared, now=bot.now_us())

    await bot.database.write(work)


async def test_strangers_see_no_list(bot: Running, people: People) -> None:
    stranger = await people.person()
    for command in ("/people", "/centers", "/centers police"):
        assert (await stranger.ask(command))["text"] == "This is for the Secretariat only."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("list:c0.-------.0.0", "list"),
        ("list:d0.-------.0.0", "list"),
        ("pick:state:c0.-------.0.0", "list"),
        ("land:0:d0.-------.0.0", "list"),
        ("find:search:c0.-------.0.0", "list"),
        ("card:c1", "center:1"),
        ("card:d1:d0.-------.0.0", "delegate:1"),
        ("past:c1:0", "center:1"),
        ("curate:edit:c1", "center:1"),
        ("curate:suspend:d1", "delegate:1"),
        ("curate:bare:c1", "center:1"),
        ("curate:lift:c1", "center:1"),
        ("curate:write:d1", "delegate:1"),
        ("curate:stop:d1", "delegate:1"),
        ("merge:begin:c1", "center:1"),
        ("merge:search:c1", "center:1"),
        ("merge:with:c1:c2", "center:1"),
        ("merge:do:c1:0:c2:0", "center:1"),
    ],
)
async def test_forged_presses_are_refused_and_noted(bot: Running, people: People, data: str, what: str) -> None:
    await center(bot)
    await center(bot, name="Center B")
    await person(bot, 1)
    stranger = await people.person()
    menu = await stranger.ask("/start")
    answer = await stranger.press(menu, data, forged=True)
    assert answer["text"] == "This is for the Secretariat only."
    assert await acts(bot, what) == [(stranger.id, "refused")]
    assert len(await stranger.from_bot()) == 1


async def test_three_hundred_centers_are_turned_page_by_page(bot: Running, owner: Phone) -> None:
    await many(bot, 300)
    listing = await owner.ask("/centers")
    assert listing["text"].startswith("300 Centers, page 1 of 38\nOnly: approved")
    seen = entries(listing)
    for page in range(2, 39):
        await press(owner, listing, "Next")
        seen += entries(await becomes(owner, listing, f"page {page} of 38"))
    assert [label[-3:] for label in seen] == [f"{number:03}" for number in range(300)]
    assert "Next" not in labels(await owner.now(listing))
    await press(owner, listing, "Previous")
    await becomes(owner, listing, "page 37 of 38")


async def test_a_page_that_is_no_more_becomes_the_last_one(bot: Running, owner: Phone) -> None:
    await many(bot, 10)
    listing = await owner.ask("/centers")
    await owner.press(listing, "list:c0.-------.0.30", forged=True)
    assert len(entries(await becomes(owner, listing, "10 Centers, page 2 of 2"))) == 2


async def test_filters_are_buttons(bot: Running, owner: Phone) -> None:
    await many(bot, 30)
    await center(bot, CenterState.SUSPENDED, name="Center Z")
    listing = await owner.ask("/centers")
    await press(owner, listing, "Focus")
    await press(owner, listing, "Police")
    await becomes(owner, listing, "20 Centers, page 1 of 3")
    await press(owner, listing, "Kind of member")
    await press(owner, listing, "University")
    await becomes(owner, listing, "10 Centers")
    await press(owner, listing, "Region")
    await press(owner, listing, "Europe")
    shown = await becomes(owner, listing, "Only: approved, University, Police, Europe")
    assert {"✓ Focus", "✓ Kind of member", "✓ Region", "✓ Status"} <= set(labels(shown))
    await press(owner, listing, "Show all")
    await becomes(owner, listing, "31 Centers")
    await press(owner, listing, "Status")
    await press(owner, listing, "suspended")
    shown = await becomes(owner, listing, "1 Center\nOnly: suspended")
    assert entries(shown) == ["🇰🇪 Center Z"]


async def test_the_countries_that_there_are_can_be_chosen(bot: Running, owner: Phone) -> None:
    await many(bot, 30)
    listing = await owner.ask("/centers")
    await press(owner, listing, "Country")
    menu = await becomes(owner, listing, "Show only one country:")
    assert [label for label in labels(menu) if "(" in label] == [
        "🇫🇷 France (10)",
        "🇰🇪 Kenya (10)",
        "🇨🇭 Switzerland (10)",
    ]
    await press(owner, listing, "🇰🇪 Kenya")
    await becomes(owner, listing, "10 Centers, page 1 of 2\nOnly: approved, 🇰🇪 Kenya")


async def test_a_country_can_be_written(bot: Running, owner: Phone) -> None:
    await many(bot, 30)
    listing = await owner.ask("/centers")
    await press(owner, listing, "Country")
    await press(owner, listing, "Write a country")
    assert "Which country?" in (await owner.reply_after(listing["message_id"]))["text"]
    assert "I do not know this country" in (await owner.ask("zqxv"))["text"]
    assert "10 Centers" in (await owner.ask("Suiza"))["text"]
    # From here on, what is written is for the bot again.
    assert "Centers" not in (await owner.ask("What is the AGM?"))["text"][:20]


@pytest.mark.parametrize("data", ["list:c0.9------.0.0", "list:c0.-----XX.0.0", "list:d999.-------.0.0"])
async def test_states_that_there_are_not_do_no_harm(bot: Running, owner: Phone, data: str) -> None:
    await center(bot)
    listing = await owner.ask("/centers")
    answer = await owner.press(listing, data, forged=True)
    if "XX" in data:
        await becomes(owner, listing, "Nothing was found.")
    else:
        assert answer["text"] == "This list is out of date. Please look for it again."


async def test_people_are_listed_with_where_they_belong(bot: Running, owner: Phone) -> None:
    await person(bot, await center(bot), family_name="First")
    await person(bot, None, family_name="Second", organization="An interested group")
    await person(bot, None, family_name="Third", state=DelegateState.SUSPENDED)
    listing = await owner.ask("/people")
    assert listing["text"].startswith("2 people\nOnly: approved")
    assert "• Major Given Second, Instructor, An interested group, guest" in listing["text"]
    await press(owner, listing, "Guests")
    await press(owner, listing, "Only guests")
    shown = await becomes(owner, listing, "1 person\nOnly: approved, Guests\n")
    assert entries(shown) == ["Second, Given"]


async def test_it_works_in_the_secretariats_group(bot: Running, people: People) -> None:
    office = await secretariat(bot, people)
    await center(bot)
    listing = await office.group.ask("/centers")
    assert entries(listing) == ["🇰🇪 Center A"]
    await press(office.group, listing, "Search")
    question = await says(office.group, "Which Center are you looking for?")
    assert "Reply to this message" in question["text"]
    await office.group.write("center", reply_to_message_id=question["message_id"])
    await says(office.group, "Looked for: “center”")
    stranger = await people.person("Guest")
    await people.post(f"/groups/{office.group.chat_id}/members", {"person_id": stranger.id})
    assert (await stranger.within(office.group.chat_id).ask("/centers"))["text"] == "This is for the Secretariat only."


async def test_other_groups_see_nothing(bot: Running, people: People, owner: Phone) -> None:
    member = await member_of(people, owner)
    await center(bot)
    listing = await member.ask("/centers")
    public = member.within(await people.group(member, title="Public"))
    greeting = await public.ask("/help@unigo_test_bot")
    assert labels(listing)
    answer = await public.press(greeting, "list:c0.-------.0.0", forged=True)
    assert answer["text"] == "This is for the Secretariat only."
    await public.write("/centers@unigo_test_bot")
    await public.ask("/help@unigo_test_bot")
    assert not any("Center A" in text for text in await public.from_bot())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>bold</b> & 'so' \"on\"", "<b>bold</b> & 'so' \"on\""),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("\u202eevil\u202c name", "\u2068evil name\u2069"),  # Telegram itself takes the overrides out
        ("مركز التدريب", "\u2068مركز التدريب\u2069"),
        ("x" * 500, "x" * 119 + "…"),
        ("{name} %s \\", "{name} %s \\"),
    ],
)
async def test_hostile_names_are_shown_harmlessly(bot: Running, owner: Phone, name: str, shown: str) -> None:
    number = await center(bot, name=name)
    await person(bot, number, family_name=name)
    listing = await owner.ask("/centers")
    assert f"• {shown}, Nairobi" in listing["text"]
    assert [one["type"] for one in listing["entities"]] == ["bold"]
    await owner.press(listing, f"card:c{number}:c0.-------.0.0", forged=True)
    card = await becomes(owner, listing, "Official name: ")
    assert shown.removesuffix("…") in card["text"]
    assert entries(await owner.ask("/people"))


async def test_the_menu_has_the_commands(bot: Running, people: People) -> None:
    owner = await owner_of(people, OWNER)
    await owner.ask("/start")

    async def listed() -> bool:
        shown = await people.get(f"/commands?person_id={owner.id}&chat_id={owner.id}")
        return {"people", "centers", "directory"} <= {command["command"] for command in shown["commands"]}

    await until(listed)
