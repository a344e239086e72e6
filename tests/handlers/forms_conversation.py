"""A conversation that makes the bot say everything about forms.

What people write, and the words of the example forms, are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

import aiohttp

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import drafts
from storage.session import Transaction
from tests.chat import Json, People, Phone, buttons
from tests.desk import with_label
from tests.example_form import ODD, TAKEN
from tests.forms import asks

DAY_S = 24 * 3600.0
TOLD_BY_BABEL = r"Switzerland|Zurich|PDF, JPG, JPEG or PNG|(name@|https://www\.|www\.)example\.org"
"""Names, lists and examples, which no catalogue has."""
NAME = "⟦Center A⟧"
WRONG = {
    "What is it called": ("stop", "x", "⟦" + "x" * 99 + "⟧", "\u3164\u00ad", TAKEN, ODD),
    "Whom does it train": ("⟦nobody⟧", "not police"),
    "How many police schools": ("many", "0", "99"),
    "Which country": ("⟦Atlantis⟧",),
    "e-mail address": ("name@",),
    "Which web site": ("nowhere",),
    "phone number": ("⟦none⟧", "+41 44", "1" * 40),
    "When do you arrive": ("soon", "31.2.2027", "12.3.27", "12 March"),
    "Which time zone": ("xqzv",),
    "send the letter": ("⟦Here it is⟧",),
    "May others see": ("perhaps",),
}
RIGHT = {
    "What is it called": NAME,
    "Whom does it train": "Police",
    "How many police schools": "7",
    "Which languages": "French",
    "Which country": "Switzerland",
    "e-mail address": "name@example.org",
    "Which web site": "skip",
    "phone number": "044 668 18 00",
    "When do you arrive": "12 March 2027",
    "Which time zone": "Zurich",
    "send the letter": "-",
    "Is there anything else": "⟦Nothing more.⟧",
    "May others see": "yes",
}


async def converse_about_forms(bot: Running, people: People, clock: MovableClock) -> None:
    """From the first question to the end, with everything that goes wrong on the way."""
    phone = await people.person("⟦F⟧")
    first = await _opened(phone, "example", "What is it called")
    question = first
    for words, right in RIGHT.items():
        question = await asks(phone, words)
        for wrong in WRONG.get(words, ()):
            question = await phone.ask(wrong)
        if words == "Which languages":
            await phone.press(question, with_label(question, "Done")[1])
            question = await asks(phone, "Please choose at least")
        if words == "send the letter":
            await _files(phone)
        await phone.write(right)
    summary = await asks(phone, "Is this right?")
    await phone.press(first, buttons(first).get("", "form:1:0:back"), forged=True)
    await _changes(phone, summary)
    await _rests(people, phone, clock)
    await _changed_form(bot, people)
    await _in_group(people, phone)


async def _opened(phone: Phone, form: str, words: str) -> Json:
    await phone.start(f"form_{form}")
    return await asks(phone, words)


async def _press(phone: Phone, message: Json, label: str) -> None:
    await phone.press(message, with_label(await phone.now(message), label)[1], forged=True)


async def _files(phone: Phone) -> None:
    await phone.people.document(phone)
    await asks(phone, "This file is of another kind")
    form = aiohttp.FormData({"kind": "document", "chat_id": str(phone.chat_id)})
    form.add_field("file", b"x" * 1_000_001, filename="a.pdf", content_type="application/pdf")
    async with phone.people.session.post(f"/sandbox/persons/{phone.id}/files", data=form) as response:
        assert response.status == 200
    await asks(phone, "This file is too large")


async def _changes(phone: Phone, summary: Json) -> None:
    """Lines are changed, by buttons and by edits; a question comes in between."""
    typed = next(one for one in await phone.messages() if one.get("text") == NAME)
    summary = await phone.ask("⟦It is⟧")
    await _press(phone, summary, "Web site")
    await phone.ask("www.example.org")
    await asks(phone, "Web site: https://www.example.org")
    for text, words in (("⟦Center B⟧", "Changed."), ("x", "It stays as it was.")):
        body = {"chat_id": phone.chat_id, "message_id": typed["message_id"], "text": text}
        await phone.people.post(f"/persons/{phone.id}/edits", body)
        summary = await asks(phone, words)
    await _press(phone, summary, "Web site")
    question = await asks(phone, "So far: https://www.example.org")
    await _press(phone, question, "Keep it so")
    summary = await phone.ask("⟦Yes⟧")
    await _press(phone, summary, "Name")
    question = await asks(phone, "So far: ⟦Center B⟧")
    sticker = await phone.people.post(f"/persons/{phone.id}/stickers", {})
    await phone.reply_after(sticker["message_id"])
    answer = await phone.ask("What is the AGM?")
    await phone.reply_after(answer["message_id"])
    await phone.ask("⟦What do I write here?⟧")


async def _rests(people: People, phone: Phone, clock: MovableClock) -> None:
    """Paused, asked whether to go on, discarded, and another form meanwhile."""
    asked = await phone.ask("/cancel")
    await _press(phone, asked, "Keep it for later")
    await asks(phone, "is paused. Nothing is lost")
    other = await people.person("⟦G⟧")
    question = await _opened(other, "example", "What is it called")
    clock.advance(2 * DAY_S)
    await other.ask(NAME)
    sent = await people.document(other)
    offer = await other.reply_after(sent["message_id"])
    await _press(other, offer, "Continue")
    await asks(other, "Whom does it train")
    small = await _opened(other, "small", "Which city")
    await asks(other, "is paused meanwhile")
    summary = await other.ask("⟦Geneva⟧")
    await other.start()
    await asks(other, "it is filled in, but not confirmed")
    await other.press(small, "form:9999:0:pause", forged=True)
    await other.press(question, buttons(question).popitem()[1], forged=True)
    asked = await other.ask("/cancel")
    await _opened(other, "example", "You have not finished")
    assert summary


async def _changed_form(bot: Running, people: People) -> None:
    """A draft of a former version of the form."""
    phone = await people.person("⟦H⟧")
    await _opened(phone, "small", "Which city")

    async def as_before(tx: Transaction) -> None:
        draft = await drafts.active(tx, phone.id)
        assert draft is not None
        await drafts.step(tx, draft._replace(version=0, step="gone"))

    await bot.database.write(as_before)
    await phone.ask("⟦Geneva⟧")
    question = await asks(phone, "This form has changed")
    asked = await phone.ask("/cancel")
    await _press(phone, asked, "Discard")
    await asks(phone, "is discarded")
    assert question


async def _in_group(people: People, phone: Phone) -> None:
    group = phone.within(await people.group(phone, title="⟦A⟧"))
    await group.ask("/start@unigo_test_bot form_example")
