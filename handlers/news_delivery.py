"""What was changed of a conference at delivery: what of it concerns its reader; and the job that looks for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.conferences import news
from bot.reminders import wishing
from bot.runtime.clock import Clock
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.conference import clocks_for
from handlers.turn import Desk
from handlers.views import news as views
from storage import changes, people
from storage.changes import Telling
from storage.database import Database
from storage.records import Call
from storage.session import Session, Transaction


class NewsDelivery:
    """Renders what `bot.conferences.news` queues."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {changes.RENDERER: self._news}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {}

    async def _news(self, session: Session, chat_id: int, args: Mapping[str, Any]) -> Call | None:
        now = self._desk.clock.now_us()
        found = await news.news_for(session, Telling.of_args(args), chat_id, now)
        reader = await people.find(session, chat_id)
        if found is None or reader is None:
            return None
        t = self._desk.catalogues.translator(reader.language)
        clocks = await clocks_for(session, self._desk.places.zones, found.named, chat_id)
        params = views.news(t, found, self._desk.places.countries, clocks).as_params()
        # By night it comes without a sound, unless it begins before the morning. It does not wait as reminders do:
        # whoever is awake or on the way can still act on it, and it stays in the order in which things were changed.
        if await wishing.sleeps(session, chat_id, default_zone=clocks.there, begins_at=found.begins_at(now), now=now):
            params["disable_notification"] = True
        return Call("sendMessage", params)


def telling(database: Database, clock: Clock, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that tells what was changed; `wake` is called when there is something to send."""

    async def work(tx: Transaction) -> int:
        return await news.tell_settled(tx, clock.now_us())

    async def tell_changes() -> None:
        if await database.write(work):
            wake()

    return tell_changes
