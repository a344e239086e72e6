"""Those who have not pressed "I have read it" are asked again: once, or every few days until all have.

Each time is an announcement of its own, with the same words, to those alone. Whoever presses the button under it has
read the first one as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.announcements import composing, sending
from bot.announcements.amending import Confirmed
from bot.announcements.audience import Audience
from bot.announcements.board import find, need
from bot.announcements.confirming import SamePersonError
from bot.announcements.limits import Limits
from bot.members.roles import Rights
from storage import announcement_readings, announcements, audit
from storage.announcement_readings import Chase, DueChase
from storage.records.announcements import Announcement
from storage.records.durations import DAY_US
from storage.session import Session, Transaction

EVERY_DAYS = (2, 3, 7)
DUE_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """How those are to be asked who have not read it: every so many `days`, or once if these are 0.

    `only_centers`: of those, whoever belongs to a Center of which nobody has. `asked`: once, they are asked only if
    they were not asked oftener than that so far.
    """

    days: int
    only_centers: bool
    asked: int = 0

    def as_text(self) -> str:
        """As it is kept while it waits for a second member."""
        return f"{self.days}:{int(self.only_centers)}:{self.asked}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a second member, and who confirmed it first."""

    wanted: Wanted
    first: int


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a confirmation: how many are asked now, and who confirmed it first, if a second had to."""

    became: Confirmed
    people: int = 0
    first: int | None = None


async def waiting(session: Session, number: int) -> Waiting | None:
    """What waits for a second member of the Secretariat."""
    found = await announcement_readings.chase_wanted(session, number)
    if found is None:
        return None
    days, only_centers, asked = map(int, found[0].split(":"))
    return Waiting(Wanted(days, bool(only_centers), asked), found[1])


async def confirm(
    tx: Transaction, rights: Rights, limits: Limits, number: int, wanted: Wanted, *, by: int, now: int
) -> Came:
    """Ask those who have not read it, or have a second member confirm that, as with announcements to so many.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement.
        SamePersonError: they are who confirmed it first.
    """
    found = await need(tx, rights, number, by=by)
    people = await announcement_readings.count_unread(tx, number, only_centers=wanted.only_centers)
    is_late = found.chase_at is not None if wanted.days else await _asked(tx, number) != wanted.asked
    if not people or is_late or found.recalled_at is not None:
        return Came(Confirmed.STALE)
    waits, first = await waiting(tx, number), None
    if limits.needs_second(people):
        if waits is None or waits.wanted != wanted:
            await announcement_readings.want_chase(tx, number, wanted.as_text(), by=by)
            after = {"people": people, "every_days": wanted.days}
            await audit.add(tx, by, "announcement.confirm", f"announcement:{number}", now=now, after=after)
            return Came(Confirmed.BY_FIRST)
        if waits.first == by:
            raise SamePersonError
        first = waits.first
        await audit.add(tx, by, "announcement.second", f"announcement:{number}", now=now)
    await announcement_readings.want_chase(tx, number, None, by=None)
    if wanted.days:
        chase = Chase(now + wanted.days * DAY_US, wanted.days, by, wanted.only_centers)
        if not await announcement_readings.set_chase(tx, number, chase, was=None):
            return Came(Confirmed.STALE)
        after = {"every_days": wanted.days}
        await audit.add(tx, by, "announcement.chase_often", f"announcement:{number}", now=now, after=after)
    people = await _ask(tx, rights, found, only_centers=wanted.only_centers, first=first, by=by, now=now)
    return Came(Confirmed.DONE if people else Confirmed.STALE, people, first)


async def ask_no_more(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> None:
    """What waits for a second member is taken back or, where nothing does, they are asked no more.

    Raises NotAllowedError, NoSuchAnnouncementError.
    """
    found = await need(tx, rights, number, by=by)
    if await announcement_readings.chase_wanted(tx, number) is not None:
        await announcement_readings.want_chase(tx, number, None, by=None)
        await audit.add(tx, by, "announcement.return", f"announcement:{number}", now=now)
        return
    is_ended = await announcement_readings.set_chase(tx, number, None, was=found.chase_at)
    if found.chase_at is not None and is_ended:
        await audit.add(tx, by, "announcement.chase_end", f"announcement:{number}", now=now)


async def ask_due(tx: Transaction, rights: Rights, now: int) -> int:
    """Ask whom it is time to ask; how many announcements that began."""
    began = 0
    for due in await announcement_readings.due_chases(tx, now, at_most=DUE_AT_MOST):
        by, only_centers = due.chase.by, due.chase.only_centers
        if await _goes_on(tx, rights, due, now) and by is not None:
            found = await find(tx, due.announcement)
            await _ask(tx, rights, found, only_centers=only_centers, first=None, by=by, now=now)
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


async def _asked(session: Session, number: int) -> int:
    return await announcement_readings.chased(session, number)


async def _ask(
    tx: Transaction, rights: Rights, found: Announcement, *, only_centers: bool, first: int | None, by: int, now: int
) -> int:
    """Ask everybody who has not read it; how many that is. `first`: who confirmed it before the second did."""
    people = await announcement_readings.count_unread(tx, found.id, only_centers=only_centers)
    if not people or not await announcement_readings.count_chase(tx, found.id, was=await _asked(tx, found.id)):
        return 0
    await _send(tx, rights, found, only_centers=only_centers, first=first, by=by, now=now)
    after = {"people": people}
    await audit.add(tx, by, "announcement.chase", f"announcement:{found.id}", now=now, after=after)
    return people


async def _send(
    tx: Transaction, rights: Rights, found: Announcement, *, only_centers: bool, first: int | None, by: int, now: int
) -> None:
    """The same once more, to those who have not read it."""
    number = await composing.copy(tx, rights, found.id, by=by, now=now)
    made, second = await find(tx, number), None if first is None else by
    chase = replace(made, chases=found.id, audience=Audience(unread=found.id).as_json())
    await announcements.change(tx, replace(chase, confirmed_by=first or by, seconded_by=second))
    if only_centers:
        await announcement_readings.only_silent(tx, number)
    for text in await announcements.texts(tx, number):
        await announcements.accept_text(tx, number, text.language, now)
    await sending.begin(tx, rights, by, number, now)
