"""What was changed is told to exactly those whom it concerns, once nothing more has been changed for a few minutes.

Who changes an agenda changes much of it in a row; that makes one message, not twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conferences import moments
from bot.conferences.changes import agm_before, conference_before, session_before
from storage import agenda, changes, conferences
from storage.changes import Telling
from storage.records.conferences import (
    AgendaSession,
    Agm,
    ChangeAbout,
    Conference,
    ConferenceDetails,
    Deadline,
    UntoldChange,
)
from storage.session import Session, Transaction

SETTLED_AFTER_US = 5 * 60 * moments.SECOND_US
"""So long after the last change of a conference, what was changed is told."""
OF_CONFERENCE = ("starts_on", "ends_on", "time_zone", "host_country", "city", "venue", "online_link", *Deadline)
OF_AGM = ("state", "starts_at", "ends_at", "place", "online_link")
OF_SESSION = ("state", "title", "starts_at", "ends_at", "room")
"""What people are told of where it changes; the rest they see where they look."""


@dataclass(frozen=True, slots=True)
class News:
    """What has changed and concerns somebody: what it was before and what it is now. `conference` is as it is now."""

    conference: Conference
    conference_before: Conference | None = None
    agm: tuple[Agm, Agm] | None = None
    sessions: Sequence[tuple[AgendaSession, AgendaSession]] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.conference_before is None and self.agm is None and not self.sessions


async def tell_settled(tx: Transaction, now: int) -> int:
    """Queue what has settled, and note in the same transaction that it is told; how many messages that makes."""
    return sum([await _tell(tx, one, now) for one in await changes.settled(tx, now - SETTLED_AFTER_US)])


async def news_for(session: Session, telling: Telling, person_id: int, now: int) -> News | None:
    """What is to be told somebody, as things stand when it is delivered; None if nothing is any more."""
    conference = await conferences.by_id(session, telling.conference)
    if conference is None:
        return None
    news = News(conference)
    for change in await changes.told_to(session, telling, person_id):
        news = await _with(session, news, change, now)
    return None if news.is_empty else news


async def _tell(tx: Transaction, conference_id: int, now: int) -> int:
    conference = await conferences.by_id(tx, conference_id)
    assert conference is not None  # noqa: S101 - its changes would have gone with it
    told, is_wide = 0, False
    for change in await changes.untold(tx, conference_id):
        news = await _with(tx, News(conference), change, now)
        if news.is_empty:
            await changes.forget(tx, change)
        elif conference.is_on or change.about == ChangeAbout.CONFERENCE:  # else when it takes place after all
            told += await changes.told(tx, change, now)
            before = news.conference_before
            is_wide = is_wide or (before is not None and _concerns_all(before, conference))
    return await changes.queue(tx, Telling(conference_id, now, is_wide)) if told else 0


async def _with(session: Session, news: News, change: UntoldChange, now: int) -> News:
    """The news with a change, if that still makes a difference to anybody."""
    if change.about == ChangeAbout.CONFERENCE:
        before = conference_before(change)
        over = moments.is_over(before, now) and moments.is_over(news.conference, now)
        same = before.state == news.conference.state and _is_same(before.details, news.conference.details)
        return news if over or same else replace(news, conference_before=before)
    if change.about == ChangeAbout.AGM:
        agm_was, agm = agm_before(change), await conferences.agm(session, change.conference)
        if agm is None or _is_alike(agm_was, agm, OF_AGM) or max(agm_was.ends_at, agm.ends_at) <= now:
            return news
        return replace(news, agm=(agm_was, agm))
    was = session_before(change)
    planned = await agenda.by_id(session, was.id)
    if planned is None or _is_alike(was, planned, OF_SESSION) or max(was.ends_at, planned.ends_at) <= now:
        return news
    return replace(news, sessions=(*news.sessions, (was, planned)))


def _concerns_all(before: Conference, conference: Conference) -> bool:
    """Whether it concerns those as well who have not answered, or will not come as things were."""
    then, details = before.details, conference.details
    moved = (then.starts_on, then.ends_on) != (details.starts_on, details.ends_on)
    return moved or before.state != conference.state


def _is_same(before: ConferenceDetails, details: ConferenceDetails) -> bool:
    return _is_alike(before, details, OF_CONFERENCE)


def _is_alike(before: object, after: object, names: Sequence[str]) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in names)
