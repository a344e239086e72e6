"""What the Secretariat does with a record: change it, suspend it, lift that, and write to those it is about."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message as TelegramMessage
from telegram import Update

from bot.desk import circulars
from bot.desk.circulars import OnlyWordsError
from bot.locales.catalogues import Translator
from bot.members import center_form, curating, delegate_form, sending, words
from bot.members.curating import ReasonTooLongError
from bot.members.record_forms import CENTER_RECORD, PERSON_RECORD
from bot.members.words import AwaitedWords, Purpose
from handlers import forms
from handlers.desk_words import written_in
from handlers.listings import ask_again, await_words
from handlers.record_cards import card, find_record, is_center
from handlers.record_guard import for_staff
from handlers.turn import Turn, match
from handlers.views import curating as views
from handlers.views.record_names import record_name
from storage import people
from storage.records.members import Center, Delegate


@for_staff
async def edit(_update: Update, turn: Turn) -> None:
    """The button that opens the form of a record, filled in."""
    record = await find_record(turn, match(turn)["key"])
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username, record))
        return
    context = {views.NAME: record_name(record)}
    if isinstance(record, Center):
        known = center_form.answers_of(record.details)
        await forms.begin(turn, CENTER_RECORD.id, subject=str(record.id), prefill=known, context=context)
    else:
        known = delegate_form.answers_of(record.details, PERSON_RECORD)
        await forms.begin(turn, PERSON_RECORD.id, subject=str(record.id), prefill=known, context=context)


@for_staff
async def suspend(_update: Update, turn: Turn) -> None:
    """The button after which the reason is written."""
    record = await find_record(turn, match(turn)["key"])
    is_read = bool(await _readers(turn, record))
    question = views.ask_reason(turn.t, record, in_group=not turn.is_private, is_read=is_read)
    await await_words(turn, Purpose.SUSPEND, question, is_center=isinstance(record, Center), about=record.id)


@for_staff
async def suspend_without(_update: Update, turn: Turn) -> None:
    """Suspend without a reason."""
    key = match(turn)["key"]
    await _suspend(turn, key, None)
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.answer_press(views.suspended_toast(turn.t))
    turn.show(await card(turn, key))


@for_staff
async def lift(_update: Update, turn: Turn) -> None:
    """The suspension ends."""
    key, rights, by, now = match(turn)["key"], turn.desk.rights, turn.person.id, turn.now
    record: Center | Delegate
    if is_center(key):
        record = (await curating.lift_center(turn.tx, rights, int(key[1:]), by=by, now=now)).center
    else:
        record = (await curating.lift_person(turn.tx, rights, int(key[1:]), by=by, now=now)).delegate
    for reader in await _readers(turn, record):
        t = await _translator_of(turn, reader)
        turn.tell(reader, views.center_lifted(t, record) if isinstance(record, Center) else views.person_lifted(t))
    turn.answer_press(views.lifted_toast(turn.t))
    turn.show(await card(turn, key))


@for_staff
async def write(_update: Update, turn: Turn) -> None:
    """The button after which a letter is written."""
    record = await find_record(turn, match(turn)["key"])
    readers = await _readers(turn, record)
    if not readers:
        turn.answer_press(views.nobody_to_write_to(turn.t), alert=True)
        return
    question = views.ask_letter(turn.t, record, len(readers), in_group=not turn.is_private)
    await await_words(turn, Purpose.LETTER, question, is_center=isinstance(record, Center), about=record.id)


@for_staff
async def stop(_update: Update, turn: Turn) -> None:
    """Nothing is suspended or written, after all: back to the card."""
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.show(await card(turn, match(turn)["key"]))


async def take_reason(turn: Turn, awaited: AwaitedWords, text: str) -> None:
    """The reason was written. Raises what `curating.suspend_center` and its like raise."""
    key = key_of(awaited)
    try:
        readers = await _suspend(turn, key, text)
    except ReasonTooLongError:
        ask_again(turn, awaited, views.too_long(turn.t))
        return
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.say(views.suspended(turn.t, await find_record(turn, key), len(readers)), in_reply=True)


async def take_letter(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> None:
    """The letter was written. Raises NotAllowedError."""
    record = await find_record(turn, key_of(awaited))
    readers, written = await _readers(turn, record), written_in(message)
    if written is None:
        ask_again(turn, awaited, views.cannot_be_sent(turn.t))
        return
    try:
        count = await circulars.write(
            turn.tx, turn.desk.rights, readers, turn.person.id, written,
            office=turn.desk.office, now=turn.now, post=turn.post,
        )  # fmt: skip
    except OnlyWordsError:
        ask_again(turn, awaited, views.cannot_be_sent(turn.t))
        return
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.say(views.letter_sent(turn.t, record, count), in_reply=True)


def key_of(awaited: AwaitedWords) -> str:
    """The record that words are about."""
    return f"{'c' if awaited.is_center else 'd'}{awaited.about}"


async def _suspend(turn: Turn, key: str, reason: str | None) -> Sequence[int]:
    """Suspend a record and tell those it is about; who that is."""
    rights, by, now, number = turn.desk.rights, turn.person.id, turn.now, int(key[1:])
    record: Center | Delegate
    if is_center(key):
        record = (await curating.suspend_center(turn.tx, rights, number, reason, by=by, now=now)).center
    else:
        record = (await curating.suspend_person(turn.tx, rights, number, reason, by=by, now=now)).delegate
    readers = await _readers(turn, record)
    for reader in readers:
        t = await _translator_of(turn, reader)
        told = (
            views.center_suspended(t, record, reason)
            if isinstance(record, Center)
            else views.person_suspended(t, reason)
        )
        turn.tell(reader, told)
    return readers


async def _readers(turn: Turn, record: Center | Delegate) -> Sequence[int]:
    """Whom one reaches about a record: those who lead the Center, or the person."""
    if isinstance(record, Center):
        return await sending.leaders(turn.tx, record.id)
    return [] if record.person_id is None else [record.person_id]


async def _translator_of(turn: Turn, person_id: int) -> Translator:
    person = await people.find(turn.tx, person_id)
    return turn.translator(turn.desk.default_language if person is None else person.language)
