"""Delegates and guests: the Secretariat's database of participants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Any

from storage import pieces
from storage.records.members import CenterKind, Delegate, DelegateDetails, DelegateState, Focus
from storage.session import Session, Transaction

_DETAILS = tuple(DelegateDetails.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody has agreed to: a version of the privacy notice, and whether to be shown to other members."""

    privacy_version: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class DelegateFilter:
    """Which delegates are meant, also by their Center; what is empty lets everything pass."""

    state: DelegateState | None = None
    center: int | None = None
    is_guest: bool | None = None
    kind: CenterKind | None = None
    focus: Focus | None = None
    country: str | None = None
    region: str | None = None


EVERY_DELEGATE = DelegateFilter()


@dataclass(frozen=True, slots=True)
class DelegateCounts:
    """How many delegates and guests are active; how many of them write to the bot, and how many are guests."""

    active: int
    linked: int
    guests: int


async def add(
    tx: Transaction,
    details: DelegateDetails,
    *,
    sort_name: str,
    person_id: int | None,
    center: int | None,
    state: DelegateState,
    is_guest: bool = False,
    consent: Consent | None = None,
    now: int,
) -> int:
    """Keep a new delegate; the id. A person has one record at most (StatementError)."""
    delegate_id: int = await tx.value(
        tx.sql.delegates.add,
        person_id=person_id,
        center=center,
        state=state,
        is_guest=int(is_guest),
        privacy_version=consent.privacy_version if consent else None,
        privacy_at=now if consent else None,
        shown_since=now if consent and consent.is_shown else None,
        joined_at=now if state == DelegateState.ACTIVE else None,
        now=now,
        sort_name=sort_name,
        **columns(details),
    )
    return delegate_id


async def by_id(session: Session, delegate_id: int) -> Delegate | None:
    """The delegate, whatever their state."""
    row = await session.one(session.sql.delegates.by_id, id=delegate_id)
    return None if row is None else _delegate(row)


async def of_person(session: Session, person_id: int) -> Delegate | None:
    """The record of somebody who writes to the bot, whatever its state."""
    row = await session.one(session.sql.delegates.of_person, person_id=person_id)
    return None if row is None else _delegate(row)


async def same_email(session: Session, email: str) -> list[Delegate]:
    """Records with this address, which is in lower case."""
    return [_delegate(row) for row in await session.all(session.sql.delegates.same_email, email=email)]


async def nearest(
    session: Session, wanted: DelegateFilter, looked_for: Sequence[str], *, gone_too: bool = True, at_most: int
) -> list[Delegate]:
    """Delegates who share most pieces of names with what is looked for, of which the first sixteen count.

    Those who were declined or merged come only if they are asked for.
    """
    rows = await session.all(
        session.sql.delegates.nearest,
        gone_too=int(gone_too), at_most=at_most, **_filter(wanted), **pieces.looked_for(looked_for),
    )  # fmt: skip
    return [_delegate(row) for row in rows]


async def beginning(session: Session, wanted: DelegateFilter, sort_name: str, *, at_most: int) -> list[Delegate]:
    """Delegates whose name, family name first, begins so."""
    rows = await session.all(
        session.sql.delegates.beginning,
        beginning=sort_name, beyond=sort_name + pieces.LAST, at_most=at_most, **_filter(wanted),
    )  # fmt: skip
    return [_delegate(row) for row in rows]


async def page(session: Session, wanted: DelegateFilter, *, at_most: int, skipped: int = 0) -> list[Delegate]:
    """Delegates by family name."""
    rows = await session.all(session.sql.delegates.page, at_most=at_most, skipped=skipped, **_filter(wanted))
    return [_delegate(row) for row in rows]


async def count(session: Session, wanted: DelegateFilter) -> int:
    """How many delegates there are."""
    number: int = await session.value(session.sql.delegates.count, **_filter(wanted))
    return number


async def countries(session: Session, wanted: DelegateFilter) -> Mapping[str | None, int]:
    """How many delegates there are by the country of their Center, whichever is asked for; None: it is not known."""
    params = {name: value for name, value in _filter(wanted).items() if name != "country"}
    return {row["country"]: row["number"] for row in await session.all(session.sql.delegates.countries, **params)}


async def shown_of(session: Session, center_id: int, *, at_most: int, skipped: int = 0) -> list[Delegate]:
    """The active delegates of a Center who agreed to be shown to other members, by family name."""
    rows = await session.all(session.sql.delegates.shown_of, center=center_id, at_most=at_most, skipped=skipped)
    return [_delegate(row) for row in rows]


async def count_shown_of(session: Session, center_id: int) -> int:
    """How many of them there are."""
    number: int = await session.value(session.sql.delegates.count_shown_of, center=center_id)
    return number


async def after(
    session: Session, delegate_id: int, *, at_most: int, wanted: DelegateFilter = EVERY_DELEGATE
) -> list[Delegate]:
    """Delegates with higher ids, to go through all of them."""
    rows = await session.all(session.sql.delegates.after, after=delegate_id, at_most=at_most, **_filter(wanted))
    return [_delegate(row) for row in rows]


