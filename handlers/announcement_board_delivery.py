"""The board of an announcement at delivery, and the job that keeps it up to date while something is under way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.announcements import board
from bot.announcements.board import NoSuchAnnouncementError, Pace
from bot.runtime.clock import Clock
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.rendering import placed, translator_in
from handlers.turn import Desk
from handlers.views import announcement_board as views
from storage import announcement_reports, outbox
from storage.announcement_reports import Board
from storage.database import Database
from storage.records import Call, FollowUp, NewMessage, Rendered
from storage.session import Session, Transaction

Args = Mapping[str, Any]
BOARD, BOARD_NOW = "announcement_board", "announcement_board_now"
"""Renderers: where somebody asked for it, and the one that is kept up to date."""
PLACED = "announcement_board_placed"
LOOK_EVERY_S = 3.0
"""How often a board is written anew: more seldom than Telegram minds, often enough to be watched."""


class BoardDelivery:
    """Renders boards, and notes where they are."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {BOARD: self._board, BOARD_NOW: self._board_now}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {PLACED: self._placed}

    async def _board(self, session: Session, chat_id: int, args: Args) -> Call | None:
        try:
            shown = await board.shown(session, args["announcement"])
        except NoSuchAnnouncementError:
            return None
        t = await translator_in(session, self._desk, chat_id)
        return placed(views.board(t, shown, self._desk.clock.now_us()), args)

    async def _board_now(self, session: Session, chat_id: int, args: Args) -> Call | None:
        known = await announcement_reports.board(session, args["announcement"])
        if known is None or known.message_id is None or (known.chat_id, known.shown_at) != (chat_id, args["at"]):
            return None  # a later one is behind this, or it is shown elsewhere, or nowhere
        shown = await board.shown(session, args["announcement"], Pace(args["per_s"]))
        text = views.board(await translator_in(session, self._desk, chat_id), shown, args["at"])
        return Call("editMessageText", {"message_id": known.message_id, **text.as_params()})

    async def _placed(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        await board.place(tx, args["announcement"], chat_id, result["message_id"])


def first_board(chat_id: int, announcement: int) -> NewMessage:
    """A new message with the board, which is kept up to date from then on."""
    args = {"announcement": announcement}
    return NewMessage(chat_id, Rendered(BOARD, {**args, "place": {}}), follow_up=FollowUp(PLACED, args))


def watching_boards(database: Database, clock: Clock, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that writes boards anew; `wake` is called when it has queued something."""

    async def write_anew(one: Board) -> bool:
        now, done = clock.now_us(), await board.done_by(database.reader, one)
        args = {"announcement": one.announcement, "at": now, "per_s": board.pace_of(one, done, now).per_s}

        async def work(tx: Transaction) -> bool:
            if one.chat_id is None or not await announcement_reports.board_shown(tx, one, done=done, now=now):
                return False
            outbox.add(tx, NewMessage(one.chat_id, Rendered(BOARD_NOW, args)), now)
            return True

        return await database.write(work)

    async def show_first(announcement: int, chat_id: int) -> bool:
        now = clock.now_us()

        async def work(tx: Transaction) -> bool:
            if not await announcement_reports.seen(tx, announcement, now):
                return False
            outbox.add(tx, first_board(chat_id, announcement), now)
            return True

        return await database.write(work)

    async def write_all_anew() -> None:
        written = [await show_first(*one) for one in await announcement_reports.unseen(database.reader)]
        written += [await write_anew(one) for one in await board.due(database.reader, clock.now_us())]
        if any(written):
            wake()

    return write_all_anew
