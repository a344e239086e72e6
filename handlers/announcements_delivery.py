"""Announcements at delivery: sent, corrected or recalled as things stand by then, and what became of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.announcements import sending
from bot.announcements.content import Content, read_content
from bot.announcements.recalling import RECALLABLE_FOR_US
from bot.locales.catalogues import DEFAULT_LANGUAGE
from bot.runtime.clock import Clock
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.announcement_errands import Errands
from handlers.turn import Desk
from handlers.views import announcement as views
from storage import announcement_recipients as recipients
from storage import announcements, outbox
from storage.database import Database
from storage.records import Call, Failure, FollowUp, MessageClass, NewMessage, Rendered
from storage.records.announcements import AnnouncementButton, AnnouncementState, Errand, Outcome, Todo
from storage.session import Session, Transaction

FEED_EVERY_S = 1.0
KNOWN_AT_MOST = 8
ENDING_AT_MOST = 1_000
"""As many as can be in flight: none of these is forgotten before it is recorded."""
Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """What an announcement says, by language, and the buttons under it."""

    contents: Mapping[str, Content]
    buttons: Sequence[AnnouncementButton]

    def language_for(self, reads: str) -> str | None:
        """The version that a reader gets: their own, else the English one, else the one that there is."""
        first = next(iter(self.contents), None)
        return next((one for one in (reads, DEFAULT_LANGUAGE) if one in self.contents), first)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What is being called for a recipient: one of several `parts`, of which each becomes messages of its own."""

    errand: Errand
    language: str
    part: int
    parts: int


