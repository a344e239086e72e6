"""The screen of a conference, and the list of those that were."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.app import Running
from bot.conferences import moments
from tests import conferences as example
from tests.chat import People, buttons
from tests.desk import owner_of
from tests.handlers.conferencing import opened, turned


async def test_without_a_conference_it_says_so(bot: Running, people: People) -> None:
    reply = await (await people.person()).ask("/conference")
    assert reply["text"] == "The next Annual Conference has not been announced here yet."
    assert list(buttons(reply).values()) == ["menu"]


async def test_everybody_sees_what_is_known_of_the_next_one(bot: Running, people: People) -> None:
    conference = await opened(bot)
    await example.with_agm(bot.database, conference, bot.now_us())
    reply = await (await people.person()).ask("/conference")
    assert reply["text"].startswith(f"Annual Conference {conference.year}\n")
    for line in ("Nairobi, 🇰🇪 Kenya", "Theme: Example theme", "Edition: 12", "Languages: English and French",
                 "Places: 200", "Host organization: Organization A", "Last day to register: "):  # fmt: skip
        assert line in reply["text"]
    assert reply["text"].index("Last day for papers: ") < reply["text"].index("Last day to register: ")  # as they come
    number = conference.id
    assert list(buttons(reply).values()) == [
        f"part:show:{number}", f"agenda:show:{number}", f"programme:show:{number}", f"agm:show:{number}",
        f"calendar:get:{number}", "conf:list:0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("ar", "Nairobi، 🇰🇪 كينيا"), ("en", "Nairobi, 🇰🇪 Kenya"), ("es", "Nairobi, 🇰🇪 Kenia"),
        ("fr", "Nairobi, 🇰🇪 Kenya"), ("ru", "Nairobi, 🇰🇪 Кения"), ("zh", "Nairobi，🇰🇪 肯尼亚"),
    ],
)  # fmt: skip
async def test_the_place_is_told_in_each_language(bot: Running, people: People, language: str, place: str) -> None:
    await opened(bot)
    reply = await (await people.person(language=language)).ask("/conference")
    assert place in re.sub("[\u200f\u2068\u2069]", "", reply["text"]).splitlines()


async def test_what_is_not_known_is_left_out(bot: Running, people: People) -> None:
    await opened(
        bot, theme=None, city=None, venue=None, capacity=None, register_by=None, papers_by=None, visa_by=None,
        hotel_by=None, languages=(), online_link=None, contact=None, edition_number=None, host_organization=None,
    )  # fmt: skip
    lines = (await (await people.person()).ask("/conference"))["text"].splitlines()
    assert len(lines) == 3
    assert lines[2] == "🇰🇪 Kenya"


async def test_past_and_cancelled_conferences_stay_in_the_list(bot: Running, people: People) -> None:
    first = moments.today(example.ZONE, bot.now_us())
    past = await opened(
        bot, starts_on=first - timedelta(days=400), ends_on=first - timedelta(days=398), city="Past City"
    )
    owner = await owner_of(people)
    await owner.ask("/start")
    off = await opened(bot, city="Off City")
    menu = await turned(owner, await owner.ask("/conferences"), f"conf:show:{off.id}", "Example Hall")
    menu = await turned(owner, menu, f"conf:manage:{off.id}", "What do you want to change?")
    asked = await turned(owner, menu, f"conf:cancel:{off.id}", f"Cancel “Annual Conference {off.year}”?")
    menu = await turned(owner, asked, f"conf:cancelled:{off.id}", "It was cancelled.")
    asked = await turned(owner, menu, f"conf:cancel:{past.id}", f"Cancel “Annual Conference {past.year}”?", forged=True)
    assert asked["text"].endswith("It is over, so nobody is told.")
    menu = await turned(owner, asked, f"conf:manage:{off.id}", "It was cancelled.", forged=True)
    assert f"conf:restore:{off.id}" in buttons(menu).values()
    phone = await people.person()
    reply = await phone.ask("/conferences")
    names = list(buttons(reply))
    assert names[0].endswith("Off City (cancelled)")
    assert names[1].endswith("Past City")
    shown = await turned(phone, reply, f"conf:show:{past.id}", "Past City, 🇰🇪 Kenya")
    assert f"part:show:{past.id}" not in buttons(shown).values()
    told = await phone.ask("/conference")
    heading, sentence = told["text"].split("\n\n")
    assert heading.startswith(f"Annual Conference {off.year}\nIt was cancelled.\n")
    assert sentence == "The next Annual Conference has not been announced here yet."
    assert f"conf:show:{off.id}" in buttons(told).values()


async def test_a_button_under_a_file_is_answered_below_it(bot: Running, people: People) -> None:
    conference = await opened(bot)
    phone = await people.person()
    file = await phone.ask("/calendar")
    await phone.press(file, f"conf:show:{conference.id}")
    assert "Theme: Example theme" in (await phone.reply_after(file["message_id"]))["text"]


async def test_a_link_leads_to_a_conference(bot: Running, people: People) -> None:
    conference = await opened(bot)
    phone = await people.person()
    start = await phone.start(f"conference_{conference.id:09}")
    assert "Theme: Example theme" in (await phone.reply_after(start["message_id"]))["text"]
    for payload in ("conference_", "conference_9999999999999999999", "conference_x", "conference_99"):
        start = await phone.start(payload)
        assert "Theme: Example theme" not in (await phone.reply_after(start["message_id"]))["text"]
