"""Asking those again who have not pressed "I have read it", and the job that does so every few days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.announcements import board, chasing, composing
from bot.announcements.amending import Confirmed
from bot.announcements.chasing import Wanted
from bot.announcements.confirming import SamePersonError
from handlers.announcement_board import number_in, show_instead
from handlers.announcing_seconds import ask_seconders, tell_first
from handlers.record_guard import for_staff
from handlers.turn import Desk, Turn, match
from handlers.views import announcement_chase as views
from handlers.views import out_of_date
from handlers.views.announce_confirm import same_person_toast
from handlers.views.announcement_chase import Chased
from handlers.views.schedule import sent_toast
from storage import announcement_readings, people
from storage.database import Database
from storage.records import Person
from storage.session import Transaction


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """Whom it concerns, and what can be chosen."""
    await _show(turn)


@for_staff
async def ask_whether(_update: Update, turn: Turn) -> None:
    """Before they are asked, once or every so many days."""
    shown = await _chased(turn, only_centers=_only_centers(turn))
    await show_instead(turn, views.ask_whether(turn.t, shown, int(match(turn)["days"])))


@for_staff
async def ask_once(_update: Update, turn: Turn) -> None:
    """They are asked once; where they are many, once a second member has confirmed it too."""
    await _confirm(turn, Wanted(0, _only_centers(turn), int(match(turn)["asked"])))


@for_staff
async def ask_every(_update: Update, turn: Turn) -> None:
    """They are asked every so many days; of 0, no more."""
    days = int(match(turn)["days"])
    if days in chasing.EVERY_DAYS:
        await _confirm(turn, Wanted(days, _only_centers(turn)))
    else:
        await chasing.ask_no_more(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id, now=turn.now)
        await _show(turn)


def chasing_due(database: Database, desk_at_hand: Desk, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that asks whom it is time to ask; `wake` is called when that has begun anything."""

    async def work(tx: Transaction) -> int:
        return await chasing.ask_due(tx, desk_at_hand.rights, desk_at_hand.clock.now_us())

    async def ask_due() -> None:
        if await database.write(work):
            wake()

    return ask_due


def _only_centers(turn: Turn) -> bool:
    return bool(match(turn)["centers"] == "1")


async def _confirm(turn: Turn, wanted: Wanted) -> None:
    rights, limits, by = turn.desk.rights, turn.desk.announcements, turn.person.id
    try:
        came = await chasing.confirm(turn.tx, rights, limits, number_in(turn), wanted, by=by, now=turn.now)
    except SamePersonError:
        turn.answer_press(same_person_toast(turn.t), alert=True)
        return
    if came.became == Confirmed.BY_FIRST:
        await _ask_others(turn, wanted)
        return
    if came.became == Confirmed.DONE:
        found = await board.find(turn.tx, number_in(turn))
        await tell_first(turn, came.first, lambda t: views.seconded(t, found, turn.person))
        turn.answer_press(sent_toast(turn.t, came.people))
    else:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    await _show(turn)


async def _ask_others(turn: Turn, wanted: Wanted) -> None:
    shown = await _chased(turn, only_centers=wanted.only_centers)
    await show_instead(turn, views.waits(turn.t, shown.announcement))

    def ask(other: Person) -> None:
        asked = views.ask_second(turn.translator(other.language), shown, wanted, turn.person)
        turn.tell(other.id, asked)

    await ask_seconders(turn, ask)


async def _show(turn: Turn) -> None:
    """What waits for a second member or, where nothing does, what can be chosen."""
    waits = await chasing.waiting(turn.tx, number_in(turn))
    first = None if waits is None else await people.find(turn.tx, waits.first)
    if waits is None or first is None:
        await show_instead(turn, views.chase(turn.t, await _chased(turn, only_centers=_only_centers(turn))))
    else:
        shown = await _chased(turn, only_centers=waits.wanted.only_centers)
        await show_instead(turn, views.ask_second(turn.t, shown, waits.wanted, first))


async def _chased(turn: Turn, *, only_centers: bool) -> Chased:
    number, rights = number_in(turn), turn.desk.rights
    found = await composing.find(turn.tx, rights, number, by=turn.person.id)
    count = await announcement_readings.count_unread(turn.tx, number, only_centers=only_centers)
    asked = await announcement_readings.chased(turn.tx, number)
    return Chased(found.announcement, only_centers, count, asked, found.messages, turn.desk.announcements)
