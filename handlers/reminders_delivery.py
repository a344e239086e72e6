"""Reminders at delivery: whether they still concern their reader, and what they say by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.reminders.telling import NotNeeded, telling
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.turn import Desk
from handlers.views import reminders as views
from storage import people, reminders
from storage.database import Database
from storage.records import Call
from storage.records.reminders import ReminderState
from storage.session import Session, Transaction

Args = Mapping[str, Any]


class RemindersDelivery:
    """Renders reminders, and records what became of them."""

    def __init__(self, desk_at_hand: Desk, database: Database) -> None:
        self._desk = desk_at_hand
        self._database = database

    def renderers(self) -> Mapping[str, Renderer]:
        return {reminders.RENDERER: self._reminder}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {reminders.SENT: self._sent, reminders.FAILED: self._failed}

    async def _reminder(self, session: Session, chat_id: int, args: Args) -> Call | None:
        told = await telling(session, args["reminder"], self._desk.clock.now_us())
        reader = await people.find(session, chat_id)
        if isinstance(told, NotNeeded) or reader is None:
            if isinstance(told, NotNeeded) and told.recorded_as is not None:
                await self._record(told.reminder, told.recorded_as)
            return None
        translator = self._desk.catalogues.translator(reader.language)
        return Call("sendMessage", views.reminder(translator, told, self._desk.places.zones).as_params())

    async def _record(self, reminder: int, state: ReminderState) -> None:
        async def work(tx: Transaction) -> None:
            await reminders.end(tx, reminder, state, self._desk.clock.now_us())

        await self._database.write(work)

    async def _sent(self, tx: Transaction, _chat_id: int, args: Args, _result: Any) -> None:
        await reminders.end(tx, args["reminder"], ReminderState.SENT, self._desk.clock.now_us())

    async def _failed(self, tx: Transaction, _chat_id: int, args: Args, _result: Any) -> None:
        await reminders.end(tx, args["reminder"], ReminderState.FAILED, self._desk.clock.now_us())
