"""What an announcement says is corrected in every chat that it has reached."""

from __future__ import annotations

from bot.members.roles import Rights
from storage import announcement_recipients as recipients
from storage import announcements, audit
from storage.session import Transaction


async def begin(tx: Transaction, rights: Rights, person_id: int, announcement: int, language: str, *, now: int) -> int:
    """Edit it wherever it is in a language, in which it says something else by now; in how many chats.

    Whoever gets it at this very moment gets the correction as well.

    Raises:
        NotAllowedError: only the Secretariat may.
    """
    await rights.need_staff(tx, person_id)
    if not await announcements.correct(tx, announcement):
        return 0
    people = await recipients.correct(tx, announcement, language)
    after = {"language": language, "people": people}
    await audit.add(tx, person_id, "announcement.correct", f"announcement:{announcement}", now=now, after=after)
    return people
