"""Centers and people to test with, written as a list that is read in would write them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.app import Running
from bot.members import centers, delegates
from bot.members.roles import Role
from storage import audit, roles
from storage import centers as kept_centers
from storage import delegates as kept_delegates
from storage.audit import AuditFilter
from storage.delegates import Consent
from storage.records.members import (
    Center,
    CenterDetails,
    CenterKind,
    CenterState,
    Delegate,
    DelegateDetails,
    DelegateState,
    Focus,
)
from storage.session import Transaction
from tests.chat import Json, Phone, buttons, until
from tests.desk import shown

CENTER = CenterDetails(
    "Center A", "CA", CenterKind.TRAINING_CENTER, Focus.POLICE, "KE", "Nairobi",
    "https://www.center-a.example", "office@center-a.example", "+254202000000", "Head of A", "Colonel",
)  # fmt: skip
PERSON = DelegateDetails(
    "Given", "Family", "Major", "Instructor", None, "delegate-a@example.org", "+254202000001", "KE", ("en", "fr"),
    "Africa/Nairobi",
)  # fmt: skip


async def center(bot: Running, state: CenterState = CenterState.APPROVED, **details: Any) -> int:
    """A Center; its number."""
    wanted = replace(CENTER, **details)

    async def work(tx: Transaction) -> int:
        return await centers.add(tx, wanted, state=state, by=None, now=bot.now_us())

    return await bot.database.write(work)


async def person(
    bot: Running,
    center_id: int | None = None,
    *,
    writes: Phone | None = None,
    is_shown: bool = False,
    state: DelegateState = DelegateState.ACTIVE,
    **details: Any,
) -> int:
    """A delegate of a Center, or a guest; the number. Whoever `writes` to the bot has agreed."""
    wanted = replace(PERSON, **details)

    async def work(tx: Transaction) -> int:
        return await delegates.add(
            tx, wanted,
            person_id=None if writes is None else writes.id, center=center_id, state=state,
            is_guest=center_id is None, consent=None if writes is None else Consent("1", is_shown),
            now=bot.now_us(),
        )  # fmt: skip

    return await bot.database.write(work)


async def lead(bot: Running, phone: Phone, center_id: int, role: Role = Role.FOCAL_POINT) -> None:
    """Make somebody who has written to the bot lead a Center."""

    async def work(tx: Transaction) -> None:
        await roles.give(tx, phone.id, role, scope=str(center_id), given_by=0, now=bot.now_us())

    await bot.database.write(work)


async def staff(bot: Running, phone: Phone) -> None:
    """Make somebody who has written to the bot a member of the Secretariat."""

    async def work(tx: Transaction) -> None:
        await roles.give(tx, phone.id, Role.SECRETARIAT, given_by=0, now=bot.now_us())

    await bot.database.write(work)


async def center_now(bot: Running, center_id: int) -> Center:
    """How a Center stands."""
    found = await kept_centers.by_id(bot.database.reader, center_id)
    assert found is not None
    return found


async def person_now(bot: Running, delegate_id: int) -> Delegate:
    """How a record stands."""
    found = await kept_delegates.by_id(bot.database.reader, delegate_id)
    assert found is not None
    return found


async def acts(bot: Running, what: str) -> list[tuple[int, str]]:
    """Who did what to something, the latest first."""
    found = await audit.search(bot.database.reader, AuditFilter(object=what), at_most=100)
    return [(line.entry.actor_id, line.entry.act) for line in found]


async def press(phone: Phone, message: Json, label: str) -> Json:
    """Press the button whose label begins so, as soon as the message has it; what is seen of the answer."""
    return await phone.press(message, await data_of(phone, message, label))


async def data_of(phone: Phone, message: Json, label: str) -> str:
    """The data of the button whose label begins so, as soon as the message has it."""

    async def found() -> str | None:
        now = await phone.now(message)
        return next((data for name, data in buttons(now).items() if name.startswith(label)), None)

    return str(await until(found))


async def becomes(phone: Phone, message: Json, words: str) -> Json:
    """A message, once these words stand in it."""

    def has(one: Json) -> bool:
        return one["message_id"] == message["message_id"] and words in one.get("text", "")

    return await shown(phone, has)


async def card_of(phone: Phone, key: str) -> Json:
    """A card, in the place of a list."""
    listing = await phone.ask("/centers")
    await phone.press(listing, f"card:{key}", forged=True)
    return await becomes(phone, listing, "Status: ")


def entries(message: Json) -> list[str]:
    """The labels of the buttons that open a record."""
    return [label for label, data in buttons(message).items() if data.startswith("card:")]
