"""Whoever is asked to correct what they registered, and does not, is reminded of it once, a few days later."""

from __future__ import annotations

from bot.reminders import wishing
from storage import reminders, requests
from storage.outbox import Post
from storage.records import MessageClass, NewMessage, Rendered
from storage.records.durations import DAY_US
from storage.records.reminders import Anchor
from storage.session import Transaction

RENDERER = "request_reminder"
AFTER_US = 3 * DAY_US


async def remind_due(tx: Transaction, now: int, post: Post, *, default_zone: str) -> int:
    """Remind of what has waited for long enough, but by nobody's night; of how much.

    Who wants no reminders of registrations gets none of this, either. Whose zone is not known is in the default one.
    """
    sent = 0
    for request_id, person_id in await requests.to_remind(tx, now - AFTER_US):
        if Anchor.REGISTRATION in (await reminders.wishes(tx, person_id)).muted:
            await requests.reminded(tx, request_id)
        elif not await wishing.sleeps(tx, person_id, default_zone=default_zone, begins_at=None, now=now):
            await requests.reminded(tx, request_id)
            post(NewMessage(person_id, Rendered(RENDERER, {"request": request_id}), MessageClass.REMINDER))
            sent += 1
    return sent
