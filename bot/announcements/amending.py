"""Other words for an announcement that was sent: written, looked at as people will see them, and then confirmed.

They are put as well into the messages by which those who had not read it were asked again.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from bot.announcements import composing, correcting
from bot.announcements.board import NoSuchAnnouncementError, need
from bot.announcements.composing import TooLongError
from bot.announcements.confirming import SamePersonError
from bot.announcements.content import Content, length, read_content
from bot.announcements.limits import Limits
from bot.members.roles import Rights
from storage import announcement_readings, announcement_reports, announcements, audit
from storage.announcement_readings import Correction
from storage.records.announcements import Outcome
from storage.session import Session, Transaction


class Confirmed(StrEnum):
    """What came of a confirmation. `STALE`: it is not this proposal any more, or the announcement was recalled."""

    DONE = "done"
    BY_FIRST = "by_first"
    STALE = "stale"


async def content(session: Session, number: int, language: str) -> Content:
    """What an announcement says in a language. Raises NoSuchAnnouncementError if that is nothing."""
    found = next((one for one in await announcements.texts(session, number) if one.language == language), None)
    if found is None:
        raise NoSuchAnnouncementError
    return read_content(found.content)


async def propose(
    tx: Transaction, rights: Rights, number: int, language: str, wanted: Content, *, at_most: int, by: int
) -> None:
    """Keep what is to replace a text; of `at_most` so many UTF-16 code units.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement, or it has no text in this language.
        TooLongError: Telegram would not take it.
    """
    await need(tx, rights, number, by=by)
    if length(wanted.text) > at_most:
        raise TooLongError(length(wanted.text), at_most)
    if not await announcement_readings.propose(tx, number, language, wanted.as_json()):
        raise NoSuchAnnouncementError


def mark_of(content: str) -> str:
    """By which a proposal is known again, of which only the latest counts."""
    return hashlib.sha256(content.encode()).hexdigest()[:16]


async def accepted(tx: Transaction, number: int, language: str, mark: str, now: int) -> bool:
    """Telegram has taken a proposal; False if there is another by now."""
    found = await proposed(tx, number, language, mark)
    return found is not None and await announcement_readings.accept_correction(tx, number, language, found.content, now)


async def proposed(session: Session, number: int, language: str, mark: str) -> Correction | None:
    """A proposal; None if there is another by now, or it is confirmed."""
    found = await announcement_readings.correction(session, number, language)
    return found if found is not None and mark_of(found.content) == mark else None


async def reaches(session: Session, number: int, language: str) -> int:
    """How many people a correction comes to: those who have the text, and those to whom it still goes."""
    has_it = await announcement_reports.count_sent(session, number, language=language)
    tally = await announcements.tally(session, number)
    return has_it + tally.by_outcome.get(Outcome.PENDING, 0)


async def confirm(
    tx: Transaction, rights: Rights, limits: Limits, number: int, language: str, *, mark: str, by: int, now: int
) -> tuple[Confirmed, Correction | None]:
    """Correct it wherever it was sent, or have a second member confirm that, as with announcements to so many.

    What came of it, and the proposal as it stood before; None if it is stale.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement.
        SamePersonError: they are who confirmed it first.
    """
    found = await need(tx, rights, number, by=by)
    proposal = await proposed(tx, number, language, mark)
    if proposal is None or found.recalled_at is not None:
        return Confirmed.STALE, None
    people, what = await reaches(tx, number, language), f"announcement:{number}"
    needs_second = limits.needs_second(people)
    if needs_second and proposal.confirmed_by == by:
        raise SamePersonError
    if needs_second and proposal.confirmed_by is None:
        if not await announcement_readings.confirm_correction(tx, number, language, by=by):
            return Confirmed.STALE, None
        after = {"language": language, "people": people}
        await audit.add(tx, by, "announcement.confirm", what, now=now, after=after)
        return Confirmed.BY_FIRST, proposal
    if not await announcement_readings.take_correction(tx, number, language):
        return Confirmed.STALE, None
    if needs_second:
        await audit.add(tx, by, "announcement.second", what, now=now, after={"language": language})
    await _say(tx, rights, number, language, by=by, now=now)
    for chase in await announcement_readings.chases(tx, number):
        await announcement_readings.correct_chase(tx, chase, number, language)
        await _say(tx, rights, chase, language, by=by, now=now)
    return Confirmed.DONE, proposal


async def _say(tx: Transaction, rights: Rights, number: int, language: str, *, by: int, now: int) -> None:
    """It says something else from now on, also where it was sent."""
    await composing.name_anew(tx, number)
    await correcting.begin(tx, rights, by, number, language, now=now)
