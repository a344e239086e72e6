"""What is kept, as values. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """A raw update as it came from Telegram, and the lane in which it waits its turn."""

    update_id: int
    lane: int
    payload: str


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update that is yet to be handled."""

    seq: int
    update_id: int
    lane: int
    payload: str
    tries: int
    received_at: int


@dataclass(frozen=True, slots=True)
class SetAsideUpdate:
    """An update that could not be handled, kept to be looked at and tried again."""

    update_id: int
    lane: int
    payload: str
    tries: int
    failure: str
    received_at: int


class MessageClass(IntEnum):
    """What goes first when not everything can go at once."""

    REPLY = 0
    REMINDER = 1
    ANNOUNCEMENT = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, complete but for the chat."""

    method: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The name of what makes the calls at delivery, and its arguments."""

    renderer: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The name of what runs in the transaction that records the result of a send, and its arguments."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Something to deliver to a chat."""

    chat_id: int
    content: Call | Rendered
    message_class: MessageClass = MessageClass.REPLY
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A row of the outbox that is yet to be delivered. `parts_sent` of its parts have been."""

    id: int
    chat_id: int
    message_class: MessageClass
    content: Call | Rendered
    follow_up: FollowUp | None
    tries: int
    parts_sent: int
    not_before: int
    queued_at: int


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A row of the outbox that was given up."""

    id: int
    chat_id: int
    what: str
    failure: str
    ended_at: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has written to the bot. `language` is one of the bot's."""

    id: int
    language: str
    language_chosen: bool
    unreachable_since: int | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that the bot could not answer; `hint` names the known gap that it seems to fall into."""

    id: int
    person_id: int
    chat_id: int
    message_id: int
    language: str
    question: str
    hint: str | None
    asked_at: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits in the inbox, and since when the oldest does."""

    waiting: int
    set_aside: int
    oldest_at: int | None
