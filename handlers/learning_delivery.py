"""Answers for everyone at delivery: what those who asked the same are told, as things stand then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.learning import telling
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers.turn import Desk
from handlers.views import learned as for_people
from handlers.views import learning as views
from storage import learned, people, questions
from storage.records import Call, Failure
from storage.session import Session, Transaction

Args = Mapping[str, Any]


class LearningDelivery:
    """Renders and follows up what `bot.learning.telling` queues."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {telling.TOLD: self._told}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {telling.NOT_TOLD: self._not_told}

    async def _told(self, session: Session, chat_id: int, args: Args) -> Call | None:
        answer = await learned.answer(session, args["answer"])
        texts = await learned.texts(session, args["answer"])
        asked = await learned.phrasing(session, args["phrasing"])
        person = await people.find(session, chat_id)
        if answer is None or answer.state != "published" or not texts or asked is None or person is None:
            return None
        t = self._desk.catalogues.translator(person.language)
        message = views.told(t, asked.question, for_people.answer(t, answer, texts))
        question = None if asked.asked is None else await questions.by_id(session, asked.asked)
        if question is None or question.chat_id != chat_id:
            return Call("sendMessage", message.as_params())
        reply = {"message_id": question.message_id, "allow_sending_without_reply": True}
        return Call("sendMessage", {**message.as_params(), "reply_parameters": reply})

    async def _not_told(self, tx: Transaction, _chat_id: int, args: Args, _failure: Failure) -> None:
        """It did not reach them: staff see that they are yet to be told."""
        await learned.not_told(tx, args["phrasing"])
