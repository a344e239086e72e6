"""The agenda of an AGM: all of it written anew, items added, or one moved, changed or removed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.conferences import agm_items as items
from bot.conferences.agm import NoAgmError
from bot.conferences.agm_form import AGM_ITEMS, items_of
from bot.conferences.agm_items import AgendaTooLongError, SeenItem, TooManyItemsError
from bot.conferences.editing import NothingChangedError
from bot.conferences.opening import NoSuchConferenceError, StaleConferenceError
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.agm import card, not_saved
from handlers.center import number_in
from handlers.conference_guard import Handler, conference_in, for_hosts
from handlers.turn import Conversation, Refused, Turn, match
from handlers.views import agm as agm_views
from handlers.views import agm_items as views
from handlers.views import out_of_date
from handlers.views.message import Message
from storage import conferences
from storage.records.drafts import Draft

OnItem = Callable[[Turn, SeenItem], Coroutine[Any, Any, None]]


def on_item(handler: OnItem) -> Handler:
    """For the Secretariat; an item that is not there any more, or elsewhere, leads to those that are."""

    @for_hosts
    @wraps(handler)
    async def guarded(_update: Update, turn: Turn) -> None:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
        try:
            await handler(turn, SeenItem(conference_in(turn), number_in(turn, "place"), match(turn)["mark"]))
        except (StaleConferenceError, NothingChangedError, NoAgmError):
            turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
            await _show_all(turn)

    return guarded


@for_hosts
async def show_all(_update: Update, turn: Turn) -> None:
    """The items, to choose one."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    await _show_all(turn)


@on_item
async def show(turn: Turn, seen: SeenItem) -> None:
    """An item, and what can be done with it."""
    turn.show(views.item(turn.t, seen, await items.with_item(turn.tx, seen)))


@on_item
async def move(turn: Turn, seen: SeenItem) -> None:
    """Move an item up or down."""
    rights, to = turn.desk.rights, number_in(turn, "to")
    there = await items.move_item(turn.tx, rights, seen, to, by=turn.person.id, now=turn.now)
    turn.show(views.item(turn.t, there, await items.with_item(turn.tx, there)))


@on_item
async def remove(turn: Turn, seen: SeenItem) -> None:
    """Remove an item."""
    await items.replace_item(turn.tx, turn.desk.rights, seen, (), by=turn.person.id, now=turn.now)
    await _show_all(turn)


@on_item
async def change(turn: Turn, seen: SeenItem) -> None:
    """Asks for an item anew."""
    present = (await items.with_item(turn.tx, seen))[seen.place]
    subject = f"{seen.conference}:{seen.place}:{seen.mark}"
    await forms.begin(turn, AGM_ITEMS.id, subject=subject, prefill={"items": present}, only=("items",))


@for_hosts
async def add(_update: Update, turn: Turn) -> None:
    """Asks for items at the end of the agenda."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    if await conferences.agm_items(turn.tx, conference_in(turn)):
        await forms.begin(turn, AGM_ITEMS.id, subject=f"{conference_in(turn)}:{views.ADD}")
    else:  # there is no end at which they would come
        await _begin_all(turn)


@for_hosts
async def rewrite(_update: Update, turn: Turn) -> None:
    """Asks for the whole agenda."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    await _begin_all(turn)


async def _begin_all(turn: Turn) -> None:
    present = await conferences.agm_items(turn.tx, conference_in(turn))
    known = {"items": "\n".join(present) or None}
    await forms.begin(turn, AGM_ITEMS.id, subject=str(conference_in(turn)), prefill=known, only=("items",))


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """Items were written."""
    number = int(draft.subject.partition(":")[0])
    try:
        await _save(turn, draft, number)
    except TooManyItemsError:
        return Refused(views.too_many(turn.t), "items")
    except AgendaTooLongError as why:
        return Refused(views.too_long(turn.t, why.room), "items")
    except (NothingChangedError, StaleConferenceError, NotAllowedError, NoSuchConferenceError, NoAgmError) as why:
        return await not_saved(turn, number, why)
    return agm_views.saved(turn.t, await card(turn, number))


async def _save(turn: Turn, draft: Draft, number: int) -> None:
    rights, by, wanted = turn.desk.rights, turn.person.id, items_of(draft.answers.get("items"))
    match draft.subject.split(":"):
        case [_, place, mark]:
            seen = SeenItem(number, int(place), mark)
            await items.replace_item(turn.tx, rights, seen, wanted, by=by, now=turn.now)
        case [_, _]:
            await items.add_items(turn.tx, rights, number, wanted, by=by, now=turn.now)
        case _:
            given = items_of(draft.given.get("items"))
            await items.set_items(turn.tx, rights, number, given=given, wanted=wanted, by=by, now=turn.now)


async def _show_all(turn: Turn) -> None:
    number = conference_in(turn)
    present = await conferences.agm_items(turn.tx, number)
    turn.show(views.all_of_them(turn.t, number, present) if present else await card(turn, number))


CONVERSATIONS = {AGM_ITEMS.id: Conversation(AGM_ITEMS, views.words, confirm)}
"""For `handlers.conversations`."""
