"""What a member of the Secretariat writes in private for an answer for everyone."""

from __future__ import annotations

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update

from bot.learning import answers
from bot.learning.answers import Words
from bot.locales.catalogues import LANGUAGES
from bot.members.roles import NotAllowedError
from bot.runtime.split import utf16_length
from handlers.learning import as_card, card, for_staff, number_in
from handlers.turn import Turn, match
from handlers.views import learning_writing as views
from handlers.views import welcome
from storage import learned, people, requests
from storage.records.durations import DAY_US
from storage.records.learned import LearnedEdit, LearnedText

LASTS_US = DAY_US
"""What is written a day later is an ordinary message."""


@for_staff
async def begin(_update: Update, turn: Turn) -> None:
    """The button after which a part of an answer is written."""
    part, language = match(turn)["part"], match(turn)["language"]
    shown = await as_card(turn, number_in(turn), language=language)
    if not turn.is_private or language not in LANGUAGES:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    if part != "translation" and all(text.language != language for text in shown.texts):
        raise answers.StaleAnswerError
    await people.end_writing(turn.tx, turn.person.id)
    await requests.stop_awaiting(turn.tx, turn.person.id, turn.person.id)
    await learned.begin_edit(turn.tx, LearnedEdit(turn.person.id, shown.answer.id, part, language, turn.now))
    turn.say(views.prompt(turn.t, shown, part, language))


@for_staff
async def translate(_update: Update, turn: Turn) -> None:
    """The languages that an answer can be translated into."""
    turn.show(views.translate(turn.t, await as_card(turn, number_in(turn))))


@for_staff
async def remove(_update: Update, turn: Turn) -> None:
    """Take a translation away."""
    number, language = number_in(turn), match(turn)["language"]
    if not await answers.remove_language(turn.tx, turn.desk.rights, turn.person.id, number, language, now=turn.now):
        raise answers.StaleAnswerError
    turn.show(await card(turn, number))


async def takes(turn: Turn) -> bool:
    """Take what is written next for an answer, or a change of it."""
    message = turn.message
    may_be_one = turn.is_private and turn.person.is_editing
    edit = await learned.edit_of(turn.tx, turn.person.id) if may_be_one else None
    if message is None or edit is None or turn.now - edit.since > LASTS_US:
        return False
    is_change = turn.incoming.edited_message is not None
    if edit.message_id != (message.message_id if is_change else None):
        return False
    if message.reply_to_message is not None and not is_change:
        return False  # to the Secretariat, as anybody's
    try:
        await _write(turn, edit, message)
    except answers.TooLongError:
        turn.say(views.too_long(turn.t))
    except (answers.NoSuchAnswerError, NotAllowedError):
        await learned.end_edit(turn.tx, turn.person.id)
        return False
    return True


async def _write(turn: Turn, edit: LearnedEdit, message: TelegramMessage) -> None:
    if message.text is None:
        turn.say(views.words_only(turn.t))
        return
    answer, texts = await answers.find(turn.tx, turn.desk.rights, turn.person.id, edit.answer)
    words = _words(edit, message, next((text for text in texts if text.language == edit.language), None))
    if words is None:
        turn.say(views.two_lines(turn.t))
        return
    await answers.set_words(turn.tx, turn.desk.rights, turn.person.id, edit.answer, words, now=turn.now)
    await learned.written(turn.tx, turn.person.id, message.message_id)
    news = views.saved(turn.t, is_published=answer.state == "published")
    turn.say(await card(turn, edit.answer, language=edit.language, news=news))


def _words(edit: LearnedEdit, message: TelegramMessage, before: LearnedText | None) -> Words | None:
    """What the text says from now on; None if a part of it is missing."""
    if edit.part == "translation":
        question, _newline, plain = (message.text or "").partition("\n")
        if not question.strip() or not plain.strip():
            return None
        return Words(edit.language, question.strip(), plain.strip(), _formatted(_below_first_line(message)))
    if before is None:
        raise answers.NoSuchAnswerError  # its language was taken away meanwhile
    if edit.part == "question":
        return Words(edit.language, " ".join((message.text or "").split()), before.plain, before.html)
    return Words(edit.language, before.question, (message.text or "").strip(), _formatted(message))


def _formatted(message: TelegramMessage) -> str | None:
    return message.text_html.strip() if message.entities else None


def _below_first_line(message: TelegramMessage) -> TelegramMessage:
    """The message without its first line, with what is left of its formatting."""
    first, _newline, rest = (message.text or "").partition("\n")
    cut = utf16_length(first) + 1
    entities = []
    for entity in message.entities:
        begin, end = max(entity.offset - cut, 0), entity.offset + entity.length - cut
        if end > 0:
            entities.append(MessageEntity(entity.type, begin, end - begin, entity.url, entity.user, entity.language))
    return TelegramMessage(message.message_id, message.date, message.chat, text=rest, entities=entities)
