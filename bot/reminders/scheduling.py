"""The Secretariat's view of the ladder, and what it changes there. Every change is in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.members.roles import Rights
from bot.reminders import queueing
from bot.reminders.ladder import ladder_of
from bot.reminders.occasions import Occasion, occasions
from bot.reminders.timing import due_at
from storage import audit, conferences, reminders
from storage.records.conferences import AgendaSession, Conference
from storage.records.durations import DAY_MINUTES
from storage.records.reminders import Anchor, Group, NewRung, ReminderState, Rung
from storage.session import Session, Transaction

NEXT_AT_MOST = 10
DAYS_AT_MOST = 365
STEP_MINUTES = 5
WORDS_AT_MOST = 1_000
RUNGS_AT_MOST = 40
_OF_NOBODY = Group(None, 0, 0, 0)


class NoSuchRungError(Exception):
    """There is no such rung, or no such conference."""


class StaleRungError(Exception):
    """It was changed since it was shown."""


class TooManyRungsError(Exception):
    """The ladder has as many rungs as it can have."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next, and to how many as things stand. `session`: before which it is."""

    rung: Rung
    at: int
    people: int
    session: AgendaSession | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The ladder of a conference: what comes, and what went out by rung."""

    conference: Conference
    rungs: tuple[Rung, ...]
    coming: tuple[Coming, ...]
    ended: Mapping[int, Mapping[ReminderState, int]]


@dataclass(frozen=True, slots=True)
class RungSeen:
    """A rung, its conference, on which day it comes, and the Secretariat's own words for it, by language."""

    conference: Conference
    rung: Rung
    days: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RungShown:
    """A rung with all that is counted of it; `at` is when it comes next, `can_send` whether it can be sent now."""

    seen: RungSeen
    people: int
    at: int | None
    can_send: bool
    ended: Mapping[ReminderState, int]


async def schedule(session: Session, rights: Rights, conference_id: int, *, by: int, now: int) -> Schedule:
    """The ladder of a conference; it counts everybody. Raises NotAllowedError, NoSuchRungError."""
    await rights.need_staff(session, by)
    conference = await _conference(session, conference_id)
    rungs = await reminders.ladder(session, conference_id)
    coming = await _coming(session, conference, [rung for rung in rungs if not rung.is_held], now)
    return Schedule(conference, tuple(rungs), tuple(coming), await reminders.outcomes(session, conference_id))


async def need(tx: Transaction, rights: Rights, conference_id: int, *, by: int) -> None:
    """That a conference has its ladder, for `schedule`. Raises NotAllowedError, NoSuchRungError."""
    await rights.need_staff(tx, by)
    await _conference(tx, conference_id)
    await ladder_of(tx, conference_id)


async def need_rung(session: Session, rights: Rights, rung_id: int, *, by: int) -> Rung:
    """A rung as it is now. Raises NotAllowedError, NoSuchRungError."""
    await rights.need_staff(session, by)
    return await _rung(session, rung_id)


async def seen(session: Session, rights: Rights, rung_id: int, *, by: int, now: int) -> RungSeen:
    """A rung, of which nothing is counted. Raises NotAllowedError, NoSuchRungError."""
    rung = await need_rung(session, rights, rung_id, by=by)
    conference = await _conference(session, rung.conference)
    return await _seen(session, conference, rung, await occasions(session, conference, [rung], begins_from=now))


async def shown(session: Session, rights: Rights, rung_id: int, *, by: int, now: int) -> RungShown:
    """A rung; it counts everybody. Raises NotAllowedError, NoSuchRungError."""
    rung = await need_rung(session, rights, rung_id, by=by)
    conference = await _conference(session, rung.conference)
    found = await occasions(session, conference, [rung], begins_from=now)
    coming = sorted(at for one in found if (at := due_at(one, _OF_NOBODY)) > now)
    ended = await reminders.outcomes(session, conference.id)
    return RungShown(
        await _seen(session, conference, rung, found),
        await reminders.how_many(session, rung),
        coming[0] if coming else None,
        any(one.is_true(now) for one in found),
        ended.get(rung.id, {}),
    )


async def _seen(session: Session, conference: Conference, rung: Rung, found: Sequence[Occasion]) -> RungSeen:
    days = found[0].days if found else rung.days
    return RungSeen(conference, rung, days, await reminders.words(session, rung.id))


async def hold(tx: Transaction, rights: Rights, rung_id: int, edition: int, *, by: int, now: int) -> None:
    """Hold a rung, or release it. What passes meanwhile, or waits for a morning, is not sent. Raises like `change`."""
    rung = await need_rung(tx, rights, rung_id, by=by)
    await _change(tx, replace(rung, is_held=not rung.is_held, edition=edition))
    if not rung.is_held:
        await reminders.drop_waiting(tx, rung_id, now)
    act = "reminder.release" if rung.is_held else "reminder.hold"
    await audit.add(tx, by, act, f"rung:{rung_id}", now=now)


