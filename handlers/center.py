"""/center: a Center as those see it who have to do with it, and what all of its buttons have in common."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, tzinfo
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update

from bot.conferences import which
from bot.members import leading
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.invitations import CenterClosedError, InvitationUnknownError, StaleInvitationError
from bot.members.leading import CenterNotActiveError
from bot.members.roles import NotAllowedError, refused
from bot.members.standing import SuspendedError
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import center as views
from handlers.views import joining, out_of_date, registering
from handlers.views.message import Message
from storage import delegates
from storage.records.members import Center

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


async def show(_update: Update, turn: Turn) -> None:
    """/center, and its button."""
    if turn.is_private:
        turn.say(await _mine(turn))
    else:
        turn.say(views.in_private(turn.t, turn.bot.username, None))


async def open_link(turn: Turn, payload: str) -> bool:
    """A link that leads here from a group; False if it is none."""
    name, _, number = payload.partition("_")
    if name != views.PAYLOAD or (number and not is_number(number)):
        return False
    if not number:
        turn.say(await _mine(turn))
        return True
    try:
        turn.say(await card(turn, int(number)))
    except (NotAllowedError, NoSuchCenterError):
        await refused(turn.tx, turn.person.id, f"center:{number}", turn.now)
        turn.say(views.not_yours(turn.t))
    return True


def for_leaders(handler: Handler) -> Handler:
    """Presses are answered in private; those by strangers are refused, those that come too late say so.

    Whoever led a Center and does not any more is refused like a stranger, and sees what they have instead.
    """

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        number = center_in(turn)
        if not turn.is_private:
            turn.say(views.in_private(turn.t, turn.bot.username, number))
            return
        try:
            await handler(update, turn)
        except NotAllowedError:
            await _refuse(turn, number)
        except (NoSuchCenterError, NoSuchDelegateError, InvitationUnknownError, StaleInvitationError):
            await show_change(turn, number)
        except (CenterNotActiveError, CenterClosedError):
            turn.answer_press(views.not_active_toast(turn.t), alert=True)

    return guarded


@for_leaders
async def show_card(_update: Update, turn: Turn) -> None:
    """A Center out of several, or again."""
    turn.show(await card(turn, center_in(turn)))


async def card(turn: Turn, center_id: int) -> Message:
    """A Center as whoever's turn it is sees it. Raises NotAllowedError, NoSuchCenterError."""
    shown = await leading.overview(turn.tx, turn.desk.rights, center_id, by=turn.person.id, now=turn.now)
    conference = await which.next_conference(turn.tx, turn.now)
    return views.card(turn.t, shown, turn.desk.places.countries, conference)


async def show_change(turn: Turn, center_id: int) -> None:
    """Things are not as the button had them: say so, and show how they stand."""
    turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    try:
        turn.show(await card(turn, center_id))
    except (NotAllowedError, NoSuchCenterError):
        turn.show(await _mine(turn))


async def zone_of(turn: Turn, person_id: int, center: Center) -> tzinfo:
    """The time zone of somebody who has to do with a Center: their own, or else that of the Center's country."""
    record = await delegates.of_person(turn.tx, person_id)
    zones, country = turn.desk.places.zones, center.details.country
    name = None if record is None else record.details.time_zone
    if name is None and country is not None and turn.desk.places.countries.country(country) is not None:
        name = zones.guess_zone(country)
    return ZoneInfo(name) if name is not None and zones.is_known(name) else UTC


def center_in(turn: Turn) -> int:
    """The Center that a button is about."""
    return number_in(turn, "center")


def number_in(turn: Turn, name: str) -> int:
    """A number in a button's data."""
    return int(match(turn)[name])


async def _mine(turn: Turn) -> Message:
    """What somebody has to do with: a Center, several, one that is not approved, or none."""
    mine = await leading.mine(turn.tx, turn.person.id)
    if mine.is_suspended:
        return joining.not_now(turn.t, SuspendedError())
    if len(mine.centers) > 1:
        return views.choose(turn.t, mine.centers)
    if mine.centers:
        return await card(turn, mine.centers[0].id)
    if mine.joining is not None:
        return views.joining(turn.t, mine.joining)
    if mine.registration is not None:
        request, center = mine.registration
        return registering.mine(turn.t, request, center, turn.desk.places.countries, turn.desk.office)
    return views.none(turn.t)


async def _refuse(turn: Turn, center_id: int) -> None:
    part = await leading.part_in(turn.tx, turn.desk.rights, turn.person.id, center_id)
    if part.leads:  # a deputy, on what is the focal point's
        await refuse_press(turn, f"center:{center_id}", views.appointer_toast(turn.t))
        return
    await refuse_press(turn, f"center:{center_id}", views.not_yours_toast(turn.t))
    turn.show(await _mine(turn))


def is_number(text: str) -> bool:
    """Whether a text, as in a link, can be the number of something."""
    return text.isascii() and text.isdecimal() and len(text) <= len("999999999999")
