"""What somebody wants of reminders: which, how early, and when not."""

from __future__ import annotations

from dataclasses import replace

from bot.reminders.queueing import catch_up
from bot.reminders.timing import EARLIER_DAYS, end_of_night
from storage import reminders
from storage.records.durations import DAY_MINUTES
from storage.records.reminders import Anchor, Wishes
from storage.session import Session, Transaction


async def mute(tx: Transaction, person_id: int, anchor: Anchor) -> Wishes:
    """No reminders of this kind any more, or again."""
    wanted = await reminders.wishes(tx, person_id)
    return await _keep(tx, person_id, replace(wanted, muted=wanted.muted ^ {anchor}))


async def be_earlier(tx: Transaction, person_id: int, days: int, now: int) -> Wishes:
    """So many days earlier than others; one of `EARLIER_DAYS`."""
    wanted = await reminders.wishes(tx, person_id)
    if days not in EARLIER_DAYS:
        return wanted
    return await _keep_and_catch_up(tx, person_id, replace(wanted, earlier_days=days), now)


async def set_night(tx: Transaction, person_id: int, night_from: int, night_to: int, now: int) -> Wishes:
    """When their night is, in minutes of the day; the same twice: none."""
    wanted = await reminders.wishes(tx, person_id)
    if not (0 <= night_from < DAY_MINUTES and 0 <= night_to < DAY_MINUTES):
        return wanted
    night = replace(wanted, night_from=night_from, night_to=night_to)
    return await _keep_and_catch_up(tx, person_id, night, now)


async def sleeps(session: Session, person_id: int, *, default_zone: str, begins_at: int | None, now: int) -> bool:
    """Whether it is somebody's night, and what they are to be told of does not begin before it ends."""
    group = await reminders.group_of(session, person_id)
    ends_at = None if group is None else end_of_night(now, group, default_zone)
    return ends_at is not None and (begins_at is None or begins_at >= ends_at)


async def _keep_and_catch_up(tx: Transaction, person_id: int, wanted: Wishes, now: int) -> Wishes:
    before = await reminders.group_of(tx, person_id)
    await _keep(tx, person_id, wanted)
    if before is not None:
        await catch_up(tx, person_id, before, now)
    return wanted


async def _keep(tx: Transaction, person_id: int, wanted: Wishes) -> Wishes:
    await reminders.set_wishes(tx, person_id, wanted)
    return wanted
