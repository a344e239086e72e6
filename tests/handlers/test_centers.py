"""A Center is registered: what is asked, how it is kept, and to whom in the Secretariat it is shown."""

from __future__ import annotations

import pytest

from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.settings import DeskPart
from storage import centers
from storage.records.members import CenterKind, CenterState, Focus
from tests.centers import ANSWERS, answer, card_of, confirmed, has_become, press, registered
from tests.chat import People, Phone, buttons, until
from tests.conftest import StartBot
from tests.desk import Secretariat, bound, labels, member_of, owner_of, running, says, secretariat
from tests.forms import asks


async def test_a_center_from_nothing_to_approved(office: Secretariat, people: People) -> None:
    phone = await people.person("Applicant A", username="applicant_a")
    told = await registered(phone)
    assert "It usually answers within 48 hours." in told["text"]
    card = await card_of(office.group, "Center A")
    assert card["text"] == (
        "Registration of a Center\n\n"
        "Official name: Center A\nShort name: CA\nKind of member: Training Center\nFocus: Mixed\n"
        "Country: 🇨🇭 Switzerland\nCity: Example City\nWeb site: https://www.center-a.example\n"
        "E-mail: office@center-a.example\nPhone: +41 44 668 18 00\nName of the head: Head of A\n"
        "Title of the head: Colonel\n\n"
        f"Asked by Applicant A (@applicant_a)\nNo. 1, since {card['text'].rpartition('since ')[2]}"
    )
    assert labels(card) == ["Approve", "Decline", "Ask for a correction"]
    assert "message_thread_id" not in card, "cards stand in the General topic"
    assert await press(office.group, card, "Approve") == {
        "answered": True,
        "text": "Approved. They are told.",
        "show_alert": False,
    }
    news = await says(phone, "“Center A” is approved, and registered with the association now.")
    assert buttons(news) == {"My Center": "center", "Myself, as a delegate of a Center": "register:delegate"}
    after = await has_become(office.group, card, "✓ Approved by Member A")
    assert labels(after) == []
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert (center.state, center.region) == (CenterState.APPROVED, "europe")
    assert (center.details.kind, center.details.focus) == (CenterKind.TRAINING_CENTER, Focus.MIXED)
    again = await phone.ask("/register")
    assert again["text"].startswith("You look after “Center A”.")
    assert buttons(again)["My Center"] == "center"


async def test_what_can_be_registered(bot: Running, people: People) -> None:
    phone = await people.person()
    menu = await phone.ask("/start")
    await press(phone, menu, "Register")
    choice = await says(phone, "What would you like to register?")
    assert list(buttons(choice).values()) == ["register:center", "register:delegate", "register:guest"]
    opened = await phone.start("register")
    assert (await phone.reply_after(opened["message_id"]))["text"] == choice["text"]
    group = phone.within(await people.group(phone))
    said = await group.ask("/register@unigo_test_bot")
    assert buttons(said) == {"Open a private chat": "https://t.me/unigo_test_bot?start=register"}


async def test_out_of_office_hours_it_is_said_when_the_office_opens(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot, DeskPart(office_days=("mon",))):
        clock.advance(3600)
        told = await registered(await people.person())
        assert "Its office opens again" in told["text"]


