"""The second member of the Secretariat: who is asked, and that the first hears of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.announcements import confirming
from bot.locales.catalogues import Translator
from handlers.turn import Turn
from handlers.views.announce_confirm import nobody_else
from handlers.views.message import Message
from storage import people
from storage.records import Person


async def ask_seconders(turn: Turn, ask: Callable[[Person], None]) -> None:
    """Ask everybody who can be the second; whoever confirmed is told if there is nobody."""
    others = await confirming.seconders(turn.tx, turn.desk.rights, but=turn.person.id)
    for other in others:
        ask(other)
    if not others:
        turn.say(nobody_else(turn.t))


async def tell_first(turn: Turn, first_id: int | None, told: Callable[[Translator], Message]) -> None:
    """Whoever confirmed first hears what the second did."""
    first = None if first_id is None else await people.find(turn.tx, first_id)
    if first is not None and first.id != turn.person.id:
        turn.tell(first.id, told(turn.translator(first.language)))
