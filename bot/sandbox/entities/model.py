"""What a formatted text is: the text and the entities that lie over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

UserLookup = Callable[[int], dict[str, Any] | None]
"""From a user's id to the Bot API's User, or None where the server knows no such user."""


class FormattingError(ValueError):
    """A text or its entities cannot be sent.

    `description` is what the Bot API answers after "Bad Request: ".
    """

    def __init__(self, message: str) -> None:
        self.description = _as_described(message)
        super().__init__(self.description)


def _as_described(message: str) -> str:
    """Write the first letter small, as the Bot API server does, unless an acronym begins the message."""
    if len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z"):
        return message
    return message[:1].lower() + message[1:]


@dataclass(frozen=True, slots=True)
class Entity:
    """The Bot API's MessageEntity; `offset` and `length` count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def to_api(self, user: UserLookup | None = None) -> dict[str, Any]:
        """Give the MessageEntity object; `user` supplies the User of a text_mention (else only its id)."""
        api: dict[str, Any] = {"offset": self.offset, "length": self.length, "type": self.type}
        optional = {
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "unix_time": self.unix_time,
            "date_time_format": self.date_time_format,
        }
        api.update((field, value) for field, value in optional.items() if value is not None)
        if self.user_id is not None:
            api["user"] = (user(self.user_id) if user else None) or {"id": self.user_id}
        return api


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text as it will be shown, with its entities in order."""

    text: str
    entities: tuple[Entity, ...] = ()

    def to_api(self, user: UserLookup | None = None) -> list[dict[str, Any]]:
        """Give the list for a Message's `entities`; a mention of a user that `user` does not know is left out."""
        return [
            entity.to_api(user)
            for entity in self.entities
            if entity.user_id is None or user is None or user(entity.user_id) is not None
        ]


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text, the unit of every offset in the Bot API."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
