"""What is worked out before an answer for everyone is made or shown: the questions like it."""

from __future__ import annotations

from telegram import Message as TelegramMessage
from telegram import Update

from bot.desk import threads
from bot.learning import alike
from bot.learning.alike import Surroundings
from handlers.turn import Desk
from storage import desk
from storage.records.desk import Letter
from storage.session import Session


async def look_around(update: Update, desk_at_hand: Desk) -> Surroundings | None:
    """Find the questions like the one that a press is about; nothing for strangers, who may send any press."""
    query, user = update.callback_query, update.effective_user
    shelf, now = desk_at_hand.shelf, desk_at_hand.clock.now_us()
    if query is None or user is None or not await desk_at_hand.rights.is_staff(shelf.reader, user.id):
        return None
    act, _, rest = (query.data or "").removeprefix("learn:").partition(":")
    if act == "offer":
        return await alike.around_letter(shelf, int(rest), desk_at_hand.default_language, now)
    if act == "write":
        kind, _, number = rest.partition(":")
        around = alike.around_question if kind == "q" else alike.around_mark
        return await around(shelf, int(number), now)
    return await alike.around_answer(shelf, int(rest.partition(":")[0]), now)


async def look_around_reply(update: Update, desk_at_hand: Desk) -> Surroundings | None:
    """The same for /learn in reply to what staff wrote."""
    message, user = update.effective_message, update.effective_user
    shelf = desk_at_hand.shelf
    if message is None or user is None or not await desk_at_hand.rights.is_staff(shelf.reader, user.id):
        return None
    letter = await answer_replied_to(shelf.reader, message)
    if letter is None:
        return None
    return await alike.around_letter(shelf, letter.id, desk_at_hand.default_language, desk_at_hand.clock.now_us())


async def answer_replied_to(session: Session, message: TelegramMessage) -> Letter | None:
    """What staff wrote to a person, if a message is in reply to that."""
    replied = message.reply_to_message
    if replied is None:
        return None
    letter = await desk.letter_at(session, message.chat.id, replied.message_id)
    return letter if letter is not None and letter.direction == threads.TO_PERSON else None
