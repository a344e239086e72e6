"""A Center is edited through its form: what applies at once, what waits, and what became of it."""

from __future__ import annotations

from dataclasses import replace

from bot.app import Running
from bot.members import centers as written
from bot.members.roles import Role
from storage import centers, requests, roles
from storage.records.members import CenterDetails, RequestKind
from tests.chat import People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import Secretariat, running, says
from tests.forms import SUMMARY, asks
from tests.handlers.focal import becomes, center_led_by, delegate, desk, said
from tests.leaders import DETAILS, FOCAL


async def edited(phone: Phone, **answers: str) -> int:
    """Open the form, change these lines and save; the number of the message with the summary."""
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    return await changed(phone, **answers)


async def changed(phone: Phone, **answers: str) -> int:
    """Change these lines of the summary that is shown, and save."""
    summary = await asks(phone, SUMMARY)
    for label, answer in answers.items():
        name = label.replace("_", " ")
        line = next(data for shown, data in buttons(summary).items() if shown.startswith(name))
        await phone.press(summary, line)
        asked = await said(phone, "So far", after=summary["message_id"])
        await phone.write(answer)
        summary = await said(phone, SUMMARY, after=asked["message_id"])
    await phone.press(summary, buttons(summary)["Save"])
    return int(summary["message_id"])


async def details(bot: Running, center: int) -> CenterDetails:
    return (await written.find(bot.database.reader, center)).details