async def change(
    tx: Transaction, rights: Rights, rung_id: int, edition: int, *, days: int = 0, minutes: int = 0, by: int, now: int
) -> None:
    """Move a rung by so many days and minutes, as far as that makes sense.

    Raises:
        NotAllowedError: only the Secretariat does that.
        NoSuchRungError: there is none.
        StaleRungError: it was changed since it was shown.
    """
    rung = await need_rung(tx, rights, rung_id, by=by)
    moved = _moved(rung, days, minutes)
    await _change(tx, replace(moved, edition=edition))
    before, after = ({"days": one.days, "minutes": one.minutes} for one in (rung, moved))
    await audit.add(tx, by, "reminder.change", f"rung:{rung_id}", now=now, before=before, after=after)


async def add(tx: Transaction, rights: Rights, conference_id: int, new: NewRung, *, by: int, now: int) -> int:
    """Add a rung to a ladder; its id. It is held, so that nothing goes out before it is as it is meant to be.

    Raises NotAllowedError, NoSuchRungError, TooManyRungsError.
    """
    await rights.need_staff(tx, by)
    await _conference(tx, conference_id)
    if len(await ladder_of(tx, conference_id)) >= RUNGS_AT_MOST:
        raise TooManyRungsError
    rung_id = await reminders.add_rung(tx, conference_id, new, is_held=True)
    await audit.add(tx, by, "reminder.add", f"rung:{rung_id}", now=now, after={"of": new.anchor, "to": new.audience})
    return rung_id


async def remove(tx: Transaction, rights: Rights, rung_id: int, edition: int, *, by: int, now: int) -> int:
    """Remove a rung, all but the notice of the AGM, which people have a right to; of which conference it was.

    What went out stays known. Raises as `change` does.
    """
    rung = await need_rung(tx, rights, rung_id, by=by)
    if not await reminders.remove_rung(tx, rung_id, edition):
        raise StaleRungError
    await reminders.drop_waiting(tx, rung_id, now)
    before = {"of": rung.anchor, "to": rung.audience, "days": rung.days, "minutes": rung.minutes}
    await audit.add(tx, by, "reminder.remove", f"rung:{rung_id}", now=now, before=before)
    return rung.conference


async def send_now(tx: Transaction, rights: Rights, rung_id: int, *, by: int, now: int) -> int:
    """Send a rung now to all whom it means and who have not had it; to how many. Raises as `shown` does."""
    rung = await need_rung(tx, rights, rung_id, by=by)
    sent = await queueing.send_now(tx, rung, now)
    await audit.add(tx, by, "reminder.send", f"rung:{rung_id}", now=now, after={"people": sent})
    return sent


async def set_words(
    tx: Transaction, rights: Rights, rung_id: int, language: str, text: str | None, *, by: int, now: int
) -> None:
    """Give a rung words of one's own in a language, or take them away. Raises as `shown` does."""
    await need_rung(tx, rights, rung_id, by=by)
    await reminders.set_words(tx, rung_id, language, text)
    await audit.add(tx, by, "reminder.words", f"rung:{rung_id}", now=now, after={"language": language})


async def _coming(session: Session, conference: Conference, rungs: list[Rung], now: int) -> list[Coming]:
    found = await occasions(session, conference, rungs, begins_from=now)
    ahead = sorted(((at, one) for one in found if (at := due_at(one, _OF_NOBODY)) > now), key=lambda pair: pair[0])
    return [
        Coming(one.rung, at, await _how_many(session, one.rung, one.session), one.session)
        for at, one in ahead[:NEXT_AT_MOST]
    ]


async def _how_many(session: Session, rung: Rung, planned: AgendaSession | None) -> int:
    return await reminders.how_many(session, rung, session_id=planned.id if planned else 0)


async def _rung(session: Session, rung_id: int) -> Rung:
    rung = await reminders.rung(session, rung_id)
    if rung is None:
        raise NoSuchRungError
    return rung


async def _conference(session: Session, conference_id: int) -> Conference:
    conference = await conferences.by_id(session, conference_id)
    if conference is None:
        raise NoSuchRungError
    return conference


async def _change(tx: Transaction, rung: Rung) -> None:
    if not await reminders.change_rung(tx, rung):
        raise StaleRungError


def _moved(rung: Rung, days: int, minutes: int) -> Rung:
    if rung.is_formal:  # the AGM says how many days before
        return replace(rung, minutes=min(max(rung.minutes + minutes, 0), DAY_MINUTES - STEP_MINUTES))
    if not rung.days:
        return replace(rung, minutes=min(max(rung.minutes + minutes, STEP_MINUTES), DAY_MINUTES))
    is_after = rung.anchor == Anchor.FEEDBACK
    at_most, sign = (queueing.FEEDBACK_AT_MOST_DAYS, 1) if is_after else (DAYS_AT_MOST, -1)
    wanted = min(max(rung.days + days, 1), at_most)
    # An hour later may be on the next day.
    day, minute = divmod(sign * wanted * DAY_MINUTES + rung.minutes + minutes, DAY_MINUTES)
    if not 1 <= sign * day <= at_most:
        return rung
    return replace(rung, days=sign * day, minutes=minute)
