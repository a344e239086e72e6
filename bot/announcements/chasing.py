"""Those who have not pressed "I have read it" are asked again: once, or every few days until all have.

Each time is an announcement of its own, with the same words, to those alone. Whoever presses the button under it has
read the first one as well.
"""

from __future__ import annotations

from dataclasses import replace

from bot.announcements import composing, sending
from bot.announcements.audience import Audience
from bot.announcements.board import find, need
from bot.members.roles import Rights
from storage import announcement_readings, announcements, audit
from storage.announcement_readings import Chase, DueChase
from storage.records.announcements import Announcement
from storage.session import Transaction

DAY_US = 24 * 3600 * 1_000_000
EVERY_DAYS = (2, 3, 7)
DUE_AT_MOST = 20


async def ask_again(
    tx: Transaction, rights: Rights, number: int, *, only_centers: bool, asked: int, by: int, now: int
) -> int:
    """Ask everybody who has not read it, once; how many that is: nobody, if they were not `asked` so often so far.

    `only_centers`: of those, whoever belongs to a Center of which nobody has.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement.
    """
    found = await need(tx, rights, number, by=by)
    people = await announcement_readings.count_unread(tx, number, only_centers=only_centers)
    if not people or not await announcement_readings.count_chase(tx, number, was=asked):
        return 0
    await _begin(tx, rights, found, only_centers=only_centers, by=by, now=now)
    after = {"people": people}
    await audit.add(tx, by, "announcement.chase", f"announcement:{number}", now=now, after=after)
    return people


async def ask_every(
    tx: Transaction, rights: Rights, number: int, days: int, *, only_centers: bool, by: int, now: int
) -> bool:
    """Ask them now, and every so many days until all have read it; False if that is done already.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement.
    """
    await need(tx, rights, number, by=by)
    chase = Chase(now + days * DAY_US, days, by, only_centers)
    if not await announcement_readings.set_chase(tx, number, chase, was=None):
        return False
    after = {"every_days": days}
    await audit.add(tx, by, "announcement.chase_often", f"announcement:{number}", now=now, after=after)
    asked = await announcement_readings.chased(tx, number)
    await ask_again(tx, rights, number, only_centers=only_centers, asked=asked, by=by, now=now)
    return True


async def ask_no_more(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> None:
    """They are asked no more. Raises NotAllowedError, NoSuchAnnouncementError."""
    found = await need(tx, rights, number, by=by)
    is_ended = await announcement_readings.set_chase(tx, number, None, was=found.chase_at)
    if found.chase_at is not None and is_ended:
        await audit.add(tx, by, "announcement.chase_end", f"announcement:{number}", now=now)


async def ask_due(tx: Transaction, rights: Rights, now: int) -> int:
    """Ask whom it is time to ask; how many announcements that began."""
    began = 0
    for due in await announcement_readings.due_chases(tx, now, at_most=DUE_AT_MOST):
        by, only_centers = due.chase.by, due.chase.only_centers
        if await _goes_on(tx, rights, due, now) and by is not None:
            asked = await announcement_readings.chased(tx, due.announcement)
            await ask_again(tx, rights, due.announcement, only_centers=only_centers, asked=asked, by=by, now=now)
            began += 1
    return began


async def _goes_on(tx: Transaction, rights: Rights, due: DueChase, now: int) -> bool:
    """Whether it is time and anybody is left; it ends where whoever wanted it may not do so any more."""
    chase = due.chase
    may = chase.by is not None and await rights.is_staff(tx, chase.by)
    people = await announcement_readings.count_unread(tx, due.announcement, only_centers=chase.only_centers)
    goes_on = may and people > 0
    return await announcement_readings.chase_next(tx, due, now + chase.every_days * DAY_US if goes_on else None) and (
        goes_on
    )


async def _begin(
    tx: Transaction, rights: Rights, first: Announcement, *, only_centers: bool, by: int, now: int
) -> None:
    """Send the same once more, to those who have not read it."""
    number = await composing.copy(tx, rights, first.id, by=by, now=now)
    made = await find(tx, number)
    audience = Audience(unread=first.id).as_json()
    await announcements.change(tx, replace(made, chases=first.id, audience=audience, confirmed_by=by))
    if only_centers:
        await announcement_readings.only_silent(tx, number)
    for text in await announcements.texts(tx, number):
        await announcements.accept_text(tx, number, text.language, now)
    await sending.begin(tx, rights, by, number, now)
