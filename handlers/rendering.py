"""What is worked out at delivery, put where the turn that asked for it would have said it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.locales.catalogues import Translator
from handlers.turn import Desk
from handlers.views.message import Message
from storage import people
from storage.records import Call
from storage.session import Session


def placed(message: Message, args: Mapping[str, Any]) -> Call:
    """The call for what `Turn.say_later` or `Turn.show_later` has queued with these arguments."""
    if "message" in args:
        return Call("editMessageText", {"message_id": args["message"], **message.as_params()})
    return Call("sendMessage", {**message.as_params(), **args["place"]})


async def translator_in(session: Session, desk_at_hand: Desk, chat_id: int) -> Translator:
    """Sentences for whoever reads in a chat; in a group, in the bot's own language."""
    person = await people.find(session, chat_id) if chat_id > 0 else None
    return desk_at_hand.catalogues.translator(desk_at_hand.default_language if person is None else person.language)
