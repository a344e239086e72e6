"""The button "I have read it" under an announcement."""

from __future__ import annotations

from telegram import Update

from bot.announcements import reading
from bot.announcements.reading import Read
from handlers.turn import Turn, match
from handlers.views.announcement import as_markup, keyboard
from handlers.views.announcement_reading import noted_toast
from handlers.views.welcome import outdated_button
from storage import announcements


async def read(_update: Update, turn: Turn) -> None:
    """Whoever got it has read it; the button says so from now on."""
    number, message = int(match(turn)["announcement"]), turn.message
    if await reading.read(turn.tx, number, turn.person.id, turn.now) == Read.NOT_THEIRS:
        turn.answer_press(outdated_button(turn.t), alert=True)
        return
    turn.answer_press(noted_toast(turn.t))
    if message is not None:
        shown = keyboard(await announcements.buttons(turn.tx, number), turn.t, number, is_read=True)
        turn.call(message.chat.id, "editMessageReplyMarkup", {"message_id": message.message_id, **as_markup(shown)})
