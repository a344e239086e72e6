"""Queues what is due: once, whoever looks and however often, and for everybody by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.conferences.moments import today
from bot.reminders.ladder import ladder_of
from bot.reminders.occasions import FEEDBACK_LASTS_DAYS, Occasion, occasions
from bot.reminders.timing import EARLIER_DAYS, due_moments, may_be_due, moment_now, overtaken
from storage import conferences, reminders
from storage.records.conferences import Conference
from storage.records.durations import DAY_US, MINUTE_US
from storage.records.reminders import Audience, Group, Moment, Rung
from storage.session import Session, Transaction

log = structlog.stdlib.get_logger(__name__)

FEEDBACK_AT_MOST_DAYS = 30


async def queue_due(tx: Transaction, now: int) -> int:
    """Queue all that is due by now and was not yet; how much is sent."""
    looked_until = await reminders.looked_until(tx)
    was_ahead = looked_until is not None and looked_until > now + DAY_US
    if was_ahead:
        log.error("clock_was_ahead", looked_until=looked_until)
        looked_until = now
    await reminders.look_until(tx, now, again=was_ahead)
    since = now if looked_until is None else looked_until
    due: list[Occasion] = []
    for conference in await _current(tx, now):
        rungs = [rung for rung in await ladder_of(tx, conference.id) if not rung.is_held]
        ahead = max((_ahead_us(rung) for rung in rungs), default=0)
        found = await occasions(tx, conference, rungs, begins_from=min(since, now - DAY_US), until=now + ahead)
        due += [one for one in found if may_be_due(one, looked_until=since, now=now)]
    if due:
        moments = list(due_moments(due, await reminders.groups(tx), looked_until=since, now=now))
        await _queue(tx, due, moments, looked_until=since, now=now)
    return await reminders.post(tx, now)


async def send_now(tx: Transaction, rung: Rung, now: int) -> int:
    """Queue a rung although it is not due, to those whom it means and who have not had it; to how many.

    It goes out at once, but by nobody's night. What would be untrue now does not: that a session is about to begin, or,
    before the conference is over, thanks for having come.
    """
    conference = await conferences.by_id(tx, rung.conference)
    if conference is None:
        return 0
    found = [one for one in await occasions(tx, conference, [rung], begins_from=now) if one.is_true(now)]
    groups = await reminders.groups(tx)
    moments = [moment_now(one, group, now) for one in found for group in groups]
    queued = await _queue(tx, found, moments, looked_until=0, now=now)
    await reminders.post(tx, now)
    return queued


async def catch_up(tx: Transaction, person_id: int, before: Group, now: int) -> None:
    """Somebody belongs to another group now: what would have been due for it before now, and is not yet, is queued."""
    group = await reminders.group_of(tx, person_id)
    since = await reminders.looked_until(tx)
    if group is None or since is None or group == before:
        return
    ahead: list[Occasion] = []
    for conference in await _current(tx, now):
        rungs = [rung for rung in await ladder_of(tx, conference.id) if not rung.is_held]
        ahead += await occasions(tx, conference, rungs, begins_from=now)
    moments = list(overtaken(ahead, before, group, looked_until=since, now=now))
    if group.time_zone is not None:  # where the conference is, they have its zone
        there = [replace(one, time_zone=None) for one in (before, group)]
        moments += overtaken(ahead, *there, looked_until=since, now=now)
    await _queue(tx, ahead, moments, looked_until=0, now=now, person_id=person_id)
    await reminders.post(tx, now)


async def latest(session: Session, now: int) -> Conference | None:
    """The conference that was last, while something may still be sent of it."""
    return next(reversed(await _current(session, now)), None)


async def _current(session: Session, now: int) -> list[Conference]:
    """The conferences for which there may be something to send: not over for long."""
    days = FEEDBACK_AT_MOST_DAYS + FEEDBACK_LASTS_DAYS
    found = await conferences.ending_from(session, today("UTC", now) - timedelta(days=days))
    return [conference for conference in found if conference.is_on]


async def _queue(
    tx: Transaction,
    due: Iterable[Occasion],
    moments: Sequence[Moment],
    *,
    looked_until: int,
    now: int,
    person_id: int = 0,
) -> int:
    if not moments:
        return 0
    of_moments = {moment.rung for moment in moments}
    meant: dict[tuple[int, Audience], None] = {}
    for one in due:
        if one.rung.id in of_moments:
            meant[one.rung.conference, one.rung.audience] = None
    return await reminders.queue(tx, moments, meant, looked_until=looked_until, now=now, person_id=person_id)


def _ahead_us(rung: Rung) -> int:
    """How long before a session somebody may have to be reminded of it."""
    days = rung.days + max(EARLIER_DAYS) + 1
    return days * DAY_US if rung.days else rung.minutes * MINUTE_US
