"""A conversation that makes the bot say everything about conferences, their hosts and their AGMs.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.app import Running
from bot.conferences import moments
from bot.conferences.agm_items import mark_of
from bot.runtime.clock import MovableClock
from storage import conferences
from storage.records.conferences import Conference, ConferenceState, NoteTopic
from storage.session import Transaction
from tests import conferences as example
from tests.chat import Json, People, Phone, buttons
from tests.desk import OWNER, shown, with_label

TOLD_OF_CONFERENCES = (
    r"https://l\.example|\ba\.txt\b|\b[A-Z]{3,4}(, [A-Z]{3,4})+ or [A-Z]{3,4}\b"
    r"|\b\d{1,2}(–\d{1,2})? \w{3,4}\b( \d{4})?|\bNairobi\b|\bAccra\b"
)
"""Days, kinds of files, and the cities that time zones are named after."""
PAUSE_S = 120.0
"""Nobody presses so many buttons without a pause: the bot would not read on."""
LINK = re.compile(r"\?start=(role_[\w-]{32})")
MARKED: dict[str, Any] = {
    "theme": "⟦T⟧", "host_organization": "⟦O⟧", "city": "⟦C⟧", "venue": "⟦V⟧", "online_link": "https://l.example",
    "contact": "⟦@⟧",
}  # fmt: skip


async def converse_about_conferences(bot: Running, people: People, clock: MovableClock) -> None:
    """From no conference to one that is opened, changed, hosted, cancelled and over."""
    owner, phone = Phone(people, OWNER, OWNER), await people.person("⟦P⟧")
    for command in ("/conference", "/conferences", "/agenda"):
        await phone.ask(command)
    await opened(bot, people, owner, phone)
    clock.advance(PAUSE_S)
    conference = await example.opened(bot.database, bot.now_us(), **MARKED)
    await managed(bot, owner, conference, clock)
    clock.advance(PAUSE_S)
    await hosted(people, owner, conference)
    clock.advance(PAUSE_S)
    await met(bot, people, owner, conference)
    clock.advance(PAUSE_S)
    await moved(bot, owner, conference)
    clock.advance(PAUSE_S)
    await asked(bot, phone, conference)


async def opened(bot: Running, people: People, owner: Phone, phone: Phone) -> None:
    """The form in which a conference is opened, with days that cannot be so, and one beside another."""
    start = moments.today("UTC", bot.now_us()) + timedelta(days=300)
    menu = await owner.ask("/conference")
    await owner.press(menu, "conf:open")
    await owner.reply_after(menu["message_id"])
    days = [start.isoformat(), (start + timedelta(days=2)).isoformat()]
    late = (start + timedelta(days=9)).isoformat()
    for answer in ("Ghana", days[0], "2020-01-02", days[1], "Accra", "⟦C⟧", "⟦T⟧", late, "2020-01-02"):
        await owner.ask(answer)
    await confirmed(owner, await owner.ask(days[0]))
    [mine] = await conferences.latest(bot.database.reader, at_most=1)
    other = replace(mine.details, theme=None, city=None)

    async def beside(tx: Transaction) -> int:
        return await conferences.add(tx, other, by=1, now=bot.now_us())

    second = await bot.database.write(beside)
    step = await pressed(owner, "conf:open")
    for answer in ("Ghana", *days, "Accra", "⟦C⟧", "⟦T⟧"):
        await owner.ask(answer)
    step = await owner.ask(days[0])
    await confirmed(owner, step)
    await confirmed(owner, await pressed(owner, f"conf:edit:{second}"))
    await pressed(owner, "conf:open")
    for answer in ("Ghana", "2020-01-01", "2020-01-02", "Accra", "⟦C⟧", "⟦T⟧"):
        await owner.ask(answer)
    await confirmed(owner, await owner.ask("2020-01-01"))
    await called_off(bot)
    over = (await conferences.latest(bot.database.reader, at_most=9))[-1]
    await toasted(owner, f"conf:restore:{over.id}")
    await toasted(phone, "conf:open")


async def called_off(bot: Running) -> None:
    """All that there are so far are cancelled, so that the next one is another."""

    async def work(tx: Transaction) -> None:
        for one in await conferences.latest(tx, at_most=9):
            await conferences.set_state(tx, one.id, ConferenceState.CANCELLED, bot.now_us())

    await bot.database.write(work)


async def managed(bot: Running, owner: Phone, conference: Conference, clock: MovableClock) -> None:
    """What the Secretariat changes."""
    number = conference.id
    for data in (f"conf:manage:{number}", f"conf:notes:{number}", f"conf:cancel:{number}", f"conf:cancelled:{number}",
                 f"conf:cancelled:{number}", "conf:list:0", f"conf:restore:{number}", f"conf:restored:{number}",
                 f"conf:show:{number}", "conf:show:999999", f"conf:note:{number}:visa"):  # fmt: skip
        await toasted(owner, data)
        clock.advance(PAUSE_S)
    step = await pressed(owner, f"conf:edit:{number}")
    await change(owner, step, "edition_number", "13")
    step = await pressed(owner, f"conf:edit:{number}")

    async def meanwhile(tx: Transaction) -> None:
        present = await conferences.by_id(tx, number)
        assert present is not None
        await conferences.change(tx, present, replace(present.details, edition_number=14), bot.now_us())

    await bot.database.write(meanwhile)
    await change(owner, step, "edition_number", "15")
    await pressed(owner, f"conf:write:{number}:visa")
    await confirmed(owner, await owner.ask("⟦N⟧"))
    await toasted(owner, f"conf:note:{number}:visa")


async def hosted(people: People, owner: Phone, conference: Conference) -> None:
    """Hosts, their links, and what others are told."""
    number, host = conference.id, await people.person("⟦H⟧")
    await toasted(owner, f"conf:hosts:{number}")
    token = await link(owner, number)
    for who in (owner, host, host):
        start = await who.start(token)
        await who.reply_after(start["message_id"])
    start = await host.start(await link(owner, number))
    await host.reply_after(start["message_id"])
    await toasted(owner, f"conf:hosts:{number}")
    await toasted(host, f"conf:cancel:{number}")
    step = await changed(host, await pressed(host, f"conf:edit:{number}"), "theme", "⟦U⟧")
    await toasted(owner, f"conf:askhost:{number}:{host.id}")
    await toasted(owner, f"conf:unhost:{number}:{host.id}")
    await confirmed(host, step)
    await toasted(host, f"conf:manage:{number}")
    group = owner.within(await people.group(owner, title="⟦G⟧"))
    shown = await group.ask("/conference@unigo_test_bot")
    await group.press(shown, f"conf:manage:{number}", forged=True)
    await group.reply_after(shown["message_id"])


async def met(bot: Running, people: People, owner: Phone, conference: Conference) -> None:
    """The AGM."""
    number, stranger = conference.id, await people.person("⟦S⟧")
    await toasted(owner, f"agm:show:{number}")
    await pressed(owner, f"agm:edit:{number}")
    for answer in (conference.details.starts_on.isoformat(), "later", "14:00", "13:00", "16:00", "⟦R⟧"):
        step = await owner.ask(answer)
    await owner.press(step, with_label(step, "Skip")[1])
    step = await owner.reply_after(step["message_id"])
    await owner.press(step, next(data for data in buttons(step).values() if data.endswith(":delegates")))
    await confirmed(owner, await owner.reply_after(step["message_id"]))
    await pressed(owner, f"agm:add:{number}")
    await confirmed(owner, await owner.ask("⟦I⟧\n⟦J⟧"))
    await pressed(owner, f"agm:add:{number}")
    await confirmed(owner, await owner.ask("⟦M⟧"))
    await pressed(owner, f"agm:items:{number}")
    await confirmed(owner, await owner.ask("⟦J⟧\n⟦I⟧\n⟦L⟧"))
    which = f"{number}:1:{mark_of(('⟦J⟧', '⟦I⟧', '⟦L⟧'))}"
    for data in (f"list:{number}", f"item:{which}"):
        await toasted(owner, f"agm:{data}")
    await pressed(owner, f"agm:word:{which}")
    await confirmed(owner, await owner.ask("⟦I⟧"))
    await pressed(owner, f"agm:file:{number}")
    sent = await people.upload(owner, b"text", "a.txt", mime_type="text/plain")
    await owner.reply_after(sent["message_id"])
    await confirmed(owner, await owner.ask("⟦F⟧"))
    await confirmed(owner, await pressed(owner, f"agm:edit:{number}"))
    for data in ("docs", "doc", "cancel", "cancelled", "cancelled", "restore", "restored"):
        await toasted(owner, f"agm:{data}:{number}" + ":1" * (data == "doc"))
    for data in ("conf:cancelled", "agm:cancel", "conf:restored"):
        await toasted(owner, f"{data}:{number}")
    await toasted(stranger, f"agm:doc:{number}:1")
    host = await people.person("⟦K⟧")
    start = await host.start(await link(owner, number))
    await host.reply_after(start["message_id"])
    await toasted(host, f"agm:show:{number}")


async def moved(bot: Running, owner: Phone, conference: Conference) -> None:
    """It moves by a week with its AGM and two sessions, which then are on other days than it."""
    for later in (1, 2):
        await example.with_session(bot.database, conference, bot.now_us(), f"⟦{later}⟧", day=later)
    first, last = ((conference.details.starts_on + timedelta(days=days)).isoformat() for days in (7, 9))
    step = await changed(owner, await pressed(owner, f"conf:edit:{conference.id}"), "starts_on", first)
    await change(owner, step, "ends_on", last)
    for field, day in (("ends_on", first), ("ends_on", last), ("starts_on", last)):
        await change(owner, await pressed(owner, f"conf:edit:{conference.id}"), field, day)


async def asked(bot: Running, phone: Phone, conference: Conference) -> None:
    """What is answered to questions in words."""
    await example.with_agenda(bot.database, conference, bot.now_us())
    for question in (
        "When is the next conference?", "Where does the conference take place?", "Who hosts the next conference?",
        "What is the theme of the next conference?", "Do I need a visa for the conference?",
        "In which languages is the conference held?", "What is the registration deadline?", "When is the next AGM?",
        "When is the next meeting?", "How many sessions are there in the police segment?",
        "Where will the conference be in two years?",
    ):  # fmt: skip
        await phone.ask(question)

    async def late(tx: Transaction) -> None:
        first = moments.today(example.ZONE, bot.now_us())
        present = await conferences.by_id(tx, conference.id)
        assert present is not None
        day = first - timedelta(days=2)
        await conferences.change(
            tx, present, replace(present.details, starts_on=first, ends_on=first, register_by=day), bot.now_us()
        )
        await conferences.set_note(tx, conference.id, NoteTopic.DRESS, "⟦D⟧", bot.now_us())

    await bot.database.write(late)
    await phone.ask("What is the registration deadline?")
    await phone.ask("/conference")
    past = moments.today(example.ZONE, bot.now_us()) - timedelta(days=400)
    await example.opened(bot.database, bot.now_us(), **MARKED, starts_on=past, ends_on=past)
    await phone.ask("Where was the last conference?")


async def link(owner: Phone, conference: int) -> str:
    """A new link for a host, whatever else they are told meanwhile."""
    message = await owner.ask("/conferences")
    await owner.press(message, f"conf:invite:{conference}", forged=True)
    with_link = await shown(owner, lambda one: bool(LINK.search(one.get("text", ""))), after=message["message_id"])
    return str(LINK.findall(with_link["text"])[0])


async def toasted(phone: Phone, data: str) -> None:
    """Press what may be anywhere."""
    message = await phone.ask("/conferences")
    await phone.press(message, data, forged=True)


async def pressed(phone: Phone, data: str) -> Json:
    """Press what says something new; what it says."""
    message = await phone.ask("/conferences")
    await phone.press(message, data, forged=True)
    return await phone.reply_after(message["message_id"])


async def change(phone: Phone, summary: Json, field: str, text: str) -> None:
    """Change a line of a summary, and confirm it."""
    await confirmed(phone, await changed(phone, summary, field, text))


async def summary_behind(phone: Phone, message: Json) -> Json:
    """The summary of a form that is a message, or comes after it."""

    def can_be(one: Json) -> bool:
        is_later = one["message_id"] >= message["message_id"]
        return is_later and any(data.endswith(":confirm") for data in buttons(one).values())

    return await shown(phone, can_be)


async def changed(phone: Phone, summary: Json, field: str, text: str) -> Json:
    """Change a line of a summary; the summary after it."""
    summary = await summary_behind(phone, summary)
    data = next(data for data in buttons(summary).values() if data.endswith(":confirm"))
    await phone.press(summary, data.replace(":confirm", f":change:{field}"), forged=True)
    await phone.reply_after(summary["message_id"])
    return await phone.ask(text)


async def confirmed(phone: Phone, summary: Json) -> Json:
    """Confirm a form, as soon as it can be; what is said to that."""
    summary = await summary_behind(phone, summary)
    await phone.press(summary, next(data for data in buttons(summary).values() if data.endswith(":confirm")))
    return await phone.reply_after(summary["message_id"])
