"""The role of a Center's focal point goes to one of its delegates: offered here, accepted or declined there."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.members import centers, handing_over, leading
from bot.members.centers import NoSuchCenterError
from bot.members.handing_over import HandoverOverError, NoSuchHandoverError, OfferedAlreadyError
from bot.members.leading import LeadsAlreadyError, NotOnTelegramError
from bot.members.roles import NotAllowedError, Role
from handlers.center import center_in, for_leaders, number_in, show_change, zone_of
from handlers.center_people import show_leaders_again, tell
from handlers.staff import refuse_press
from handlers.turn import Turn
from handlers.views import center_handover as views
from handlers.views import center_people, welcome
from handlers.views.center_details import NAME_AT_MOST, shortened
from storage import delegates, roles

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


@for_leaders
async def ask(_update: Update, turn: Turn) -> None:
    """The step before the role is offered."""
    center = await leading.need_appointer(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    delegate = await leading.delegate_of(turn.tx, center.id, number_in(turn, "delegate"))
    holders = await roles.holders_of(turn.tx, Role.FOCAL_POINT, str(center.id))
    is_own = any(holder.person_id == turn.person.id for holder in holders)
    turn.show(views.ask(turn.t, delegate, center, is_own=is_own, has_focal_point=bool(holders)))


@for_leaders
async def offer(_update: Update, turn: Turn) -> None:
    """Offer the role."""
    center = await leading.need_appointer(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    try:
        done = await handing_over.offer(
            turn.tx, turn.desk.rights, center.id, number_in(turn, "delegate"),
            becomes_deputy=bool(number_in(turn, "stays")), by=turn.person.id, now=turn.now,
        )  # fmt: skip
    except OfferedAlreadyError:
        turn.answer_press(views.offered_already_toast(turn.t), alert=True)
    except NotOnTelegramError:
        turn.answer_press(center_people.not_on_telegram_toast(turn.t), alert=True)
    except LeadsAlreadyError:
        await show_change(turn, center.id)
    else:
        to, zone = done.handover.to_person, await zone_of(turn, turn.person.id, center)
        turn.show(views.offered(turn.t, done.delegate, done.handover, zone))
        theirs = await zone_of(turn, to, center)
        await tell(turn, to, lambda t: views.offered_to_you(t, center, done.handover, theirs))


@for_leaders
async def withdraw(_update: Update, turn: Turn) -> None:
    """Take an offer back."""
    center, _part = await leading.need_leader(turn.tx, turn.desk.rights, turn.person.id, center_in(turn))
    try:
        offered = await handing_over.withdraw(
            turn.tx, turn.desk.rights, number_in(turn, "handover"), by=turn.person.id, now=turn.now
        )
    except (HandoverOverError, NoSuchHandoverError):
        turn.answer_press(views.over_toast(turn.t), alert=True)
    else:
        turn.answer_press(views.withdrawn_toast(turn.t))
        await tell(turn, offered.to_person, lambda t: views.was_withdrawn(t, center))
    await show_leaders_again(turn)


def for_whom_it_is(handler: Handler) -> Handler:
    """Presses by others are refused, and presses that come too late say so."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        number = number_in(turn, "handover")
        try:
            await handler(update, turn)
        except (NotAllowedError, NoSuchHandoverError):
            await refuse_press(turn, f"handover:{number}", views.not_for_you_toast(turn.t))
        except NoSuchCenterError:
            turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        except HandoverOverError as over:
            if over.was_answered:  # their own press was first, and the message says so
                return
            turn.answer_press(views.over_toast(turn.t), alert=True)
            turn.show(views.over(turn.t, await centers.find(turn.tx, over.handover.center)))

    return guarded


@for_whom_it_is
async def accept(_update: Update, turn: Turn) -> None:
    """Accept the role: who does so first has it."""
    done = await handing_over.accept(turn.tx, number_in(turn, "handover"), by=turn.person.id, now=turn.now)
    center, name = await centers.find(turn.tx, done.handover.center), await _own_name(turn)
    turn.show(views.accepted(turn.t, center))
    before, by = done.handover.from_person, done.handover.offered_by
    await tell(turn, before, lambda t: views.was_handed_over(t, done, center, name))
    if by != before:
        await tell(turn, by, lambda t: views.was_accepted(t, center, name))


@for_whom_it_is
async def decline(_update: Update, turn: Turn) -> None:
    """Do not accept it."""
    offered = await handing_over.decline(turn.tx, number_in(turn, "handover"), by=turn.person.id, now=turn.now)
    center, name = await centers.find(turn.tx, offered.center), await _own_name(turn)
    turn.show(views.declined(turn.t, center))
    await tell(turn, offered.offered_by, lambda t: views.was_declined(t, center, name))


async def _own_name(turn: Turn) -> str:
    """What whoever's turn it is registered with, or what Telegram shows."""
    record = await delegates.of_person(turn.tx, turn.person.id)
    return shortened(turn.person.name.full if record is None else record.details.full_name, NAME_AT_MOST)
