"""What is worked out at delivery, put where the turn that asked for it would have said it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.message import Message
from storage.records import Call


def placed(message: Message, args: Mapping[str, Any]) -> Call:
    """The call for what `Turn.say_later` or `Turn.show_later` has queued with these arguments."""
    if "message" in args:
        return Call("editMessageText", {"message_id": args["message"], **message.as_params()})
    return Call("sendMessage", {**message.as_params(), **args["place"]})
