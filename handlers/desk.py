"""The desk from a person's side: /ask, its buttons, and what is meant for the Secretariat."""

from __future__ import annotations

from telegram import Message as TelegramMessage
from telegram import Update

from bot.conferences import agenda_reading_in
from bot.desk import threads
from bot.members import reasons, seeking, words
from bot.members.importing import runs
from handlers import forms
from handlers.desk_words import written_in
from handlers.turn import Turn, match
from handlers.views import agenda_import, importing, joining, learning_writing, listings, request_reasons, welcome
from handlers.views import desk as views
from storage import announcement_readings, desk, learned, people, questions
from storage import requests as kept
from storage.records.desk import Letter, Written
from storage.records.durations import DAY_US, HOUR_US

LAST_QUESTION_US = HOUR_US
"""How long the question that was asked last is offered to be sent."""


async def ask(_update: Update, turn: Turn) -> None:
    """/ask: what stands behind it, or the next message, goes to the Secretariat."""
    message = turn.message
    words = (message.text or "").partition(" ")[2].strip() if message else ""
    if not turn.is_private:
        turn.say(views.ask_in_private(turn.t, turn.bot.username))
    elif message is not None and words:
        written = Written(message.chat.id, message.message_id, "text", words, None)
        sent = await desk.letter_at(turn.tx, message.chat.id, message.message_id)
        if sent is None:
            await send(turn, written)
        else:
            await threads.edited(turn.tx, turn.desk.rights, sent, written, post=turn.post)
    else:
        await begin(turn)


async def begin(turn: Turn) -> None:
    """The next message goes to the Secretariat."""
    await people.begin_writing(turn.tx, turn.person.id, turn.now)
    await learned.end_edit(turn.tx, turn.person.id)
    await kept.stop_awaiting(turn.tx, turn.person.id, turn.person.id)
    last = await questions.latest(turn.tx, turn.person.id, turn.person.id, after=turn.now - LAST_QUESTION_US)
    turn.say(views.prompt(turn.t, None if last is None else (last.question, last.message_id)))


async def write(_update: Update, turn: Turn) -> None:
    """The button under a message of the Secretariat's, in the help and in the menu."""
    if turn.is_private:
        await begin(turn)
    else:
        turn.answer_press(views.write_in_private(turn.t), alert=True)


async def ask_this(_update: Update, turn: Turn) -> None:
    """The button that sends a question which the bot did not answer."""
    chat = turn.incoming.effective_chat
    question = await questions.at(turn.tx, chat.id if chat else 0, int(match(turn)["message"]))
    if question is None:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    elif question.person_id != turn.person.id:
        turn.answer_press(views.not_yours(turn.t), alert=True)
    else:
        await send_question(turn, question.chat_id, question.message_id, question.question)


async def send_question(turn: Turn, chat_id: int, message_id: int, question: str) -> None:
    """Send what the bot was asked, and is kept as a question, to the Secretariat."""
    if turn.is_private:
        await people.end_writing(turn.tx, turn.person.id)
    await send(turn, Written(chat_id, message_id, "text", question, None), is_question=True)


_AWAITED = (
    (reasons.stop, request_reasons.cancelled),
    (seeking.stop, joining.not_sought_any_more),
    (agenda_reading_in.expect_no_more, agenda_import.expected_no_more),
    (runs.expect_no_more, importing.expected_no_more),
    (words.stop, listings.cancelled),
)
"""What may be awaited of somebody in a chat: how it is not any more, and what is said then."""


async def cancel(_update: Update, turn: Turn) -> None:
    """/cancel."""
    was_writing = await people.end_writing(turn.tx, turn.person.id)
    edit = await learned.edit_of(turn.tx, turn.person.id)
    await learned.end_edit(turn.tx, turn.person.id)
    if await _says_what_is_left(turn):
        return
    if await kept.stop_awaiting(turn.tx, turn.person.id, turn.chat_id):  # a search in the audit log
        turn.say(views.cancelled(turn.t, was_writing=False))
        return
    if edit is not None and edit.message_id is None:
        turn.say(learning_writing.cancelled(turn.t, edit.answer))
        return
    if not was_writing and await forms.ask_whether_to_keep(turn):
        return
    if not was_writing and await runs.give_up(turn.tx, turn.person.id, now=turn.now):  # it paused any form
        turn.say(importing.cancelled(turn.t))
        return
    turn.say(views.cancelled(turn.t, was_writing=was_writing))