async def test_nobody_registers_two_centers(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered(phone)
    choice = await phone.ask("/register")
    assert choice["text"].startswith("You have registered “Center A”. It waits for the Secretariat's approval.")
    assert "register:center" not in buttons(choice).values()
    await phone.press(choice, "register:center", forged=True)
    refused = await says(phone, "A person registers one Center.")
    assert buttons(refused)["See the registration"] == "mine:show:1"


async def test_optional_answers_can_be_skipped(office: Secretariat, people: People) -> None:
    phone = await people.person()
    await registered(phone, short_name="-", website="-", phone="-", head_title="-")
    card = await card_of(office.group, "Center A")
    assert "–" not in card["text"]
    assert "Web site" not in card["text"]


async def test_a_restart_in_the_middle_loses_no_answer(start_bot: StartBot, people: People) -> None:
    phone = await people.person("Applicant A")
    typed = list(ANSWERS.items())
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        menu = await phone.ask("/register")
        await phone.press(menu, "register:center")
        await says(phone, "What is the official name of your Center?")
        await answer(phone, dict(typed[:4]))
    async with running(start_bot):
        summary = await answer(phone, dict(typed[4:]))
        await press(phone, summary, "Send to the Secretariat")
        card = await card_of(office.group, "Center A")
    async with running(start_bot):
        await press(office.group, card, "Approve")
        await says(phone, "is approved, and registered")
        await has_become(office.group, card, "✓ Approved by")


async def test_without_a_group_the_card_is_shown_privately(bot: Running, people: People) -> None:
    owner = await owner_of(people)
    member = await member_of(people, owner)
    phone = await people.person("Applicant A")
    await registered(phone)
    first, second = await card_of(owner, "Center A"), await card_of(member, "Center A")
    await press(member, second, "Approve")
    await has_become(owner, first, "✓ Approved by Member A")
    await has_become(member, second, "✓ Approved by Member A")


async def test_register_goes_on_where_it_was_left(bot: Running, people: People) -> None:
    phone = await people.person()
    choice = await phone.ask("/register")
    assert "You have not finished" not in "".join(await phone.from_bot())
    await phone.press(choice, "register:center")
    await asks(phone, "What is the official name of your Center?")
    await phone.write("Center A")
    await asks(phone, "Does it have a short name")
    offer = await phone.ask("/register")
    assert offer["text"] == (
        "You have not finished “Registering a Center”: you were at 2 of 11.\n\n"
        "Would you like to register anything else?"
    )
    assert {"register:delegate", "register:guest"} < set(buttons(offer).values())
    await phone.press(offer, buttons(offer)["Continue"])
    await asks(phone, "Does it have a short name")
    assert len([text for text in await phone.from_bot() if "would you like to register" in text.lower()]) == 2


async def test_a_group_that_is_bound_learns_what_waits(bot: Running, people: People) -> None:
    phone = await people.person("Applicant A")
    await registered(phone)  # nobody of the Secretariat has ever written to the bot
    owner = await owner_of(people)
    await owner.ask("/start")
    group = owner.within(await bound(people, owner))
    await says(group, "1 request waits for a decision. /pending shows it.")
    listing = await group.ask("/pending")
    await press(group, listing, "Center A")
    await press(group, await card_of(group, "Center A"), "Approve")
    await says(phone, "is approved, and registered")


HOSTILE = {
    "HTML": '<b>Center</b> & "A" <script>',
    "right to left": "مركز \u2067retneC\u2066\u200f",
    "zero width": "Cen\u200bter\u200d A",
    "long": "Center of " + "x" * 490,
    "formula": '=HYPERLINK("https://example.org")',
    "emoji": "🕊️ Center 🇺🇳",
    "field": "{name} %s {0}",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
async def test_names_are_kept_as_typed_and_shown_harmlessly(office: Secretariat, people: People, name: str) -> None:
    phone = await people.person("<i>Applicant</i> \u2067A", username="applicant_a")
    await registered(phone, name=name, city=name[:190], head_name=name)
    [center] = await centers.of_person(office.bot.database.reader, phone.id)
    assert (center.details.name, center.details.head_name) == (name, name)
    card = await says(office.group, "Registration of a Center")
    assert name in card["text"]
    assert "Asked by \u2068<i>Applicant</i> \u2067A (@applicant_a)\u2069\n" in card["text"]
    listing = await office.group.ask("/pending")
    assert len(labels(listing)) == 1
    await press(office.group, card, "Approve")
    await says(phone, "is approved, and registered")
    again = await confirmed_by_another(people, name)
    assert "None of these: register mine" in labels(again)


async def confirmed_by_another(people: People, name: str) -> dict[str, object]:
    other = await people.person("Other")
    return await confirmed(other, name=name)


async def test_a_name_that_is_too_long_is_asked_for_again(bot: Running, people: People) -> None:
    phone = await people.person()
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await says(phone, "What is the official name of your Center?")
    again = await phone.ask("x" * 501)
    assert "500" in again["text"]
    assert "What is the official name of your Center?" in again["text"]
    assert "Does it have a short name" in (await phone.ask("Center A"))["text"]


async def test_what_waits_is_in_the_menu_of_the_secretariat(office: Secretariat, people: People) -> None:
    phone = await people.person()

    async def commands(whose: Phone) -> list[str]:
        shown = await people.get(f"/commands?person_id={whose.id}&chat_id={whose.chat_id}")
        return [command["command"] for command in shown["commands"]]

    async def are_there() -> bool:
        return "pending" in await commands(office.group)

    await until(are_there)
    assert "pending" not in await commands(phone)


async def test_a_number_as_it_is_dialled_in_its_country_will_do(bot: Running, people: People) -> None:
    phone = await people.person("Applicant A")
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await phone.reply_after(menu["message_id"])
    before = list(ANSWERS).index("phone")
    asked = await answer(phone, dict(list(ANSWERS.items())[:before]))
    assert "As one dials it in its country, or with the country’s code." in asked["text"]
