"""What owners of the bot are told, as far as they have ever written to it."""

from __future__ import annotations

from collections.abc import Callable

from bot.locales.catalogues import Translator
from handlers.turn import Desk
from handlers.views.message import Message
from storage import people
from storage.records import Call, NewMessage
from storage.session import Session


async def to_owners(session: Session, desk: Desk, view: Callable[[Translator], Message]) -> list[NewMessage]:
    """A message to each of them, in their language."""
    found = [await people.find(session, owner) for owner in desk.rights.owners]
    return [
        NewMessage(owner.id, Call("sendMessage", view(desk.catalogues.translator(owner.language)).as_params()))
        for owner in found
        if owner is not None
    ]
