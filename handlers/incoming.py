"""What came in, as python-telegram-bot's objects.

Most of it is a text that somebody writes, and nothing more. The library looks for each of a hundred kinds of content in
it, and freezes what it makes by a Python call for each field: that was a sixth of what an update costs. So such a text
is made by the library's classes right away; everything else is read by the library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Chat, Message, Update, User
from telegram.constants import MessageEntityType

_UPDATE = frozenset({"update_id", "message"})
_MESSAGE = frozenset({"message_id", "date", "chat", "from", "text"})
_CHAT = frozenset({"id", "type", "title", "username", "first_name", "last_name", "is_forum"})
_USER = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code", "is_premium"})


def update_of(raw: Mapping[str, Any], bot: Bot | None) -> Update:
    """An update as the library's object, the same as its own `Update.de_json` makes.

    Raises:
        Exception: of many kinds: it is none of Telegram's.
    """
    if raw.keys() == _UPDATE and (message := _only_text(raw["message"], bot)) is not None:
        update = _Update(raw["update_id"], message=message)
        update.set_bot(bot)
        return update
    return Update.de_json(dict(raw), bot)


def mentions_of(message: Message, username: str) -> list[str]:
    """Where a message's text or caption names the bot: each "@name" as it is written."""
    kinds: list[str | None] = [MessageEntityType.MENTION]
    in_text = message.parse_entities(kinds) if message.text else {}
    in_caption = message.parse_caption_entities(kinds) if message.caption else {}
    return [one for one in (*in_text.values(), *in_caption.values()) if one.lower() == f"@{username.lower()}"]


def _only_text(raw: Any, bot: Bot | None) -> Message | None:
    """A message of which nothing is known but who wrote which text where; None if it has more, or less."""
    if not isinstance(raw, dict) or raw.keys() != _MESSAGE:
        return None
    where, who = raw["chat"], raw["from"]
    if not isinstance(where, dict) or not isinstance(who, dict) or where.keys() - _CHAT or who.keys() - _USER:
        return None
    chat, user = _Chat(**where), _User(**who)
    written_at = dt.datetime.fromtimestamp(raw["date"], dt.UTC)
    message = _Message(raw["message_id"], written_at, chat, from_user=user, text=raw["text"])
    message.set_bot(bot)
    chat.set_bot(bot)
    user.set_bot(bot)
    return message


class _Thawed:
    """Sets its fields without looking whether it is frozen."""

    __slots__ = ()
    __setattr__ = object.__setattr__


class _Update(_Thawed, Update):
    __slots__ = ()


class _Message(_Thawed, Message):
    __slots__ = ()


class _Chat(_Thawed, Chat):
    __slots__ = ()


class _User(_Thawed, User):
    __slots__ = ()
