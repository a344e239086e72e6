"""Commands, the menu, languages, and whatever is not a question."""

from __future__ import annotations

import pytest

from bot.app import Running
from tests.chat import People, Phone, buttons, until


async def test_start_welcomes_and_offers_topics(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.reply_after((await phone.start())["message_id"])
    assert reply["text"].startswith("Welcome to UNIGO, the UN Peacekeeping Forces Mission International.")
    assert "topic:agm" in buttons(reply).values()


async def test_a_deep_link_opens_its_topic(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.reply_after((await phone.start("topic_agm"))["message_id"])
    assert "Annual General Meeting" in reply["text"]
    assert "Source: " in reply["text"]


@pytest.mark.parametrize("payload", ["topic_nothing-of-the-kind", "old-campaign"])
async def test_a_dead_link_says_so_and_welcomes(bot: Running, people: People, payload: str) -> None:
    phone = await people.person()
    reply = await phone.reply_after((await phone.start(payload))["message_id"])
    assert reply["text"].startswith("What your link led to is not there any more.\n\nWelcome to UNIGO")


async def test_the_button_in_groups_leads_to_the_welcome(bot: Running, people: People) -> None:
    phone = await people.person()
    reply = await phone.reply_after((await phone.start("group"))["message_id"])
    assert reply["text"].startswith("Welcome to UNIGO")


@pytest.mark.parametrize(
    ("command", "beginning"),
    [
        ("/help", "Write a question about the association"),
        ("/privacy", "What I keep about you"),
        ("/language", "Which language"),
        ("/nonsense", "I do not know this command"),
    ],
)
async def test_commands(bot: Running, people: People, command: str, beginning: str) -> None:
    phone = await people.person()
    assert (await phone.ask(command))["text"].startswith(beginning)


async def test_the_notice_tells_what_searches_and_imports_keep(bot: Running, people: People) -> None:
    notice = (await (await people.person()).ask("/privacy"))["text"]
    assert "What the Secretariat looks for in its lists, which may be your name, for 30 days." in notice
    assert "The name and the headings of a list that the Secretariat reads in, for 30 days." in notice


async def test_a_chosen_language_is_kept_though_the_app_has_another(bot: Running, people: People) -> None:
    phone = await people.person(language="es")
    offer = await phone.ask("/language")
    assert buttons(offer)["✓ Español"] == "language:es"
    await phone.press(offer, "language:fr")

    async def shown() -> str:
        return str((await phone.messages())[-1]["text"])

    assert await until(lambda: _starts(shown, "Votre langue est désormais"))
    assert buttons(await phone.ask("/language"))["✓ Français"] == "language:fr"


async def test_what_is_not_text_is_told_so(bot: Running, people: People) -> None:
    phone = await people.person()
    sticker = await people.post(f"/persons/{phone.id}/stickers", {})
    reply = await phone.reply_after(sticker["message_id"])
    assert reply["text"].startswith("I can only read text")


@pytest.mark.parametrize("data", ["topic:gone", "language:xx", "nonsense", "topic:../../etc"])
async def test_a_press_on_a_forged_or_outdated_button_says_so(bot: Running, people: People, data: str) -> None:
    phone = await people.person()
    menu = await phone.ask("/start")
    assert await phone.press(menu, "topic:agm") == {"answered": True, "show_alert": False}
    answer = await phone.press(menu, data, forged=True)
    assert answer["show_alert"] is True
    assert answer["text"].startswith("This button is out of date")


async def _starts(shown: object, beginning: str) -> bool:
    return str(await shown()).startswith(beginning)  # type: ignore[operator]


async def test_an_album_gets_one_reply(bot: Running, people: People) -> None:
    phone = await people.person()
    for _ in range(3):
        await people.document(phone, media_group_id="album-1")
    await phone.ask("/help")
    await until(lambda: _says(phone, "Write a question"))
    texts = await phone.from_bot()
    assert [text.partition(".")[0] for text in texts[:-1]] == ["I can only read text so far"]


async def _says(phone: Phone, beginning: str) -> bool:
    return (await phone.from_bot())[-1].startswith(beginning)
