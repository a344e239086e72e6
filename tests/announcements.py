"""Announcements that were composed: how that is done in the chat has tests of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.announcements import sending
from bot.announcements.audience import Audience
from bot.announcements.content import Content
from bot.app import Running
from bot.members.roles import Rights
from storage import announcement_recipients, announcements
from storage.database import Database
from storage.records.announcements import Announcement, AnnouncementButton, AnnouncementState, Recipient
from storage.session import Transaction
from tests.chat import Phone, until
from tests.desk import OWNER

RIGHTS = Rights((OWNER,))


async def composed(
    database: Database,
    texts: Mapping[str, Content],
    *,
    audience: Audience | None = None,
    buttons: Sequence[AnnouncementButton] = (),
    **changed: Any,
) -> int:
    """A draft by the owner; its number."""

    async def work(tx: Transaction) -> int:
        number = await announcements.add(tx, made_by=OWNER, now=1)
        made = await announcements.find(tx, number)
        assert made is not None
        assert await announcements.change(tx, replace(made, audience=(audience or Audience()).as_json(), **changed))
        for language, content in texts.items():
            await announcements.set_text(tx, number, language, content.as_json())
        await announcements.set_buttons(tx, number, buttons)
        return number

    return await database.write(work)


async def begun(bot: Running, number: int) -> None:
    """The owner has confirmed it."""
    assert await bot.database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, bot.now_us()))


async def sent(bot: Running, text: str, **more: Any) -> int:
    """An announcement in English that is on its way."""
    number = await composed(bot.database, {"en": Content(text)}, **more)
    await begun(bot, number)
    return number


async def paused(bot: Running, number: int) -> bool:
    return await bot.database.write(lambda tx: sending.pause(tx, RIGHTS, OWNER, number, bot.now_us()))


async def resumed(bot: Running, number: int) -> bool:
    return await bot.database.write(lambda tx: sending.resume(tx, RIGHTS, OWNER, number, bot.now_us()))


async def found(database: Database, number: int) -> Announcement:
    announcement = await announcements.find(database.reader, number)
    assert announcement is not None
    return announcement


async def state_of(bot: Running, number: int, *states: AnnouncementState) -> AnnouncementState:
    """The state, once it is one of these."""

    async def there() -> AnnouncementState | None:
        state = (await found(bot.database, number)).state
        return state if state in states else None

    return AnnouncementState(await until(there))


async def is_settled(bot: Running, number: int) -> None:
    """Nothing is left to do at anybody."""

    async def settled() -> bool:
        return (await announcements.tally(bot.database.reader, number)).left == 0

    await until(settled)


async def recipient(bot: Running, number: int, phone: Phone) -> Recipient:
    there = await announcement_recipients.find(bot.database.reader, number, phone.id)
    assert there is not None
    return there


async def announced(phone: Phone, words: str) -> list[dict[str, Any]]:
    """What has these words in it and is still there."""
    return [
        one
        for one in await phone.messages()
        if not one.get("deleted") and words in (one.get("text") or one.get("caption") or "")
    ]
