"""An announcement is confirmed: at once, for a set time, or by a second member of the Secretariat first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.announcements import composing, sending
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composed import Composed
from bot.announcements.composing import NotOpenError, StaleAnnouncementError
from bot.announcements.limits import Limits
from bot.announcements.reaching import Reach, reach_of
from bot.members.roles import NotAllowedError, Rights, Role
from storage import announcements, audit, roles
from storage import people as known_people
from storage.records import Person
from storage.records.announcements import Announcement, AnnouncementState
from storage.session import Session, Transaction


class Lack(StrEnum):
    """Why an announcement cannot be sent yet."""

    NO_TEXT = "no_text"
    NOT_SEEN = "not_seen"  # Telegram has not taken the preview of a version
    NOBODY = "nobody"
    TOO_LATE = "too_late"


class NotReadyError(Exception):
    """It cannot be sent yet; `lack` says why."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack)
        self.lack = lack


class SamePersonError(Exception):
    """Whoever confirmed it cannot be the second who does."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An announcement and whom it comes to, worked out before the transaction in which that matters."""

    shown: Composed
    reach: Reach


async def count(session: Session, rights: Rights, number: int, *, by: int) -> Counted | None:
    """Whom an announcement comes to; None if whoever asks has no right to know, or there is none."""
    try:
        shown = await composing.find(session, rights, number, by=by)
    except (NotAllowedError, NoSuchAnnouncementError):
        return None
    return Counted(shown, await reach_of(session, shown, in_detail=True))


async def check(
    session: Session, rights: Rights, number: int, counted: Counted | None, *, by: int, now: int
) -> Composed:
    """What is about to be sent.

    Raises:
        NotAllowedError, NoSuchAnnouncementError, NotOpenError: as `composing.open_one`.
        StaleAnnouncementError: it was changed since it was counted whom it comes to.
        NotReadyError: it cannot be sent yet.
    """
    shown = await composing.open_one(session, rights, number, by=by)
    if shown.announcement.state != AnnouncementState.DRAFT:
        raise NotOpenError
    if counted is None or counted.shown.announcement.edition != shown.announcement.edition:
        raise StaleAnnouncementError
    need_ready(shown, counted.reach.people, now)
    return shown


async def confirm(
    tx: Transaction, rights: Rights, number: int, counted: Counted | None, limits: Limits, *, edition: int, by: int,
    now: int,
) -> Announcement:  # fmt: skip
    """Send it as it was shown, or have a second member confirm; how it stands then.

    Raises what `check` raises, and StaleAnnouncementError too if it was changed since it was shown.
    """
    shown = await check(tx, rights, number, counted, by=by, now=now)
    if counted is None or shown.announcement.edition != edition:
        raise StaleAnnouncementError
    people, confirmed = counted.reach.people, replace(shown.announcement, confirmed_by=by)
    after = {"people": people, "official": confirmed.is_official, "paid": confirmed.is_paid}
    await audit.add(tx, by, "announcement.confirm", f"announcement:{number}", now=now, after=after)
    if limits.needs_second(people):
        return await _become(tx, replace(confirmed, state=AnnouncementState.WAITING))
    return await _launch(tx, rights, confirmed, by=by, now=now)


async def second(tx: Transaction, rights: Rights, number: int, edition: int, *, by: int, now: int) -> Announcement:
    """The second member confirms what the first did; how it stands then.

    Raises:
        NotAllowedError, NoSuchAnnouncementError: as `composing.find`.
        NotOpenError: it does not wait for that (any more).
        StaleAnnouncementError: it is another by now.
        SamePersonError: they are who confirmed it first.
        NotReadyError: the time at which it was to be sent has passed meanwhile.
    """
    waiting = await _waiting(tx, rights, number, edition, by)
    if waiting.confirmed_by == by:
        raise SamePersonError
    _need_time(waiting, now)
    await audit.add(tx, by, "announcement.second", f"announcement:{number}", now=now)
    return await _launch(tx, rights, replace(waiting, seconded_by=by), by=by, now=now)


async def give_back(tx: Transaction, rights: Rights, number: int, edition: int, *, by: int, now: int) -> Announcement:
    """It is not sent but changed first: it is a draft again.

    Raises as `second` does, but for SamePersonError and NotReadyError.
    """
    waiting = await _waiting(tx, rights, number, edition, by)
    await audit.add(tx, by, "announcement.return", f"announcement:{number}", now=now)
    return await _become(tx, replace(waiting, state=AnnouncementState.DRAFT))


async def take_back(tx: Transaction, rights: Rights, number: int, *, by: int, now: int) -> Announcement:
    """What waits for its time is a draft again. Raises as `give_back` does."""
    shown = await composing.find(tx, rights, number, by=by)
    if shown.announcement.state != AnnouncementState.SCHEDULED:
        raise NotOpenError
    await audit.add(tx, by, "announcement.return", f"announcement:{number}", now=now)
    return await _become(tx, replace(shown.announcement, state=AnnouncementState.DRAFT, seconded_by=None))


async def seconders(session: Session, rights: Rights, *, but: int) -> list[Person]:
    """Who can be the second: members of the Secretariat and owners who can be written to."""
    members = [holder.person_id for holder in await roles.holders(session, Role.SECRETARIAT)]
    known = [await known_people.find(session, one) for one in dict.fromkeys([*members, *rights.owners]) if one != but]
    return [one for one in known if one is not None and one.unreachable_since is None]


def need_ready(found: Composed, people: int, now: int) -> None:
    """Raises NotReadyError where it cannot be sent yet."""
    if not found.texts:
        raise NotReadyError(Lack.NO_TEXT)
    _need_time(found.announcement, now)
    if not people:
        raise NotReadyError(Lack.NOBODY)
    if any(text.accepted_at is None for text in found.texts):
        raise NotReadyError(Lack.NOT_SEEN)


def _need_time(announcement: Announcement, now: int) -> None:
    if announcement.send_at is not None and announcement.send_at <= now:
        raise NotReadyError(Lack.TOO_LATE)


async def _waiting(session: Session, rights: Rights, number: int, edition: int, by: int) -> Announcement:
    announcement = (await composing.find(session, rights, number, by=by)).announcement
    if announcement.state != AnnouncementState.WAITING:
        raise NotOpenError
    if announcement.edition != edition:
        raise StaleAnnouncementError
    return announcement


async def _launch(tx: Transaction, rights: Rights, confirmed: Announcement, *, by: int, now: int) -> Announcement:
    if confirmed.send_at is not None and confirmed.send_at > now:
        return await _become(tx, replace(confirmed, state=AnnouncementState.SCHEDULED))
    await _become(tx, confirmed)
    await sending.begin(tx, rights, by, confirmed.id, now)
    return await _now(tx, confirmed.id)


async def _become(tx: Transaction, changed: Announcement) -> Announcement:
    if not await announcements.change(tx, changed):
        raise StaleAnnouncementError
    return await _now(tx, changed.id)


async def _now(session: Session, number: int) -> Announcement:
    return (await composing.composed(session, number)).announcement
