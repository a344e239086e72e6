"""Answers for everyone to test with, made from a reply of the Secretariat's."""

from __future__ import annotations

from tests.chat import Json, Phone, buttons, until
from tests.desk import Secretariat, answer, asked, says
from tests.office import data_of

PARKING = "Is there parking at the venue of the conference?"
SAME_PARKING = "Is there parking at the conference venue?"
ANSWER = "Yes: two hundred places behind the hall."
OFFER = "make it one for everyone"


async def drafted(office: Secretariat, question: str = PARKING, reply: str = ANSWER, **person: object) -> Json:
    """The card of a draft, made from a reply in the group."""
    _phone, copy = await asked(office, question, **person)
    await answer(office, copy, reply)
    note = await says(office.group, OFFER)
    await office.group.press(note, next(iter(buttons(note).values())))
    return await says(office.group, "Draft of an answer for everyone")


async def published(office: Secretariat, question: str = PARKING, reply: str = ANSWER) -> Json:
    """The card of a published answer."""
    card = await drafted(office, question, reply)
    await office.group.press(card, data_of(card, "Publish"))
    return await says(office.group, "from now on, whoever asks gets it at once")


async def privately(office: Secretariat, number: int = 1) -> Json:
    """The card in the member's private chat."""
    opened = await office.member.start(f"learned_{number}")
    return await office.member.reply_after(opened["message_id"])


async def pressed(phone: Phone, message: Json, label: str) -> Json:
    """Press the button with this label; the message as it stands then."""
    await phone.press(message, data_of(message, label))

    async def changed() -> Json | None:
        found = await phone.now(message)
        return None if (found["text"], buttons(found)) == (message["text"], buttons(message)) else found

    return dict(await until(changed))
