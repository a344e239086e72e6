"""Taking part at delivery: what people are told of their answers, and the look at the wait-lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.conferences import waiting, which
from bot.conferences.opening import NoSuchConferenceError
from bot.conferences.own_answer import ParticipationError, is_in_time, mine
from bot.conferences.waiting import News
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.participation import zone_of
from handlers.rendering import translator_in
from handlers.turn import Desk
from handlers.views import participation as views
from handlers.views import participation_card
from storage import conferences, delegates, outbox, participations, secretariat
from storage.database import Database
from storage.records import Call, NewMessage
from storage.session import Session, Transaction

Args = Mapping[str, Any]


class ParticipationDelivery:
    """Renders what `bot.conferences.waiting` and `bot.conferences.absences` queue."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {waiting.NEWS: self._news, waiting.CARD: self._card, waiting.MISSING: self._missing}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {}

    async def _news(self, session: Session, chat_id: int, args: Args) -> Call | None:
        found = await participations.by_id(session, args["participation"])
        if found is None or found.delegate is None or found.edition != args["edition"]:
            return None  # something else has come of it since, or they had everything erased
        conference = await conferences.by_id(session, found.conference)
        delegate = await delegates.by_id(session, found.delegate)
        if conference is None or delegate is None or delegate.person_id != chat_id:
            return None
        t, zone = (
            await translator_in(session, self._desk, chat_id),
            zone_of(delegate, conference, self._desk.places.zones),
        )
        may_register = is_in_time(conference, self._desk.clock.now_us())
        is_free = not await waiting.is_full(session, conference)
        told = views.news(t, conference, found, News(args["news"]), zone, is_in_time=may_register, is_free=is_free)
        return Call("sendMessage", told.as_params())

    async def _card(self, session: Session, chat_id: int, args: Args) -> Call | None:
        found = await participations.by_id(session, args["participation"])
        is_open = found is not None and found.asked is not None and found.asked_at == args["asked_at"]
        if found is None or found.delegate is None or not is_open or not await self._may_decide(session, chat_id):
            return None
        conference = await conferences.by_id(session, found.conference)
        delegate = await delegates.by_id(session, found.delegate)
        if conference is None or delegate is None:
            return None
        t = await translator_in(session, self._desk, chat_id)
        return Call("sendMessage", participation_card.card(t, conference, found, delegate).as_params())

    async def _missing(self, session: Session, chat_id: int, args: Args) -> Call | None:
        try:
            shown = await mine(session, args["conference"], chat_id, self._desk.clock.now_us())
        except (NoSuchConferenceError, ParticipationError):  # not any more
            return None
        if shown.participation is not None:
            return None
        t = await translator_in(session, self._desk, chat_id)
        return Call("sendMessage", views.missing(t, shown.conference).as_params())

    async def _may_decide(self, session: Session, chat_id: int) -> bool:
        if chat_id > 0:
            return await self._desk.rights.is_staff(session, chat_id)
        group = await secretariat.bound(session)
        return group is not None and group.chat_id == chat_id


def settling(database: Database, desk_at_hand: Desk, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that looks after the wait-lists; `wake` is called when it has queued something."""

    async def work(tx: Transaction) -> int:
        messages: list[NewMessage] = []
        now = desk_at_hand.clock.now_us()
        for conference in await which.upcoming(tx, now):
            await waiting.settle(tx, conference.id, now, messages.append)
        for message in messages:
            outbox.add(tx, message, now)
        return len(messages)

    async def look_after_wait_lists() -> None:
        if await database.write(work):
            wake()

    return look_after_wait_lists
