"""What the rungs of a ladder stand before: a day or a moment, as it is set now.

The name of an event has its date in it. So what is moved is another event, for which everybody is reminded anew, and
what was queued for the old one is no longer needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.conferences.moments import end_of_day_us, local, moment_us
from storage import conferences, reminders
from storage.records.conferences import AgendaSession, Agm, Conference, Planned
from storage.records.reminders import Anchor, Rung
from storage.session import Session

FEEDBACK_LASTS_DAYS = 14
EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a rung stands before.

    `day` is that of the conference's zone from which days are counted. `until` is when it begins or ends, and no
    reminder of it is of use any more. `days` before it, or after it with `is_after`.
    """

    rung: Rung
    event: str
    time_zone: str
    day: date
    days: int
    until: int
    session: AgendaSession | None = None
    is_after: bool = False

    def is_true(self, now: int) -> bool:
        """Whether what a reminder of it says would be true now, however early."""
        has_been = not self.is_after or now >= end_of_day_us(self.day, self.time_zone)
        return now < self.until and self.session is None and has_been


async def occasions(
    session: Session, conference: Conference, rungs: Sequence[Rung], *, begins_from: int, until: int = EVER
) -> list[Occasion]:
    """What each rung stands before; of sessions, those that begin between the two moments."""
    if not conference.is_on:
        return []
    meeting = await conferences.agm(session, conference.id)
    found: list[Occasion] = []
    for rung in rungs:
        if rung.anchor == Anchor.SESSION:
            planned = await reminders.sessions(session, conference.id, starting_from=begins_from, until=until)
            found += [_before_session(rung, conference, one) for one in planned]
        else:
            found += _of(rung, conference, meeting)
    return found


async def occasion_of(session: Session, conference: Conference, rung: Rung, event: str) -> Occasion | None:
    """What a reminder was made for; None if it was moved or cancelled since."""
    if not conference.is_on:
        return None
    if rung.anchor == Anchor.SESSION:
        planned = await reminders.session_of(session, int(event.split(":")[1]))
        is_on = planned is not None and planned.state == Planned.PLANNED
        found = [_before_session(rung, conference, planned)] if planned is not None and is_on else []
    else:
        found = list(_of(rung, conference, await conferences.agm(session, conference.id)))
    return next((one for one in found if one.event == event), None)


def _of(rung: Rung, conference: Conference, meeting: Agm | None) -> Iterator[Occasion]:
    details = conference.details
    zone, name = details.time_zone, f"{rung.anchor}:{conference.id}"
    deadlines = {
        Anchor.REGISTRATION: details.register_by,
        Anchor.PAPERS: details.papers_by,
        Anchor.VISA: details.visa_by,
        Anchor.HOTEL: details.hotel_by,
    }
    if rung.anchor == Anchor.CONFERENCE:
        day = details.starts_on
        yield Occasion(rung, f"{name}:{day}", zone, day, rung.days, moment_us(day, time.min, zone))
    elif rung.anchor == Anchor.FEEDBACK:
        day = details.ends_on
        until = end_of_day_us(day + timedelta(days=rung.days + FEEDBACK_LASTS_DAYS), zone)
        yield Occasion(rung, f"{name}:{day}", zone, day, rung.days, until, is_after=True)
    elif rung.anchor == Anchor.AGM:
        if meeting is not None and meeting.state == Planned.PLANNED:
            day, days = local(meeting.starts_at, zone).date(), meeting.notice_days if rung.is_formal else rung.days
            yield Occasion(rung, f"{name}:{_minute(meeting.starts_at)}", zone, day, days, meeting.starts_at)
    elif (last := deadlines[rung.anchor]) is not None:
        yield Occasion(rung, f"{name}:{last}", zone, last, rung.days, end_of_day_us(last, zone))


def _before_session(rung: Rung, conference: Conference, planned: AgendaSession) -> Occasion:
    zone = conference.details.time_zone
    event = f"{rung.anchor}:{planned.id}:{_minute(planned.starts_at)}"
    return Occasion(
        rung, event, zone, local(planned.starts_at, zone).date(), rung.days, planned.starts_at, session=planned
    )


def _minute(at_us: int) -> str:
    return local(at_us, "UTC").strftime("%Y-%m-%dT%H:%M")
