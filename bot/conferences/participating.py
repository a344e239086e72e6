"""Who takes part in a conference: what delegates and guests answer, and change.

Until the last day for it, they register, change and withdraw as they like; after it, the Secretariat decides.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conferences import waiting
from bot.conferences.own_answer import Mine, ParticipationError, current, mine, need_conference, need_time
from bot.conferences.waiting import News
from bot.members.roles import Rights
from storage import audit, participations
from storage.outbox import Post
from storage.records.participations import Participation, ParticipationDetails
from storage.session import Session, Transaction


class StaleAnswerError(ParticipationError):
    """The answer has changed since it was seen, or the offer is over."""


class SameAnswerError(ParticipationError):
    """They take part just so already."""


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
    if details.attendance is not None:
        need_time(seen)
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
