"""What those who lead a Center see of its answers to a conference, and do: remind, or say that nobody comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conferences import own_answer, waiting
from bot.conferences.waiting import MISSING, News
from bot.members import leading
from bot.members.roles import Rights
from storage import audit, participations, turnouts
from storage.outbox import Post
from storage.records import MessageClass, NewMessage, Rendered
from storage.records.conferences import Conference
from storage.records.durations import DAY_US
from storage.records.members import Center
from storage.records.participations import DelegateAnswer, ParticipationState
from storage.session import Session, Transaction

TAKE_PART = (ParticipationState.REGISTERED, ParticipationState.WAITING, ParticipationState.OFFERED)


class RemindedAlreadyError(Exception):
    """They were reminded less than a day ago."""


class SaidAlreadyError(Exception):
    """The Center has said just that."""


class DeadlineError(Exception):
    """What its delegates have answered is changed with the Secretariat now."""


@dataclass(frozen=True, slots=True)
class CenterAnswers:
    """A Center's answers to a conference; `counts` by what was answered, None: nothing yet."""

    conference: Conference
    center: Center
    counts: Mapping[ParticipationState | None, int]
    is_absent: bool
    can_withdraw: bool

    @property
    def total(self) -> int:
        """How many delegates the Center has."""
        return sum(self.counts.values())

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.counts.get(None, 0)

    @property
    def lapsed(self) -> int:
        """How many have not taken in time a place that was kept for them."""
        return self.counts.get(ParticipationState.LAPSED, 0)

    @property
    def taking_part(self) -> int:
        """How many take part, or wait for a place."""
        return sum(self.counts.get(state, 0) for state in TAKE_PART)


async def of_center(
    session: Session, rights: Rights, conference_id: int, center_id: int, *, by: int, now: int
) -> CenterAnswers:
    """How a Center has answered. Raises as `leading.need_active` and `own_answer.need_conference` do."""
    center, part = await leading.need_active(session, rights, by, center_id)
    conference = await own_answer.need_conference(session, conference_id, now)
    return CenterAnswers(
        conference,
        center,
        await turnouts.counts_of_center(session, conference_id, center_id),
        await turnouts.is_absent(session, conference_id, center_id),
        part.is_staff or own_answer.is_in_time(conference, now),
    )


async def people_of(session: Session, shown: CenterAnswers, *, at_most: int, skipped: int) -> list[DelegateAnswer]:
    """A page of its delegates with what they have answered; those who have not, first."""
    return await turnouts.of_center(session, shown.conference.id, shown.center.id, at_most=at_most, skipped=skipped)


async def remind(
    tx: Transaction, rights: Rights, conference_id: int, center_id: int, *, by: int, now: int, post: Post
) -> int:
    """Remind those of a Center who have not answered; how many can be reached.

    Raises what `of_center` raises, RemindedAlreadyError, and SaidAlreadyError where the Center does not come.
    """
    seen = await of_center(tx, rights, conference_id, center_id, by=by, now=now)
    if seen.is_absent:
        raise SaidAlreadyError
    people = await turnouts.unanswered_of_center(tx, conference_id, center_id, but=by)
    if not people:
        return 0
    if not await turnouts.chase(tx, conference_id, center_id, not_since=now - DAY_US, now=now):
        raise RemindedAlreadyError
    for person_id in people:
        missing = Rendered(MISSING, {"conference": conference_id})
        post(NewMessage(person_id, missing, message_class=MessageClass.REMINDER))
    after = {"conference": conference_id, "people": len(people)}
    await audit.add(tx, by, "participation.remind", f"center:{center_id}", now=now, after=after)
    return len(people)


async def say_absent(
    tx: Transaction,
    rights: Rights,
    conference_id: int,
    center_id: int,
    *,
    withdraws: bool,
    by: int,
    now: int,
    post: Post,
) -> CenterAnswers:
    """Say that a Center does not come; nobody of it is asked any more. `withdraws`: whoever has registered, too.

    Raises what `of_center` raises, and:
        SaidAlreadyError: it has said so.
        DeadlineError: it is too late to withdraw anybody but with the Secretariat.
    """
    seen = await of_center(tx, rights, conference_id, center_id, by=by, now=now)
    if withdraws and not seen.can_withdraw:
        raise DeadlineError
    if not await turnouts.say_absent(tx, conference_id, center_id, by=by, now=now):
        raise SaidAlreadyError
    await audit.add(tx, by, "center.absent", f"center:{center_id}", now=now, after={"conference": conference_id})
    if withdraws:
        for one in await participations.withdraw_center(tx, conference_id, center_id, now):
            await audit.add(tx, by, "participation.withdraw", f"delegate:{one.delegate}", now=now)
            await waiting.tell(tx, one, News.WITHDRAWN, post)
        await waiting.offer_places(tx, conference_id, now, post)
    return await of_center(tx, rights, conference_id, center_id, by=by, now=now)


async def take_back(
    tx: Transaction, rights: Rights, conference_id: int, center_id: int, *, by: int, now: int
) -> CenterAnswers:
    """Say that a Center comes after all. Raises what `of_center` raises, and SaidAlreadyError."""
    await of_center(tx, rights, conference_id, center_id, by=by, now=now)
    if not await turnouts.take_back_absence(tx, conference_id, center_id):
        raise SaidAlreadyError
    await audit.add(tx, by, "center.present", f"center:{center_id}", now=now, after={"conference": conference_id})
    return await of_center(tx, rights, conference_id, center_id, by=by, now=now)
