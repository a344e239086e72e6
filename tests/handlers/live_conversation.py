"""A conversation that makes the bot say everything that it answers from the database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.app import Running
from bot.members import requests
from bot.members.roles import Rights, Role
from storage import centers, outbox
from storage.records.members import CenterState, DelegateState, Request, RequestKind, RequestState
from storage.session import Transaction
from tests.centers import put
from tests.chat import People, Phone
from tests.desk import OWNER, by_bot, with_label
from tests.records import center, lead, person

WHAT_BECAME = "What became of my question?"
HOW_MANY = "How many Centers are there?"
NO_CENTER = "Is 7 Zyxel 2026 a member?"
"""It reads like a date, which is no sentence: of the name of a Center only the words are said again."""
STATUS = "/start topic_registration-status"
NO_MORE: Mapping[str, Any] = {
    "country": "KE", "short_name": None, "city": "⟦City⟧", "website": None, "email": None, "phone": None,
    "head_name": None, "head_title": None,
}  # fmt: skip
MARKED: Mapping[str, Any] = {
    "given_name": "⟦G⟧", "family_name": "⟦F⟧", "title": "⟦T⟧", "function": "⟦I⟧",
}  # fmt: skip
GUESTS = tuple(
    (None, state)
    for state in (
        DelegateState.ACTIVE,
        DelegateState.PENDING,
        DelegateState.SUSPENDED,
        DelegateState.LEFT,
        DelegateState.DECLINED,
    )
)
ASKED = "⟦Who holds the keys to the archive of the association?⟧"


async def converse_about_ones_question(people: People, group: Phone) -> None:
    """A question that waits, and is answered or closed; one with topics of its own in the Secretariat's group."""
    for act in ("answer", "close"):
        phone = await people.person(f"⟦{act}⟧")
        await phone.ask(WHAT_BECAME)
        await phone.ask(f"/ask {ASKED}")
        await phone.ask(WHAT_BECAME)
        card = await by_bot(group, f"{act}\nLanguage")
        if act == "answer":
            await group.write("⟦X⟧", message_thread_id=card["message_thread_id"])
            await by_bot(phone, "X")
        else:
            await group.press(card, with_label(card, "Close")[1])
            await by_bot(phone, "closed your question")
        await phone.ask(WHAT_BECAME)
    shared = phone.within(await people.group(phone))
    await shared.ask(f"@unigo_test_bot {WHAT_BECAME}")


async def converse_about_registrations(bot: Running, people: People) -> None:
    """Which Centers are registered, how somebody's own registration stands, and how one registers."""
    phone = await people.person("⟦A⟧")
    for question in (HOW_MANY, NO_CENTER):  # as long as there is none
        await phone.ask(question)
    first = await center(bot, name="⟦Zyx Academy⟧", **NO_MORE)
    for question in (HOW_MANY, "Is the Zyx Academy registered here?"):
        await phone.ask(question)
    second = await center(bot, name="⟦Zyx Academy Two⟧", **{**NO_MORE, "country": "BR"})
    for question in (
        HOW_MANY, "Is the Zyx Academy registered here?", NO_CENTER, "Is Kenya a member?",
        "Which Centers are in Fiji?", "Which police Centers are there?", "Are there universities?",
    ):  # fmt: skip
        await phone.ask(question)
    await phone.ask("How do I register?")
    await phone.ask("I lost my invitation link")
    await phone.ask(STATUS)
    group = phone.within(await people.group(phone))
    for question in (
        "Which Centers are in Kenya?",
        "How do I register?",
        "I lost my invitation link",
        "Am I registered?",
    ):
        await group.ask(f"@unigo_test_bot {question}")
    await _everybody(bot, people, first)
    for number in (first, second):
        await set_state(bot, number, CenterState.SUSPENDED)


async def _everybody(bot: Running, people: People, number: int) -> None:
    """Delegates and guests in every state, and those who lead a Center."""
    for place, state in ((number, DelegateState.ACTIVE), (number, DelegateState.PENDING), *GUESTS):
        phone = await people.person("⟦B⟧")
        await phone.ask("/start")
        await person(bot, place, writes=phone, state=state, **MARKED)
        await phone.ask(STATUS)
    for role in (Role.FOCAL_POINT, Role.DEPUTY):
        phone = await people.person("⟦C⟧")
        await phone.ask("/start")
        led = await center(bot, CenterState.SUSPENDED, name="⟦Led⟧", **NO_MORE)
        await lead(bot, phone, led, role)
        await phone.ask(STATUS)
    await _decided(bot, people)


async def _decided(bot: Running, people: People) -> None:
    """What was declined, and what is to be corrected."""
    phone = await people.person("⟦D⟧")
    request = await put(bot, phone, name="⟦Qwv School⟧", **{**NO_MORE, "email": "⟦@⟧"})
    await phone.ask(STATUS)
    await decide(bot, request, RequestState.DECLINED)
    await by_bot(phone, "has declined")
    await phone.ask(STATUS)
    guest = await people.person("⟦E⟧")
    await guest.ask("/start")
    number = await person(bot, writes=guest, state=DelegateState.PENDING, **MARKED)
    asked = await ask_as_guest(bot, guest, number)
    await decide(bot, asked, RequestState.CORRECTION)
    await by_bot(guest, "correct")
    await guest.ask(STATUS)


async def set_state(bot: Running, number: int, state: CenterState) -> None:
    async def work(tx: Transaction) -> None:
        await centers.set_state(tx, number, before=CenterState.APPROVED, state=state, now=bot.now_us())

    await bot.database.write(work)


async def ask_as_guest(bot: Running, phone: Phone, number: int) -> Request:
    """The request of somebody who wants to be a guest."""

    async def work(tx: Transaction) -> Request:
        post = partial(outbox.add, tx, now=bot.now_us())
        return await requests.put(
            tx, Rights((OWNER,)), RequestKind.GUEST, by=phone.id, delegate=number, now=bot.now_us(), post=post
        )

    return await bot.database.write(work)


async def decide(bot: Running, request: Request, state: RequestState) -> None:
    """An owner decides, with a reason."""

    async def work(tx: Transaction) -> None:
        await requests.decide(
            tx, Rights((OWNER,)), request.id, state,
            edition=request.edition, by=OWNER, reason="⟦R⟧",
            correct=("given_name",) * (state == RequestState.CORRECTION),
            now=bot.now_us(), post=partial(outbox.add, tx, now=bot.now_us()),
        )  # fmt: skip

    await bot.database.write(work)
    bot.wake_delivery()
