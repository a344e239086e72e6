"""The ladder of reminders of a conference, and what was sent of it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records.participations import Attendance, ParticipationState


class Anchor(StrEnum):
    """Before what a reminder is; feedback is asked for after the conference."""

    CONFERENCE = "conference"
    AGM = "agm"
    REGISTRATION = "registration"
    PAPERS = "papers"
    VISA = "visa"
    HOTEL = "hotel"
    SESSION = "session"
    FEEDBACK = "feedback"


class Audience(StrEnum):
    """Whom a rung means. `CAME`: those who were registered at the end; `VISA`: those who asked for a visa letter."""

    UNANSWERED_CENTERS = "unanswered_centers"
    UNFINISHED = "unfinished"
    REGISTERED = "registered"
    IN_PERSON = "in_person"
    ENTITLED = "entitled"
    VISA = "visa"
    STARRED = "starred"
    CAME = "came"


class ReminderState(StrEnum):
    """What became of a reminder.

    `WAITING`: for its reader's morning. `DROPPED`: it was no longer needed. `MISSED`: the bot was down until too late.
    """

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class NewRung:
    """A step of the ladder: with `days`, `minutes` is the time of day; without, how long before."""

    anchor: Anchor
    days: int
    minutes: int
    audience: Audience
    is_formal: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder of a conference, as it is now."""

    id: int
    conference: int
    anchor: Anchor
    days: int
    minutes: int
    audience: Audience
    is_formal: bool
    is_held: bool
    edition: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody was, or is to be, reminded of."""

    id: int
    rung: int
    event: str
    person_id: int
    state: ReminderState
    due_at: int


@dataclass(frozen=True, slots=True)
class Group:
    """Those with the same time zone (None: not known), night (minutes of the day) and wish to know earlier."""

    time_zone: str | None
    night_from: int
    night_to: int
    earlier_days: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rung is due for a group; `send_at` is later where that was missed and it is night now.

    `day`: on which it is meant, where the conference is. Who is there on that day belongs to the group without a zone.
    """

    rung: int
    event: str
    session: int
    group: Group
    due_at: int
    send_at: int
    day: date
    is_missed: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of reminders. The night is minutes of their day."""

    muted: frozenset[Anchor] = frozenset()
    earlier_days: int = 0
    night_from: int = 22 * 60
    night_to: int = 7 * 60


@dataclass(frozen=True, slots=True)
class CenterOfTheirs:
    """A Center that somebody leads."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a conference. `is_absent`: their Center will not come.

    `has_draft`: they have begun to register, also after an answer that they do not come, and not finished.
    """

    time_zone: str | None
    is_delegate: bool
    answer: ParticipationState | None
    attendance: Attendance | None
    wants_visa_letter: bool
    is_absent: bool
    has_draft: bool
    unanswered: tuple[CenterOfTheirs, ...]

    @property
    def is_registered(self) -> bool:
        """Whether they are registered, with or without a place in person."""
        return self.answer == ParticipationState.REGISTERED


@dataclass(frozen=True, slots=True)
class FeedbackAsked:
    """A request for feedback that was delivered; `at` in microseconds."""

    conference: int
    at: int
