"""A record of the database as its card, for the Secretariat."""

from __future__ import annotations

from bot.members import curating
from bot.members.centers import NoSuchCenterError
from bot.members.delegates import NoSuchDelegateError
from bot.members.listing import Listing
from handlers.turn import Turn
from handlers.views import records as views
from handlers.views.message import Message
from storage import centers, delegates
from storage.records.members import Center, Delegate

KEY = r"[cd][0-9]{1,9}"
"""A record in the data of a button: which sort, and its number."""


def is_center(key: str) -> bool:
    """Whether a key is that of a Center."""
    return key.startswith("c")


async def find_record(turn: Turn, key: str) -> Center | Delegate:
    """The record that a button names. Raises NoSuchCenterError, NoSuchDelegateError."""
    number = int(key[1:])
    if is_center(key):
        center = await centers.by_id(turn.tx, number)
        if center is None:
            raise NoSuchCenterError
        return center
    delegate = await delegates.by_id(turn.tx, number)
    if delegate is None:
        raise NoSuchDelegateError
    return delegate


async def card(turn: Turn, key: str, origin: Listing | None = None) -> Message:
    """A record as it stands now. Raises NotAllowedError, NoSuchCenterError, NoSuchDelegateError."""
    rights, by, number = turn.desk.rights, turn.person.id, int(key[1:])
    at = views.Place(turn.desk.places.countries, turn.desk.office.zone, origin)
    if is_center(key):
        return views.center_card(turn.t, await curating.center_record(turn.tx, rights, number, by=by), at)
    return views.person_card(turn.t, await curating.person_record(turn.tx, rights, number, by=by), at)
