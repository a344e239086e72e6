"""Who takes part in a conference: what delegates and guests answer, and change.

Until the last day for it, they register, change and withdraw as they like; after it, the Secretariat decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conferences import moments, waiting
from bot.conferences.opening import found
from bot.conferences.participation_form import days_fit
from bot.conferences.waiting import News
from bot.members.roles import Rights
from bot.members.standing import Standing, standing
from storage import audit, delegates, participations
from storage.outbox import Post
from storage.records.conferences import Conference
from storage.records.members import CenterState, Delegate
from storage.records.participations import Attendance, Participation, ParticipationDetails, ParticipationState
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


class StaleAnswerError(ParticipationError):
    """The answer has changed since it was seen, or the offer is over."""


class SameAnswerError(ParticipationError):
    """They take part just so already."""


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


def is_in_time(conference: Conference, now: int) -> bool:
    """Whether the last day to register is not past."""
    details = conference.details
    return details.register_by is None or now < moments.end_of_day_us(details.register_by, details.time_zone)


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


async def answer(
    tx: Transaction,
    rights: Rights,
    conference_id: int,
    details: ParticipationDetails,
    *,
    edition: int,
    by: int,
    now: int,
    post: Post,
) -> Mine:
    """Answer, change the answer, or withdraw it; after the last day for it, the Secretariat is asked to change it.

    `edition` is that of the answer which they have seen. Whoever finds no place in person waits for one.

    Raises:
        NoSuchConferenceError, ConferenceOffError, NotEntitledError.
        TooLateError: they are not registered, and it is too late for that.
        SameAnswerError: they take part just so. Who does not come, and says so again, has said nothing new.
        StaleAnswerError: the answer is another by now.
    """
    seen = await current(tx, conference_id, by, now=now, post=post)
    before = seen.participation
    if seen.edition != edition:
        raise StaleAnswerError
    is_in = before is not None and before.is_in
    if before is not None and before.details == details:
        if is_in:
            raise SameAnswerError
        if details.attendance is None:
            return seen
    if not seen.is_in_time and not is_in and details.attendance is not None:
        raise TooLateError(seen.conference)
    if not seen.is_in_time and before is not None and is_in:
        await _ask(tx, rights, before, details, by=by, now=now, post=post)
    else:
        await _keep(tx, conference_id, seen.delegate.id, details, edition=edition, by=by, now=now)
        await waiting.offer_places(tx, conference_id, now, post)
    return await mine(tx, conference_id, by, now)


async def take_offer(
    tx: Transaction, conference_id: int, edition: int, *, accepts: bool, by: int, now: int, post: Post
) -> Mine:
    """Accept the place that is kept for somebody, or leave it to the next who waits.

    Raises:
        NoSuchConferenceError, ConferenceOffError, NotEntitledError.
        StaleAnswerError: it is not offered (any more).
    """
    found = (await current(tx, conference_id, by, now=now, post=post)).participation
    if found is None or not await participations.take_offer(tx, found, edition, accepts=accepts, now=now):
        raise StaleAnswerError
    after = {"accepted": accepts}
    await audit.add(tx, by, "participation.answer", f"delegate:{found.delegate}", now=now, after=after)
    await waiting.offer_places(tx, conference_id, now, post)
    return await mine(tx, conference_id, by, now)


async def decide(
    tx: Transaction,
    rights: Rights,
    participation_id: int,
    asked_at: int,
    *,
    approves: bool,
    by: int,
    now: int,
    post: Post,
) -> Participation:
    """Do what somebody has asked for after the last day, or not; the first decision counts.

    `asked_at` is when they asked: whatever else has become of their answer since, it is this that is decided.

    Raises:
        NotAllowedError: it is the Secretariat's to decide.
        StaleAnswerError: it was decided or taken back, or something else is asked for by now.
        ConferenceOffError: there is nothing to change any more.
    """
    await rights.need_staff(tx, by)
    found = await participations.by_id(tx, participation_id)
    if found is None or found.delegate is None or found.asked is None or found.asked_at != asked_at:
        raise StaleAnswerError
    await need_conference(tx, found.conference, now)
    if approves:
        await _keep(
            tx, found.conference, found.delegate, found.asked,
            edition=found.edition, by=by, now=now, act="approved",
        )  # fmt: skip
        await waiting.offer_places(tx, found.conference, now, post)
    else:
        if not await participations.refuse(tx, found, now):
            raise StaleAnswerError
        await audit.add(tx, by, "participation.declined", f"delegate:{found.delegate}", now=now)
    after = await participations.by_id(tx, participation_id)
    if after is None:
        raise StaleAnswerError
    await waiting.tell(tx, after, News.APPROVED if approves else News.REFUSED, post)
    return after


async def take_back(tx: Transaction, conference_id: int, edition: int, *, by: int, now: int) -> Mine:
    """Ask the Secretariat for nothing any more.

    Raises:
        NoSuchConferenceError, ConferenceOffError, NotEntitledError.
        StaleAnswerError: nothing is asked for (any more).
    """
    found = (await mine(tx, conference_id, by, now)).participation
    if found is None or found.edition != edition or not await participations.refuse(tx, found, now):
        raise StaleAnswerError
    await audit.add(tx, by, "participation.take_back", f"delegate:{found.delegate}", now=now)
    return await mine(tx, conference_id, by, now)


async def asked_of(session: Session, rights: Rights, participation_id: int, *, by: int) -> Participation | None:
    """What somebody asks the Secretariat for. Raises NotAllowedError."""
    await rights.need_staff(session, by)
    return await participations.by_id(session, participation_id)


async def _ask(
    tx: Transaction,
    rights: Rights,
    before: Participation,
    details: ParticipationDetails,
    *,
    by: int,
    now: int,
    post: Post,
) -> None:
    if not await participations.ask(tx, before, details, now):
        raise StaleAnswerError
    await audit.add(tx, by, "participation.ask", f"delegate:{before.delegate}", now=now)
    await waiting.put(tx, rights, replace(before, asked_at=now), post)


async def _keep(
    tx: Transaction,
    conference_id: int,
    delegate_id: int,
    details: ParticipationDetails,
    *,
    edition: int,
    by: int,
    now: int,
    act: str = "answer",
) -> None:
    kept = await participations.answer(tx, conference_id, delegate_id, details, edition=edition, now=now)
    if kept is None:
        raise StaleAnswerError
    after = {"conference": conference_id, "state": kept.state, "attendance": kept.details.attendance}
    await audit.add(tx, by, f"participation.{act}", f"delegate:{delegate_id}", now=now, after=after)


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
