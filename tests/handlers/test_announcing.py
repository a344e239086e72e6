"""/announce: from a text that is written to one that goes out."""

from __future__ import annotations

import pytest

from bot.announcements.content import Content
from bot.app import Running
from bot.runtime.clock import MovableClock
from handlers.announcement_preview import place
from storage import announcements
from storage.records.announcements import AnnouncementState
from storage.session import Transaction
from tests.chat import People, Phone, until
from tests.composing import TEXT, asked_to_send, begin, composed, confirmed, kept, number_of, with_button, written
from tests.conftest import StartBot
from tests.desk import owner_of, running, says
from tests.records import acts, becomes, data_of, press


async def test_it_is_for_the_secretariat_alone(bot: Running, people: People) -> None:
    phone = await people.person()
    assert (await phone.ask("/announce"))["text"] == "This is for the Secretariat only."


async def test_it_is_composed_in_private(bot: Running, people: People, owner: Phone) -> None:
    group = owner.within(await people.group(owner, title="Secretariat"))
    await group.ask("/bind")
    assert (await group.ask("/announce"))["text"] == "Announcements are written in a private chat with me."


async def test_a_text_is_previewed_as_it_was_written(bot: Running, owner: Phone) -> None:
    bold = [{"type": "bold", "offset": 4, "length": 4}]
    menu = await composed(owner, TEXT, entities=bold)
    preview = next(one for one in await owner.messages() if one["from"]["is_bot"] and one.get("text") == TEXT)
    assert preview["entities"] == bold
    assert preview["message_id"] < menu["message_id"]
    assert "Written in: English" in menu["text"]
    texts = await announcements.texts(bot.database.reader, number_of(menu))
    assert [(text.language, text.accepted_at is None) for text in texts] == [("en", False)]
    assert (await kept(bot, number_of(menu))).heading == TEXT


async def test_it_goes_out_after_a_confirmation(bot: Running, people: People, owner: Phone) -> None:
    readers = [await people.person(f"Delegate {letter}") for letter in "AB"]
    for reader in readers:
        await reader.ask("/start")
    menu = await composed(owner)
    asked = await asked_to_send(owner, menu)
    assert "As things stand: 3 people" in asked["text"]
    assert "It takes about 1 minute." in asked["text"]
    await press(owner, asked, "Yes, send it")
    await becomes(owner, menu, "As of")
    assert (await kept(bot, number_of(menu))).state in {AnnouncementState.RUNNING, AnnouncementState.ENDED}
    for reader in readers:
        await says(reader, TEXT)


