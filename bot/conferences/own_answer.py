"""How it stands with somebody's own answer to a conference: what it is, and until when it can be given or changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.conferences import moments, waiting
from bot.conferences.opening import found
from bot.conferences.participation_form import days_fit
from bot.members.standing import Standing, standing
from storage import delegates, participations
from storage.outbox import Post
from storage.records.conferences import Conference
from storage.records.members import CenterState, Delegate
from storage.records.participations import Attendance, Participation, ParticipationState
from storage.session import Session, Transaction


class ParticipationError(Exception):
    """Somebody cannot answer, or not so."""


class ConferenceOffError(ParticipationError):
    """It was cancelled, or is over. `keeps_answer`: who asks has said that they come, should it be held after all."""

    def __init__(self, conference: Conference, *, keeps_answer: bool = False) -> None:
        super().__init__(conference.id)
        self.conference = conference
        self.keeps_answer = keeps_answer


class NotEntitledError(ParticipationError):
    """They are neither an active delegate of an approved Center nor a guest; `standing` is what they are."""

    def __init__(self, own: Standing) -> None:
        super().__init__()
        self.standing = own


class TooLateError(ParticipationError):
    """The last day to register is past."""

    def __init__(self, conference: Conference) -> None:
        super().__init__(conference.id)
        self.conference = conference


@dataclass(frozen=True, slots=True)
class Mine:
    """A conference and what somebody has answered to it.

    `queue_place` is 0 unless they wait; `is_in_time`: what they change applies at once; `leads`: the Centers of theirs.
    """

    conference: Conference
    delegate: Delegate
    participation: Participation | None
    queue_place: int
    is_in_time: bool
    leads: tuple[int, ...]

    @property
    def edition(self) -> int:
        return participations.NEW if self.participation is None else self.participation.edition

    @property
    def may_take_part(self) -> bool:
        """Whether they can say that they come, or how: who has no place does not register after the last day."""
        return self.is_in_time or (self.participation is not None and self.participation.is_in)

    @property
    def is_in_person(self) -> bool:
        """Whether they have a place, or wait for one."""
        found = self.participation
        return found is not None and found.is_in and found.details.attendance == Attendance.IN_PERSON

    @property
    def days_fit(self) -> bool:
        """Whether the days of their stay go with the conference's, which may have moved since."""
        return self.participation is None or days_fit(self.participation.details, self.conference)


async def need_conference(session: Session, conference_id: int, now: int) -> Conference:
    """The conference, if it is to come or under way. Raises NoSuchConferenceError, ConferenceOffError."""
    conference = await found(session, conference_id)
    if not conference.is_on or moments.is_over(conference, now):
        raise ConferenceOffError(conference)
    return conference


def last_day(conference: Conference) -> date:
    """The last day to register: the one that is set for it, or else the conference's own last day."""
    return conference.details.register_by or conference.details.ends_on


def is_in_time(conference: Conference, now: int) -> bool:
    """Whether the last day to register is not past, where the conference takes place."""
    return now < moments.end_of_day_us(last_day(conference), conference.details.time_zone)


def need_time(shown: Mine) -> None:
    """Raises TooLateError: they have no place, and nobody registers any more."""
    if not shown.may_take_part:
        raise TooLateError(shown.conference)


async def mine(session: Session, conference_id: int, person_id: int, now: int) -> Mine:
    """What somebody has answered. Raises NoSuchConferenceError, ConferenceOffError, NotEntitledError."""
    try:
        conference = await need_conference(session, conference_id, now)
    except ConferenceOffError as why:
        raise ConferenceOffError(why.conference, keeps_answer=await _lasts(session, conference_id, person_id)) from why
    own = await standing(session, person_id)
    delegate = _entitled(own)
    found = await participations.of_delegate(session, conference_id, delegate.id)
    place = 0 if found is None else await participations.place_in_queue(session, found.id)
    leads = tuple(led.center.id for led in own.led if led.center.state == CenterState.APPROVED)
    return Mine(conference, delegate, found, place, is_in_time(conference, now), leads)


async def current(tx: Transaction, conference_id: int, person_id: int, *, now: int, post: Post) -> Mine:
    """As `mine`; an offer whose time is over ends first, though nobody has looked for such offers since."""
    shown = await mine(tx, conference_id, person_id, now)
    found = shown.participation
    if found is None or found.state != ParticipationState.OFFERED or (found.offer_ends_at or 0) > now:
        return shown
    await waiting.settle(tx, conference_id, now, post)
    return await mine(tx, conference_id, person_id, now)


async def would_wait(session: Session, shown: Mine) -> bool:
    """Whether they would wait for a place if they answered now that they come in person."""
    return not shown.is_in_person and await waiting.is_full(session, shown.conference)


async def _lasts(session: Session, conference_id: int, person_id: int) -> bool:
    record = await delegates.of_person(session, person_id)
    found = None if record is None else await participations.of_delegate(session, conference_id, record.id)
    return found is not None and found.lasts


def _entitled(own: Standing) -> Delegate:
    """The record of who may answer. Raises NotEntitledError."""
    delegate = own.delegate
    if delegate is None or not own.is_active:
        raise NotEntitledError(own)
    if not delegate.is_guest and (own.center is None or own.center.state != CenterState.APPROVED):
        raise NotEntitledError(own)
    return delegate
