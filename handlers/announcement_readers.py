"""What readers of announcements press: where their buttons lead, and which announcements they want."""

from __future__ import annotations

from telegram import Update

from handlers import agenda, participation, reminders
from handlers.turn import Turn, match
from handlers.views import reminder_wishes as views
from storage import announcement_wishes


async def go(update: Update, turn: Turn) -> None:
    """The button under an announcement that leads to the registration, or the agenda."""
    if match(turn)["where"] == "agenda":
        await agenda.show_next_agenda(update, turn)
    else:
        await participation.participate(update, turn)


async def wish(_update: Update, turn: Turn) -> None:
    """All announcements, or official notices only."""
    if match(turn)["which"] == "all":
        await announcement_wishes.want_all(turn.tx, turn.person.id)
    else:
        await announcement_wishes.want_official(turn.tx, turn.person.id, turn.now)
    turn.answer_press(views.kept_toast(turn.t))
    turn.show(await reminders.screen(turn))
