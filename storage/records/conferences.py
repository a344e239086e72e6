"""The Annual Conferences as values.

Days are `date`s of the conference's time zone; moments are microseconds since 1970-01-01 UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


class ConferenceState(StrEnum):
    """What became of a conference; that it is over tells its last day."""

    OPEN = "open"
    CANCELLED = "cancelled"


class NoteTopic(StrEnum):
    """What is good to know for those who come."""

    TRAVEL = "travel"
    VISA = "visa"
    HOTEL = "hotel"
    DRESS = "dress"
    SECURITY = "security"


class Deadline(StrEnum):
    """What has a last day. The values name the columns."""

    REGISTER = "register_by"
    PAPERS = "papers_by"
    VISA = "visa_by"
    HOTEL = "hotel_by"


class Planned(StrEnum):
    """What became of the AGM, or of a session."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Segment(StrEnum):
    """For whom a part of the agenda is."""

    PLENARY = "plenary"
    MILITARY = "military"
    CIVILIAN = "civilian"
    POLICE = "police"


class Entitled(StrEnum):
    """Who may attend the AGM: the delegates of approved Centers, those who lead one, or guests as well."""

    DELEGATES = "delegates"
    FOCAL_POINTS = "focal_points"
    EVERYONE = "everyone"


DAYS = ("starts_on", "ends_on", *Deadline)
"""The details of a conference that are days."""


@dataclass(frozen=True, slots=True)
class ConferenceDetails:
    """What is set for a year's conference. `host_country` is ISO 3166-1 alpha-2, `time_zone` an IANA key."""

    host_country: str
    starts_on: date
    ends_on: date
    time_zone: str
    edition_number: int | None = None
    theme: str | None = None
    host_organization: str | None = None
    city: str | None = None
    venue: str | None = None
    register_by: date | None = None
    papers_by: date | None = None
    visa_by: date | None = None
    hotel_by: date | None = None
    languages: tuple[str, ...] = ()
    capacity: int | None = None
    online_link: str | None = None
    contact: str | None = None

    @classmethod
    def of_texts(cls, values: Mapping[str, Any]) -> ConferenceDetails:
        """The details among values that have the days as texts, as in 2027-03-12."""
        details = {field.name: values[field.name] for field in fields(cls)}
        days = {name: date.fromisoformat(details[name]) for name in DAYS if details[name] is not None}
        return cls(**{**details, **days, "languages": tuple(details["languages"])})

    def deadline(self, what: Deadline) -> date | None:
        """The last day for something."""
        day: date | None = getattr(self, what)
        return day


@dataclass(frozen=True, slots=True)
class Conference:
    """A year's Annual Conference."""

    id: int
    state: ConferenceState
    details: ConferenceDetails
    opened_by: int | None
    opened_at: int
    changed_at: int
    edition: int

    @property
    def is_on(self) -> bool:
        """Whether it was not cancelled."""
        return self.state == ConferenceState.OPEN

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.details.starts_on.year


@dataclass(frozen=True, slots=True)
class Agm:
    """The Annual General Meeting of a conference."""

    conference: int
    state: Planned
    starts_at: int
    ends_at: int
    place: str | None
    online_link: str | None
    notice_days: int
    entitled: Entitled
    changed_at: int
    edition: int

    @property
    def is_on(self) -> bool:
        """Whether it was not cancelled."""
        return self.state == Planned.PLANNED


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What is set for a session. `speakers` has a line each; `language` is ISO 639-1."""

    segment: Segment
    title: str
    starts_at: int
    ends_at: int
    room: str | None = None
    speakers: str | None = None
    chair: str | None = None
    description: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaSession:
    """A part of the agenda. `speakers` has a line each; `language` is ISO 639-1; `uid` is its name in calendars."""

    id: int
    conference: int
    uid: str
    state: Planned
    segment: Segment
    title: str
    description: str | None
    speakers: str | None
    chair: str | None
    room: str | None
    starts_at: int
    ends_at: int
    language: str | None
    changed_at: int
    edition: int

    @property
    def is_on(self) -> bool:
        """Whether it was not cancelled."""
        return self.state == Planned.PLANNED

    @property
    def details(self) -> SessionDetails:
        """What is set for it."""
        return SessionDetails(**{field.name: getattr(self, field.name) for field in fields(SessionDetails)})


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the AGM or, with a `session`, for that. `file_id` is Telegram's."""

    id: int
    conference: int
    session: int | None
    title: str
    file_id: str
    added_at: int


class ChangeAbout(StrEnum):
    """What was changed: something that is set for the conference itself, for its AGM, or for a session."""

    CONFERENCE = "conference"
    AGM = "agm"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class NotedChange:
    """Something was changed. `before` is what it was when it was told last, `after` what it was when told, as JSON."""

    id: int
    conference: int
    about: ChangeAbout
    session: int | None
    before: str
    after: str | None
    changed_at: int
