"""Many delegates and guests at once, as lists bring them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.delegates import columns
from storage.records.members import Delegate, DelegateDetails, DelegateState
from storage.session import Transaction, numbered


@dataclass(frozen=True, slots=True)
class NewDelegate:
    """A record that is read in from a list."""

    details: DelegateDetails
    sort_name: str
    center: int | None
    is_guest: bool


async def add_many(tx: Transaction, new: Sequence[NewDelegate], *, state: DelegateState, now: int) -> list[int]:
    """Keep records of people who never wrote to the bot; their ids, in the same order."""
    last_id = await tx.value(tx.sql.delegates.last_id)
    same = {
        "person_id": None,
        "state": state,
        "privacy_version": None,
        "privacy_at": None,
        "shown_since": None,
        "joined_at": now if state == DelegateState.ACTIVE else None,
        "now": now,
    }
    rows = (
        {
            **same,
            **columns(one.details),
            "center": one.center,
            "is_guest": int(one.is_guest),
            "sort_name": one.sort_name,
        }
        for one in new
    )
    await tx.run_many(tx.sql.delegates.add_many, rows)
    return numbered(await tx.all(tx.sql.delegates.ids_after, after=last_id), [one.sort_name for one in new])


async def change_many(tx: Transaction, changes: Sequence[tuple[Delegate, DelegateDetails, str]], *, now: int) -> bool:
    """Set details and sort names of records as they were seen; False if there is a newer edition of any."""
    rows = (
        {"id": seen.id, "edition": seen.edition, "now": now, "sort_name": sort_name, **columns(details)}
        for seen, details, sort_name in changes
    )
    return await tx.run_many(tx.sql.delegates.change_many, rows) == len(changes)
