"""The cards of Centers and people: what they show, where they lead, and their history."""

from __future__ import annotations

from bot.app import Running
from bot.members.roles import Role
from bot.runtime.clock import MovableClock
from tests.chat import Json, People, Phone, met, until
from tests.desk import labels, says
from tests.records import becomes, card_of, center, lead, person, press


async def test_a_centers_card_shows_all_and_leads_on(bot: Running, people: People, owner: Phone) -> None:
    number = await center(bot)
    focal, deputy = await met(people, "Focal A"), await met(people, "Deputy A")
    await lead(bot, focal, number)
    await lead(bot, deputy, number, Role.DEPUTY)
    await person(bot, number, family_name="Delegate")
    listing = await owner.ask("/centers")
    await press(owner, listing, "🇰🇪 Center A")
    card = await becomes(owner, listing, "Status: approved")
    for line in (
        "Official name: Center A", "Country: 🇰🇪 Kenya", "Focus: Police", "Focal point: Focal A", "Deputies: Deputy A",
    ):  # fmt: skip
        assert line in card["text"]
    assert labels(card) == [
        "Delegates (1)", "Focal point, invitations", "Edit", "Write to them", "Suspend", "Merge with another",
        "History", "Back to the list",
    ]  # fmt: skip
    await press(owner, card, "Delegates (1)")
    people_of_it = await becomes(owner, listing, "Center: Center A")
    await press(owner, people_of_it, "Delegate, Given")
    delegate = await becomes(owner, listing, "Has never written to this bot.")
    assert "Is not shown to other members." in delegate["text"]
    await press(owner, delegate, "🇰🇪 Center A")
    await becomes(owner, listing, "Focal point: Focal A")


async def test_the_secretariat_gives_a_center_a_focal_point_from_its_record(
    bot: Running, people: People, owner: Phone
) -> None:
    number, delegate = await center(bot), await met(people, "Delegate A")
    record, listed = await person(bot, number, writes=delegate), await person(bot, number, family_name="Listed")
    card = await card_of(owner, f"c{number}")
    assert "It has no focal point." in card["text"]
    await press(owner, card, "Focal point, invitations")
    looked_after = await becomes(owner, card, "This Center has no focal point at the moment.")
    assert {"Invite", "Focal point, deputies"} <= set(labels(looked_after))
    await press(owner, looked_after, "Show the record")
    await becomes(owner, card, "It has no focal point.")
    await owner.press(card, f"card:d{listed}", forged=True)
    never_wrote = await becomes(owner, card, "Has never written to this bot.")
    assert "Make the focal point" not in labels(never_wrote)
    await owner.press(card, f"card:d{record}", forged=True)
    await press(owner, await becomes(owner, card, "Agreed to the privacy notice"), "Make the focal point")
    await press(owner, await becomes(owner, card, "Offer Major Given Family the role"), "Yes, offer it")
    await press(delegate, await says(delegate, "You are asked to become the focal point"), "Accept")
    await says(owner, "has accepted, and is the focal point of “Center A” now.")
    await owner.press(card, f"card:d{record}", forged=True)
    assert "Make the focal point" not in labels(await becomes(owner, card, "Focal point of Center no."))


async def test_back_leads_to_the_list_as_it_was(bot: Running, owner: Phone) -> None:
    for number in range(10):
        await center(bot, name=f"Center {number}")
    listing = await owner.ask("/centers")
    await press(owner, listing, "Next")
    await becomes(owner, listing, "page 2 of 2")
    await press(owner, listing, "🇰🇪 Center 9")
    await becomes(owner, listing, "Official name: Center 9")
    await press(owner, listing, "Back to the list")
    await becomes(owner, listing, "page 2 of 2")


async def test_records_that_there_are_not_say_so(bot: Running, owner: Phone) -> None:
    listing = await owner.ask("/centers")
    for data in ("card:c99", "card:d99", "past:c99:0", "curate:edit:d99", "merge:begin:c99"):
        answered = await owner.press(listing, data, forged=True)
        assert answered["text"] == "There is no such record any more."


async def test_history_has_pages(bot: Running, owner: Phone, clock: MovableClock) -> None:
    number = await center(bot)
    card = await card_of(owner, f"c{number}")
    for act in ("bare", "lift") * 5:
        await owner.press(card, f"curate:{act}:c{number}", forged=True)
    await until(lambda: _has(owner, card, "Status: approved"))
    await press(owner, card, "History")
    first = await becomes(owner, card, "History of Center A")
    assert first["text"].count("•") == 8
    await press(owner, first, "Next")

    async def second_page() -> bool:
        return str((await owner.now(card))["text"]).count("•") == 2

    await until(second_page)


async def _has(phone: Phone, message: Json, words: str) -> bool:
    return words in str((await phone.now(message))["text"])
