"""What people answer to a conference, as values.

Days and moments as in `storage.records.conferences`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records.conferences import Segment


class ParticipationState(StrEnum):
    """What somebody has answered, and what came of it.

    `OFFERED`: a place is kept for a while for who waited; `LAPSED`: they have not taken it in time, and are out.
    """

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class Attendance(StrEnum):
    """How somebody takes part."""

    IN_PERSON = "in_person"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class ParticipationDetails:
    """What somebody says of their coming; without an attendance, that they do not come.

    The days are those of the conference's time zone.
    """

    attendance: Attendance | None = None
    arrives_on: date | None = None
    departs_on: date | None = None
    diet: str | None = None
    accessibility: str | None = None
    visa_letter: bool = False
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """What a delegate has answered to a conference. `delegate` is None where they had their data erased.

    `asked` is what they ask the Secretariat to change it to; without an attendance, to withdraw it. `was_online`: while
    they wait for a place in person; they take part online if they get none.
    """

    id: int
    conference: int
    delegate: int | None
    state: ParticipationState
    details: ParticipationDetails
    answered_at: int
    queued_at: int | None
    offer_ends_at: int | None
    asked: ParticipationDetails | None
    asked_at: int | None
    changed_at: int
    edition: int
    was_online: bool

    @property
    def is_in(self) -> bool:
        """Whether they take part, or wait for a place."""
        return self.state in {
            ParticipationState.REGISTERED,
            ParticipationState.WAITING,
            ParticipationState.OFFERED,
        }

    @property
    def lasts(self) -> bool:
        """Whether they stay in without doing anything: an offer may lapse."""
        return self.is_in and self.state != ParticipationState.OFFERED


@dataclass(frozen=True, slots=True)
class DelegateAnswer:
    """A delegate of a Center, and what they have answered; a state of None: nothing yet."""

    delegate: int
    person_id: int | None
    name: str
    state: ParticipationState | None
    attendance: Attendance | None
