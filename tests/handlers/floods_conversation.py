"""A conversation that makes the bot say everything to people who send more than it can answer.

Names and words of people are ⟦marked⟧, so that what is left bare is the bot's own.
"""

from __future__ import annotations

from bot.runtime.clock import MovableClock
from bot.settings import DeskPart, Floods
from tests.chat import People, Phone
from tests.desk import by_bot

LIMITS = Floods(messages_at_once=200, presses_at_once=400)
"""Wide enough for everything else that is said."""
LETTERS = DeskPart().letters_in_ten_minutes
UNKNOWN = "⟦How much is the membership fee?⟧"


async def converse_about_floods(people: People, clock: MovableClock) -> None:
    """Messages and presses without end, a flood from long ago, and more letters than the Secretariat is sent."""
    phone = await people.person("⟦F⟧")
    offer = await phone.ask("/language")
    for _ in range(LIMITS.presses_at_once + 30):
        press = {"message_id": offer["message_id"], "data": "help", "forged": True}
        await people.post(f"/persons/{phone.id}/presses", press)
    for _ in range(LIMITS.messages_at_once + 30):
        await phone.write("/help")
    await by_bot(phone, "I get more messages from you than I can answer.")
    await while_the_bot_was_down(people, clock)
    await to_the_secretariat(people)


async def while_the_bot_was_down(people: People, clock: MovableClock) -> None:
    """What was sent an hour ago comes in only now."""
    phone = await people.person("⟦G⟧")
    fault = await people.fault("500", method="getUpdates")
    for _ in range(LIMITS.messages_at_once + 30):
        await phone.write("/help")
    clock.advance(3600)
    await people.delete(f"/faults/{fault}")
    clock.advance(60)  # past the pause before the next try
    await by_bot(phone, "I have not read what you sent between")


async def to_the_secretariat(people: People) -> None:
    """The letters after as many as go in ten minutes."""
    phone: Phone = await people.person("⟦H⟧")
    for number in range(LETTERS):
        await phone.ask(f"/ask ⟦{number}⟧")
    await phone.ask("/ask ⟦One more⟧")
    await phone.ask(UNKNOWN)
