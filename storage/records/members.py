"""Centers, delegates, and what is decided about them, as values. Times are in microseconds since 1970-01-01 UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CenterState(StrEnum):
    """What became of a Center's registration."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    MERGED = "merged"


class CenterKind(StrEnum):
    """What kind of member a Center is."""

    TRAINING_CENTER = "training_center"
    INSTITUTION = "institution"
    UNIVERSITY = "university"
    ORGANIZATION = "organization"
    AGENCY = "agency"
    PROGRAM = "program"


class Focus(StrEnum):
    """Which aspects of peace operations a Center deals with."""

    MILITARY = "military"
    CIVILIAN = "civilian"
    POLICE = "police"
    MIXED = "mixed"


class DelegateState(StrEnum):
    """What became of a delegate's registration."""

    PENDING = "pending"
    ACTIVE = "active"
    DECLINED = "declined"
    LEFT = "left"
    SUSPENDED = "suspended"
    MERGED = "merged"


class RequestKind(StrEnum):
    """What is asked for: a new Center, a change of one, to join one, or to be a guest of the association."""

    CENTER = "center"
    CHANGE = "change"
    JOIN = "join"
    GUEST = "guest"


class RequestState(StrEnum):
    """`CORRECTION`: whoever asked is to correct something; then it is open again."""

    OPEN = "open"
    CORRECTION = "correction"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CenterDetails:
    """What a Center says of itself. Only the name is there in any case: lists that are read in have gaps.

    `country` is ISO 3166-1 alpha-2, `phone` E.164.
    """

    name: str
    short_name: str | None = None
    kind: CenterKind | None = None
    focus: Focus | None = None
    country: str | None = None
    city: str | None = None
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    head_name: str | None = None
    head_title: str | None = None


@dataclass(frozen=True, slots=True)
class Center:
    """A member of the association, or what wants to become one. `region` is the United Nations', by country."""

    id: int
    state: CenterState
    details: CenterDetails
    region: str | None
    registered_by: int | None
    registered_at: int
    approved_at: int | None
    changed_at: int
    edition: int
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class DelegateDetails:
    """What a delegate says of themselves. `languages` are ISO 639-1 codes, `time_zone` is an IANA key."""

    given_name: str
    family_name: str
    title: str | None = None
    function: str | None = None
    organization: str | None = None
    """Of a guest, who has no Center."""
    email: str | None = None
    phone: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    time_zone: str | None = None

    @property
    def full_name(self) -> str:
        """Title, given and family name."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody in the Secretariat's database of participants. `person_id` is None for who never wrote to the bot.

    `privacy_version` names the notice that they agreed to; `shown_since` is when they agreed to be shown to other
    members, and None where they did not.
    """

    id: int
    person_id: int | None
    center: int | None
    state: DelegateState
    is_guest: bool
    details: DelegateDetails
    privacy_version: str | None
    privacy_at: int | None
    shown_since: int | None
    registered_at: int
    joined_at: int | None
    changed_at: int
    edition: int
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a field of a Center was, and what it is to be."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """Something that waits for a decision, or waited. `fields` are the names of what is to be corrected.

    `is_untold`: whoever asked could not be reached, and does not know what became of it.
    """

    id: int
    kind: RequestKind
    center: int | None
    delegate: int | None
    person_id: int | None
    state: RequestState
    asked_at: int
    edition: int
    changes: Mapping[str, Change] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    reason: str | None = None
    decided_by: int | None = None
    decided_at: int | None = None
    is_untold: bool = False

    @property
    def is_undecided(self) -> bool:
        """Whether whoever asked can still change or withdraw it."""
        return self.state in {RequestState.OPEN, RequestState.CORRECTION}


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows a request."""

    chat_id: int
    message_id: int
    request: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """What somebody is to write next in a chat, such as the reason for a decision.

    `details` are JSON, and have nothing that stands beside them.
    """

    person_id: int
    chat_id: int
    what: str
    about: int
    details: str | None
    since: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that leads into a Center: a personal one works once, a shared one until it ends.

    `delegate` is whose record a personal one is for or, if it `replaces`, whose place it gives.
    """

    id: int
    center: int
    kind: str
    label: str | None
    delegate: int | None
    replaces: bool
    made_by: int
    made_at: int
    expires_at: int
    uses: int
    used_by: int | None
    used_at: int | None
    revoked_by: int | None
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The role of a Center's focal point, offered to a delegate of that Center.

    `from_person` is None where there is no focal point; `becomes_deputy` is what becomes of that person otherwise.
    """

    id: int
    center: int
    from_person: int | None
    to_person: int
    becomes_deputy: bool
    state: str
    offered_by: int | None
    offered_at: int
    expires_at: int
    ended_at: int | None
