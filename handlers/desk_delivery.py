"""The desk at delivery: what its messages say as things stand then, and what follows from their sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from markupsafe import Markup, escape

from bot.desk import sending, threads
from bot.locales.catalogues import Translator
from bot.runtime.rendering import FollowUpWork, Renderer
from bot.runtime.trace import unquoted
from handlers.desk_staff import as_card
from handlers.turn import Desk
from handlers.views import desk as for_people
from handlers.views import desk_staff as views
from handlers.views.announcement_board import named
from handlers.views.desk_answers import counted
from handlers.views.learning import offer
from handlers.views.message import Message
from storage import announcements, asked_letters, desk, outbox, people, secretariat
from storage.desk import Copy
from storage.outbox import Post
from storage.records import Call, Failure
from storage.records.desk import Letter, Thread
from storage.session import Session, Transaction

log = structlog.stdlib.get_logger(__name__)

Args = Mapping[str, Any]


class DeskDelivery:
    """Renders and follows up what `bot.desk.sending` queues."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {
            sending.CARD: self._card,
            sending.CARD_NOW: self._card_now,
            sending.HEADING: self._heading,
            sending.LETTER: self._letter,
            sending.EDIT: self._edit,
            sending.NOTE: self._note,
        }

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {
            sending.COPIED: self._copied,
            sending.CARD_MADE: self._card_made,
            sending.TOPIC_MADE: self._topic_made,
            sending.TOPIC_REFUSED: self._topic_refused,
            sending.NOT_CARRIED: self._not_carried,
        }

    async def _card(self, session: Session, chat_id: int, args: Args) -> Call | None:
        thread = await self._shown_in(session, chat_id, args["thread"])
        if thread is None:
            return None
        card = views.card(self._for_group, await as_card(session, thread), self._desk.office)
        return Call("sendMessage", {**card.as_params(), **_topic(thread)})

    async def _card_now(self, session: Session, chat_id: int, args: Args) -> Call | None:
        thread = await self._shown_in(session, chat_id, args["thread"])
        if thread is None or thread.card_id is None:
            return None
        card = views.card(self._for_group, await as_card(session, thread), self._desk.office)
        return Call("editMessageText", {"message_id": thread.card_id, **card.as_params()})

    async def _heading(self, session: Session, chat_id: int, args: Args) -> Call | None:
        letter, thread = await self._found(session, chat_id, args["letter"])
        if letter is None or thread is None:
            return None
        message = Message(self._heading_of(letter, thread))
        return Call("sendMessage", {**message.as_params(), **_place(letter, thread)})

    async def _letter(self, session: Session, chat_id: int, args: Args) -> Call | None:
        letter, thread = await self._found(session, chat_id, args["letter"])
        if letter is None or thread is None:
            return None
        # Without a topic nobody would know whose it is.
        is_lost = letter.direction == threads.TO_STAFF and args["heading"] == "none" and thread.topic_id is None
        heading = self._heading_of(letter, thread) if args["heading"] == "within" or is_lost else None
        where = {**_place(letter, thread), **self._buttons(letter, thread)}
        body = _body(letter, heading)
        if letter.content == "text":
            return Call("sendMessage", {"text": body, "parse_mode": "HTML", **where})
        caption = {"caption": body, "parse_mode": "HTML"} if body and letter.content == "media" else {}
        source = {"from_chat_id": letter.chat_id, "message_id": letter.message_id}
        return Call("copyMessage", {**source, **caption, **where})

    async def _edit(self, session: Session, chat_id: int, args: Args) -> Call | None:
        letter, thread = await self._found(session, chat_id, args["letter"])
        copy = None if letter is None else await desk.copy_of(session, letter.id, chat_id)
        if letter is None or thread is None or copy is None:
            return None
        has_room = sending.heading_of(letter) == "within"
        body = _body(letter, self._heading_of(letter, thread) if copy.part == "both" and has_room else None)
        params = {"message_id": copy.message_id, "parse_mode": "HTML", **self._buttons(letter, thread)}
        if letter.content == "text":
            return Call("editMessageText", {**params, "text": body})
        return Call("editMessageCaption", {**params, "caption": body})

    async def _note(self, session: Session, chat_id: int, args: Args) -> Call | None:
        thread = await self._shown_in(session, chat_id, args["thread"])
        if thread is None:
            return None
        letter = None if args["letter"] is None else await desk.letter(session, args["letter"])
        if args["note"] == "offer" and letter is not None:
            message = offer(self._for_group, letter.id)
        elif args["note"] == "answered" and letter is not None:
            letters = await asked_letters.around(session, thread.id, letter.id)
            message = counted(self._for_group, thread, letter.id, letters)
        elif args["note"] == "written" and letter is not None:
            author = await people.find(session, letter.author_id)
            message = views.written_elsewhere(self._for_group, author, letter, thread)
        elif args["note"] == "announcement":
            found = None if letter is None else await announcements.find(session, letter.announcement or 0)
            if found is None:
                return None
            message = views.replies_to_announcement(self._for_group, named(found), thread)
        else:
            message = views.note(self._for_group, args["note"], thread)
        about = _reply(letter.message_id) if letter is not None and letter.chat_id == chat_id else {}
        return Call("sendMessage", {**message.as_params(), **_topic(thread), **about})

    async def _copied(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        copy = Copy(chat_id, result["message_id"], args["thread"], args["letter"], args["part"])
        await desk.add_copy(tx, copy)

    async def _card_made(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        await desk.card_made(tx, args["thread"], chat_id, result["message_id"])
        await desk.add_copy(tx, Copy(chat_id, result["message_id"], args["thread"], None, "card"))

    async def _topic_made(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        await desk.topic_made(tx, args["thread"], chat_id, result["message_thread_id"])

    async def _topic_refused(self, tx: Transaction, chat_id: int, args: Args, failure: Failure) -> None:
        """Go on without topics, and say why."""
        log.warning("topic_refused", chat_id=chat_id, reason=unquoted(failure.reason))
        await desk.topic_gone(tx, args["thread"], chat_id, 0)
        if not failure.is_unreachable and await secretariat.topics_refused(tx, chat_id):
            sending.post_note(chat_id, args["thread"], "no_topics", self._post(tx))

    async def _not_carried(self, tx: Transaction, chat_id: int, args: Args, failure: Failure) -> None:
        """A letter did not arrive: staff are told, or it is sent anew where that helps."""
        letter = await desk.letter(tx, args["letter"])
        thread = await desk.thread(tx, args["thread"])
        if letter is None or thread is None:
            return
        is_first_failure = await desk.letter_failed(tx, letter.id, self._desk.clock.now_us())
        if letter.direction == threads.TO_PERSON:
            if thread.group_id is not None:
                kind = "unreachable" if failure.is_unreachable else "undelivered"
                sending.post_note(thread.group_id, thread.id, kind, self._post(tx), letter_id=letter.id)
        elif failure.is_unreachable:
            return  # the group is lost; what waits goes to the next one
        elif is_first_failure and failure.lacks_topic:
            await self._to_new_topic(tx, chat_id, thread, letter)
        else:
            log.warning("letter_not_carried", letter=letter.id, reason=unquoted(failure.reason))
            sending.post_note(chat_id, thread.id, "uncopied", self._post(tx))

    async def _to_new_topic(self, tx: Transaction, chat_id: int, thread: Thread, letter: Letter) -> None:
        """Somebody has deleted the topic: the letter goes into a new one."""
        group = await secretariat.bound(tx)
        if group is None or group.chat_id != chat_id:
            return
        if thread.topic_id is not None:
            await desk.topic_gone(tx, thread.id, chat_id, thread.topic_id)
        now, post = self._desk.clock.now_us(), self._post(tx)
        await sending.to_group(tx, group, thread, letter, new_wait=False, now=now, post=post)

    async def _found(self, session: Session, chat_id: int, letter_id: int) -> tuple[Letter | None, Thread | None]:
        """A letter and its thread, if the letter still goes to this chat."""
        letter = await desk.letter(session, letter_id)
        if letter is None:
            return None, None
        if letter.direction == threads.TO_PERSON:
            return letter, await desk.thread(session, letter.thread_id)
        return letter, await self._shown_in(session, chat_id, letter.thread_id)

    async def _shown_in(self, session: Session, chat_id: int, thread_id: int) -> Thread | None:
        """A thread, if this is (still) the Secretariat's group; without what it has in another one."""
        group = await secretariat.bound(session)
        thread = await desk.thread(session, thread_id)
        if group is None or group.chat_id != chat_id or thread is None:
            return None
        return thread if thread.group_id == chat_id else _elsewhere(thread)

    def _heading_of(self, letter: Letter, thread: Thread) -> Markup:
        if letter.direction == threads.TO_PERSON:
            return for_people.from_secretariat(self._desk.catalogues.translator(thread.language))
        return views.heading(self._for_group, thread)

    def _buttons(self, letter: Letter, thread: Thread) -> dict[str, Any]:
        if letter.direction == threads.TO_STAFF:
            return {}
        button = for_people.reply_button(self._desk.catalogues.translator(thread.language))
        return {"reply_markup": {"inline_keyboard": [[button.as_json()]]}}

    @property
    def _for_group(self) -> Translator:
        return self._desk.catalogues.translator(self._desk.default_language)

    def _post(self, tx: Transaction) -> Post:
        return partial(outbox.add, tx, now=self._desk.clock.now_us())


def _body(letter: Letter, heading: Markup | None) -> str:
    words = Markup(letter.html) if letter.html is not None else escape(letter.plain)  # noqa: S704 - Telegram's own
    return str(words if heading is None else Markup("{}\n{}").format(heading, words) if words else heading)


def _place(letter: Letter, thread: Thread) -> dict[str, Any]:
    """Where a letter goes: as a reply in the private chat, in its topic, or below its card."""
    if letter.direction == threads.TO_PERSON:
        return _reply(letter.reply_to_id)
    if thread.topic_id is not None:
        return {**_topic(thread), **_reply(letter.reply_to_id)}
    return _reply(letter.reply_to_id or thread.card_id)


def _topic(thread: Thread) -> dict[str, Any]:
    return {} if thread.topic_id is None else {"message_thread_id": thread.topic_id}


def _reply(message_id: int | None) -> dict[str, Any]:
    if message_id is None:
        return {}
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


def _elsewhere(thread: Thread) -> Thread:
    return replace(thread, topic_id=None, card_id=None, topic_asked_at=None)
