"""Asking those again who have not pressed "I have read it", and the job that does so every few days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.announcements import board, chasing
from handlers.announcement_board import number_in, show_instead
from handlers.record_guard import for_staff, match
from handlers.turn import Desk, Turn
from handlers.views import announcement_chase as views
from handlers.views.announcement_chase import Chased
from handlers.views.records import changed_toast
from handlers.views.schedule import sent_toast
from storage import announcement_readings
from storage.database import Database
from storage.session import Transaction


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """Whom it concerns, and what can be chosen."""
    await _show(turn)


@for_staff
async def ask_whether(_update: Update, turn: Turn) -> None:
    """Before they are asked, once or every so many days."""
    await show_instead(turn, views.ask_whether(turn.t, await _chased(turn), int(match(turn)["days"])))


@for_staff
async def ask_once(_update: Update, turn: Turn) -> None:
    """They are asked once."""
    rights, by, asked = turn.desk.rights, turn.person.id, int(match(turn)["asked"])
    people = await chasing.ask_again(
        turn.tx, rights, number_in(turn), only_centers=_only_centers(turn), asked=asked, by=by, now=turn.now
    )
    if people:
        turn.answer_press(sent_toast(turn.t, people))
    else:
        turn.answer_press(changed_toast(turn.t), alert=True)
    await _show(turn)


@for_staff
async def ask_every(_update: Update, turn: Turn) -> None:
    """They are asked every so many days; of 0, no more."""
    rights, by, days, number = turn.desk.rights, turn.person.id, int(match(turn)["days"]), number_in(turn)
    if days in chasing.EVERY_DAYS:
        only_centers = _only_centers(turn)
        await chasing.ask_every(turn.tx, rights, number, days, only_centers=only_centers, by=by, now=turn.now)
    else:
        await chasing.ask_no_more(turn.tx, rights, number, by=by, now=turn.now)
    await _show(turn)


def chasing_due(database: Database, desk_at_hand: Desk, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that asks whom it is time to ask; `wake` is called when that has begun anything."""

    async def work(tx: Transaction) -> int:
        return await chasing.ask_due(tx, desk_at_hand.rights, desk_at_hand.clock.now_us())

    async def ask_due() -> None:
        if await database.write(work):
            wake()

    return ask_due


def _only_centers(turn: Turn) -> bool:
    return bool(match(turn)["centers"] == "1")


async def _show(turn: Turn) -> None:
    await show_instead(turn, views.chase(turn.t, await _chased(turn)))


async def _chased(turn: Turn) -> Chased:
    number, only_centers = number_in(turn), _only_centers(turn)
    found = await board.need(turn.tx, turn.desk.rights, number, by=turn.person.id)
    people = await announcement_readings.count_unread(turn.tx, number, only_centers=only_centers)
    asked = await announcement_readings.chased(turn.tx, number)
    return Chased(found, only_centers, people, asked)