async def edition_of_all(session: Session) -> str:
    """Another text as soon as any record is added, changed or erased."""
    row = await session.one(session.sql.delegates.edition_of_all)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return f"{row['number']}.{row['last_id'] or 0}.{row['editions'] or 0}"


async def counts(session: Session) -> DelegateCounts:
    """How many are active."""
    row = await session.one(session.sql.delegates.counts_of_active)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return DelegateCounts(row["number"], row["linked"], row["guests"] or 0)


async def change(
    tx: Transaction, delegate_id: int, details: DelegateDetails, *, sort_name: str, edition: int, now: int
) -> bool:
    """Set the details; False if there is a newer edition."""
    touched = await tx.run(
        tx.sql.delegates.change, id=delegate_id, edition=edition, now=now, sort_name=sort_name, **columns(details)
    )
    return touched == 1


async def consent(tx: Transaction, delegate_id: int, privacy_version: str, now: int) -> None:
    """Note that they agreed to this version of the notice."""
    await tx.run(tx.sql.delegates.consent, id=delegate_id, privacy_version=privacy_version, now=now)


async def ask_to_agree(tx: Transaction, delegate_id: int, privacy_version: str) -> bool:
    """Note that they are asked to agree to this version; False if they did, or were asked before."""
    return await tx.run(tx.sql.delegates.ask_to_agree, id=delegate_id, privacy_version=privacy_version) == 1


async def set_shown(tx: Transaction, delegate_id: int, *, is_shown: bool, now: int) -> None:
    """Note whether they agree to be shown to other members."""
    await tx.run(tx.sql.delegates.set_shown, id=delegate_id, shown_since=now if is_shown else None, now=now)


async def set_state(
    tx: Transaction, delegate_id: int, *, before: DelegateState, state: DelegateState, now: int
) -> bool:
    """Change the state; False if it is no longer what it was."""
    return await tx.run(tx.sql.delegates.set_state, id=delegate_id, before=before, state=state, now=now) == 1


async def place(
    tx: Transaction,
    delegate_id: int,
    *,
    center: int | None,
    is_guest: bool = False,
    before: DelegateState,
    state: DelegateState,
    now: int,
) -> bool:
    """Put a delegate into a Center, make them a guest, or take them out; False if their state is another by now."""
    touched = await tx.run(
        tx.sql.delegates.place,
        id=delegate_id, center=center, is_guest=int(is_guest), before=before, state=state, now=now,
    )  # fmt: skip
    return touched == 1


async def leave(tx: Transaction, delegate_id: int, center_id: int, now: int) -> bool:
    """Take a delegate out of a Center; False if they are not there (any more)."""
    return await tx.run(tx.sql.delegates.leave, id=delegate_id, center=center_id, now=now) == 1


async def without_telegram(session: Session, center_id: int, *, at_most: int, skipped: int = 0) -> list[Delegate]:
    """Delegates of a Center who are on its list and have never written to the bot."""
    rows = await session.all(session.sql.delegates.without_telegram, center=center_id, at_most=at_most, skipped=skipped)
    return [_delegate(row) for row in rows]


async def count_without_telegram(session: Session, center_id: int) -> int:
    """How many those are."""
    number: int = await session.value(session.sql.delegates.count_without_telegram, center=center_id)
    return number


async def link(tx: Transaction, delegate_id: int, person_id: int, now: int) -> bool:
    """Give a record that was read in to whom it is about; False if somebody has it."""
    return await tx.run(tx.sql.delegates.link, id=delegate_id, person_id=person_id, now=now) == 1


async def merge(tx: Transaction, delegate_id: int, into: int, now: int) -> bool:
    """Mark a record as the same as another; False if it is so already."""
    return await tx.run(tx.sql.delegates.merge, id=delegate_id, into=into, now=now) == 1


async def move_center(tx: Transaction, center_id: int, into: int, now: int) -> int:
    """Put all delegates of a Center into another; how many that were."""
    return await tx.run(tx.sql.delegates.move_center, center=center_id, into=into, now=now)


async def erase(tx: Transaction, delegate_id: int) -> bool:
    """Delete a record, with all that was asked for it; False if there is none."""
    await tx.run(tx.sql.delegates.unmerge_erased, id=delegate_id)
    return await tx.run(tx.sql.delegates.erase, id=delegate_id) == 1


async def registered_at(session: Session) -> list[int]:
    """When the active delegates were registered, in order."""
    return [row["registered_at"] for row in await session.all(session.sql.delegates.registrations_by_day)]


def columns(details: DelegateDetails) -> dict[str, Any]:
    """The details as the table has them."""
    return {**asdict(details), "languages": " ".join(details.languages) or None}


def _filter(wanted: DelegateFilter) -> dict[str, Any]:
    return {**asdict(wanted), "is_guest": None if wanted.is_guest is None else int(wanted.is_guest)}


def _delegate(row: Row) -> Delegate:
    fields = dict(row)
    details = {name: fields.pop(name) for name in _DETAILS}
    details["languages"] = tuple((details["languages"] or "").split())
    return Delegate(
        **{
            **fields,
            "state": DelegateState(fields["state"]),
            "is_guest": bool(fields["is_guest"]),
            "details": DelegateDetails(**details),
        }
    )
