"""What was changed is told to exactly those whom it concerns, once nothing more has been changed for a few minutes.

Who changes an agenda changes much of it in a row; that makes one message, not twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.conferences import moments
from bot.conferences.changes import (
    agm_before,
    agm_of,
    as_json,
    conference_before,
    conference_of,
    session_before,
    session_of,
)
from bot.conferences.participation_form import days_fit
from storage import agenda, changes, conferences, delegates, participations
from storage.changes import Telling
from storage.records.conferences import AgendaSession, Agm, ChangeAbout, Conference, Deadline, NotedChange
from storage.records.durations import MINUTE_US
from storage.session import Session, Transaction

SETTLED_AFTER_US = 5 * MINUTE_US
"""So long after the last change of a conference, what was changed is told."""
OF_CONFERENCE = ("starts_on", "ends_on", "time_zone", "host_country", "city", "venue", "online_link", *Deadline)
OF_AGM = ("state", "starts_at", "ends_at", "place", "online_link")
OF_SESSION = ("state", "title", "starts_at", "ends_at", "room")
"""What people are told of where it changes; the rest they see where they look."""


@dataclass(frozen=True, slots=True)
class News:
    """What has changed and concerns somebody: what it was before and what it became. `named` is of which conference.

    `days_fit`: the days on which they wanted to arrive and leave go with those that the conference has now.
    `keeps_answer`: they have said that they come, and need not say so again, whatever becomes of the conference.
    """

    named: Conference
    conference: tuple[Conference, Conference] | None = None
    agm: tuple[Agm, Agm] | None = None
    sessions: Sequence[tuple[AgendaSession, AgendaSession]] = ()
    days_fit: bool = True
    keeps_answer: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.conference is None and self.agm is None and not self.sessions

    def begins_at(self, now: int) -> int | None:
        """When the first of it that is not over begins, as it was or as it became; None for what goes on for days."""
        parts = [*(self.agm or ()), *(one for both in self.sessions for one in both)]
        begins = [one.starts_at for one in parts if one.ends_at > now]
        for held in self.conference or ():
            first = moments.moment_us(held.details.starts_on, time.min, held.details.time_zone)
            begins += [first] * (first > now)
        return min(begins, default=None)


async def tell_settled(tx: Transaction, now: int) -> int:
    """Queue what has settled, and note in the same transaction that it is told; how many messages that makes."""
    return sum([await _tell(tx, one, now) for one in await changes.settled(tx, now, after_us=SETTLED_AFTER_US)])


async def news_for(session: Session, telling: Telling, person_id: int, now: int) -> News | None:
    """What is to be told somebody to whom it is of use yet; None if nothing is.

    What has changed again since then makes news of its own, so this tells what it became then.
    """
    conference = await conferences.by_id(session, telling.conference)
    if conference is None:
        return None
    news = News(conference)
    for change in await changes.told_to(session, telling, person_id):
        if change.after is not None:
            news = _with(news, change, change.after, now)
    return None if news.is_empty else await _with_answer(session, news, person_id)


async def _with_answer(session: Session, news: News, person_id: int) -> News:
    """The news with what they mean for the answer that somebody has given."""
    record = await delegates.of_person(session, person_id)
    if news.conference is None or record is None:
        return news
    answer = await participations.of_delegate(session, news.named.id, record.id)
    if answer is None or not answer.is_in:
        return news
    fit = not news.named.is_on or days_fit(answer.details, news.conference[1])
    return replace(news, days_fit=fit, keeps_answer=answer.lasts)


async def _tell(tx: Transaction, conference_id: int, now: int) -> int:
    conference = await conferences.by_id(tx, conference_id)
    assert conference is not None  # noqa: S101 - its changes would have gone with it
    told, is_wide = 0, False
    for change in await changes.untold(tx, conference_id):
        after = await _present(tx, conference, change)
        news = News(conference) if after is None else _with(News(conference), change, after, now)
        if after is None or news.is_empty:
            await changes.forget(tx, change)
        elif conference.is_on or change.about == ChangeAbout.CONFERENCE:  # else when it takes place after all
            told += await changes.told(tx, change, after, now)
            is_wide = is_wide or (news.conference is not None and _concerns_all(*news.conference))
    return await changes.queue(tx, Telling(conference_id, now, is_wide)) if told else 0


async def _present(session: Session, conference: Conference, change: NotedChange) -> str | None:
    """What was changed as it is now; None if it is not there any more."""
    present: Conference | Agm | AgendaSession | None = conference
    if change.about == ChangeAbout.AGM:
        present = await conferences.agm(session, change.conference)
    elif change.about == ChangeAbout.SESSION:
        present = await agenda.by_id(session, session_before(change).id)
    return None if present is None else as_json(present)


def _with(news: News, change: NotedChange, after: str, now: int) -> News:
    """The news with a change, if that makes a difference to anybody, and what it is of is not over."""
    if change.about == ChangeAbout.CONFERENCE:
        before, conference = conference_before(change), conference_of(after)
        over = moments.is_over(before, now) and moments.is_over(conference, now)
        same = before.state == conference.state and _is_alike(before.details, conference.details, OF_CONFERENCE)
        return news if over or same else replace(news, conference=(before, conference))
    if change.about == ChangeAbout.AGM:
        agm_was, agm = agm_before(change), agm_of(after)
        if _is_alike(agm_was, agm, OF_AGM) or max(agm_was.ends_at, agm.ends_at) <= now:
            return news
        return replace(news, agm=(agm_was, agm))
    was, planned = session_before(change), session_of(after)
    if _is_alike(was, planned, OF_SESSION) or max(was.ends_at, planned.ends_at) <= now:
        return news
    return replace(news, sessions=(*news.sessions, (was, planned)))


def _concerns_all(before: Conference, conference: Conference) -> bool:
    """Whether it concerns those as well who have not answered, or will not come as things were."""
    then, details = before.details, conference.details
    moved = (then.starts_on, then.ends_on) != (details.starts_on, details.ends_on)
    return moved or before.state != conference.state


def _is_alike(before: object, after: object, names: Sequence[str]) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in names)
