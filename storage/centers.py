"""Centers: the members of the association, and what wants to become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Row

from storage import pieces
from storage.records.members import Center, CenterDetails, CenterKind, CenterState, Focus
from storage.session import Query, Session, Transaction, numbered

_DETAILS = tuple(CenterDetails.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class CenterKeys:
    """What a Center is found and sorted by; it is worked out from its details."""

    region: str | None
    sort_name: str
    web_domain: str | None
    mail_domain: str | None


@dataclass(frozen=True, slots=True)
class CenterFilter:
    """Which Centers are meant; what is empty lets everything pass."""

    state: CenterState | None = None
    kind: CenterKind | None = None
    focus: Focus | None = None
    country: str | None = None
    region: str | None = None


EVERY_CENTER = CenterFilter()


async def add(
    tx: Transaction, details: CenterDetails, keys: CenterKeys, *, state: CenterState, by: int | None, now: int
) -> int:
    """Keep a new Center; its id."""
    center_id: int = await tx.value(
        tx.sql.centers.add,
        state=state,
        registered_by=by,
        approved_at=now if state == CenterState.APPROVED else None,
        now=now,
        **asdict(details),
        **asdict(keys),
    )
    return center_id


async def by_id(session: Session, center_id: int) -> Center | None:
    """The Center, whatever its state."""
    row = await session.one(session.sql.centers.by_id, id=center_id)
    return None if row is None else _center(row)


async def of_person(session: Session, person_id: int) -> list[Center]:
    """The Centers that a person has registered, also those that were declined."""
    return [_center(row) for row in await session.all(session.sql.centers.of_person, person_id=person_id)]


async def same_domain(
    session: Session, web_domain: str | None, mail_domain: str | None, *, at_most: int
) -> list[Center]:
    """Centers with the same web site or e-mail domain."""
    if web_domain is None and mail_domain is None:
        return []
    rows = await session.all(
        session.sql.centers.same_domain, web_domain=web_domain, mail_domain=mail_domain, at_most=at_most
    )
    return [_center(row) for row in rows]


async def nearest(
    session: Session, wanted: CenterFilter, looked_for: Sequence[str], *, gone_too: bool = True, at_most: int
) -> list[Center]:
    """Centers that share most pieces of names with what is looked for, of which the first sixteen count.

    Those that were declined or merged come only if they are asked for.
    """
    rows = await session.all(
        session.sql.centers.nearest,
        gone_too=int(gone_too), at_most=at_most, **asdict(wanted), **pieces.looked_for(looked_for),
    )  # fmt: skip
    return [_center(row) for row in rows]


async def beginning(session: Session, wanted: CenterFilter, sort_name: str, *, at_most: int) -> list[Center]:
    """Centers whose name begins so, by name."""
    rows = await session.all(
        session.sql.centers.beginning,
        beginning=sort_name, beyond=sort_name + pieces.LAST, at_most=at_most, **asdict(wanted),
    )  # fmt: skip
    return [_center(row) for row in rows]


async def page(session: Session, wanted: CenterFilter, *, at_most: int, skipped: int = 0) -> list[Center]:
    """Centers by name."""
    rows = await session.all(session.sql.centers.page, at_most=at_most, skipped=skipped, **asdict(wanted))
    return [_center(row) for row in rows]


async def count(session: Session, wanted: CenterFilter) -> int:
    """How many Centers there are."""
    number: int = await session.value(session.sql.centers.count, **asdict(wanted))
    return number


async def countries(session: Session, wanted: CenterFilter) -> Mapping[str | None, int]:
    """How many Centers there are in each country, whichever is asked for; None: it is not known."""
    rows = await session.all(session.sql.centers.countries, **_but_country(asdict(wanted)))
    return {row["country"]: row["number"] for row in rows}


async def after(session: Session, center_id: int, *, at_most: int, wanted: CenterFilter = EVERY_CENTER) -> list[Center]:
    """Centers with higher ids, to go through all of them."""
    rows = await session.all(session.sql.centers.after, after=center_id, at_most=at_most, **asdict(wanted))
    return [_center(row) for row in rows]


async def registered_at(session: Session) -> list[int]:
    """When the approved Centers were registered, in order."""
    return [row["registered_at"] for row in await session.all(session.sql.centers.registered_at)]


async def edition_of_all(session: Session) -> str:
    """Another text as soon as any Center is added, changed or erased."""
    row = await session.one(session.sql.centers.edition_of_all)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return f"{row['number']}.{row['last_id'] or 0}.{row['editions'] or 0}"


async def add_many(
    tx: Transaction, new: Sequence[tuple[CenterDetails, CenterKeys]], *, state: CenterState, now: int
) -> list[int]:
    """Keep new Centers that nobody here has registered; their ids, in the same order."""
    last_id = await tx.value(tx.sql.centers.last_id)
    approved_at = now if state == CenterState.APPROVED else None
    same = {"state": state, "registered_by": None, "approved_at": approved_at, "now": now}
    await tx.run_many(tx.sql.centers.add_many, ({**same, **asdict(details), **asdict(keys)} for details, keys in new))
    return numbered(await tx.all(tx.sql.centers.ids_after, after=last_id), [keys.sort_name for _details, keys in new])


async def change_many(
    tx: Transaction, changes: Sequence[tuple[Center, CenterDetails, CenterKeys]], *, now: int
) -> bool:
    """Set the details of Centers as they were seen; False if there is a newer edition of any."""
    rows = (
        {"id": center.id, "edition": center.edition, "now": now, **asdict(details), **asdict(keys)}
        for center, details, keys in changes
    )
    return await tx.run_many(tx.sql.centers.change_many, rows) == len(changes)


async def change(
    tx: Transaction, center_id: int, details: CenterDetails, keys: CenterKeys, *, edition: int, now: int
) -> bool:
    """Set the details; False if there is a newer edition."""
    touched = await tx.run(
        tx.sql.centers.change, id=center_id, edition=edition, now=now, **asdict(details), **asdict(keys)
    )
    return touched == 1


async def set_state(tx: Transaction, center_id: int, *, before: CenterState, state: CenterState, now: int) -> bool:
    """Change the state; False if it is no longer what it was."""
    return await tx.run(tx.sql.centers.set_state, id=center_id, before=before, state=state, now=now) == 1


async def merge(tx: Transaction, center_id: int, into: int, now: int) -> bool:
    """Mark a Center as the same as another; False if it is so already."""
    return await tx.run(tx.sql.centers.merge, id=center_id, into=into, now=now) == 1


async def counts(session: Session, by: str) -> Mapping[str | None, int]:
    """How many approved Centers there are by region, focus, kind or country; None: it is not known."""
    queries: Mapping[str, Query] = {
        "region": session.sql.centers.counts_by_region,
        "focus": session.sql.centers.counts_by_focus,
        "kind": session.sql.centers.counts_by_kind,
        "country": session.sql.centers.counts_by_country,
    }
    return {row[by]: row["number"] for row in await session.all(queries[by])}


def _but_country(wanted: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in wanted.items() if name != "country"}


def _center(row: Row) -> Center:
    fields = dict(row)
    details = {name: fields.pop(name) for name in _DETAILS}
    details["kind"] = None if details["kind"] is None else CenterKind(details["kind"])
    details["focus"] = None if details["focus"] is None else Focus(details["focus"])
    return Center(**{**fields, "state": CenterState(fields["state"]), "details": CenterDetails(**details)})
