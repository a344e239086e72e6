"""The ladder of reminders, what is due, and what became of it. What is due is queued for everybody by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from sqlite3 import Row

from storage.records.conferences import AgendaSession, Planned, Segment
from storage.records.durations import HOUR_US
from storage.records.participations import Attendance, ParticipationState
from storage.records.reminders import (
    Anchor,
    Audience,
    CenterOfTheirs,
    FeedbackAsked,
    Group,
    Moment,
    NewRung,
    Reminder,
    ReminderState,
    Rung,
    Standing,
    Wishes,
)
from storage.session import Session, Transaction

RENDERER = "reminder"
SENT = "reminder_sent"
FAILED = "reminder_failed"
OWED_AGAIN_AFTER_US = HOUR_US
"""So long after a formal notice could not be delivered, it goes again to whoever can be written to."""


async def looked_until(session: Session) -> int | None:
    """Until when what is due was queued; None before the first time."""
    found = await session.value(session.sql.reminders.looked_until)
    return None if found is None else int(found)


async def look_until(tx: Transaction, until: int, *, again: bool = False) -> None:
    """What was due until then is queued. `again`: that was said of a later time, by a clock that was ahead."""
    await tx.run(tx.sql.reminders.look_until, until=str(until), again=int(again))


async def ladder(session: Session, conference_id: int) -> list[Rung]:
    """The rungs of a conference."""
    return [_rung(row) for row in await session.all(session.sql.reminders.rungs, conference=conference_id)]


async def rung(session: Session, rung_id: int) -> Rung | None:
    """A rung."""
    row = await session.one(session.sql.reminders.rung, id=rung_id)
    return None if row is None else _rung(row)


async def has_had_rungs(session: Session, conference_id: int) -> bool:
    """Whether a conference has a ladder, or had one of which everything was removed."""
    count: int = await session.value(session.sql.reminders.rungs_ever, conference=conference_id)
    return count > 0


async def add_rung(tx: Transaction, conference_id: int, one: NewRung, *, is_held: bool = False) -> int:
    """Add a rung to the ladder of a conference; its id."""
    rung_id: int = await tx.value(
        tx.sql.reminders.add_rung,
        conference=conference_id, anchor=one.anchor, days=one.days, minutes=one.minutes, audience=one.audience,
        is_formal=int(one.is_formal), state=_state(is_held=is_held),
    )  # fmt: skip
    return rung_id


async def change_rung(tx: Transaction, changed: Rung) -> bool:
    """Change when a rung is, or hold or release it; False if it was changed since `changed.edition`."""
    touched = await tx.run(
        tx.sql.reminders.change_rung,
        id=changed.id, days=changed.days, minutes=changed.minutes, state=_state(is_held=changed.is_held),
        edition=changed.edition,
    )  # fmt: skip
    return touched == 1


async def remove_rung(tx: Transaction, rung_id: int, edition: int) -> bool:
    """Remove a rung that is not formal; False if it was changed since this edition."""
    return await tx.run(tx.sql.reminders.remove_rung, id=rung_id, edition=edition) == 1


async def words(session: Session, rung_id: int) -> Mapping[str, str]:
    """The Secretariat's own words for a rung, by language."""
    rows = await session.all(session.sql.reminders.words, rung=rung_id)
    return {row["language"]: row["words"] for row in rows}


async def set_words(tx: Transaction, rung_id: int, language: str, text: str | None) -> None:
    """Write words of one's own, or remove them with None."""
    if text is None:
        await tx.run(tx.sql.reminders.remove_words, rung=rung_id, language=language)
    else:
        await tx.run(tx.sql.reminders.set_words, rung=rung_id, language=language, words=text)


async def sessions(session: Session, conference_id: int, *, starting_from: int, until: int) -> list[AgendaSession]:
    """The sessions that begin between two moments, and were not cancelled."""
    rows = await session.all(
        session.sql.reminders.sessions, conference=conference_id, starting_from=starting_from, starting_until=until
    )
    return [_session(row) for row in rows]


async def session_of(session: Session, session_id: int) -> AgendaSession | None:
    """A session of an agenda."""
    row = await session.one(session.sql.reminders.session, id=session_id)
    return None if row is None else _session(row)


async def groups(session: Session) -> list[Group]:
    """Everybody, by time zone, night and how early they want to know."""
    return [_group(row) for row in await session.all(session.sql.reminders.groups)]


async def group_of(session: Session, person_id: int) -> Group | None:
    """The group that somebody belongs to."""
    row = await session.one(session.sql.reminders.group_of, person_id=person_id)
    return None if row is None else _group(row)


async def queue(
    tx: Transaction,
    moments: Iterable[Moment],
    meant: Iterable[tuple[int, Audience]],
    *,
    looked_until: int,
    now: int,
    person_id: int = 0,
) -> int:
    """Keep what is due at these moments, each once, until `post` sends it; how many are to be sent.

    `meant` are the conferences and audiences of the moments' rungs. With a person, nobody else's is queued.
    """
    queries, to_whom = tx.sql.reminders, list(meant)
    for day, of_day in groupby(sorted(moments, key=attrgetter("day")), key=attrgetter("day")):
        await tx.run_many(queries.add_moment, (_columns(moment) for moment in of_day))
        for conference_id, audience in to_whom:
            await tx.run(
                queries.queue,
                conference=conference_id, audience=audience, person_id=person_id, day=day.isoformat(),
                looked_until=looked_until, failed_before=now - OWED_AGAIN_AFTER_US, now=now,
            )  # fmt: skip
        await tx.run(queries.forget_moments)
    added: int = await tx.value(queries.added, now=now, person_id=person_id)
    return added


