"""A Center's desk to test with: people who look after it, on their phones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.app import Running
from storage.records.members import CenterState
from tests.chat import Json, Phone, buttons, until
from tests.leaders import DETAILS, center_of, delegate_in


async def center_led_by(
    bot: Running, phone: Phone, *, state: CenterState = CenterState.APPROVED, **details: Any
) -> int:
    """A Center that somebody looks after; its number."""
    number = await center_of(bot.database, phone.id, details=replace(DETAILS, **details), state=state)
    await phone.ask("/start")
    return number


async def delegate(bot: Running, center: int, phone: Phone | None, name: str = "A") -> int:
    """A delegate of a Center; the number of the record. Without a phone they are on the list alone."""
    number = await delegate_in(bot.database, center, None if phone is None else phone.id, name=name)
    if phone is not None:
        await phone.ask("/start")
    return number


async def becomes(phone: Phone, message: Json, words: str) -> Json:
    """A message, once these words stand in it."""

    async def found() -> Json | None:
        now = await phone.now(message)
        return now if words in now.get("text", "") else None

    return dict(await until(found))


async def press(phone: Phone, message: Json, label: str, words: str = "") -> Json:
    """Press the button that begins so; what has become of the message, once it has these words in it."""
    data = next(data for name, data in buttons(message).items() if name.startswith(label))
    before = (message.get("text"), buttons(message))
    await phone.press(message, data)

    async def changed() -> Json | None:
        now = await phone.now(message)
        return now if (now.get("text"), buttons(now)) != before and words in now.get("text", "") else None

    return dict(await until(changed))


async def desk(phone: Phone) -> Json:
    """What /center says."""
    return await phone.ask("/center")


async def said(phone: Phone, words: str, *, after: int = 0) -> Json:
    """The bot's first message behind another that has these words in it."""

    async def found() -> Json | None:
        return next(
            (
                one
                for one in await phone.messages()
                if one["from"]["is_bot"]
                and one["message_id"] > after
                and words in (one.get("text") or one.get("caption") or "")
            ),
            None,
        )

    return dict(await until(found))
