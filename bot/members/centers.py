"""The one place where Centers are written: what they are found and sorted by stays in step with their details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.members import naming
from bot.members.center_likeness import comparable, marks
from bot.places.regions import region_of
from storage import centers, pieces
from storage.centers import CenterKeys
from storage.records.members import Center, CenterDetails, CenterState
from storage.session import Session, Transaction


class NoSuchCenterError(Exception):
    """There is no such Center."""


class StaleCenterError(Exception):
    """The Center is no longer as whoever asked for this saw it."""


async def add(tx: Transaction, details: CenterDetails, *, state: CenterState, by: int | None, now: int) -> int:
    """Keep a new Center; its id. `by` is None for one that is read in from a list."""
    center_id = await centers.add(tx, details, keys(details), state=state, by=by, now=now)
    await pieces.put(tx, "center", center_id, _pieces(details))
    return center_id


async def change(tx: Transaction, center: Center, details: CenterDetails, now: int) -> None:
    """Set the details of a Center as it was seen. Raises StaleCenterError if it has changed since."""
    if not await centers.change(tx, center.id, details, keys(details), edition=center.edition, now=now):
        raise StaleCenterError
    await pieces.put(tx, "center", center.id, _pieces(details))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Details of a Center with all that is worked out from them: for many at a time, ahead of the transaction."""

    details: CenterDetails
    keys: CenterKeys
    pieces: frozenset[str]


def prepare(details: CenterDetails) -> Prepared:
    """Work out what is kept beside these details."""
    return Prepared(details, keys(details), _pieces(details))


async def add_many(tx: Transaction, new: Sequence[Prepared], *, now: int) -> list[int]:
    """Keep Centers that are read in from a list, as approved; their ids, in the same order."""
    ids = await centers.add_many(tx, [(one.details, one.keys) for one in new], state=CenterState.APPROVED, now=now)
    await pieces.add_many(tx, "center", [(number, one.pieces) for number, one in zip(ids, new, strict=True)])
    return ids


async def change_many(tx: Transaction, changes: Sequence[tuple[Center, Prepared]], now: int) -> None:
    """Set the details of Centers as they were seen. Raises StaleCenterError if any has changed since."""
    rows = [(center, after.details, after.keys) for center, after in changes]
    if not await centers.change_many(tx, rows, now=now):
        raise StaleCenterError
    await pieces.change_many(tx, "center", [(center.id, after.pieces) for center, after in changes])


async def find(session: Session, center_id: int) -> Center:
    """The Center, or the one that it was merged into. Raises NoSuchCenterError."""
    center = await centers.by_id(session, center_id)
    while center is not None and center.merged_into is not None:
        center = await centers.by_id(session, center.merged_into)
    if center is None:
        raise NoSuchCenterError
    return center


def keys(details: CenterDetails) -> CenterKeys:
    """What a Center with these details is found and sorted by."""
    return CenterKeys(
        region=None if details.country is None else region_of(details.country),
        sort_name=naming.fold(details.name),
        web_domain=naming.web_domain(details.website),
        mail_domain=naming.mail_domain(details.email),
    )


def _pieces(details: CenterDetails) -> frozenset[str]:
    written = naming.pieces((details.name, details.short_name, details.city, details.email))
    return written | marks(comparable(details))
