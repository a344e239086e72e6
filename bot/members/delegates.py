"""The one place where delegates are written: what they are found and sorted by stays in step with their details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.members import naming
from storage import audit, delegates, delegates_at_once, invitations, participations, pieces, requests
from storage.delegates import Consent
from storage.delegates_at_once import NewDelegate
from storage.records.members import Delegate, DelegateDetails, DelegateState
from storage.session import Transaction


class NoSuchDelegateError(Exception):
    """There is no such delegate."""


class StaleDelegateError(Exception):
    """The record is no longer as whoever asked for this saw it."""


async def add(
    tx: Transaction,
    details: DelegateDetails,
    *,
    person_id: int | None,
    center: int | None,
    state: DelegateState,
    is_guest: bool = False,
    consent: Consent | None = None,
    now: int,
) -> int:
    """Keep a new delegate; the id. `person_id` is None for somebody who is read in from a list."""
    delegate_id = await delegates.add(
        tx, details,
        sort_name=sort_name(details), person_id=person_id, center=center, state=state, is_guest=is_guest,
        consent=consent, now=now,
    )  # fmt: skip
    await pieces.put(tx, "delegate", delegate_id, _pieces(details))
    return delegate_id


async def change(tx: Transaction, delegate: Delegate, details: DelegateDetails, now: int) -> None:
    """Set the details of a record as it was seen. Raises StaleDelegateError if it has changed since."""
    changed = await delegates.change(
        tx, delegate.id, details, sort_name=sort_name(details), edition=delegate.edition, now=now
    )
    if not changed:
        raise StaleDelegateError
    await pieces.put(tx, "delegate", delegate.id, _pieces(details))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Details of a delegate with all that is worked out from them: for many at a time, ahead of the transaction."""

    details: DelegateDetails
    sort_name: str
    pieces: frozenset[str]


def prepare(details: DelegateDetails) -> Prepared:
    """Work out what is kept beside these details."""
    return Prepared(details, sort_name(details), _pieces(details))


async def add_many(tx: Transaction, new: Sequence[tuple[Prepared, int | None]], *, now: int) -> list[int]:
    """Keep people who are read in from a list, as active, each with their Center's id; their ids, in the same order.

    Who has no Center is a guest.
    """
    rows = [NewDelegate(one.details, one.sort_name, center, is_guest=center is None) for one, center in new]
    ids = await delegates_at_once.add_many(tx, rows, state=DelegateState.ACTIVE, now=now)
    await pieces.add_many(tx, "delegate", [(number, one.pieces) for number, (one, _) in zip(ids, new, strict=True)])
    return ids


async def change_many(tx: Transaction, changes: Sequence[tuple[Delegate, Prepared]], now: int) -> None:
    """Set the details of records as they were seen. Raises StaleDelegateError if any has changed since."""
    rows = [(seen, after.details, after.sort_name) for seen, after in changes]
    if not await delegates_at_once.change_many(tx, rows, now=now):
        raise StaleDelegateError
    await pieces.change_many(tx, "delegate", [(seen.id, after.pieces) for seen, after in changes])


async def merge(tx: Transaction, goes: Delegate, stays: int, *, filled: Sequence[str] = (), by: int, now: int) -> bool:
    """Make one record of two; False if the one that goes was merged already.

    What was decided of it, its answers to conferences and its links are the other's. Its details stay as they are: it
    is found by them, and leads to the other. `filled` are the fields of the other that are filled from it.
    """
    if not await delegates.merge(tx, goes.id, stays, now):
        return False
    await requests.move_delegate(tx, goes.id, stays)
    await invitations.move_delegate(tx, goes.id, stays, by=by, now=now)
    await participations.move_delegate(tx, goes.id, stays)
    before, into = {"state": goes.state}, {"into": stays}
    await audit.add(tx, by, "delegate.merge", f"delegate:{goes.id}", now=now, before=before, after=into)
    absorbed = {"delegate": goes.id, "fields": list(filled)}
    await audit.add(tx, by, "delegate.absorb", f"delegate:{stays}", now=now, after=absorbed)
    return True


async def erase(tx: Transaction, delegate_id: int) -> bool:
    """Delete a record; False if there is none."""
    await pieces.remove(tx, "delegate", delegate_id)
    return await delegates.erase(tx, delegate_id)


def sort_name(details: DelegateDetails) -> str:
    """Family name first."""
    return naming.fold(f"{details.family_name} {details.given_name}")


def _pieces(details: DelegateDetails) -> frozenset[str]:
    written = naming.pieces((details.given_name, details.family_name, details.organization, details.email))
    return written | naming.whole_address(details.email)
