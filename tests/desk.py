"""A Secretariat to test with: an owner, its members and its group, all through the sandbox."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.settings import DeskPart
from bot.settings import People as PeopleSettings
from storage.records import NewUpdate
from storage.records.durations import SECOND_US
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons, until
from tests.conftest import StartBot
from tests.inbox import take_in

OWNER = 501
SECOND_OWNER = 502
UNKNOWN = "How much is the membership fee?"
"""A question that the bot knows to have no answer to."""
LINK = re.compile(r"https://t\.me/unigo_test_bot\?start=(role_[\w-]{32})")
PACE_S = 1.0
"""After which the next message may go into a chat."""
ALWAYS_OPEN = DeskPart(
    office_days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), office_from="00:00", office_to="23:59"
)


@dataclass(frozen=True)
class Secretariat:
    """The owner, one member and the group; `group` is the member's view of it."""

    bot: Running
    people: People
    owner: Phone
    member: Phone
    group: Phone


@asynccontextmanager
async def running(start_bot: StartBot, desk: DeskPart = ALWAYS_OPEN, **tables: Any) -> AsyncIterator[Running]:
    """The bot, with its owners."""
    async with start_bot(people=PeopleSettings(owners=(OWNER, SECOND_OWNER)), desk=desk, **tables) as bot:
        yield bot


async def owner_of(people: People, number: int = OWNER) -> Phone:
    return await people.person(f"Owner {number}", id=number)


async def invited(owner: Phone) -> str:
    """The payload of a new link."""
    listing = await owner.ask("/staff")
    await owner.press(listing, "staff:invite")
    # Between the two the owner may be told of somebody who has opened an earlier one.
    told = await shown(owner, lambda one: "text" in one and bool(LINK.search(one["text"])), after=listing["message_id"])
    found = LINK.search(told["text"])
    assert found is not None
    return found[1]


async def member_of(people: People, owner: Phone, name: str = "Member A") -> Phone:
    """Somebody who has joined the Secretariat."""
    phone = await people.person(name)
    joined = await phone.start(await invited(owner))
    assert (await phone.reply_after(joined["message_id"]))["text"].startswith("You are a member of the Secretariat now")
    await says(owner, f"{name} has opened your link")  # what the owner is told next is not this any more
    return phone


async def bound(people: People, owner: Phone, *members: Phone, **more: Any) -> int:
    """A group that is the Secretariat's."""
    group_id = await people.group(owner, *members, title="Secretariat", **more)
    reply = await owner.within(group_id).ask("/bind")
    assert "This is the Secretariat's group now." in reply["text"]
    return group_id


async def secretariat(bot: Running, people: People, **group: Any) -> Secretariat:
    """An owner, a member and a bound group; with topics unless `group` says otherwise."""
    owner = await owner_of(people)
    member = await member_of(people, owner)
    group_id = await bound(people, owner, member, **({"is_forum": True} | group))
    return Secretariat(bot, people, owner, member, member.within(group_id))


async def shown(phone: Phone, condition: Callable[[Json], bool], *, after: int = 0) -> Json:
    """The first message behind `after` in this chat for which the condition holds, as soon as there is one."""

    async def found() -> Json | None:
        there = await phone.messages(after=after)
        return next((one for one in there if not one.get("deleted") and condition(one)), None)

    try:
        return dict(await until(found))
    except TimeoutError:
        last = [one.get("text", "")[:200] for one in await phone.messages()][-12:]
        raise AssertionError("It did not come. The last messages: " + " | ".join(last)) from None


async def says(phone: Phone, words: str, *, after: int = 0) -> Json:
    """The bot's first message that has these words in it, of those behind the message with the id `after`."""

    def has(message: Json) -> bool:
        text = message.get("text") or message.get("caption") or ""
        return bool(message["from"]["is_bot"]) and words in text

    return await shown(phone, has, after=after)


async def opened(phone: Phone) -> Json:
    """What /start shows, whatever else comes meanwhile."""
    asked = await phone.write("/start")
    return await says(phone, "Welcome to UNIGO", after=asked["message_id"])


async def asked_at(office: Secretariat, text: str = "What do we need?", name: str = "Delegate A") -> tuple[Phone, Json]:
    """Somebody who has asked the Secretariat, and what its group shows of it."""
    phone = await office.people.person(name)
    await phone.ask(f"/ask {text}")
    return phone, await says(office.group, text)


async def by_bot(phone: Phone, words: str) -> Json:
    """As `says`, where the bot's sentences are marked: marks count for nothing."""
    bare = re.sub("[⟦⟧]", "", words)

    def has(message: Json) -> bool:
        text = re.sub("[⟦⟧]", "", message.get("text") or message.get("caption") or "")
        return bool(message["from"]["is_bot"]) and bare in text

    return await shown(phone, has)


def with_label(message: Json, label: str, data: str = "") -> tuple[str, str]:
    """The first button whose label, apart from marks, begins like this, and whose data do; its label and data."""
    return next(
        (name, value)
        for name, value in buttons(message).items()
        if re.sub("[⟦⟧]", "", name).startswith(label) and value.startswith(data)
    )


async def arrive(bot: Running, clock: MovableClock, message: Json) -> None:
    """Put a message where those of Telegram arrive, of a kind that the sandbox has nobody for."""
    number = 900_000_000 + bot.now_us() % 1_000_000
    body = {"message_id": 9_000, "date": bot.now_us() // SECOND_US, **message}
    update = NewUpdate(number, body["chat"]["id"], json.dumps({"update_id": number, "message": body}))

    async def work(tx: Transaction) -> None:
        await take_in(tx, [update], bot.now_us())

    await bot.database.write(work)
    clock.advance(0.001)  # whoever looks at the inbox from time to time looks now


async def all_is_sent(bot: Running, clock: MovableClock) -> None:
    """Later, when what came in is handled and what may go out is sent. A screen shows what is so when it goes out."""
    sql = (
        "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting') + COUNT(*) FROM outbox"
        " WHERE state = 'queued' AND not_before <= :now"
    )

    async def done() -> bool:
        clock.advance(PACE_S)
        left: int = await bot.database.reader.value(SimpleNamespace(sql=sql), now=bot.now_us())
        return left == 0

    await until(done, within_s=60)


def labels(message: Json) -> list[str]:
    return list(buttons(message))


async def asked(office: Secretariat, question: str = UNKNOWN, **person: Any) -> tuple[Phone, Json]:
    """Somebody who has asked what the bot does not know, and the copy of it in the group."""
    phone = await office.people.person(**{"name": "Delegate A", **person})
    await phone.ask(question)
    return phone, await says(office.group, question)


async def answer(office: Secretariat, copy: Json, text: str, **more: Any) -> Json:
    """The member answers, in the topic or in reply."""
    where = (
        {"message_thread_id": copy["message_thread_id"]}
        if "message_thread_id" in copy
        else {"reply_to_message_id": copy["message_id"]}
    )
    return await office.group.write(text, **{**where, **more})
