"""Everything about somebody as a file for them, and how it is erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from telegram import Update

from bot.members import erasing
from bot.members.own_data import own_data_of
from bot.runtime.rendering import FollowUpWork, Renderer
from handlers import joining_news
from handlers.rendering import placed, translator_in
from handlers.turn import Desk, Turn
from handlers.views import erasing as views
from handlers.views import out_of_date
from storage import drafts, outbox
from storage.erasing import forget_farewell
from storage.records import Call, NewMessage, Upload
from storage.records.durations import SECOND_US
from storage.session import Session, Transaction

ASKED_FOR_S = 15 * 60
"""For so long after the last question its button erases; later it asks again."""
FILE_NAME = "unigo-my-data.json"

Args = Mapping[str, Any]


async def make_file(update: Update, desk: Desk) -> Upload | None:
    """Before the transaction: everything about whoever pressed."""
    user = update.effective_user
    if user is None:
        return None
    parts = {"drafts": _drafts}
    text = await own_data_of(desk.shelf.reader, user.id, parts=parts, now=desk.clock.now_us())
    return await desk.spool.keep(text.encode(), FILE_NAME)


async def export(_update: Update, turn: Turn) -> None:
    """The button that gives everything as a file, always in private."""
    upload: Upload = turn.worked_out
    call = upload.as_call(views.file(turn.t).as_caption())
    turn.post(NewMessage(turn.person.id, call))


async def ask(_update: Update, turn: Turn) -> None:
    """The first step: what goes and what stays."""
    turn.show(views.ask_erasure(turn.t, is_owner=turn.desk.rights.is_owner(turn.person.id)))


async def ask_last(_update: Update, turn: Turn) -> None:
    """The second step."""
    turn.show(views.last_question(turn.t, turn.now // SECOND_US))


async def erase(_update: Update, turn: Turn) -> None:
    """Erase everything. A button that is left over from long ago only asks again."""
    assert turn.matches  # noqa: S101 - this handler is routed by a pattern
    if not 0 <= turn.now // SECOND_US - int(turn.matches[0]["at"]) <= ASKED_FOR_S:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
        turn.show(views.last_question(turn.t, turn.now // SECOND_US))
        return
    done = await erasing.erase(turn.tx, turn.person.id, turn.now, turn.post)
    for center in done.left_alone:
        await joining_news.tell_alone(turn, center, None)
    turn.post(erasing.farewell(turn.person.id, Call("sendMessage", views.erased(turn.t).as_params())))


class ErasingDelivery:
    """What becomes, at delivery, of what showed somebody who had everything erased."""

    def __init__(self, desk_at_hand: Desk) -> None:
        self._desk = desk_at_hand

    def renderers(self) -> Mapping[str, Renderer]:
        return {erasing.REPLACED: self._replaced, erasing.TOPIC: self._topic}

    def follow_ups(self) -> Mapping[str, FollowUpWork]:
        return {
            erasing.SAID_FAREWELL: _forget_farewell,
            erasing.COULD_NOT_SAY_FAREWELL: _forget_farewell,
            erasing.SHOWN: self._shown,
        }

    async def _shown(self, tx: Transaction, chat_id: int, args: Args, result: Any) -> None:
        post = partial(outbox.add, tx, now=self._desk.clock.now_us())
        await erasing.note_shown(tx, chat_id, result["message_id"], args["records"], post)

    async def _replaced(self, session: Session, chat_id: int, args: Args) -> Call:
        t = await translator_in(session, self._desk, chat_id)
        return placed(views.replaced(t), {"place": {}, **args})

    async def _topic(self, _session: Session, _chat_id: int, args: Args) -> Call:
        t = self._desk.catalogues.translator(self._desk.default_language)
        return Call("editForumTopic", {"message_thread_id": args["topic"], "name": views.topic_name(t)})


async def _forget_farewell(tx: Transaction, chat_id: int, _args: Args, _result: Any) -> None:
    forget_farewell(tx, chat_id)


async def _drafts(session: Session, person_id: int) -> Sequence[Mapping[str, Any]]:
    return [draft._asdict() for draft in await drafts.of_person(session, person_id)]
