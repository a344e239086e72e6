"""A conversation that makes the desk and the roles say everything that they can say.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import Running
from bot.members.roles import LINKS_AT_MOST
from bot.runtime.clock import MovableClock
from storage import desk
from tests.chat import Json, People, Phone, buttons, until
from tests.desk import OWNER, arrive, by_bot, shown, with_label

DAYS_S = 24 * 3600
MANY = 16
WHAT_BECAME = "What became of my question?"


@dataclass(frozen=True)
class Office:
    """Who works here, and the group with topics."""

    bot: Running
    people: People
    clock: MovableClock
    owner: Phone
    member: Phone
    guest: Phone
    group_id: int

    @property
    def group(self) -> Phone:
        return self.member.within(self.group_id)


async def converse_at_the_desk(bot: Running, people: People, clock: MovableClock) -> None:
    """Everything that has to do with the Secretariat."""
    clock.set(next_saturday(clock.now()))
    owner = await people.person("⟦O⟧", id=OWNER)
    stranger = await people.person("⟦S⟧")
    await before_there_is_a_group(people, owner, stranger)
    member = await roles(people, clock, owner, stranger)
    group_id = await groups(people, owner, member)
    guest = await people.person("⟦G⟧")
    await people.post(f"/groups/{group_id}/members", {"person_id": guest.id})
    office = Office(bot, people, clock, owner, member, guest, group_id)
    phone, copy = await people_ask(office)
    await staff_act(office, phone, copy)
    await several_questions(office)
    await what_does_not_arrive(office, phone, copy)
    await long_waits(office)
    await without_topics(office)
    await the_end(office)


def next_saturday(now: datetime) -> datetime:
    day = now + timedelta(days=(5 - now.weekday()) % 7 + 7)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


async def before_there_is_a_group(people: People, owner: Phone, stranger: Phone) -> None:
    for text in ("/staff", "/waiting", "/bind", "/ask", "/cancel", "/cancel", "/ask ⟦Kept⟧", WHAT_BECAME):
        await stranger.ask(text)
    for data in ("staff:invite", "staff"):
        await stranger.press(await stranger.ask("/start"), data, forged=True)
    menu = await owner.ask("/start")
    await owner.press(menu, "desk:close:1", forged=True)  # what the conversation before this one left
    for command in ("/help", "/staff", "/waiting"):
        await owner.ask(command)


async def roles(people: People, clock: MovableClock, owner: Phone, stranger: Phone) -> Phone:
    member = await people.person("⟦M⟧")
    used, revoked, late = [await link(owner) for _ in range(3)]
    for phone, payload in ((stranger, "role_nothing"), (owner, used), (member, used), (member, used), (stranger, used)):
        await opened(phone, payload)
    await opened(member, late)
    shown = await owner.ask("/staff")
    data = with_label(shown, "Revoke invitation no.")
    await owner.press(shown, data[1])
    await opened(stranger, revoked)
    await owner.press(shown, data[1], forged=True)
    for _ in range(LINKS_AT_MOST):
        await owner.press(shown, "staff:invite")
    clock.advance(7 * DAYS_S)
    await opened(stranger, late)
    listing = await owner.ask("/staff")
    await owner.press(listing, f"staff:ask:{member.id}")
    return member


async def opened(phone: Phone, payload: str) -> None:
    message = await phone.start(payload)
    await phone.reply_after(message["message_id"])


async def link(owner: Phone) -> str:
    listing = await owner.ask("/staff")
    await owner.press(listing, "staff:invite")
    told = await owner.reply_after(listing["message_id"])
    return str(told["text"].partition("start=")[2].partition("\n")[0])


async def groups(people: People, owner: Phone, member: Phone) -> int:
    plain = await people.group(owner, member, title="⟦P⟧")
    forum = await people.group(owner, member, title="⟦F⟧", is_forum=True)
    await member.within(plain).ask("/bind")
    await owner.within(plain).ask("/bind")
    await owner.within(forum).ask("/bind")
    for command in ("/unbind", "/staff"):
        await owner.within(plain).ask(command)
    for command in ("/unbind", "/bind", "/bind"):
        await owner.within(forum).ask(command)
    return forum


async def people_ask(office: Office) -> tuple[Phone, Json]:
    people = office.people
    phone, other = await people.person("⟦D⟧"), await people.person("⟦E⟧")
    sent = await phone.ask("⟦How much is the membership fee?⟧")
    copy = await by_bot(office.group, "⟦How much is the membership fee?⟧")
    weather = await phone.ask("⟦What is the weather like today?⟧")
    await phone.ask("who founded ZIF")
    await phone.ask("/ask")
    data = with_label(weather, "Ask the Secretariat", "ask:")[1]
    for _ in range(2):
        await phone.press(weather, data)
    public = phone.within(await people.group(phone, other, title="⟦Public⟧"))
    for text in ("/ask@unigo_test_bot", "@unigo_test_bot ⟦Do you have vacancies?⟧"):
        sent = await public.ask(text)
    asked = await public.ask("@unigo_test_bot ⟦What is the weather like today?⟧")
    await other.within(public.chat_id).press(asked, with_label(asked, "Ask the Secretariat", "ask:")[1])
    await public.press(sent, "desk:write", forged=True)
    await phone.ask("/ask")
    poll = {"poll": {"id": "1", "question": "?", "options": [], "type": "regular", **POLL}}
    await arrive(office.bot, office.clock, {"chat": {"id": phone.id, "type": "private"}, **sender(phone), **poll})
    return phone, copy


POLL = {
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


def sender(phone: Phone) -> Json:
    return {"from": {"id": phone.id, "is_bot": False, "first_name": "⟦D⟧", "language_code": "en"}}


async def staff_act(office: Office, phone: Phone, copy: Json) -> None:
    group, where = office.group, {"message_thread_id": copy["message_thread_id"]}
    card = await by_bot(group, "Waiting since")
    await group.press(card, with_label(card, "Take")[1])
    await group.press(card, with_label(card, "Take")[1], forged=True)  # it was renamed meanwhile
    guest = office.guest.within(office.group_id)
    await guest.write("⟦Me⟧", **where)
    await guest.ask("/take", **where)
    await arrive(
        office.bot,
        office.clock,
        {
            "chat": copy["chat"],
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": copy["chat"],
            "text": "⟦Who?⟧",
            "is_topic_message": True,
            **where,
        },
    )
    await by_bot(group, "I cannot see who wrote it")
    written = await group.write("⟦In June.⟧", **where)
    await by_bot(phone, "⟦In June.⟧")
    await edited(group, written, "// ⟦In June?⟧")
    await by_bot(group, "The person has this message already")
    await group.ask("/close")
    for command in ("/close", "/close", "/reopen", "/take"):
        await group.write(command, **where)
    await by_bot(group, "There is nothing to change")
    await group.press(card, with_label(card, "Take")[1], forged=True)


async def several_questions(office: Office) -> None:
    """One of several is answered, the rest closed, and what was answered turns out not to be."""
    phone, group = await office.people.person("⟦Q⟧"), office.group
    for words in ("⟦Which hall?⟧", "⟦Which floor?⟧"):
        await phone.ask(f"/ask {words}")
    await phone.ask("/ask")
    await phone.reply_after((await office.people.document(phone))["message_id"])
    copy = await by_bot(group, "⟦Which hall?⟧")
    where = {"message_thread_id": copy["message_thread_id"]}
    await group.write("⟦The great one.⟧", reply_to_message_id=copy["message_id"], **where)
    note = await shown(group, lambda one: any("Which hall?" in label for label in buttons(one)))
    await phone.ask(WHAT_BECAME)
    await group.write("/close", **where)
    await shown(group, lambda one: one.get("text", "").startswith("⟦Q⟧") and "Closed by" in one["text"])
    await group.press(note, with_label(note, "✓ Which hall?")[1])
    await shown(group, lambda one: one.get("text", "").startswith("⟦Q⟧") and "Waiting since" in one["text"])
    await phone.ask(WHAT_BECAME)


async def edited(phone: Phone, message: Json, text: str) -> None:
    body = {"chat_id": phone.chat_id, "message_id": message["message_id"], "text": text}
    await phone.people.post(f"/persons/{phone.id}/edits", body)


async def what_does_not_arrive(office: Office, phone: Phone, copy: Json) -> None:
    people, group, where = office.people, office.group, {"message_thread_id": copy["message_thread_id"]}
    await people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await group.write("⟦Hello?⟧", **where)
    await by_bot(group, "This did not reach")
    await phone.start()
    await by_bot(group, "can be reached again")
    fields = {name: str(number) for name, number in where.items()}
    async with nothing_copied(office):
        await phone.ask("/ask")
        from_person = await people.document(phone)
        await phone.reply_after(from_person["message_id"])
        from_staff = await people.document(group, **fields)
        for one, message in ((group, from_staff), (phone, from_person)):
            body = {"chat_id": one.chat_id, "message_id": message["message_id"]}
            await people.post(f"/persons/{one.id}/deletions", body)
    await by_bot(group, "could not be sent to")
    await by_bot(group, "could not be copied here")


@asynccontextmanager
async def nothing_copied(office: Office) -> AsyncIterator[None]:
    """Telegram asks the bot to wait before it copies anything."""
    fault = await office.people.fault("429", method="copyMessage", retry_after=60)
    yield

    async def asked_to_wait() -> bool:
        calls = await office.people.calls("copyMessage")
        return len([call for call in calls if call["status"] == 429]) >= 2

    await until(asked_to_wait)
    await office.people.delete(f"/faults/{fault}")
    office.clock.advance(61)


async def long_waits(office: Office) -> None:
    crowd = [await office.people.person("⟦C⟧") for _ in range(MANY)]
    await asyncio.gather(*(phone.ask("/ask ⟦Please⟧") for phone in crowd))
    await office.member.ask("/waiting")
    office.clock.advance(3 * 3600)
    await office.member.ask("/waiting")
    monday = (office.clock.now() + timedelta(days=2)).replace(hour=10, minute=0)
    office.clock.set(monday)
    await (await office.people.person("⟦C⟧")).ask("/ask ⟦Please⟧")
    office.clock.set(monday + timedelta(hours=23, minutes=5))
    await by_bot(office.group, "waited too long")
    office.clock.set(monday + timedelta(days=1, hours=6))
    await by_bot(office.group, "named before.")
    await office.member.ask("/waiting")


async def without_topics(office: Office) -> None:
    await office.people.post(f"/groups/{office.group_id}/remove_bot")
    await by_bot(office.owner, "I am no longer in")
    group_id = await office.people.group(office.owner, office.member, title="⟦N⟧", is_forum=True, bot_is_admin=False)
    await office.owner.within(group_id).ask("/bind")
    await by_bot(office.member.within(group_id), "I may not open topics here")
    menu = await office.owner.ask("/waiting")
    for thread in await desk.waiting(office.bot.database.reader, at_most=2 * MANY):
        await office.owner.press(menu, f"desk:close:{thread.id}", forged=True)

    async def nobody() -> bool:
        return "Nobody waits" in (await office.member.ask("/waiting"))["text"]

    await until(nobody)


async def the_end(office: Office) -> None:
    listing = await office.owner.ask("/staff")
    await office.owner.press(listing, f"staff:remove:{office.member.id}", forged=True)
    await by_bot(office.member, "You are no longer")
