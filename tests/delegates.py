"""Delegates to test with: Centers that stand, and people who answer the forms as they would on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from bot.app import Running
from bot.members import centers, invitations
from bot.members.privacy import PRIVACY_NOTICE_VERSION
from bot.members.roles import Rights, Role
from storage import delegates, roles
from storage.records.members import CenterDetails, CenterState, Delegate
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER, SECOND_OWNER

RIGHTS = Rights((OWNER, SECOND_OWNER))
NOTICE_DAY = format_date(date.fromisoformat(PRIVACY_NOTICE_VERSION), "d MMMM y", locale="en")
"""The day of the privacy notice, in English."""

ANSWERS: Mapping[str, str] = {
    "given_name": "Given A",
    "family_name": "Family A",
    "title": "Major",
    "function": "Head of training",
    "nationality": "Switzerland",
    "email": "Delegate.A@Center-A.example",
    "phone": "044 668 18 00",
    "languages": "English, French",
    "time_zone": "Zurich",
    "privacy": "yes",
    "shown": "no",
}
"""What is typed for a delegate, in the order in which it is asked for."""
GUEST_ANSWERS: Mapping[str, str] = {
    **{name: ANSWERS[name] for name in ("given_name", "family_name", "title")},
    "organization": "Organization A",
    **{name: ANSWERS[name] for name in tuple(ANSWERS)[3:]},
}


async def center_of(
    bot: Running, name: str = "Center A", *, state: CenterState = CenterState.APPROVED, city: str = "Example City"
) -> int:
    """A Center."""

    async def work(tx: Transaction) -> int:
        details = CenterDetails(name, country="CH", city=city)
        return await centers.add(tx, details, state=state, by=None, now=bot.now_us())

    return await bot.database.write(work)


async def leads(bot: Running, phone: Phone, center: int, role: Role = Role.FOCAL_POINT) -> None:
    """Somebody, who has met the bot, leads a Center from now on."""

    async def work(tx: Transaction) -> None:
        await roles.give(tx, phone.id, role, scope=str(center), given_by=OWNER, now=bot.now_us())

    await phone.ask("/start")
    await bot.database.write(work)


async def link_into(
    bot: Running, center: int, *, label: str | None = None, delegate: int | None = None, replaces: bool = False,
    shared: bool = False,
) -> str:  # fmt: skip
    """The payload of a new link."""

    async def work(tx: Transaction) -> str:
        now = bot.now_us()
        if shared:
            return (await invitations.share(tx, RIGHTS, center, by=OWNER, now=now)).token
        made = await invitations.invite(
            tx, RIGHTS, center, by=OWNER, label=label, delegate=delegate, replaces=replaces, now=now
        )
        return made.token

    return f"join_{await bot.database.write(work)}"


async def opened(phone: Phone, payload: str) -> Json:
    """What is said to a link."""
    message = await phone.start(payload)
    return await phone.reply_after(message["message_id"])


async def press(phone: Phone, message: Json, label: str, *, forged: bool = False) -> Json:
    """Press the button that is called so, as soon as the message has it."""

    async def found() -> str | None:
        now = await phone.now(message)
        return next((data for name, data in buttons(now).items() if label in name), None)

    return await phone.press(message, str(await until(found)), forged=forged)


async def answer(phone: Phone, answers: Mapping[str, str]) -> Json:
    """Type these answers one after the other; what is said to the last."""
    asked: Json = {}
    for text in answers.values():
        asked = await phone.ask(text)
    return asked


async def filled_in(phone: Phone, payload: str, answers: Mapping[str, str] = ANSWERS) -> Json:
    """Open a link and answer everything; the summary."""
    offer = await opened(phone, payload)
    await press(phone, offer, "Join")
    await phone.reply_after(offer["message_id"])
    return await answer(phone, answers)


async def joined(phone: Phone, payload: str, answers: Mapping[str, str] = ANSWERS) -> Json:
    """Join by a link; what is said to that."""
    summary = await filled_in(phone, payload, answers)
    await press(phone, summary, "Join")
    return await phone.reply_after(summary["message_id"])


async def record_of(bot: Running, phone: Phone) -> Delegate | None:
    return await delegates.of_person(bot.database.reader, phone.id)


async def member_of_a_center(bot: Running, people: People) -> tuple[Phone, Phone, int]:
    """A delegate, the focal point, and their Center."""
    center = await center_of(bot)
    lead, phone = await people.person("Lead"), await people.person("Tele", username="tele")
    await leads(bot, lead, center)
    await joined(phone, await link_into(bot, center))
    return phone, lead, center


async def asked_to_join(phone: Phone, center: int) -> None:
    """Find a Center and ask to join it, as somebody of whom nothing is known."""
    menu = await phone.ask("/start")
    await phone.press(menu, f"join:{center}", forged=True)
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, ANSWERS)
    await press(phone, summary, "Send")
    await phone.reply_after(summary["message_id"])


async def registered_as_guest(phone: Phone) -> None:
    """Register as a guest, which waits for the Secretariat's decision then."""
    menu = await phone.ask("/register")
    await press(phone, menu, "as a guest")
    await phone.reply_after(menu["message_id"])
    summary = await answer(phone, GUEST_ANSWERS)
    await press(phone, summary, "Send")
    said = await phone.reply_after(summary["message_id"])
    assert said["text"].startswith("I have sent your registration to the Secretariat.")
