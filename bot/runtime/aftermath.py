"""What a handled update leads to: messages that are kept, and answers that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from storage.records import Call, NewMessage


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """The answer to a button press. It is sent at once and never kept: after a restart nobody waits for it."""

    query_id: str
    text: str = ""
    alert: bool = False

    def as_call(self) -> Call:
        return Call(
            "answerCallbackQuery",
            {"callback_query_id": self.query_id, "text": self.text or None, "show_alert": self.alert or None},
        )


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The answer to an inline query. Like that to a press, it is sent at once and never kept.

    `button` stands above the results. Telegram may show the same to the same person again for `cached_s` seconds.
    """

    query_id: str
    results: tuple[Mapping[str, Any], ...]
    button: Mapping[str, str]
    next_offset: str
    cached_s: int

    def as_call(self) -> Call:
        params = {
            "inline_query_id": self.query_id,
            "results": self.results,
            "button": self.button,
            "next_offset": self.next_offset,
            "cache_time": self.cached_s,
            "is_personal": True,
        }
        return Call("answerInlineQuery", params)


Answer: TypeAlias = CallbackAnswer | InlineAnswer
"""What is sent at once after the commit, and never kept."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a handled update leads to: messages, kept in the same transaction, and answers to presses and queries."""

    messages: tuple[NewMessage, ...] = ()
    answers: tuple[Answer, ...] = ()
