"""The Secretariat changes the record of a Center or a person."""

from __future__ import annotations

from bot.app import Running
from storage import audit
from storage.audit import AuditFilter
from tests.chat import Json, People, Phone, buttons
from tests.conftest import StartBot
from tests.desk import OWNER, Secretariat, owner_of, running, says
from tests.records import becomes, card_of, center, center_now, person, person_now, press


async def in_city(phone: Phone, number: int, city: str) -> Json:
    """The form in which a Center gets another city, before it is saved."""
    card = await card_of(phone, f"c{number}")
    await press(phone, card, "Edit")
    summary = await says(phone, "You change Center A.")
    await press(phone, summary, "City")
    await says(phone, "What is to stand under “City”?")
    return await phone.ask(city)


async def test_a_center_is_edited_at_once_and_the_log_knows(bot: Running, owner: Phone) -> None:
    number = await center(bot)
    changed = await in_city(owner, number, "Mombasa")
    await press(owner, changed, "Save")
    saved = await says(owner, "Saved. Changed in Center A: City")
    assert (await center_now(bot, number)).details.city == "Mombasa"
    (line,) = await audit.search(bot.database.reader, AuditFilter(act="center.edit"), at_most=9)
    assert (line.entry.actor_id, line.entry.before, line.entry.after) == (
        OWNER, '{"city":"Nairobi"}', '{"city":"Mombasa"}',
    )  # fmt: skip
    await press(owner, saved, "Show the record")
    await becomes(owner, saved, "City: Mombasa")
    await press(owner, saved, "History")
    history = await becomes(owner, saved, "History of Center A")
    assert "• Center changed. Fields: City.\nOwner 501, " in history["text"]


async def test_a_person_with_gaps_can_be_edited(bot: Running, owner: Phone) -> None:
    number = await person(bot, None, nationality=None, phone=None, languages=(), time_zone=None, email=None)
    card = await card_of(owner, f"d{number}")
    await press(owner, card, "Edit")
    summary = await says(owner, "You change Major Given Family.")
    await press(owner, summary, "Function")
    await says(owner, "What is to stand under “Function”?")
    changed = await owner.ask("Head of training")
    await press(owner, changed, "Save")
    await says(owner, "Saved.")
    assert (await person_now(bot, number)).details.function == "Head of training"
    (line,) = await audit.search(bot.database.reader, AuditFilter(act="delegate.edit"), at_most=9)
    assert (line.entry.before, line.entry.after) == (None, '{"fields":["function"]}'), "no personal data in the log"


async def test_what_no_form_would_take_can_be_put_right(bot: Running, owner: Phone) -> None:
    """Lists that were read in may have a time zone that is none."""
    number = await person(bot, None, time_zone="Moon/Base")
    card = await card_of(owner, f"d{number}")
    await press(owner, card, "Edit")
    summary = await says(owner, "You change Major Given Family.")
    await press(owner, summary, "Time zone")
    await says(owner, "What is to stand under “Time zone”?")
    await press(owner, await owner.ask("Nairobi"), "Save")
    await says(owner, "Saved.")
    assert (await person_now(bot, number)).details.time_zone == "Africa/Nairobi"


async def test_what_another_has_changed_is_not_written_over(bot: Running, people: People, owner: Phone) -> None:
    number, second = await center(bot), await owner_of(people, 502)
    forms = [await in_city(phone, number, f"City {phone.id}") for phone in (owner, second)]
    await press(owner, forms[0], "Save")
    await says(owner, "Saved.")
    await press(second, forms[1], "Save")
    await says(second, "Somebody else has changed the same meanwhile.")
    assert (await center_now(bot, number)).details.city == f"City {owner.id}"


async def test_a_form_of_somebody_who_is_not_of_the_secretariat_any_more_is_not_saved(
    start_bot: StartBot, people: People
) -> None:
    owner = await owner_of(people)
    async with running(start_bot) as bot:
        number = await center(bot)
        changed = await in_city(owner, number, "Mombasa")
    async with start_bot() as bot:
        await press(owner, changed, "Save")
        await says(owner, "This cannot be saved any more")
        assert (await center_now(bot, number)).details.city == "Nairobi"


async def test_in_the_group_a_form_leads_to_the_private_chat(bot: Running, people: People, office: Secretariat) -> None:
    number = await center(bot)
    card = await card_of(office.group, f"c{number}")
    await press(office.group, card, "Edit")
    link = next(iter(buttons(await says(office.group, "I will ask you for changes in the private chat.")).values()))
    payload = link.partition("start=")[2]
    sent = await office.member.start(payload)
    assert "Official name: Center A" in (await office.member.reply_after(sent["message_id"]))["text"]
    stranger = await people.person()
    sent = await stranger.start(payload)
    assert "Welcome to UNIGO" in (await stranger.reply_after(sent["message_id"]))["text"]
