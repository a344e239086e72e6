"""Announcements to test with, composed as the Secretariat does it."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
from PIL import Image

from bot.announcements import composing
from bot.app import Running
from bot.members.roles import Rights
from storage import announcements
from storage.records.announcements import Announcement
from storage.session import Transaction
from tests.chat import Json, Phone, buttons
from tests.desk import shown
from tests.records import becomes, press

TEXT = "The next conference is in May."


async def with_button(phone: Phone, data: str, *, after: int = 0) -> Json:
    """The first message behind another that has a button with these data, as it stands now."""
    return await shown(
        phone, lambda one: one["message_id"] > after and any(had.startswith(data) for had in buttons(one).values())
    )


async def begin(phone: Phone) -> Json:
    """A new announcement: the question for its text."""
    listing = await phone.ask("/announce")
    await press(phone, listing, "New announcement")
    return await phone.reply_after(listing["message_id"])


async def composed(phone: Phone, text: str = TEXT, **more: Any) -> Json:
    """An announcement with one version in English; its menu."""
    await begin(phone)
    return await written(phone, text, **more)


async def written(phone: Phone, text: str, **more: Any) -> Json:
    """Write a version that was asked for; the menu behind its preview."""
    message = await phone.write(text, **more)
    return await with_button(phone, "ann:ask:", after=message["message_id"])


async def asked_to_send(phone: Phone, menu: Json) -> Json:
    """What is asked before it is sent."""
    await press(phone, menu, "Send…")
    return await becomes(phone, menu, "Send this announcement?")


async def confirmed(phone: Phone, menu: Json, words: str = "As of") -> Json:
    """It is confirmed; what is told then, and that is the board where it goes out at once."""
    await press(phone, await asked_to_send(phone, menu), "Yes, send it")
    return await becomes(phone, menu, words)


async def sent_file(phone: Phone, kind: str, number: int = 0, /, **fields: str) -> Json:
    """A person sends a small photo or document; `number` makes it another."""
    content = b"text"
    if kind == "photo":
        drawn = io.BytesIO()
        Image.new("RGB", (40 + number, 40), (number, 0, 0)).save(drawn, "PNG")
        content = drawn.getvalue()
    form = aiohttp.FormData({"kind": kind, "chat_id": str(phone.chat_id), **fields})
    form.add_field("file", io.BytesIO(content), filename="a.png" if kind == "photo" else "a.txt")
    async with phone.people.session.post(f"/sandbox/persons/{phone.id}/files", data=form) as response:
        assert response.status == 200, await response.text()
        message: Json = await response.json()
        return message


def number_of(menu: Json) -> int:
    """The announcement that a menu is of."""
    return int(buttons(menu)["Audience"].rsplit(":", 1)[1])


async def kept(bot: Running, number: int) -> Announcement:
    """An announcement as it is kept."""
    found = await announcements.find(bot.database.reader, number)
    assert found is not None
    return found


async def with_links(bot: Running, number: int, *labels: str, by: int) -> None:
    """Buttons that open addresses are added."""

    async def work(tx: Transaction) -> None:
        for label in labels:
            url = "https://report.example.org"  # as in the talk that says every sentence
            await composing.add_link(tx, Rights((by,)), number, label, url, by=by, now=bot.now_us())

    await bot.database.write(work)


async def save(owner: Phone, after: int) -> Json:
    """Confirm the form that is filled in behind a message; its summary."""
    summary = await shown(owner, lambda one: one["message_id"] > after and "Save" in buttons(one))
    await press(owner, summary, "Save")
    return summary
