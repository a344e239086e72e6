"""Requests at delivery: cards and news as things stand then, and what follows; the job that reminds of corrections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.conferences import which
from bot.locales.catalogues import Translator
from bot.members import reasons, requests, sending
from bot.members.duplicates import likely_same, likely_same_person
from bot.members.reasons import AwaitedReason
from bot.reminders import corrections
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.turn import Desk
from handlers.views import request_news
from handlers.views import requests as views
from storage import centers, delegates, outbox, people, secretariat
from storage import requests as kept
from storage.database import Database
from storage.records import Call, Failure, Person
from storage.records.members import Card, Center, Request, RequestKind, RequestState
from storage.session import Session, Transaction

Args = Mapping[str, Any]


class RequestsDelivery:
    """Renders and follows up what `bot.members.sending` queues."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {
            sending.CARD: self._card,
            sending.CARD_NOW: self._card_now,
            sending.NEWS: self._news,
            corrections.RENDERER: self._reminder,
        }

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {
            sending.CARD_MADE: self._card_made,
            sending.PROMPT_MADE: self._prompt_made,
            sending.NOT_TOLD: self._not_told,
        }

    async def _card(self, session: Session, chat_id: int, args: Args) -> Call | None:
        params = await self._shown(session, chat_id, args["request"])
        topic = {"message_thread_id": args["topic"]} if "topic" in args else {}
        return None if params is None else Call("sendMessage", {**params, **topic})

    async def _card_now(self, session: Session, chat_id: int, args: Args) -> Call | None:
        params = await self._shown(session, chat_id, args["request"])
        return None if params is None else Call("editMessageText", {"message_id": args["message"], **params})

    async def _news(self, session: Session, chat_id: int, args: Args) -> Call | None:
        request = await kept.by_id(session, args["request"])
        if request is None or request.person_id != chat_id or request.edition != args["edition"]:
            return None  # it was put again since, or they had everything erased
        shown = await as_card(session, request)
        t = self._desk.catalogues.translator(await self._language(session, chat_id))
        conference = await which.open_to_register(session, self._desk.clock.now_us())
        message = request_news.news(t, request, shown.center, conference)
        return None if message is None else Call("sendMessage", message.as_params())

    async def _reminder(self, session: Session, chat_id: int, args: Args) -> Call | None:
        request = await kept.by_id(session, args["request"])
        if request is None or request.person_id != chat_id or request.state != RequestState.CORRECTION:
            return None  # corrected, withdrawn or decided meanwhile
        shown = await as_card(session, request)
        t = self._desk.catalogues.translator(await self._language(session, chat_id))
        return Call("sendMessage", request_news.still_to_correct(t, request, shown.center).as_params())

    async def _card_made(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        await kept.add_card(tx, Card(chat_id, result["message_id"], args["request"]))

    async def _prompt_made(self, tx: Transaction, _chat_id: int, args: Args, result: Any) -> None:
        await reasons.prompted(tx, AwaitedReason.from_args(args), result["message_id"])

    async def _not_told(self, tx: Transaction, _chat_id: int, args: Args, failure: Failure) -> None:
        """Whoever asked has blocked the bot: those who decide see it, and they are told when they come back."""
        if failure.is_unreachable:
            await kept.not_told(tx, args["request"], args["edition"])
            post = partial(outbox.add, tx, now=self._desk.clock.now_us())
            await sending.post_cards_now(tx, args["request"], post)

    async def _shown(self, session: Session, chat_id: int, request_id: int) -> dict[str, Any] | None:
        """A card for a chat; None if there is no such request, or the chat is not (any more) to see it."""
        request = await kept.by_id(session, request_id)
        if request is None or not await self._may_see(session, chat_id, request):
            return None
        shown = await as_card(session, request, with_likely=True)
        if chat_id < 0 or await self._desk.rights.is_staff(session, chat_id):  # only they see all records, and merge
            shown = replace(shown, may_be_known=await _may_be_known(session, shown))
        t = await self._translator(session, chat_id)
        return views.card(t, shown, place(self._desk)).as_params()

    async def _may_see(self, session: Session, chat_id: int, request: Request) -> bool:
        if chat_id > 0:
            return await requests.may_decide(session, self._desk.rights, chat_id, request)
        group = await secretariat.bound(session)
        return group is not None and group.chat_id == chat_id

    async def _translator(self, session: Session, chat_id: int) -> Translator:
        """Of a person in their language, of the group in the language of the house."""
        return self._desk.catalogues.translator(await self._language(session, chat_id))

    async def _language(self, session: Session, chat_id: int) -> str:
        person = await people.find(session, chat_id) if chat_id > 0 else None
        return self._desk.default_language if person is None else person.language


def reminding(database: Database, desk_at_hand: Desk, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that reminds of corrections; `wake` is called when there is something to send."""

    async def work(tx: Transaction) -> int:
        now = desk_at_hand.clock.now_us()
        post, zone = partial(outbox.add, tx, now=now), str(desk_at_hand.office.zone)
        return await corrections.remind_due(tx, now, post, default_zone=zone)

    async def remind() -> None:
        if await database.write(work):
            wake()

    return remind


def place(desk: Desk) -> views.Place:
    """Where cards are read."""
    return views.Place(desk.places.countries, desk.office.zone)


async def as_card(session: Session, request: Request, *, with_likely: bool = False) -> views.Card:
    """A request with those who have to do with it; Centers that may be the same take a while to be found."""
    center = None if request.center is None else await centers.by_id(session, request.center)
    delegate = None if request.delegate is None else await delegates.by_id(session, request.delegate)
    likely: tuple[Center, ...] = ()
    if with_likely and center is not None and request.kind == RequestKind.CENTER and request.is_undecided:
        likely = await likely_same(session, center.details, but=center.id)
    asker, decider = await _person(session, request.person_id), await _person(session, request.decided_by)
    return views.Card(request, asker, decider, center, delegate, likely)


async def _may_be_known(session: Session, shown: views.Card) -> bool:
    """Whether there may be a record of the person who wants to join; it takes a while to find out."""
    request, delegate = shown.request, shown.delegate
    if delegate is None or not request.is_undecided or request.kind not in {RequestKind.JOIN, RequestKind.GUEST}:
        return False
    return bool(await likely_same_person(session, delegate.details, shown.center, but=delegate.id))


async def _person(session: Session, person_id: int | None) -> Person | None:
    return None if person_id is None else await people.find(session, person_id)
