"""Correcting what was sent: other words are written, looked at and confirmed. Recalling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update

from bot.announcements import amending, board, recalling
from bot.announcements.amending import Confirmed
from bot.announcements.board import NoSuchAnnouncementError
from bot.announcements.composing import TooLongError
from bot.announcements.confirming import SamePersonError
from bot.announcements.content import Content, read_content
from bot.members import words
from bot.members.words import AwaitedWords, Purpose
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.announcement_board import changed, number_in, show_instead
from handlers.announcing_compose import content_of
from handlers.announcing_seconds import ask_seconders, tell_first
from handlers.listings import ask_again, await_words
from handlers.record_guard import for_staff
from handlers.rendering import translator_in
from handlers.turn import Desk, Turn, match
from handlers.views import announcement_correct as views
from handlers.views.announce import too_long
from handlers.views.announce_confirm import same_person_toast
from handlers.views.announcement import calls, longest, mark_length
from handlers.views.curating import words_only
from handlers.views.message import Message
from storage import announcement_reports, announcements, outbox
from storage.records import Call, Failure, FollowUp, NewMessage, Person
from storage.session import Transaction

Args = Mapping[str, Any]
ACCEPTED, REFUSED = "announcement_correction_accepted", "announcement_correction_refused"
"""Follow-ups of the preview."""


@for_staff
async def choose(_update: Update, turn: Turn) -> None:
    """Which of its texts is to be corrected; if there is one, that."""
    found = await board.need(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id)
    texts = await announcements.texts(turn.tx, found.id)
    if len(texts) == 1:
        await _ask(turn, found.id, texts[0].language)
    else:
        await show_instead(turn, views.choose_language(turn.t, found, [text.language for text in texts]))


@for_staff
async def ask_words(_update: Update, turn: Turn) -> None:
    """The text is written next."""
    await _ask(turn, number_in(turn), match(turn)["language"])


async def take_words(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> None:
    """It was written: shown as people will see it, and then to be confirmed. Raises NotAllowedError."""
    written = content_of(message)
    if written is None or not written.text:
        ask_again(turn, awaited, words_only(turn.t))
        return
    number, language = awaited.about, awaited.state
    try:
        before = await amending.content(turn.tx, number, language)
        await _propose(turn, awaited, replace(before, text=written.text, entities=written.entities))
    except TooLongError as why:
        ask_again(turn, awaited, too_long(turn.t, why.written, why.at_most))
    except NoSuchAnnouncementError:
        await words.stop(turn.tx, turn.person.id, turn.chat_id)


async def _propose(turn: Turn, awaited: AwaitedWords, content: Content) -> None:
    number, language = awaited.about, awaited.state
    found = await board.find(turn.tx, number)
    under, t = await announcements.buttons(turn.tx, number), turn.translator(language)
    at_most = longest(content, has_buttons=bool(under)) - (mark_length(t) if found.is_official else 0)
    await amending.propose(turn.tx, turn.desk.rights, number, language, content, at_most=at_most, by=turn.person.id)
    await words.stop(turn.tx, turn.person.id, turn.chat_id)
    args = {"announcement": number, "language": language, "mark": amending.mark_of(content.as_json())}
    shown = calls(content, under, t, number, is_official=found.is_official)
    for position, call in enumerate(shown):
        is_last = position == len(shown) - 1
        accepted = FollowUp(ACCEPTED, args) if is_last else None
        turn.post(NewMessage(awaited.chat_id, call, follow_up=accepted, on_failure=FollowUp(REFUSED, args)))


@for_staff
async def confirm(_update: Update, turn: Turn) -> None:
    """It is corrected wherever it was sent; where that is to many, once a second person has confirmed it too."""
    number, language, mark = number_in(turn), match(turn)["language"], match(turn)["mark"]
    rights, limits, by = turn.desk.rights, turn.desk.announcements, turn.person.id
    try:
        became, proposal = await amending.confirm(
            turn.tx, rights, limits, number, language, mark=mark, by=by, now=turn.now
        )
    except SamePersonError:
        turn.answer_press(same_person_toast(turn.t), alert=True)
        return
    if proposal is None:
        await changed(turn, done=False)
    elif became == Confirmed.BY_FIRST:
        await show_instead(turn, views.waits(turn.t, await board.find(turn.tx, number)))
        await _ask_others(turn, number, language, mark, read_content(proposal.content))
    else:
        found = await board.find(turn.tx, number)
        await tell_first(turn, proposal.confirmed_by, lambda t: views.seconded(t, found, turn.person))
        await changed(turn, done=True)
        others = [text.language for text in await announcements.texts(turn.tx, number) if text.language != language]
        read = (await announcements.tally(turn.tx, number)).read
        if others or read:
            turn.say(views.left_as_it_was(turn.t, found, language, others, read))


@for_staff
async def ask_recall(_update: Update, turn: Turn) -> None:
    """Before it is recalled, it is asked."""
    number = number_in(turn)
    await board.need(turn.tx, turn.desk.rights, number, by=turn.person.id)
    there = await announcement_reports.count_sent(turn.tx, number)
    too_old = await announcement_reports.count_sent(turn.tx, number, before=turn.now - recalling.RECALLABLE_FOR_US)
    await show_instead(turn, views.ask_recall(turn.t, await board.shown(turn.tx, number), there, too_old))


@for_staff
async def recall(_update: Update, turn: Turn) -> None:
    """It is deleted wherever Telegram allows it."""
    done = await recalling.begin(turn.tx, turn.desk.rights, turn.person.id, number_in(turn), turn.now)
    await changed(turn, done=done)


class CorrectionDelivery:
    """What follows from the preview of other words."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {ACCEPTED: self._accepted, REFUSED: self._refused}

    async def _accepted(self, tx: Transaction, chat_id: int, args: Args, _result: Any) -> None:
        number, language, mark = args["announcement"], args["language"], args["mark"]
        if await amending.accepted(tx, number, language, mark, self._desk.clock.now_us()):
            t, found = await translator_in(tx, self._desk, chat_id), await board.find(tx, number)
            reaches = await amending.reaches(tx, number, language)
            needs_second = self._desk.announcements.needs_second(reaches)
            self._say(tx, chat_id, views.confirm(t, found, language, mark, reaches, needs_second=needs_second))

    async def _refused(self, tx: Transaction, chat_id: int, args: Args, failure: Failure) -> None:
        number, language = args["announcement"], args["language"]
        if await amending.proposed(tx, number, language, args["mark"]) is not None:
            t, found = await translator_in(tx, self._desk, chat_id), await board.find(tx, number)
            self._say(tx, chat_id, views.refused(t, found, language, failure.reason))

    def _say(self, tx: Transaction, chat_id: int, message: Message) -> None:
        call = Call("sendMessage", message.as_params())
        outbox.add(tx, NewMessage(chat_id, call), self._desk.clock.now_us())


async def _ask_others(turn: Turn, number: int, language: str, mark: str, content: Content) -> None:
    """Whoever can be the second sees what the first has seen."""
    found, under = await board.find(turn.tx, number), await announcements.buttons(turn.tx, number)
    reaches = await amending.reaches(turn.tx, number, language)
    shown = calls(content, under, turn.translator(language), number, is_official=found.is_official)

    def ask(other: Person) -> None:
        for call in shown:
            turn.post(NewMessage(other.id, call))
        asked = views.ask_second(turn.translator(other.language), found, language, mark, reaches, turn.person)
        turn.tell(other.id, asked)

    await ask_seconders(turn, ask)


async def _ask(turn: Turn, number: int, language: str) -> None:
    found = await board.need(turn.tx, turn.desk.rights, number, by=turn.person.id)
    has_media = bool((await amending.content(turn.tx, number, language)).media)
    question = views.ask_words(turn.t, found, language, has_media=has_media)
    await await_words(turn, Purpose.CORRECTION, question, about=number, state=language)
