"""What a file says of sessions, whatever file it was, and why something in it is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.conferences.moments import OVERNIGHT_AT_MOST, end_of_day_us, is_within
from storage.records.conferences import ConferenceDetails, SessionDetails
from storage.records.durations import SECOND_US

SESSIONS_AT_MOST = 500
UID_AT_MOST = 255
LETTERS_AT_MOST: Mapping[str, int] = MappingProxyType(
    {"title": 200, "description": 1_500, "speakers": 800, "chair": 100, "room": 80}
)


class Reason(StrEnum):
    """Why a session is not taken. The views have a sentence for each."""

    NO_TITLE = "no-title"
    NO_DAY = "no-day"
    OTHER_DAY = "other-day"
    """None of the conference's days."""
    NO_TIMES = "no-times"
    ENDS_FIRST = "ends-first"
    TOO_LONG = "too-long"
    UNKNOWN_WORD = "unknown-word"
    """A segment or a language that is not known."""
    TWICE = "twice"
    REPEATS = "repeats"
    """A rule of repetition in a calendar."""


class NotTakenError(Exception):
    """A session is not taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: the row of a sheet, or which event of a calendar."""

    number: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as a file has it. Only the details that are `given` are the file's, and the uid if it `is_named`."""

    place: Place
    uid: str
    details: SessionDetails
    given: frozenset[str]
    is_cancelled: bool = False
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a file that is not taken."""

    place: Place
    reason: Reason


def need_fitting(entry: Entry, conference: ConferenceDetails) -> Entry:
    """The entry, if it may stand in the agenda. Raises NotTakenError."""
    if len(entry.uid) > UID_AT_MOST:
        raise NotTakenError(Reason.TOO_LONG)
    need_possible(entry.details, conference)
    return entry


def need_possible(details: SessionDetails, conference: ConferenceDetails) -> None:
    """Raises NotTakenError unless a session can be so."""
    if not details.title:
        raise NotTakenError(Reason.NO_TITLE)
    if any(len(getattr(details, name) or "") > most for name, most in LETTERS_AT_MOST.items()):
        raise NotTakenError(Reason.TOO_LONG)
    if details.ends_at <= details.starts_at:
        raise NotTakenError(Reason.ENDS_FIRST)
    if not is_within(conference, details.starts_at) or details.ends_at > _latest(conference):
        raise NotTakenError(Reason.OTHER_DAY)


def _latest(conference: ConferenceDetails) -> int:
    """When the last session has to end: in the night after the last day."""
    overnight_us = int(OVERNIGHT_AT_MOST.total_seconds()) * SECOND_US
    return end_of_day_us(conference.ends_on, conference.time_zone) + overnight_us
