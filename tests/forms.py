"""Filling in the example forms: what tests of forms have in common."""

from __future__ import annotations

import re
from typing import Any

from bot.app import Running
from storage import audit, drafts
from storage.records.drafts import Draft
from tests.chat import WAIT_S, Json, Phone, buttons, until

ANSWERS = {
    "What is it called?": "Center A",
    "Whom does it train?": "pol",
    "How many police schools does it have?": "7",
    "Which languages does it teach in?": "English and French",
    "Which country is it in?": "Switzerland",
    "What is its e-mail address?": "name@center.org",
    "Which web site does it have?": "skip",
    "What is its phone number?": "044 668 18 00",
    "When do you arrive?": "12 March 2027",
    "Which time zone is it in?": "Zurich",
    "Please send the letter.": "-",
    "Is there anything else?": "Nothing more.\nThank you.",
    "May others see this?": "yes",
}
"""What is typed for each question of the example, in its order."""
UNDERSTOOD = {
    "name": "Center A",
    "focus": "police",
    "schools": 7,
    "languages": ["en", "fr"],
    "country": "CH",
    "email": "name@center.org",
    "website": None,
    "phone": "+41446681800",
    "arrival": "2027-03-12",
    "zone": "Europe/Zurich",
    "letter": None,
    "notes": "Nothing more.\nThank you.",
    "consent": True,
}
SUMMARY = "Is this right?"


async def asks(phone: Phone, words: str, *, within_s: float = WAIT_S) -> Json:
    """The bot's last message, as soon as it has these words in it; marks of sentences count for nothing."""
    bare = re.sub("[⟦⟧]", "", words)

    async def last() -> Json | None:
        said = [one for one in await phone.messages() if one["from"]["is_bot"] and not one.get("deleted")]
        return said[-1] if said and bare in re.sub("[⟦⟧]", "", said[-1].get("text", "")) else None

    return dict(await until(last, within_s=within_s))


async def begin(phone: Phone, form: str = "example", words: str = "") -> Json:
    """Open the link of a form; the first question."""
    opened = await phone.start(f"form_{form}")
    await phone.reply_after(opened["message_id"])
    return await asks(phone, words)


async def fill_in(phone: Phone, *, up_to: str = SUMMARY, since: str = "") -> Json:
    """Type the example's answers, from one question up to another; that question, or the summary."""
    is_begun = not since
    for question, answer in ANSWERS.items():
        is_begun = is_begun or since in question
        if up_to in question:
            break
        if is_begun:
            await asks(phone, question)
            await phone.write(answer)
    return await asks(phone, up_to)


async def press(phone: Phone, message: Json, label: str) -> Json:
    """Press the button with this label; what is seen of the answer to the press."""
    return await phone.press(message, buttons(message)[label])


async def turned_into(phone: Phone, message: Json, words: str) -> Json:
    """The message, as soon as it has these words in it."""

    async def changed() -> Json | None:
        found = await phone.now(message)
        return found if words in found["text"] else None

    return dict(await until(changed))


async def with_button(phone: Phone, message: Json, label: str) -> Json:
    """The message, as soon as it has a button with this label."""

    async def changed() -> Json | None:
        found = await phone.now(message)
        return found if label in buttons(found) else None

    return dict(await until(changed))


async def without_buttons(phone: Phone, message: Json) -> None:
    async def stripped() -> bool:
        return not buttons(await phone.now(message))

    await until(stripped)


async def drafts_of(bot: Running, phone: Phone) -> list[Draft]:
    return await drafts.of_person(bot.database.reader, phone.id)


async def confirmed(bot: Running) -> list[Any]:
    """What was confirmed, in order: the answers of each."""
    entries = await audit.latest(bot.database.reader, at_most=1_000)
    return [entry.after for entry in reversed(entries) if entry.act.startswith("confirmed")]