async def test_what_was_changed_since_is_not_sent(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    asked = await asked_to_send(owner, menu)
    forged = (await data_of(owner, asked, "Yes, send it")).rsplit(":", 1)[0] + ":0"
    await owner.press(asked, forged, forged=True)
    assert (await kept(bot, number_of(menu))).state == AnnouncementState.DRAFT


async def test_what_is_confirmed_twice_goes_out_once(bot: Running, owner: Phone, clock: MovableClock) -> None:
    menu = await composed(owner)
    asked = await asked_to_send(owner, menu)
    yes = await data_of(owner, asked, "Yes, send it")
    await owner.press(asked, yes)
    answer = await owner.press(asked, yes, forged=True)
    assert answer["text"] == "It was confirmed or sent meanwhile. You see how it stands now."
    assert not answer["show_alert"], "the second tap of a double one is no cause for alarm"
    clock.advance(10)
    assert (await owner.press(asked, yes, forged=True))["show_alert"]
    told = [act for _who, act in await acts(bot, f"announcement:{number_of(menu)}")]
    assert [told.count(act) for act in ("announcement.confirm", "announcement.begin")] == [1, 1]


async def test_a_text_that_is_too_long_is_refused_with_numbers(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Official notice")
    await becomes(owner, menu, "It is an official notice")
    await owner.press(menu, f"ann:write:{number_of(menu)}:en", forged=True)
    await says(owner, "Please write or forward")
    await owner.write("x" * 4_096)
    assert "This has 4,096 characters, and Telegram takes 4,079 here." in (await says(owner, "This has"))["text"]


async def test_what_telegram_refuses_is_told_with_the_place_and_not_sent(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    broken = Content("A sentence that ends", ({"type": "bold", "offset": 11, "length": 99},)).as_json()

    async def work(tx: Transaction) -> None:
        await announcements.set_text(tx, number_of(menu), "en", broken)

    await bot.database.write(work)
    await press(owner, menu, "Send…")
    told = await says(owner, "Telegram does not take this version, so it cannot be sent.")
    assert "The place: A sentence that ends" in told["text"]
    menu = await with_button(owner, "ann:ask:", after=told["message_id"])
    await press(owner, menu, "Send…")
    await says(owner, "please look at it first")
    assert (await kept(bot, number_of(menu))).state == AnnouncementState.DRAFT


async def test_a_notice_that_would_be_too_long_is_not_made_official(bot: Running, owner: Phone) -> None:
    menu = await composed(owner, "x" * 4_090)
    await press(owner, menu, "Official notice")
    await says(owner, "This has 4,090 characters, and Telegram takes 4,079 here.")
    assert not (await kept(bot, number_of(menu))).is_official


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        (
            "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 4",
            "One, two, three",
        ),
        ("Bad Request: Entity beginning at UTF-16 offset 5 ends after the end", "One, two, three"),
        ("Bad Request: message is too long", ""),
    ],
)
def test_the_place_is_found(reason: str, found: str) -> None:
    assert place(reason, Content("One, two, three")) == found


async def test_it_says_nothing_yet(bot: Running, owner: Phone) -> None:
    await begin(owner)
    listing = await owner.ask("/announce")
    assert listing["text"].startswith("Announcements")
    number = 1
    answer = await owner.press(listing, f"ann:ask:{number}", forged=True)
    assert answer["text"] == "It says nothing yet."


async def test_drafts_survive_and_are_found_again(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    listing = await owner.ask("/announce")
    await press(owner, listing, "Drafts")
    drafts = await with_button(owner, f"ann:show:{number_of(menu)}", after=menu["message_id"])
    await owner.press(drafts, f"ann:show:{number_of(menu)}")
    assert "Written in: English" in (await becomes(owner, drafts, "Written in"))["text"]


async def test_versions_by_language(bot: Running, people: People, owner: Phone) -> None:
    await (await people.person("Delegate F", language="fr")).ask("/start")
    menu = await composed(owner)
    assert "No version in: French (1)" in menu["text"]
    await press(owner, menu, "Texts")
    texts = await becomes(owner, menu, "missing")
    await press(owner, texts, "Français")
    await says(owner, "Language: French")
    menu = await written(owner, "La prochaine conférence est en mai.")
    assert "Written in: English and French" in menu["text"]
    assert "No version in" not in menu["text"]
    await confirmed(owner, menu)
    await until(lambda: _ended(bot, number_of(menu)))
    found = await announcements.texts(bot.database.reader, number_of(menu))
    assert [text.language for text in found] == ["en", "fr"]


async def _ended(bot: Running, number: int) -> bool:
    return (await kept(bot, number)).state in {AnnouncementState.RUNNING, AnnouncementState.ENDED}


async def test_it_is_thrown_away(bot: Running, owner: Phone) -> None:
    menu = await composed(owner)
    await press(owner, menu, "Discard")
    await press(owner, await becomes(owner, menu, "Throw this announcement away?"), "Yes, throw it away")
    await becomes(owner, menu, "It is thrown away.")
    assert await announcements.find(bot.database.reader, number_of(menu)) is None


async def test_it_goes_on_after_a_restart(start_bot: StartBot, people: People) -> None:
    async with running(start_bot):
        owner = await owner_of(people)
        await begin(owner)
    async with running(start_bot) as bot:
        menu = await written(owner, TEXT)
        await confirmed(owner, menu)
        await until(lambda: _ended(bot, number_of(menu)))
