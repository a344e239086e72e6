"""The board of an announcement: how far it has come, and pausing, resuming and stopping it."""

from __future__ import annotations

from telegram import Update

from bot.announcements import board, sending
from bot.members import words
from bot.members.words import Purpose
from handlers.announcement_board_delivery import BOARD
from handlers.record_guard import for_staff
from handlers.turn import Turn, match
from handlers.views import announcement_board as views
from handlers.views import out_of_date
from handlers.views.message import Message
from storage import announcement_reports


def number_in(turn: Turn) -> int:
    """The announcement that a press is about."""
    return int(match(turn)["announcement"])


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """The board in the place of what was pressed, as it is now."""
    await board.need(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id)
    awaited = await words.awaited(turn.tx, turn.person.id, turn.chat_id, turn.now)
    if awaited is not None and awaited.purpose == Purpose.CORRECTION:  # "Back", instead of other words
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
    await show_board(turn, number_in(turn))


@for_staff
async def pause(_update: Update, turn: Turn) -> None:
    """Nothing more is sent for now."""
    done = await sending.pause(turn.tx, turn.desk.rights, turn.person.id, number_in(turn), turn.now)
    await changed(turn, done=done)


@for_staff
async def resume(_update: Update, turn: Turn) -> None:
    """It goes on."""
    done = await sending.resume(turn.tx, turn.desk.rights, turn.person.id, number_in(turn), turn.now)
    await changed(turn, done=done)


@for_staff
async def ask_stop(_update: Update, turn: Turn) -> None:
    """Before it is stopped, it is asked."""
    await board.need(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id)
    await show_instead(turn, views.ask_stop(turn.t, await board.shown(turn.tx, number_in(turn))))


@for_staff
async def stop(_update: Update, turn: Turn) -> None:
    """Nothing more is sent ever."""
    done = await sending.stop(turn.tx, turn.desk.rights, turn.person.id, number_in(turn), turn.now)
    await changed(turn, done=done)


async def show_instead(turn: Turn, message: Message) -> None:
    """Put something in the place of the board, which is not written over that until it is asked for again."""
    if turn.message is not None:
        await announcement_reports.leave_board(turn.tx, number_in(turn), turn.message.chat.id, turn.message.message_id)
    turn.show(message)


async def show_board(turn: Turn, announcement: int) -> None:
    """The board in the place of the message that was pressed; there it is kept up to date from now on."""
    message = turn.message
    turn.show_later(BOARD, {"announcement": announcement})
    if message is not None:
        await board.place(turn.tx, announcement, message.chat.id, message.message_id)


async def changed(turn: Turn, *, done: bool) -> None:
    """The board after something was decided, which is under way from now on if it was `done`."""
    if not done:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    await announcement_reports.wake_board(turn.tx, number_in(turn))
    await show_board(turn, number_in(turn))
