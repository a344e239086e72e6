"""A conversation that makes the bot say everything that it answers from the database."""

from __future__ import annotations

from tests.chat import People, Phone
from tests.desk import by_bot, with_label

WHAT_BECAME = "What became of my question?"
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
