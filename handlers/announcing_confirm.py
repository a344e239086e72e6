"""An announcement is sent: after a confirmation, and above a size after a second one."""

from __future__ import annotations

from telegram import Update

from bot.announcements import composing, confirming
from bot.announcements.composing import NotOpenError, StaleAnnouncementError
from bot.announcements.confirming import Counted, Lack, NotReadyError, SamePersonError
from handlers.announcement_board import show_board
from handlers.announcement_preview import post_previews
from handlers.announcing_guard import for_composers, found_in, number_in
from handlers.announcing_screens import show_menu
from handlers.announcing_seconds import ask_seconders, tell_first
from handlers.turn import Desk, Turn, match
from handlers.views import announce_confirm as views
from handlers.views.announce_confirm import Coming
from storage.records import Person
from storage.records.announcements import Announcement, AnnouncementState


async def count(update: Update, desk: Desk) -> Counted | None:
    """Before the transaction: whom it comes to."""
    query, user = update.callback_query, update.effective_user
    if query is None or user is None or not isinstance(query.data, str):
        return None
    return await confirming.count(desk.shelf.counter, desk.rights, int(query.data.split(":")[2]), by=user.id)


@for_composers
async def ask(_update: Update, turn: Turn) -> None:
    """What it comes to, before it is sent."""
    counted, rights, by = turn.worked_out, turn.desk.rights, turn.person.id
    try:
        shown = await confirming.check(turn.tx, rights, number_in(turn), counted, by=by, now=turn.now)
    except NotReadyError as error:
        await _not_ready(turn, error.lack)
        return
    turn.show(views.ask(turn.t, Coming(shown, counted.reach, turn.desk.announcements, turn.desk.places)))


@for_composers
async def confirm(_update: Update, turn: Turn) -> None:
    """It is confirmed."""
    counted, rights, limits, by = turn.worked_out, turn.desk.rights, turn.desk.announcements, turn.person.id
    number, edition = number_in(turn), int(match(turn)["edition"])
    try:
        stands = await confirming.confirm(
            turn.tx, rights, number, counted, limits, edition=edition, by=by, now=turn.now
        )
    except NotReadyError as error:
        await _not_ready(turn, error.lack)
        return
    if stands.state == AnnouncementState.RUNNING:
        await show_board(turn, stands.id)
        return
    turn.show(views.confirmed(turn.t, stands, turn.desk.places.zones))
    if stands.state == AnnouncementState.WAITING:
        await _ask_others(turn, Counted(await found_in(turn), counted.reach))


@for_composers
async def second(_update: Update, turn: Turn) -> None:
    """The second member confirms."""
    rights, by, edition = turn.desk.rights, turn.person.id, int(match(turn)["edition"])
    try:
        stands = await confirming.second(turn.tx, rights, number_in(turn), edition, by=by, now=turn.now)
    except SamePersonError:
        turn.answer_press(views.same_person_toast(turn.t), alert=True)
        return
    except NotReadyError as error:
        await _not_ready(turn, error.lack)
        return
    except StaleAnnouncementError:
        raise NotOpenError from None
    turn.show(views.confirmed(turn.t, stands, turn.desk.places.zones))
    await _tell_first(turn, stands)


@for_composers
async def give_back(_update: Update, turn: Turn) -> None:
    """It is to be changed first."""
    rights, by, edition = turn.desk.rights, turn.person.id, int(match(turn)["edition"])
    stands = await confirming.give_back(turn.tx, rights, number_in(turn), edition, by=by, now=turn.now)
    show_menu(turn, stands.id)
    await _tell_first(turn, stands)


@for_composers
async def take_back(_update: Update, turn: Turn) -> None:
    """It is not sent at its time."""
    await confirming.take_back(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id, now=turn.now)
    show_menu(turn, number_in(turn))


@for_composers
async def look(_update: Update, turn: Turn) -> None:
    """All versions, as their readers get them."""
    shown = await found_in(turn)
    post_previews(turn.post, turn.person.id, shown, shown.languages)


@for_composers
async def discard(_update: Update, turn: Turn) -> None:
    """It is thrown away."""
    await composing.discard(turn.tx, turn.desk.rights, number_in(turn), by=turn.person.id, now=turn.now)
    turn.show(views.discarded(turn.t))


async def _not_ready(turn: Turn, lack: Lack) -> None:
    """What has to be done first; what Telegram has not taken yet is shown again."""
    shown = await found_in(turn)
    if lack != Lack.NOT_SEEN:
        turn.answer_press(views.not_ready_toast(turn.t, lack), alert=True)
        return
    turn.say(views.look_first(turn.t))
    unseen = [text.language for text in shown.texts if text.accepted_at is None]
    post_previews(turn.post, turn.person.id, shown, unseen, has_menu=True)


async def _ask_others(turn: Turn, counted: Counted) -> None:
    shown = counted.shown
    coming = Coming(shown, counted.reach, turn.desk.announcements, turn.desk.places)

    def ask(other: Person) -> None:
        post_previews(turn.post, other.id, shown, shown.languages)
        turn.tell(other.id, views.ask_second(turn.translator(other.language), coming, turn.person))

    await ask_seconders(turn, ask)


async def _tell_first(turn: Turn, stands: Announcement) -> None:
    zones = turn.desk.places.zones
    await tell_first(turn, stands.confirmed_by, lambda t: views.told(t, stands, turn.person, zones))
