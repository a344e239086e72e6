"""The wait-list: a place that becomes free is kept for a while for whoever has waited for the longest."""

from __future__ import annotations

from enum import StrEnum

from bot.conferences import moments
from bot.members import sending
from bot.members.roles import Rights
from storage import audit, conferences, delegates, participations
from storage.outbox import Post
from storage.records import NewMessage, Rendered
from storage.records.audit import THE_BOT
from storage.records.conferences import Conference
from storage.records.durations import HOUR_US
from storage.records.participations import Participation
from storage.session import Session, Transaction

OFFER_LASTS_HOURS = 48
NEWS, CARD, MISSING = "participation_news", "participation_card", "participation_missing"
"""Renderers: what became of somebody's answer, what the Secretariat is asked, and that an answer is missing."""


class News(StrEnum):
    """What somebody is told of their answer."""

    OFFERED = "offered"
    EXPIRED = "expired"
    ONLINE = "online"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


async def is_full(session: Session, conference: Conference) -> bool:
    """Whether whoever registers in person now waits for a place."""
    return conference.details.capacity is not None and await participations.is_full(session, conference.id)


async def settle(tx: Transaction, conference_id: int, now: int, post: Post) -> None:
    """End offers whose time is over, and what those have answered who are gone; then offer what is free."""
    has_begun = await _last_offers(tx, conference_id) <= now
    for one in await participations.expire(tx, conference_id, now, has_begun=has_begun):
        await audit.add(tx, THE_BOT, "participation.expire", f"delegate:{one.delegate}", now=now)
        await tell(tx, one, News.ONLINE if one.is_in else News.EXPIRED, post)
    for one in await participations.withdraw_gone(tx, conference_id, now):
        if one.delegate is not None:
            await audit.add(tx, THE_BOT, "participation.withdraw", f"delegate:{one.delegate}", now=now)
            await tell(tx, one, News.GONE, post)
    await offer_places(tx, conference_id, now, post)


async def offer_places(tx: Transaction, conference_id: int, now: int, post: Post) -> None:
    """Offer every place that is free, until the end of the first day, and for no longer than that.

    What tells of it is queued in the same transaction, so it is told once.
    """
    ends_at = min(now + OFFER_LASTS_HOURS * HOUR_US, await _last_offers(tx, conference_id))
    while ends_at > now and (one := await participations.offer(tx, conference_id, ends_at=ends_at, now=now)):
        await audit.add(tx, THE_BOT, "participation.offer", f"delegate:{one.delegate}", now=now)
        await tell(tx, one, News.OFFERED, post)


async def renew_offers(tx: Transaction, conference_id: int, now: int, post: Post) -> None:
    """Once a conference takes place after all: whose offer has ended meanwhile, or soon does, has time to answer."""
    ends_at = min(now + OFFER_LASTS_HOURS * HOUR_US, await _last_offers(tx, conference_id))
    soon = min(now + OFFER_LASTS_HOURS * HOUR_US // 2, ends_at)
    for one in await participations.renew_offers(tx, conference_id, soon=soon, ends_at=ends_at, now=now):
        await tell(tx, one, News.OFFERED, post)


async def _last_offers(session: Session, conference_id: int) -> int:
    """Until when places are offered: the end of the first day; 0 for a conference that there is not."""
    conference = await conferences.by_id(session, conference_id)
    if conference is None:
        return 0
    return moments.end_of_day_us(conference.details.starts_on, conference.details.time_zone)


async def tell(tx: Transaction, one: Participation, news: News, post: Post) -> None:
    """Tell somebody what became of their answer, if they write to the bot; as it stands when it is delivered."""
    record = None if one.delegate is None else await delegates.by_id(tx, one.delegate)
    if record is not None and record.person_id is not None:
        args = {"participation": one.id, "edition": one.edition, "news": news}
        post(NewMessage(record.person_id, Rendered(NEWS, args)))


async def put(tx: Transaction, rights: Rights, one: Participation, post: Post) -> None:
    """Show the Secretariat what somebody asks for."""
    for chat_id in await sending.of_secretariat(tx, rights):
        post(NewMessage(chat_id, Rendered(CARD, {"participation": one.id, "asked_at": one.asked_at})))
