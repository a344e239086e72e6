"""The agenda of an AGM: its items, written all together or one by one, by the Secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from bot.conferences.agm import agm_of_conference
from bot.conferences.agm_form import AGENDA_AT_MOST, ITEMS_AT_MOST
from bot.conferences.editing import NothingChangedError
from bot.conferences.opening import StaleConferenceError
from bot.members.roles import Rights
from storage import audit, conferences
from storage.session import Session, Transaction

Items = tuple[str, ...]


class TooManyItemsError(Exception):
    """There would be more items than there can be."""


class AgendaTooLongError(Exception):
    """There is no room for what was written, but for so many characters."""

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self.room = room


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item in a button: its place, from 0, on the agenda whose `mark` was this."""

    conference: int
    place: int
    mark: str


def mark_of(items: Items) -> str:
    """What tells an agenda from what it was before, in eight characters."""
    return f"{crc32(_joined(items).encode()):08x}"


async def with_item(session: Session, seen: SeenItem) -> Items:
    """The agenda on which an item was seen. Raises StaleConferenceError if it is another one now."""
    items = await conferences.agm_items(session, seen.conference)
    if mark_of(items) != seen.mark or seen.place >= len(items):
        raise StaleConferenceError
    return items


async def set_items(
    tx: Transaction, rights: Rights, conference_id: int, *, given: Items, wanted: Items, by: int, now: int
) -> None:
    """Put these items on the agenda, in the place of the `given` ones.

    Raises NotAllowedError, NoAgmError, NothingChangedError, StaleConferenceError, and what `_write` raises.
    """
    present = await _present(tx, rights, conference_id, by)
    if wanted == present:
        raise NothingChangedError
    if present != given:
        raise StaleConferenceError
    await _write(tx, conference_id, wanted, wanted, by=by, now=now)


async def add_items(tx: Transaction, rights: Rights, conference_id: int, items: Items, *, by: int, now: int) -> None:
    """Put items at the end of the agenda. Raises NotAllowedError, NoAgmError, NothingChangedError, as `_write` does."""
    present = await _present(tx, rights, conference_id, by)
    if not items:
        raise NothingChangedError
    await _write(tx, conference_id, (*present, *items), items, by=by, now=now)


async def replace_item(tx: Transaction, rights: Rights, seen: SeenItem, wanted: Items, *, by: int, now: int) -> None:
    """Put these in the place of an item, or nothing.

    Raises NotAllowedError, NoAgmError, NothingChangedError, StaleConferenceError, and what `_write` raises.
    """
    await _present(tx, rights, seen.conference, by)
    items = await with_item(tx, seen)
    if wanted == (items[seen.place],):
        raise NothingChangedError
    changed = (*items[: seen.place], *wanted, *items[seen.place + 1 :])
    await _write(tx, seen.conference, changed, wanted, by=by, now=now)


async def move_item(tx: Transaction, rights: Rights, seen: SeenItem, to: int, *, by: int, now: int) -> SeenItem:
    """Move an item to another place; where it is now.

    Raises NotAllowedError, NoAgmError, NothingChangedError, StaleConferenceError.
    """
    await _present(tx, rights, seen.conference, by)
    items = list(await with_item(tx, seen))
    if to == seen.place or to >= len(items):
        raise NothingChangedError
    items.insert(to, items.pop(seen.place))
    await _write(tx, seen.conference, tuple(items), (), by=by, now=now)
    return SeenItem(seen.conference, to, mark_of(tuple(items)))


async def _present(tx: Transaction, rights: Rights, conference_id: int, by: int) -> Items:
    await rights.need_staff(tx, by)
    await agm_of_conference(tx, conference_id)
    return await conferences.agm_items(tx, conference_id)


async def _write(tx: Transaction, conference_id: int, items: Items, new: Items, *, by: int, now: int) -> None:
    """Raises TooManyItemsError, AgendaTooLongError."""
    if len(items) > ITEMS_AT_MOST:
        raise TooManyItemsError
    beyond = len(_joined(items)) - AGENDA_AT_MOST
    if beyond > 0:
        raise AgendaTooLongError(max(len(_joined(new)) - beyond, 0))
    await conferences.set_agm_items(tx, conference_id, items)
    await audit.add(tx, by, "agm.items", f"conference:{conference_id}", now=now, after={"items": len(items)})


def _joined(items: Items) -> str:
    return "\n".join(items)
