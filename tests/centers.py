"""Centers to test with: filled in by people, as they would on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.app import Running
from bot.members import registering, requests
from bot.members.center_form import details_of
from bot.members.roles import Rights
from storage import outbox
from storage.records.members import Request
from storage.session import Transaction
from tests.chat import Json, Phone, buttons, until
from tests.desk import OWNER, Secretariat, says, shown

ANSWERS: Mapping[str, str] = {
    "name": "Center A",
    "short_name": "CA",
    "kind": "training center",
    "focus": "both",
    "country": "Switzerland",
    "city": "Example City",
    "website": "www.center-a.example",
    "email": "office@center-a.example",
    "phone": "044 668 18 00",
    "head_name": "Head of A",
    "head_title": "Colonel",
}
"""What is typed, in the order in which it is asked for."""
DETAILS = details_of(
    {
        **ANSWERS,
        "kind": "training_center",
        "focus": "mixed",
        "country": "CH",
        "website": "https://www.center-a.example",
        "phone": "+41446681800",
    }
)
"""What that comes to."""


async def fill_in(phone: Phone, /, **answers: str) -> Json:
    """Type all answers; the summary."""
    menu = await phone.ask("/register")
    await phone.press(menu, "register:center")
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, {**ANSWERS, **answers})
    assert "Is this right?" in summary["text"], summary["text"]
    return summary


async def answer(phone: Phone, answers: Mapping[str, str]) -> Json:
    """Type these answers one after the other; what is said to the last."""
    asked: Json = {}
    for text in answers.values():
        asked = await phone.ask(text)
    return asked


async def confirmed(phone: Phone, /, **answers: str) -> Json:
    """A form that was filled in and sent; what is said to that."""
    summary = await fill_in(phone, **answers)
    await press(phone, summary, "Send to the Secretariat")
    return await phone.reply_after(summary["message_id"])


async def press(phone: Phone, message: Json, label: str, *, forged: bool = False) -> Json:
    """Press the button that is called so, as soon as the message has it; what is seen of the answer."""
    return await phone.press(message, await data_of(phone, message, label), forged=forged)


async def data_of(phone: Phone, message: Json, label: str) -> str:
    """The data of the button that is called so, as soon as the message has it."""

    async def found() -> str | None:
        now = await phone.now(message)
        return next((data for name, data in buttons(now).items() if label in name), None)

    return str(await until(found))


async def registered(phone: Phone, /, **answers: str) -> Json:
    """A Center that waits for the Secretariat; what whoever registered it was told."""
    told = await confirmed(phone, **answers)
    assert told["text"].startswith("I have sent the registration of")
    return told


async def card_of(phone: Phone, name: str) -> Json:
    """The card that shows a Center's registration here."""
    return await says(phone, f"Official name: {name}")


async def has_become(phone: Phone, message: Json, words: str) -> Json:
    """A message, once these words stand in it."""

    def changed(one: Json) -> bool:
        return one["message_id"] == message["message_id"] and words in one.get("text", "")

    return await shown(phone, changed)


async def put(bot: Running, phone: Phone, /, **details: Any) -> Request:
    """A Center that somebody has registered, without typing it."""
    await phone.ask("/start")
    kept = replace(DETAILS, **details)

    async def work(tx: Transaction) -> Request:
        post = partial(outbox.add, tx, now=bot.now_us())
        return await registering.register(tx, Rights((OWNER,)), kept, by=phone.id, now=bot.now_us(), post=post)

    request = await bot.database.write(work)
    bot.wake_delivery()
    return request


async def approved(office: Secretariat, phone: Phone, /, **details: Any) -> Request:
    """A Center that somebody has registered and the Secretariat approved."""
    request = await put(office.bot, phone, **details)
    card = await card_of(office.group, details.get("name", DETAILS.name))
    await press(office.group, card, "Approve")
    await says(phone, "is approved, and registered")
    return request


async def request_now(bot: Running, request: Request) -> Request:
    """How a request stands."""
    return await requests.find(bot.database.reader, request.id)
