"""Announcements as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.records import Name


class AnnouncementState(StrEnum):
    """How far an announcement has come. One that waits, waits for a second member of the Secretariat."""

    DRAFT = "draft"
    TEMPLATE = "template"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """What became of an announcement at one recipient. `STAYS`: it was recalled, and Telegram did not let it."""

    PENDING = "pending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    SKIPPED = "skipped"
    RECALLED = "recalled"
    STAYS = "stays"


class Todo(StrEnum):
    """What is still to be done at one recipient."""

    SEND = "send"
    CORRECT = "correct"
    RECALL = "recall"


class Action(StrEnum):
    """What a button under an announcement does."""

    LINK = "link"
    READ = "read"
    REGISTRATION = "registration"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class AnnouncementButton:
    """A button under an announcement; a link has a label and an address of its own."""

    action: Action
    label: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement. Times are microseconds since 1970-01-01 UTC.

    `audience` is JSON, see `bot.announcements.audience`. `edition` is one more with each change of what is here,
    `text_edition` with each correction of what was sent.
    """

    id: int
    state: AnnouncementState
    is_official: bool
    is_paid: bool
    audience: str
    heading: str
    made_by: int | None
    confirmed_by: int | None
    seconded_by: int | None
    made_at: int
    send_at: int | None
    time_zone: str | None
    joins_until: int | None
    chases: int | None
    chase_every_days: int | None
    chase_at: int | None
    started_at: int | None
    ended_at: int | None
    recalled_at: int | None
    text_edition: int
    edition: int
    board_chat: int | None
    board_message: int | None


@dataclass(frozen=True, slots=True)
class AnnouncementText:
    """What an announcement says in one language; `content` is JSON, see `bot.announcements.content`."""

    language: str
    content: str
    accepted_at: int | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person whom an announcement is for. `batch` is that under which the outbox has it; None: it has it not."""

    announcement: int
    person_id: int
    state: Outcome
    todo: Todo | None
    batch: int | None
    language: str | None
    text_edition: int | None
    messages: tuple[int, ...]
    read_at: int | None
    sent_at: int | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done at a recipient, and how the announcement stands. `reads` is the recipient's language."""

    recipient: Recipient
    state: AnnouncementState
    text_edition: int
    is_official: bool
    is_paid: bool
    reads: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many recipients an announcement has, by what became of it, and how many are still to be done."""

    by_outcome: dict[Outcome, int]
    left: int
    read: int


@dataclass(frozen=True, slots=True)
class CenterReading:
    """How many people of a Center got an announcement, and how many have read it; None: of no Center."""

    name: str | None
    reached: int
    has_read: int


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """What became of an announcement at one person. `given_name` and `family_name` are those of a delegate."""

    person_id: int
    name: Name
    given_name: str | None
    family_name: str | None
    center: str | None
    country: str | None
    language: str | None
    state: Outcome
    failure: str | None
    sent_at: int | None
    read_at: int | None
