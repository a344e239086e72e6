"""An announcement is recalled: deleted wherever Telegram still allows it, and sent to nobody any more.

So are the messages by which those who had not read it were asked again.
"""

from __future__ import annotations

from bot.members.roles import Rights
from storage import announcement_readings, announcements, audit
from storage import announcement_recipients as recipients
from storage.records.durations import HOUR_US
from storage.session import Transaction

RECALLABLE_FOR_US = 48 * HOUR_US
"""Telegram lets a bot delete its messages for two days."""


async def begin(tx: Transaction, rights: Rights, person_id: int, announcement: int, now: int) -> bool:
    """Delete it wherever it is; False if that was done already, or it was not sent.

    Raises:
        NotAllowedError: only the Secretariat may.
    """
    await rights.need_staff(tx, person_id)
    if not await _recall(tx, person_id, announcement, now):
        return False
    for chase in await announcement_readings.chases(tx, announcement):
        await _recall(tx, person_id, chase, now)
    return True


async def _recall(tx: Transaction, person_id: int, announcement: int, now: int) -> bool:
    if not await announcements.recall(tx, announcement, now):
        return False
    await recipients.skip(tx, announcement)
    people = await recipients.recall(tx, announcement, sent_after=now - RECALLABLE_FOR_US)
    after = {"people": people}
    await audit.add(tx, person_id, "announcement.recall", f"announcement:{announcement}", now=now, after=after)
    return True
