"""What people and the Secretariat write to each other."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Name


@dataclass(frozen=True, slots=True)
class Thread:
    """What goes on between one person and the Secretariat; `state` is waiting, answered or closed.

    `group_id` is the group that the topic and the card are in.
    """

    id: int
    person_id: int
    name: Name
    language: str
    state: str
    waiting_since: int
    assignee_id: int | None
    assigned_at: int | None
    settled_by: int | None
    settled_at: int | None
    group_id: int | None
    topic_asked_at: int | None
    topic_id: int | None
    card_id: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A message that somebody wrote, as far as the desk has to know it.

    `content` is text, media, or bare: media that has no caption. `html` is None where there is no formatting.
    """

    chat_id: int
    message_id: int
    content: str
    plain: str
    html: str | None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that the desk carries. `is_question`: the bot was asked first. `reply_to_id` is over there.

    `announcement` is the one that a person replies to.
    """

    id: int
    thread_id: int
    direction: str
    author_id: int
    chat_id: int
    message_id: int
    content: str
    plain: str
    html: str | None
    album: str | None
    is_question: bool
    reply_to_id: int | None
    written_at: int
    failed_at: int | None
    announcement: int | None = None


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter of a person's; `settled_as` is answered or closed, and None while it waits."""

    id: int
    content: str
    plain: str
    album: str | None
    is_question: bool
    written_at: int
    settled_as: str | None
    settled_at: int | None
