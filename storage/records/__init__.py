"""What is kept, as values. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal, TypeAlias


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


UploadKind: TypeAlias = Literal["document", "photo"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits in the spool and goes out with a call.

    `spooled` is its name in the spool, `filename` the one that people see.
    """

    kind: UploadKind
    spooled: str
    filename: str

    def as_call(self, params: Mapping[str, Any]) -> Call:
        """The call that sends it; `params` are the others, such as the caption and its buttons."""
        return Call(f"send{self.kind.capitalize()}", params, self)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, complete but for the chat."""

    method: str
    params: Mapping[str, Any]
    upload: Upload | None = None


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
    """Something to deliver to a chat.

    `on_failure` names what runs in the transaction that gives it up. What `is_paid` goes at the pace that Telegram is
    paid for. Nothing goes out before `not_before`. Once it is delivered or given up, nothing is kept of what it says.
    """

    chat_id: int
    content: Call | Rendered
    message_class: MessageClass = MessageClass.REPLY
    follow_up: FollowUp | None = None
    on_failure: FollowUp | None = None
    not_before: int = 0
    is_paid: bool = False


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
    on_failure: FollowUp | None = None
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was given up.

    `is_unreachable`: nobody can be written to in that chat (any more). `lacks_topic`: the topic is not there.
    """

    reason: str
    is_unreachable: bool = False
    lacks_topic: bool = False


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A row of the outbox that was given up."""

    id: int
    chat_id: int
    what: str
    failure: str
    ended_at: int


@dataclass(frozen=True, slots=True)
class Name:
    """How Telegram shows somebody."""

    first: str
    last: str | None = None
    username: str | None = None

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}" if self.last else self.first


NAMELESS = Name("")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has written to the bot. `language` is one of the bot's."""

    id: int
    language: str
    language_chosen: bool
    unreachable_since: int | None
    name: Name = NAMELESS
    writing_since: int | None = None
    """Since when their next message is meant for the Secretariat."""
    is_awaited: bool = False
    """Whether something was kept that what they write next is for, in any chat; see `storage.requests.awaited`."""
    is_editing: bool = False
    """Whether it may be an answer that they publish."""
    filling_in: str | None = None
    """The mark of the form that they have open, as far as they have come; see `storage.drafts.mark_of`."""
    answers_given: int = 0
    """Since they were last asked whether one has helped; when that was, is `asked_helpful_at`."""
    asked_helpful_at: int | None = None


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Somebody who has a role. `scope` names the conference or Center that it is for; empty: no bounds."""

    person_id: int
    name: Name
    role: str
    scope: str
    given_by: int
    given_at: int


@dataclass(frozen=True, slots=True)
class RoleLink:
    """A link that gives a role once."""

    id: int
    role: str
    scope: str
    made_by: int
    made_at: int
    expires_at: int
    used_by: int | None
    used_at: int | None
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class SecretariatGroup:
    """The group in which the Secretariat works."""

    chat_id: int
    title: str
    is_forum: bool
    uses_topics: bool
    bound_by: int
    bound_at: int


@dataclass(frozen=True, slots=True)
class Gist:
    """What a question comes to, to compare it with others; see `bot.knowledge.likeness`.

    `words` are a space apart. `vector` is its place among the embeddings of `engine`, base64 of 16-bit numbers;
    both are empty where there is no such engine.
    """

    words: str
    vector: str
    engine: str

    def as_columns(self) -> dict[str, str]:
        """As the columns that the tables have for it."""
        return {"gist_words": self.words, "gist_vector": self.vector, "gist_engine": self.engine}

    @classmethod
    def from_columns(cls, row: dict[str, Any]) -> Gist | None:
        """Take the columns out of a row; None if it was not worked out."""
        words, vector, engine = (row.pop(name) for name in ("gist_words", "gist_vector", "gist_engine"))
        return None if words is None else cls(words, vector, engine)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that the bot could not answer; `hint` names the known gap that it seems to fall into.

    `letter` is what it became at the desk; `settled_as` is answered or closed, and None while it is neither.
    """

    id: int
    person_id: int
    chat_id: int
    message_id: int
    language: str
    question: str
    hint: str | None
    asked_at: int
    letter: int | None = None
    settled_as: str | None = None
    gist: Gist | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits in the inbox, and since when the oldest does."""

    waiting: int
    set_aside: int
    oldest_at: int | None