async def test_a_small_correction_applies_at_once_and_nobody_is_asked(office: Secretariat, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(office.bot, phone)
    summary = await edited(phone, City="Other City")
    result = await said(phone, "from now on", after=summary)
    assert result["text"] == "This is changed in “Center A” from now on:\n• City: Example City → Other City"
    assert buttons(result) == {"Back to the Center": f"center:show:{center}"}
    assert (await details(office.bot, center)).city == "Other City"
    assert await requests.count_waiting(office.bot.database.reader) == 0


async def test_it_is_said_what_applies_and_what_waits_and_the_secretariat_decides(
    office: Secretariat, people: People
) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(office.bot, phone)
    summary = await edited(phone, City="Other City", Official_name="Center B")
    result = await said(phone, "from now on", after=summary)
    assert result["text"] == (
        "This is changed in “Center A” from now on:\n• City: Example City → Other City\n\n"
        "I have sent this to the Secretariat, and it applies once it is approved:\n"
        "• Official name: Center A → Center B\n\nI will write to you here as soon as it is decided."
    )
    card = await says(office.group, "Change of a Center")
    assert "• Official name: Center A → Center B" in card["text"]
    assert "City" not in card["text"]
    shown = await desk(phone)
    assert "Waits for the Secretariat's approval:\n• Official name: Center A → Center B" in shown["text"]
    await office.group.press(card, buttons(card)["Approve"])
    await says(phone, "is approved. It is shown so from now on.")
    assert await details(office.bot, center) == replace(DETAILS, name="Center B", city="Other City")


async def test_a_further_change_by_a_deputy_joins_the_one_that_waits(office: Secretariat, people: People) -> None:
    phone, other = await people.person("Focal"), await people.person("Deputy")
    center = await center_led_by(office.bot, phone)
    await delegate(office.bot, center, other)
    await office.bot.database.write(
        lambda tx: roles.give(tx, other.id, Role.DEPUTY, scope=str(center), given_by=FOCAL, now=1)
    )
    await said(phone, "I have sent this", after=await edited(phone, Official_name="Center B"))
    shown = await desk(other)
    await other.press(shown, buttons(shown)["Edit"])
    summary = await asks(other, SUMMARY)
    assert "Official name: Center B" in summary["text"], "what has been asked for"
    await said(other, "Country: 🇨🇭 Switzerland → 🇫🇷 France", after=await changed(other, Country="France"))
    reader = office.bot.database.reader
    assert await requests.count_waiting(reader) == 1
    request = await requests.open_of_center(reader, center, RequestKind.CHANGE)
    assert request is not None
    assert (set(request.changes), request.person_id) == ({"name", "country"}, other.id)


async def test_what_is_changed_back_waits_no_longer(office: Secretariat, people: People) -> None:
    phone = await people.person("Focal")
    await center_led_by(office.bot, phone)
    await said(phone, "I have sent this", after=await edited(phone, Official_name="Center B"))
    summary = await edited(phone, Official_name="Center A")
    await said(phone, "Nothing waits for the Secretariat's approval any more.", after=summary)
    card = await says(office.group, "Change of a Center")
    await becomes(office.group, card, "Withdrawn by who asked")


async def test_nothing_is_saved_where_nothing_is_changed(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    await center_led_by(bot, phone)
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    summary = await asks(phone, SUMMARY)
    assert "needs the Secretariat's approval." in summary["text"]
    await phone.press(summary, buttons(summary)["Save"])
    await asks(phone, "Nothing has changed yet.")


async def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    await asks(phone, SUMMARY)
    found = await written.find(bot.database.reader, center)
    await bot.database.write(lambda tx: written.change(tx, found, replace(DETAILS, city="Their City"), 5))
    await changed(phone, City="My City")
    await asks(phone, "Somebody else has changed the same meanwhile")
    assert (await details(bot, center)).city == "Their City"


async def test_an_edit_goes_on_after_a_restart_with_what_was_typed(start_bot: StartBot, people: People) -> None:
    phone = await people.person("Focal")
    async with running(start_bot) as bot:
        center = await center_led_by(bot, phone)
        shown = await desk(phone)
        await phone.press(shown, buttons(shown)["Edit"])
        summary = await asks(phone, SUMMARY)
        line = next(data for name, data in buttons(summary).items() if name.startswith("City"))
        await phone.press(summary, line)
        await asks(phone, "In which city or town is it?")
    async with running(start_bot) as bot:
        await phone.write("Other City")
        summary = await asks(phone, SUMMARY)
        await phone.press(summary, buttons(summary)["Save"])
        await said(phone, "City: Example City → Other City", after=summary["message_id"])
        assert (await details(bot, center)).city == "Other City"


async def test_a_pause_keeps_ones_own_changes_and_takes_over_those_of_others(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    summary = await asks(phone, SUMMARY)
    line = next(data for name, data in buttons(summary).items() if name.startswith("City"))
    await phone.press(summary, line)
    await asks(phone, "In which city")
    await phone.write("My City")
    await asks(phone, SUMMARY)
    found = await written.find(bot.database.reader, center)
    await bot.database.write(lambda tx: written.change(tx, found, replace(DETAILS, head_name="Head B"), 5))
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    offer = await said(phone, "Editing a Center", after=shown["message_id"])
    await phone.press(offer, next(data for name, data in buttons(offer).items() if name.startswith("Continue")))
    summary = await said(phone, SUMMARY, after=offer["message_id"])
    assert "City: My City" in summary["text"]
    assert "Name of the head: Head B" in summary["text"]
    await phone.press(summary, buttons(summary)["Save"])
    await said(phone, "City: Example City → My City", after=summary["message_id"])
    assert await details(bot, center) == replace(DETAILS, city="My City", head_name="Head B")


async def test_what_has_to_be_known_and_is_not_is_asked_for(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    await center_led_by(bot, phone, kind=None)
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    asked = await asks(phone, "What kind of member is it?")
    assert "1 of 1" not in asked["text"]  # there is nothing to count


async def test_who_does_not_look_after_it_any_more_saves_nothing(bot: Running, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(bot, phone)
    shown = await desk(phone)
    await phone.press(shown, buttons(shown)["Edit"])
    await asks(phone, SUMMARY)
    await bot.database.write(lambda tx: roles.take(tx, phone.id, Role.FOCAL_POINT, str(center)))
    summary = await changed(phone, City="Other City")
    await said(phone, "You cannot change this Center now, so I have saved nothing.", after=summary)
    assert await details(bot, center) == DETAILS


async def test_the_secretariat_needs_nobodys_approval(office: Secretariat, people: People) -> None:
    phone = await people.person("Focal")
    center = await center_led_by(office.bot, phone)
    opened = await office.member.start(f"center_{center}")
    shown = await office.member.reply_after(opened["message_id"])
    await office.member.press(shown, buttons(shown)["Edit"])
    summary = await asks(office.member, SUMMARY)
    assert "It applies at once." in summary["text"]
    await said(office.member, "from now on", after=await changed(office.member, Official_name="Center B"))
    assert (await details(office.bot, center)).name == "Center B"
    found = await centers.by_id(office.bot.database.reader, center)
    assert found is not None
    assert found.edition == 1
