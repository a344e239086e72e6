"""What tests of conferences do on people's phones."""

from __future__ import annotations

import re
from typing import Any

from bot.app import Running
from storage import audit, conferences
from storage.records.conferences import Agm, Conference
from tests import conferences as example
from tests.centers import has_become, press
from tests.chat import Json, People, Phone
from tests.desk import says, shown

LINK = re.compile(r"https://t\.me/unigo_test_bot\?start=(role_[\w-]{32})")


async def opened(bot: Running, **changes: Any) -> Conference:
    """The example conference."""
    return await example.opened(bot.database, bot.now_us(), **changes)


async def with_agm(bot: Running, **changed: Any) -> tuple[Conference, Agm]:
    """The example conference with its AGM; `changed` are of that."""
    conference = await opened(bot)
    return conference, await example.with_agm(bot.database, conference, bot.now_us(), **changed)


async def with_agenda(bot: Running) -> tuple[Conference, list[int]]:
    """The example conference with its agenda, and the numbers of its sessions."""
    conference = await opened(bot)
    return conference, await example.with_agenda(bot.database, conference, bot.now_us())


async def now_is(bot: Running, conference: Conference) -> Conference:
    """A conference as it is kept now."""
    found = await conferences.by_id(bot.database.reader, conference.id)
    assert found is not None
    return found


async def logged(bot: Running, act: str) -> list[str]:
    """What the audit log has of an act: to what it was done, and what came of it."""
    return [f"{one.object} {one.after or ''}" for one in await audit.latest(bot.database.reader) if one.act == act]


async def turned(phone: Phone, message: Json, data: str, words: str, *, forged: bool = False) -> Json:
    """Press what puts something else in a message's place; the message, once these words stand in it."""
    await phone.press(message, data, forged=forged)
    return await has_become(phone, message, words)


async def screen(phone: Phone, words: str) -> Json:
    """The first message that has these words, as soon as there is one."""
    return await shown(phone, lambda message: words in message.get("text", ""))


async def begun(phone: Phone, message: Json, data: str) -> Json:
    """Press what opens a form; its first step."""
    last = (await phone.messages())[-1]
    await phone.press(message, data)
    return await phone.reply_after(last["message_id"])


async def editing(owner: Phone, conference: Conference) -> Json:
    """The form in which the Secretariat changes a conference; its first step."""
    menu = await turned(owner, await owner.ask("/conference"), f"conf:manage:{conference.id}", "want to change?")
    return await begun(owner, menu, f"conf:edit:{conference.id}")


async def changed_line(phone: Phone, summary: Json, field: str, text: str) -> Json:
    """Change a line of a summary; the summary after it."""
    await press(phone, summary, field)
    await phone.reply_after(summary["message_id"])
    return await phone.ask(text)


async def finished(phone: Phone, summary: Json, label: str) -> Json:
    """Confirm a form; what is said to that."""
    await press(phone, summary, label)
    return await phone.reply_after(summary["message_id"])


async def host_of(bot: Running, people: People, owner: Phone, conference: Conference) -> Phone:
    """Somebody who has become a host by a link."""
    listed = await turned(owner, await owner.ask("/conference"), f"conf:hosts:{conference.id}", "Hosts", forged=True)
    await owner.press(listed, f"conf:invite:{conference.id}")
    found = LINK.search((await says(owner, "This link makes whoever opens it first a host"))["text"])
    assert found is not None
    host = await people.person("Host A")
    start = await host.start(found[1])
    assert "You are a host of “Annual Conference" in (await host.reply_after(start["message_id"]))["text"]
    return host
