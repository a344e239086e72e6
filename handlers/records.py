"""The card of a Center or a person, what was done to it, and how others lead to it."""

from __future__ import annotations

from telegram import Update

from bot.members import curating
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.roles import NotAllowedError
from handlers.record_cards import card, find_record
from handlers.record_guard import for_staff
from handlers.turn import Turn, match
from handlers.views import history as history_views
from handlers.views.list_state import unpacked
from handlers.views.lists import PAGE


@for_staff
async def show(_update: Update, turn: Turn) -> None:
    """A card, in the place of the list or the page that led to it."""
    state = match(turn)["state"]
    turn.show(await card(turn, match(turn)["key"], None if state is None else unpacked(state)))


@for_staff
async def history(_update: Update, turn: Turn) -> None:
    """What was done to a record."""
    record, page = await find_record(turn, match(turn)["key"]), int(match(turn)["page"])
    lines, count = await curating.history(turn.tx, turn.desk.rights, record, by=turn.person.id, at_most=PAGE, page=page)
    zone = turn.desk.office.zone
    turn.show(history_views.history(turn.t, record, lines, page=page, count=count, zone=zone))


async def open_link(turn: Turn, key: str) -> bool:
    """A link from the group to a card in private; False if it is none, or not for them."""
    try:
        message = await card(turn, key)
    except (NotAllowedError, NoSuchCenterError, NoSuchDelegateError):
        return False
    turn.say(message)
    return True