def feeding(database: Database, clock: Clock, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """The job that moves announcements on."""

    async def feed() -> None:
        if await sending.feed(database, clock.now_us()):
            wake()

    return feed


class AnnouncementsDelivery:
    """Renders what is to be done at recipients, and records what became of it."""

    def __init__(self, desk_at_hand: Desk, database: Database) -> None:
        self._desk = desk_at_hand
        self._database = database
        self._errands = Errands()
        self._wordings: dict[tuple[int, int], Wording] = {}
        self._under_way: dict[tuple[int, int], UnderWay] = {}
        self._ending: dict[tuple[int, int], UnderWay] = {}
        """What was sent and is being recorded: that may have to be done again."""

    def renderers(self) -> Mapping[str, Renderer]:
        return {recipients.RENDERER: self._render}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {recipients.SENT: self._sent, recipients.FAILED: self._failed}

    async def _render(self, session: Session, chat_id: int, args: Args) -> Call | None:
        number, part = args["announcement"], args.get("part", 0)
        errand = await self._errands.find(session, number, chat_id)
        if errand is None or errand.recipient.batch != args["batch"]:
            return None
        todo = errand.recipient.todo
        if todo == Todo.SEND and not part and errand.state != AnnouncementState.RUNNING:
            is_over = errand.state != AnnouncementState.PAUSED
            await self._database.write(lambda tx: recipients.put_back(tx, errand.recipient, is_over=is_over))
            return None
        wording = await self._wording(session, errand)
        language = errand.recipient.language or wording.language_for(errand.reads)
        calls = self._calls(errand, wording, language)
        if part >= len(calls) or language is None:
            await self._database.write(lambda tx: self._nothing_to_call(tx, errand))
            return None
        self._under_way[number, chat_id] = UnderWay(errand, language, part, len(calls))
        return calls[part]

    def _calls(self, errand: Errand, wording: Wording, language: str | None) -> Sequence[Call]:
        recipient = errand.recipient
        if recipient.todo == Todo.RECALL:
            may = (recipient.sent_at or 0) > self._desk.clock.now_us() - RECALLABLE_FOR_US
            return [Call("deleteMessages", {"message_ids": list(recipient.messages)})] if may else ()
        content = wording.contents.get(language or "")
        if content is None:
            return ()
        t = self._desk.catalogues.translator(errand.reads)
        calls = views.calls(
            content, wording.buttons, t, recipient.announcement,
            is_official=errand.is_official, is_read=recipient.read_at is not None,
            written=self._desk.catalogues.translator(language or errand.reads),
        )  # fmt: skip
        if recipient.todo == Todo.CORRECT:
            return views.corrections(calls, recipient.messages, media_too=False)
        return [_paid(call) for call in calls] if errand.is_paid else calls

    async def _wording(self, session: Session, errand: Errand) -> Wording:
        """What it says; once read, it is known until it is corrected."""
        number = errand.recipient.announcement
        known = self._wordings.get((number, errand.text_edition))
        if known is not None:
            return known
        texts = await announcements.texts(session, number)
        wording = Wording(
            {text.language: read_content(text.content) for text in texts}, await announcements.buttons(session, number)
        )
        while len(self._wordings) >= KNOWN_AT_MOST:
            del self._wordings[next(iter(self._wordings))]
        self._wordings[number, errand.text_edition] = wording
        return wording

    async def _nothing_to_call(self, tx: Transaction, errand: Errand) -> None:
        state = {Todo.SEND: Outcome.SKIPPED, Todo.RECALL: Outcome.STAYS, Todo.CORRECT: Outcome.SENT}
        if errand.recipient.todo is not None:
            recipients.done(tx, errand.recipient, state[errand.recipient.todo])

    async def _sent(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        under_way = self._ends((args["announcement"], chat_id))
        errand = under_way.errand
        recipient, edition = errand.recipient, errand.text_edition
        messages = (*(recipient.messages if under_way.part else ()), *_ids(result))
        if under_way.part + 1 < under_way.parts:
            if recipient.todo == Todo.SEND:
                recipients.part_sent(tx, recipient, messages, now=self._desk.clock.now_us())
            self._post_next(tx, chat_id, {**args, "part": under_way.part + 1}, is_paid=errand.is_paid)
        elif recipient.todo == Todo.SEND:
            now, language = self._desk.clock.now_us(), under_way.language
            recipients.sent(tx, recipient, messages, language=language, text_edition=edition, now=now)
        elif recipient.todo == Todo.CORRECT:
            recipients.done(tx, recipient, Outcome.SENT, text_edition=edition)
        else:
            recipients.done(tx, recipient, Outcome.RECALLED)

    def _ends(self, key: tuple[int, int]) -> UnderWay:
        """What was sent, also where recording it is tried again, as on a full disk."""
        ending = self._ending.pop(key, None)
        under_way = self._under_way.pop(key, None) or ending
        if under_way is None:
            raise LookupError(key)  # nothing of it is on its way to this chat
        self._ending[key] = under_way
        if len(self._ending) > ENDING_AT_MOST:
            del self._ending[next(iter(self._ending))]
        return under_way

    def _post_next(self, tx: Transaction, chat_id: int, args: Args, *, is_paid: bool) -> None:
        """What belongs to it follows at once, whatever else waits."""
        message = NewMessage(
            chat_id,
            Rendered(recipients.RENDERER, args),
            MessageClass.REPLY,
            follow_up=FollowUp(recipients.SENT, args),
            on_failure=FollowUp(recipients.FAILED, args),
            is_paid=is_paid,
        )
        outbox.add(tx, message, self._desk.clock.now_us())

    async def _failed(self, tx: Transaction, chat_id: int, args: Args, failure: Failure) -> None:
        self._under_way.pop((args["announcement"], chat_id), None)
        recipient = await recipients.find(tx, args["announcement"], chat_id)
        if recipient is None or recipient.batch != args["batch"]:
            return
        if recipient.todo == Todo.SEND:
            state = Outcome.BLOCKED if failure.is_unreachable else Outcome.FAILED
        else:
            state = Outcome.STAYS if recipient.todo == Todo.RECALL else Outcome.SENT
        recipients.done(tx, recipient, state, failure=failure.reason)


def _ids(result: Any) -> tuple[int, ...]:
    """The messages that a call has made."""
    made = result if isinstance(result, list) else [result]
    return tuple(one["message_id"] for one in made if isinstance(one, dict))


def _paid(call: Call) -> Call:
    return replace(call, params={**call.params, "allow_paid_broadcast": True})
