"""What Telegram's "no" to a call means for what is sent. Its words stand here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from telegram.error import TelegramError

_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}
_OF_A_PERSON = ("blocked by the user", "user is deactivated", "bot can't initiate conversation")
_NOBODY_THERE = ("chat not found", "peer_id_invalid", *_OF_A_PERSON)
_NO_TOPIC = ("thread not found", "topic_deleted", "topic_id_invalid")
_SENT_AFTER_ALL = ("message is not modified",)


class RefusedError(TelegramError):
    """The Bot API's "no" to a call, with all that it said. See https://core.telegram.org/bots/api#making-requests.

    python-telegram-bot's own errors drop the HTTP status, and with it the difference between a server that is down
    and one that refuses.

    Attributes:
        status: the HTTP status code.
        retry_after_s: seconds to wait before the call is repeated, with status 429.
        migrate_to_chat_id: the supergroup that the group became, if that is why.
    """

    def __init__(self, status: int, description: str, parameters: Mapping[str, Any]) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after_s: float | None = parameters.get("retry_after")
        self.migrate_to_chat_id: int | None = parameters.get("migrate_to_chat_id")

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later: the server is overloaded, or has a fault of its own.

        Telegram says for how long a 429 lasts; a web server in between does not.
        """
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in _LATER

    @property
    def is_of_the_chat(self) -> bool:
        """Whether nobody can be written to in that chat (any more), whatever the message."""
        return self.status == HTTPStatus.FORBIDDEN or self._says(_NOBODY_THERE)

    @property
    def is_of_a_topic(self) -> bool:
        """Whether it is a forum's topic that there is not (any more)."""
        return self._says(_NO_TOPIC)

    @property
    def is_sent_after_all(self) -> bool:
        """Whether an edit is there already."""
        return self._says(_SENT_AFTER_ALL)

    def is_of_the_source(self, chat_id: int, params: Mapping[str, Any]) -> bool:
        """Whether Telegram speaks of the chat that something is copied from, at which it looks first.

        Where it is copied to a group, its words do not tell, and it is taken for that group's.
        """
        if "from_chat_id" not in params or chat_id < 0:
            return False
        if self.migrate_to_chat_id is not None:  # a private chat becomes no group
            return True
        return self.is_of_the_chat and not self._says(_OF_A_PERSON)

    def _says(self, words: Iterable[str]) -> bool:
        return any(one in str(self).lower() for one in words)
