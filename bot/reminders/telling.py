"""What a reminder has to tell somebody, as things stand when it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.conferences.moments import today
from bot.conferences.own_answer import last_day
from bot.reminders.occasions import Occasion, occasion_of
from storage import conferences, reminders
from storage.records.conferences import AgendaSession, Agm, Conference
from storage.records.reminders import Reminder, ReminderState, Rung, Standing
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody is reminded of. `words` are the Secretariat's own, by language; `today` is where it takes place."""

    rung: Rung
    conference: Conference
    agm: Agm | None
    session: AgendaSession | None
    standing: Standing
    words: Mapping[str, str]
    today: date

    @property
    def can_register(self) -> bool:
        """Whether answers are still taken without asking."""
        return self.today <= last_day(self.conference)

    @property
    def has_to_answer(self) -> bool:
        """Whether they are a delegate without an answer, whose Center has not said that nobody comes."""
        standing = self.standing
        return standing.is_delegate and standing.answer is None and not standing.is_absent


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """A reminder that nobody needs any more, and what it is to be recorded as; None: it was recorded."""

    reminder: int
    recorded_as: ReminderState | None


async def telling(session: Session, reminder_id: int, now: int) -> Telling | NotNeeded:
    """What a reminder has to tell, or that it concerns its reader no more."""
    reminder = await reminders.find(session, reminder_id)
    if reminder is None or reminder.state != ReminderState.QUEUED:
        return NotNeeded(reminder_id, None)
    rung = await reminders.rung(session, reminder.rung)
    conference = None if rung is None else await conferences.by_id(session, rung.conference)
    occasion = None
    if rung is not None and conference is not None:
        occasion = await occasion_of(session, conference, rung, reminder.event)
    if rung is None or conference is None or occasion is None or not await _concerns(session, rung, reminder, occasion):
        return NotNeeded(reminder_id, ReminderState.DROPPED)
    if occasion.until <= now:
        return NotNeeded(reminder_id, ReminderState.MISSED)
    return await told_to(session, reminder.person_id, rung, conference, planned=occasion.session, now=now)


async def told_to(
    session: Session, person_id: int, rung: Rung, conference: Conference, *, planned: AgendaSession | None, now: int
) -> Telling:
    """What a rung would tell somebody."""
    standing = await reminders.standing(session, person_id, conference.id)
    return Telling(
        rung,
        conference,
        await conferences.agm(session, conference.id),
        planned,
        standing or _NOBODY,
        await reminders.words(session, rung.id),
        today(conference.details.time_zone, now),
    )


async def _concerns(session: Session, rung: Rung, reminder: Reminder, occasion: Occasion) -> bool:
    planned = occasion.session.id if occasion.session else 0
    return await reminders.concerns(session, rung, reminder.person_id, session_id=planned)


_NOBODY = Standing(
    time_zone=None,
    is_delegate=False,
    answer=None,
    attendance=None,
    wants_visa_letter=False,
    is_absent=False,
    has_draft=False,
    unanswered=(),
)
