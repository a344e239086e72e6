"""Other words for an announcement that was sent: written, looked at as people will see them, and then confirmed.

They are put as well into the messages by which those who had not read it were asked again.
"""

from __future__ import annotations

import hashlib

from bot.announcements import composing, correcting
from bot.announcements.board import NoSuchAnnouncementError, need
from bot.announcements.composing import TooLongError
from bot.announcements.content import Content, length, read_content
from bot.members.roles import Rights
from storage import announcement_readings, announcements
from storage.announcement_readings import Correction
from storage.session import Session, Transaction


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


async def confirm(tx: Transaction, rights: Rights, number: int, language: str, mark: str, *, by: int, now: int) -> bool:
    """Correct it wherever it was sent; False if it is not this proposal any more.

    Raises:
        NotAllowedError: only the Secretariat may.
        NoSuchAnnouncementError: there is no such announcement.
    """
    await need(tx, rights, number, by=by)
    if await proposed(tx, number, language, mark) is None:
        return False
    if not await announcement_readings.take_correction(tx, number, language):
        return False
    await _say(tx, rights, number, language, by=by, now=now)
    for chase in await announcement_readings.chases(tx, number):
        await announcement_readings.correct_chase(tx, chase, number, language)
        await _say(tx, rights, chase, language, by=by, now=now)
    return True


async def _say(tx: Transaction, rights: Rights, number: int, language: str, *, by: int, now: int) -> None:
    """It says something else from now on, also where it was sent."""
    await composing.name_anew(tx, number)
    await correcting.begin(tx, rights, by, number, language, now=now)
