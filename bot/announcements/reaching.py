"""Whom an announcement comes to, as things stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.announcements.audience import Audience
from bot.announcements.composed import Composed
from storage import agenda, announcements, audiences, conferences
from storage.records import Name
from storage.records.announcements import Announcement
from storage.records.conferences import AgendaSession, Conference
from storage.session import Session

NAMES_AT_MOST = 5
CENTERS_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an audience comes to.

    `readers` are how many have which language, `names` are some of theirs, `centers` those that are meant and of which
    nobody can be reached; the others are what the audience is chosen by.
    """

    audience: Audience
    readers: Mapping[str, int]
    names: Sequence[Name] = ()
    centers: Sequence[str] = ()
    conference: Conference | None = None
    session: AgendaSession | None = None
    former: Announcement | None = None

    @property
    def people(self) -> int:
        """How many."""
        return sum(self.readers.values())


async def reach_of(session: Session, shown: Composed, *, in_detail: bool = False) -> Reach:
    """Whom an announcement comes to; `in_detail`: with names and Centers too."""
    chosen, number = shown.audience, shown.announcement.id
    return Reach(
        chosen,
        await audiences.languages(session, number),
        await audiences.sample(session, number, at_most=NAMES_AT_MOST) if in_detail else (),
        await audiences.unreachable_centers(session, number, at_most=CENTERS_AT_MOST) if in_detail else (),
        None if chosen.conference is None else await conferences.by_id(session, chosen.conference),
        None if chosen.session is None else await agenda.by_id(session, chosen.session),
        None if chosen.unread is None else await announcements.find(session, chosen.unread),
    )