async def post(tx: Transaction, now: int) -> int:
    """Put what is to be sent by now into the outbox; how much that is."""
    queries = tx.sql.reminders
    posted = await tx.run(queries.post, renderer=RENDERER, follow_up=SENT, on_failure=FAILED, now=now)
    await tx.run(queries.posted, now=now)
    return posted


async def drop_waiting(tx: Transaction, rung_id: int, now: int) -> None:
    """What waits of a rung for somebody's morning is not sent."""
    await tx.run(tx.sql.reminders.drop_waiting, rung=rung_id, now=now)


async def find(session: Session, reminder_id: int) -> Reminder | None:
    """A reminder."""
    row = await session.one(session.sql.reminders.reminder, id=reminder_id)
    if row is None:
        return None
    return Reminder(row["id"], row["rung"], row["event"], row["person_id"], ReminderState(row["state"]), row["due_at"])


async def end(tx: Transaction, reminder_id: int, state: ReminderState, now: int) -> bool:
    """Record what became of a reminder; False if that is known already."""
    return await tx.run(tx.sql.reminders.end, id=reminder_id, state=state, now=now) == 1


async def concerns(session: Session, rung_of_it: Rung, person_id: int, *, session_id: int = 0) -> bool:
    """Whether a rung means somebody, as things stand; also whether they want it."""
    found: int = await session.value(
        session.sql.reminders.concerns,
        rung=rung_of_it.id, audience=rung_of_it.audience, conference=rung_of_it.conference, person_id=person_id,
        session=session_id,
    )  # fmt: skip
    return found > 0


async def how_many(session: Session, rung_of_it: Rung, *, session_id: int = 0) -> int:
    """How many people a rung means now; for one before a session, without one, those who have starred any."""
    found: int = await session.value(
        session.sql.reminders.how_many,
        rung=rung_of_it.id, audience=rung_of_it.audience, conference=rung_of_it.conference, session=session_id,
    )  # fmt: skip
    return found


async def outcomes(session: Session, conference_id: int) -> Mapping[int, Mapping[ReminderState, int]]:
    """How many reminders of each rung ended how."""
    found: dict[int, dict[ReminderState, int]] = {}
    for row in await session.all(session.sql.reminders.outcomes, conference=conference_id):
        found.setdefault(row["rung"], {})[ReminderState(row["state"])] = row["how_many"]
    return found


async def standing(session: Session, person_id: int, conference_id: int) -> Standing | None:
    """How somebody stands to a conference; None if nobody knows them."""
    row = await session.one(
        session.sql.reminders.standing, person_id=person_id, conference=conference_id, subject=str(conference_id)
    )
    if row is None:
        return None
    led = await session.all(session.sql.reminders.led_unanswered, person_id=person_id, conference=conference_id)
    return Standing(
        time_zone=row["time_zone"] or None,
        is_delegate=row["delegate"] is not None,
        answer=None if row["state"] is None else ParticipationState(row["state"]),
        attendance=None if row["attendance"] is None else Attendance(row["attendance"]),
        wants_visa_letter=bool(row["visa_letter"]),
        is_absent=bool(row["is_absent"]),
        has_draft=bool(row["has_draft"]),
        unanswered=tuple(CenterOfTheirs(center["id"], center["name"]) for center in led),
    )


async def wishes(session: Session, person_id: int) -> Wishes:
    """What somebody wants of reminders."""
    row = await session.one(session.sql.reminders.wishes, person_id=person_id)
    if row is None:
        return Wishes()
    muted = frozenset(Anchor(name) for name in row["muted"].split())
    return Wishes(muted, row["earlier_days"], row["night_from"], row["night_to"])


async def set_wishes(tx: Transaction, person_id: int, wanted: Wishes) -> None:
    """Keep what somebody wants of reminders."""
    await tx.run(
        tx.sql.reminders.set_wishes,
        person_id=person_id, muted=" ".join(sorted(wanted.muted)), earlier_days=wanted.earlier_days,
        night_from=wanted.night_from, night_to=wanted.night_to,
    )  # fmt: skip


async def feedback_asked(session: Session, person_id: int, *, since: int) -> FeedbackAsked | None:
    """Of which conference somebody was last asked what was good, and when; None if not since then."""
    row = await session.one(session.sql.reminders.feedback_asked, person_id=person_id, since=since)
    return None if row is None else FeedbackAsked(row["conference"], row["ended_at"])


def _state(*, is_held: bool) -> str:
    return "held" if is_held else "on"


def _columns(moment: Moment) -> dict[str, object]:
    return {
        "rung": moment.rung,
        "event": moment.event,
        "session": moment.session,
        "time_zone": moment.group.time_zone or "",
        "night_from": moment.group.night_from,
        "night_to": moment.group.night_to,
        "earlier_days": moment.group.earlier_days,
        "due_at": moment.due_at,
        "send_at": moment.send_at,
        "outcome": ReminderState.MISSED if moment.is_missed else ReminderState.WAITING,
    }


def _group(row: Row) -> Group:
    return Group(row["time_zone"] or None, row["night_from"], row["night_to"], row["earlier_days"])


def _rung(row: Row) -> Rung:
    return Rung(
        id=row["id"],
        conference=row["conference"],
        anchor=Anchor(row["anchor"]),
        days=row["days"],
        minutes=row["minutes"],
        audience=Audience(row["audience"]),
        is_formal=bool(row["is_formal"]),
        is_held=row["state"] == "held",
        edition=row["edition"],
    )


def _session(row: Row) -> AgendaSession:
    return AgendaSession(**{**dict(row), "state": Planned(row["state"]), "segment": Segment(row["segment"])})