async def cancel_in_group(_update: Update, turn: Turn) -> None:
    """/cancel in the Secretariat's group: what is asked there; where nothing is, it may be meant for another bot."""
    await _says_what_is_left(turn)


async def _says_what_is_left(turn: Turn) -> bool:
    """End what is awaited in this chat, and say so; False if nothing was."""
    for stop, said in _AWAITED:
        if await stop(turn.tx, turn.person.id, turn.chat_id):
            turn.say(said(turn.t))
            return True
    return False


async def question_to_desk(turn: Turn, message: TelegramMessage, question: str) -> threads.Receipt:
    """Take a question that the bot could not answer to the desk."""
    written = Written(message.chat.id, message.message_id, "text", question, None)
    return await threads.from_person(
        turn.tx, turn.desk.office, turn.person.id, written, now=turn.now, post=turn.post, is_question=True
    )


async def takes(turn: Turn) -> bool:
    """Carry what is meant for the Secretariat: an edit, a reply to it, or what was announced."""
    message = turn.message
    if message is None or not turn.is_private:
        return False
    if turn.incoming.edited_message is not None:
        return await _edited(turn, message)
    answers, is_reply = await _replied_to(turn, message)
    announcement = None if is_reply else await _announcement_replied_to(turn, message)
    is_meant = is_reply or announcement is not None or _replies_to_request(message) or _is_writing(turn)
    if is_meant or await _goes_on_with_album(turn, message):
        written = written_in(message)
        if written is None:
            turn.say(views.cannot_be_carried(turn.t))
            return True
        await people.end_writing(turn.tx, turn.person.id)
        await send(turn, written, answers=answers, announcement=announcement)
        return True
    return False


async def _edited(turn: Turn, message: TelegramMessage) -> bool:
    """Carry an edit; a question that the bot was asked is for the bot as well."""
    letter = await desk.letter_at(turn.tx, message.chat.id, message.message_id)
    written = written_in(message)
    if letter is None or written is None or letter.author_id != turn.person.id:
        return False
    await threads.edited(turn.tx, turn.desk.rights, letter, written, post=turn.post)
    return not letter.is_question


async def _replied_to(turn: Turn, message: TelegramMessage) -> tuple[Letter | None, bool]:
    """The letter that a message replies to, and whether it replies to the Secretariat at all."""
    if message.reply_to_message is None:
        return None, False
    copy = await desk.copy_at(turn.tx, message.chat.id, message.reply_to_message.message_id)
    if copy is None:
        return None, False
    return (None if copy.letter_id is None else await desk.letter(turn.tx, copy.letter_id)), True


async def _announcement_replied_to(turn: Turn, message: TelegramMessage) -> int | None:
    if message.reply_to_message is None:
        return None
    return await announcement_readings.at_message(turn.tx, turn.person.id, message.reply_to_message.message_id)


def _replies_to_request(message: TelegramMessage) -> bool:
    """Whether a message replies to one that asks for feedback: what is under that tells."""
    asking = message.reply_to_message
    keyboard = asking.reply_markup if asking is not None and asking.from_user and asking.from_user.is_bot else None
    rows = keyboard.inline_keyboard if keyboard is not None else ()
    return any(button.callback_data == views.FEEDBACK for row in rows for button in row)


def _is_writing(turn: Turn) -> bool:
    since = turn.person.writing_since
    return since is not None and turn.now - since < DAY_US


async def _goes_on_with_album(turn: Turn, message: TelegramMessage) -> bool:
    if message.media_group_id is None:
        return False
    thread = await desk.thread_of(turn.tx, turn.person.id)
    last = None if thread is None else await desk.last_letter(turn.tx, thread.id, threads.TO_STAFF)
    return last is not None and last.album == message.media_group_id


async def send(
    turn: Turn,
    written: Written,
    *,
    is_question: bool = False,
    answers: Letter | None = None,
    announcement: int | None = None,
) -> None:
    """Take what a person has written to the desk, and say so; where it is there already, a press says that."""
    receipt = await threads.from_person(
        turn.tx, turn.desk.office, turn.person.id, written,
        now=turn.now, post=turn.post, is_question=is_question, answers=answers,
        announcement=announcement,
    )  # fmt: skip
    if receipt.again_at is not None:
        turn.say(views.message_not_sent(turn.t, receipt.again_at))
    elif not receipt.is_new:
        turn.answer_press(views.already_there(turn.t), alert=True)
    elif not receipt.follows_album:
        turn.say(views.message_sent(turn.t, turn.desk.office, turn.now, went=receipt.went_to_group))
